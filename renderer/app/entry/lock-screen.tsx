import { useClients } from '../client.ts'
import { startAnew } from '../door.ts'
import { useRead } from '../queries.ts'
import { EntryFrame } from './entry-frame.tsx'
import { UnlockForm } from './unlock-form.tsx'

/** A locked ledger: its name, and the key. */
export function LockScreen({ ledger, name }: { readonly ledger: string; readonly name: string }) {
  const { engine } = useClients()
  const ledgers = useRead({
    topics: ['session'],
    name: 'session.ledgers',
    read: (clients, signal) => clients.engine.session.ledgers(undefined, { signal }),
  })
  const file = ledgers.data?.find((each) => each.ref === ledger)
  return (
    <EntryFrame foot="Locked. The file is closed, and nothing of it is left in memory.">
      <UnlockForm
        ledger={ledger}
        title={name}
        keychain={file?.keychain ?? false}
        onBack={() => void engine.session.close().finally(startAnew)}
        backLabel="Other ledger"
      />
    </EntryFrame>
  )
}
