/** The events of the books by civil day, for journals, which know days and no hours. */
import { dateOfDay } from '../events/civil-date.ts'
import { civilClock } from '../events/civil-time.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AssetId, CivilDate } from '../events/identifiers.ts'
import type { Books } from './books.ts'
import { type Posting, postingsOf } from './journal-postings.ts'
import { kindAndNote } from './kind-and-note.ts'
import { oneLine } from './unique-names.ts'

export interface JournalEntry {
  readonly date: CivilDate
  readonly event: LedgerEvent
  /** `buy: from the savings`: the kind in words, and the note. */
  readonly text: string
  readonly postings: readonly Posting[]
}

export interface Journal {
  /** In engine order, which is the order of days. Events that move nothing are not in it. */
  readonly entries: readonly JournalEntry[]
  readonly leftOut: readonly { readonly event: string; readonly reason: string }[]
  /** Most decimals that any posting of the asset has. */
  readonly decimals: ReadonlyMap<AssetId, number>
}

const AMOUNT_PLACES = 24

/** Decimals that an amount needs. */
function decimalsOf(amount: bigint): number {
  let places = AMOUNT_PLACES
  let left = amount
  while (places > 0 && left % 10n === 0n) {
    left /= 10n
    places--
  }
  return places
}

/** Cuts the books into days. */
export function journalOf(books: Books): Journal {
  const clock = civilClock(books.zone)
  const entries: JournalEntry[] = []
  const leftOut: { event: string; reason: string }[] = []
  const decimals = new Map<AssetId, number>()
  for (const event of books.events) {
    const postings = postingsOf(event)
    if (postings.length === 0) {
      leftOut.push({ event: event.id, reason: 'nothing moves in it' })
      continue
    }
    for (const { asset, amount } of postings) {
      const known = decimals.get(asset) ?? 0
      if (known < AMOUNT_PLACES) decimals.set(asset, Math.max(known, decimalsOf(amount)))
    }
    const text = kindAndNote(event, oneLine(event.note ?? '').slice(0, 200))
    entries.push({ date: dateOfDay(clock.dayAt(event.time)), event, text, postings })
  }
  return { entries, leftOut, decimals }
}

/** Prices in the books' currency, one line each, by day; a price without a day stands at the day of its instant. */
export function pricesByDay(
  books: Books,
): readonly { readonly date: CivilDate; readonly asset: AssetId; readonly price: bigint }[] {
  const clock = civilClock(books.zone)
  const last = new Map<string, { date: CivilDate; asset: AssetId; price: bigint }>()
  for (const { asset, currency, time, price } of books.prices) {
    if (currency !== books.currency) continue
    const date = typeof time === 'number' ? dateOfDay(clock.dayAt(time)) : time
    last.set(`${date} ${asset}`, { date, asset, price })
  }
  return [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
}
