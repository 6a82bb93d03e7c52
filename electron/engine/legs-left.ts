/** Movements are named by the legs of facts; of a fact that a match took legs out of, the books hold the rest. */
import { canonicalJson } from '../../shared/events/canonical-json.ts'
import { applyDecisions } from '../../shared/events/decide-event.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import { eventMembers } from '../../shared/events/interchange-writer.ts'
import { readDecisions } from '../ledger/decisions.ts'
import { readFacts } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'

/** For each leg that is left, which leg of the whole it is. */
export function legPlaces(whole: LedgerEvent, left: LedgerEvent): number[] {
  const text = (leg: LedgerEvent['legs'][number]): string => canonicalJson(eventMembers({ ...left, legs: [leg] }))
  const wanted = left.legs.map(text)
  const places: number[] = []
  for (const [at, leg] of whole.legs.entries()) if (wanted[places.length] === text(leg)) places.push(at)
  return places
}

/** The same for every event among `events` that a match left a rest of, by id. */
export function placesOfRests(
  ledger: ReadableLedger,
  events: readonly LedgerEvent[],
  isMatched: (id: string) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const rests = new Map(events.filter(({ id }) => isMatched(id)).map((event) => [event.id as string, event]))
  const places = new Map<string, readonly number[]>()
  if (rests.size === 0) return places
  const decisions = readDecisions(ledger, [...rests.keys()])
  for (const block of readFacts(ledger, { events: [...rests.keys()] }))
    for (const { event } of block) {
      const own = decisions.filter((one) => 'event' in one && one.event === event.id)
      const rest = rests.get(event.id)
      if (rest !== undefined) places.set(event.id, legPlaces(applyDecisions(event, own), rest))
    }
  return places
}
