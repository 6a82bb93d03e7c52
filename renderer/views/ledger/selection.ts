import type { EventRow } from '../../../shared/contract/events.ts'
import { shared } from '../../app/shared-value.ts'

const selected = shared<ReadonlyMap<string, EventRow>>(new Map())

/** The events that are ticked in the list, by id; kept while other screens are looked at. */
export const useSelection = selected.use

/** Ticks an event, or takes its tick away. */
export function toggleSelected(row: EventRow): void {
  const next = new Map(selected.get())
  if (!next.delete(row.id)) next.set(row.id, row)
  selected.set(next)
}

/** Takes every tick away. */
export function clearSelection(): void {
  selected.set(new Map())
}
