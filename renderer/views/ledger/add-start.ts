import { goTo } from '../../app/screens.ts'

let asked: string | null = null

/** Opens the form for an event by hand in the Ledger, with a note that says what it is about. */
export function addByHand(note: string): void {
  asked = note
  goTo('/ledger')
}

/** The note with which an event is to be added, once; null where no screen asked for that. */
export function takeAskedToAdd(): string | null {
  const note = asked
  asked = null
  return note
}
