import type { EventFilter } from '../../../shared/contract/events.ts'
import { shared } from '../../app/shared-value.ts'

const filter = shared<EventFilter>({})

/** The Ledger view's filter, kept while other screens are looked at. */
export const useLedgerFilter = filter.use

/** Replaces the filter; undefined members are left out. */
export function setLedgerFilter(next: { readonly [Key in keyof EventFilter]: EventFilter[Key] | undefined }): void {
  filter.set(
    Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== '')) as EventFilter,
  )
}

/** Shows only these events, for a screen that leads to the Ledger view. */
export function showInLedger(next: EventFilter): void {
  filter.set(next)
}
