import { useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import type { Engine } from '../../app/client.ts'
import { useClients } from '../../app/client.ts'
import { wordsOf } from '../../app/errors.ts'
import { datesInWords } from '../../views/tax/tax-words.ts'

export type FactsChange = Parameters<Engine['tax']['setFacts']>[0]

/**
 * Sets facts as one act that can be undone. Where the engine refuses, its sentence with the rule's name is kept, to be
 * shown beside the form; nothing was stored then.
 */
export function useFactsAct() {
  const { engine } = useClients()
  const act = useAct()
  const [refused, setRefused] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (change: FactsChange, said: string): Promise<boolean> => {
    setBusy(true)
    setRefused(null)
    try {
      const done = await engine.tax.setFacts(change)
      await act(
        () => Promise.resolve(done),
        () => said,
      )
      return true
    } catch (error) {
      setRefused(datesInWords(wordsOf(error)))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { save, busy, refused }
}
