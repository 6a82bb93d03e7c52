import { useEffect, useRef, useState } from 'react'
import { useClients } from './client.ts'
import { doorEnds, startAnew } from './door.ts'
import { CreateLedger } from './entry/create-ledger.tsx'
import { EntryFrame } from './entry/entry-frame.tsx'
import { FirstScreen } from './entry/first-screen.tsx'
import { LockScreen } from './entry/lock-screen.tsx'
import { OpenLedger } from './entry/open-ledger.tsx'
import { RecoverySheet } from './entry/recovery-sheet.tsx'
import { wordsOf } from './errors.ts'
import { follow, useLiveChanges } from './live.ts'
import { SessionProvider, useSessionState } from './session.ts'
import { Shell } from './shell.tsx'

type Step = 'first' | 'create' | 'open'

/** Closed, locked or open: decides which of the three worlds is on the screen. */
export function Gate() {
  const session = useSessionState()
  const { engine, host } = useClients()
  const [step, setStep] = useState<Step>('first')
  const [fresh, setFresh] = useState<string | null>(null)
  const wasOpen = useRef(false)
  useLiveChanges()
  useEffect(
    () =>
      follow(
        (signal) => host.signals(undefined, { signal }),
        ({ signal }) => {
          if (signal === 'quit') doorEnds()
          if (signal === 'lock' && wasOpen.current) void engine.session.lock().finally(startAnew)
        },
      ),
    [engine, host],
  )

  const state = session.data
  const phase = state?.phase
  useEffect(() => {
    if (phase === 'open') wasOpen.current = true
    else if (phase !== undefined && wasOpen.current) startAnew()
  }, [phase])

  if (session.error)
    return (
      <EntryFrame>
        <p role="alert">{wordsOf(session.error)}</p>
      </EntryFrame>
    )
  if (!state) return <EntryFrame>Opening…</EntryFrame>
  if (state.phase === 'locked') return <LockScreen ledger={state.ref} name={state.name} />
  if (state.phase === 'closed') {
    if (step === 'create')
      return <CreateLedger onBack={() => setStep('first')} onCreated={(passphrase) => setFresh(passphrase)} />
    if (step === 'open') return <OpenLedger onBack={() => setStep('first')} />
    return <FirstScreen onCreate={() => setStep('create')} onOpen={() => setStep('open')} />
  }
  return (
    <SessionProvider value={state}>
      {fresh !== null && !state.recoveryConfirmed ? (
        <RecoverySheet passphrase={fresh} onDone={() => setFresh(null)} />
      ) : (
        <Shell />
      )}
    </SessionProvider>
  )
}
