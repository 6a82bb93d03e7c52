import { EntryFrame } from './entry-frame.tsx'
import { RecoverySteps } from './recovery-steps.tsx'

/** The step after making a ledger: save the recovery sheet, and prove that it was read. */
export function RecoverySheet({ passphrase, onDone }: { readonly passphrase: string; readonly onDone: () => void }) {
  return (
    <EntryFrame foot="Changing the passphrase later voids this sheet; you are given a new one then.">
      <RecoverySteps passphrase={passphrase} onDone={onDone} onLater={onDone} />
    </EntryFrame>
  )
}
