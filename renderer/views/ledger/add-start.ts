import { goTo } from '../../app/screens.ts'
import { shared } from '../../app/shared-value.ts'

const asked = shared<string | null>(null)

/** The note with which an event is to be added, while no form has taken it yet. */
export const useAskedToAdd = asked.use

/** Opens the form for an event by hand in the Ledger, with a note that says what it is about. */
export function addByHand(note = ''): void {
  asked.set(note)
  goTo('/ledger')
}

/** The form has taken the note. */
export function askedToAddTaken(): void {
  asked.set(null)
}
