import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { countText } from '../../components/decimal-text.ts'
import { Loaded } from '../../components/page.tsx'
import { TaxEffect } from '../../components/tax-effect.tsx'
import { counted } from '../../components/words.ts'
import styles from './transfers.module.css'

interface AcceptAllProps {
  readonly grade: 'certain' | 'likely'
  readonly count: number
  readonly says: string
}

/** Accepts every pair of a grade as one act, after showing what that does to the year. */
export function AcceptAll({ grade, count, says }: AcceptAllProps) {
  const act = useAct()
  const [asked, setAsked] = useState(false)
  const [running, setRunning] = useState(false)
  const effect = useRead({
    topics: ['transfers', 'tax', 'events', 'decisions'],
    name: 'transfers.effect',
    input: grade,
    read: ({ engine }, signal) => engine.transfers.effect({ grade }, { signal }),
    enabled: asked,
  })
  const accept = async (): Promise<void> => {
    setRunning(true)
    await act(
      ({ engine }) => engine.transfers.accept({ grade }),
      ({ accepted }) => `${counted(accepted, 'transfer')} accepted.`,
    )
    setRunning(false)
    setAsked(false)
  }
  if (!asked)
    return (
      <div className={styles.head}>
        <Text c="dimmed">{says}</Text>
        <Button onClick={() => setAsked(true)}>Accept all {countText(count, LOCALE)}…</Button>
      </div>
    )
  return (
    <section className={styles.bulk} aria-label={`Accept ${counted(count, `${grade} transfer`)}`}>
      <Loaded of={effect} waiting={<Text c="dimmed">Working out what this does…</Text>}>
        {(data) => (
          <>
            <TaxEffect effect={data} />
            <div className={styles.acts}>
              <Button variant="default" onClick={() => setAsked(false)}>
                Not now
              </Button>
              <Button onClick={() => void accept()} loading={running}>
                Accept {counted(data.pairs, 'pair')}
              </Button>
            </div>
          </>
        )}
      </Loaded>
    </section>
  )
}
