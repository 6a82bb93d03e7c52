import type { LedgerWrite, ReadableLedger } from './handles.ts'

const next = new WeakMap<object, number>()

/** The row id that the next event gets: staged and derived ones never share one. */
export const nextEventRow = (ledger: ReadableLedger): number =>
  next.get(ledger) ?? (ledger.value<number>('SELECT max(id) FROM event') ?? 0) + 1

/** Says that all rows before `id` are taken. */
export const takeEventRows = (ledger: LedgerWrite, id: number): void => {
  next.set(ledger, id)
}
