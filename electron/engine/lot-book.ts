/** Lots that an event may take by name, and what naming them would do. Runs in the compute worker. */
import type { Amount, Money } from '../../shared/amount/amount.ts'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import type { LotChoice, NamedLotView } from '../../shared/contract/lots.ts'
import type { TaxEffectView } from '../../shared/contract/primitives.ts'
import { dayOfDate } from '../../shared/events/civil-date.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { Decision } from '../../shared/events/decision.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import type { HeldLot, Refusal } from '../../shared/tax/result.ts'
import { effectOrRefused } from './change-effect.ts'
import { namesOf } from './names.ts'
import { Refused, type TaxBook } from './tax-book.ts'

export interface LotChoices {
  readonly revision: number
  readonly asset: string
  readonly symbol: string
  readonly amount: string
  readonly named: NamedLotView[]
  readonly identifiedAt: number | null
  readonly dateTest: boolean
  readonly authority: string
  readonly refusal: string | null
  readonly lots: LotChoice[]
}

/** Null where there is no such event, or no coin leaves with it. */
export function lotChoices(book: TaxBook, id: string): LotChoices | null {
  const event = book.resident.find(id)
  const { settings, accounts, assets, revision } = book.books()
  const leaving = event === null ? null : unitsLeaving(book, event)
  const pack = packOf(settings.jurisdiction)
  if (event === null || leaving === null || pack === null) return null
  const names = namesOf(accounts, assets)
  const { asset, amount, account } = leaving
  const refusal = whyNot(book, event)
  const unit = accounts.find((one) => one.id === account)?.group ?? account
  const before = refusal === null ? lotsBefore(book, event) : []
  return {
    revision,
    asset,
    symbol: names.symbol(asset),
    amount: formatAmount(amount),
    named: (event.lots ?? []).map((lot) => ({ event: lot.event, amount: formatAmount(lot.amount) })),
    identifiedAt: event.identifiedAt ?? null,
    dateTest: pack.identification.dateTest,
    authority: pack.identification.authority,
    refusal,
    lots: byEvent(before.filter((lot) => lot.asset === asset && (lot.account === null || lot.account === unit))).map(
      (lot) => ({ ...lot, accountName: lot.accountName === null ? null : names.account(account) }),
    ),
  }
}

/** The coin that leaves, and how much of it with what it costs in itself. */
function unitsLeaving(book: TaxBook, { legs }: LedgerEvent) {
  const fiat = new Set(book.books().assets.flatMap(({ id, kind }) => (kind === 'fiat' ? [id] : [])))
  const first =
    legs.find(({ role, asset }) => role === 'out' && !fiat.has(asset)) ??
    legs.find(({ role, asset }) => role === 'fee' && !fiat.has(asset))
  if (first === undefined) return null
  const { asset, account } = first
  const amount = legs.reduce(
    (sum, leg) =>
      leg.asset === asset && (leg.role === 'out' || (leg.role === 'fee' && leg.included !== true))
        ? sum + leg.amount
        : sum,
    0n,
  )
  return { asset, account, amount: amount as Amount }
}

/** Why no lots can be named for an event; null where they can. */
function whyNot(book: TaxBook, event: LedgerEvent): string | null {
  const pack = packOf(book.books().settings.jurisdiction)
  if (event.kind === 'ignored') return 'This event is left out; nothing is taken by it.'
  if (pack !== null && pack.oldHoldings === undefined && !pack.methods.menu.includes('specific'))
    return `Lots are not chosen here: ${pack.identification.authority}.`
  return filedText(book, event)
}

function filedText(book: TaxBook, event: LedgerEvent): string | null {
  if (book.refusal() !== null) return null
  const { zone } = book.books().profile
  const year = book.yearOf(dayOfDate(civilClock(zone).dateAt(event.time)))
  return book.filedYears().has(year) ? `${year} is filed: its disposals keep the lots that they were filed with.` : null
}

/** Naming other lots for an event of a filed year is refused. */
export function inFiledYear(book: TaxBook, decision: Decision): Refusal[] {
  if (decision.what !== 'lots') return []
  const event = book.resident.find(decision.event)
  const text = event === null ? null : filedText(book, event)
  return text === null ? [] : [{ code: 'year-filed', event: decision.event, text }]
}

/** What is held just before an event, lot by lot: the books computed up to it. */
function lotsBefore(book: TaxBook, event: LedgerEvent): readonly HeldLot[] {
  const events = book.resident.events()
  const at = events.indexOf(event)
  // A mark of the event stays, so that what the law does on days before it is done.
  const { lots: _lots, joined: _joined, ...rest } = event
  const mark: LedgerEvent = {
    ...rest,
    kind: 'informational',
    legs: event.legs.map(({ account, asset, amount }) => ({ role: 'info', account, asset, amount })),
  }
  return book.withEvents([...events.slice(0, at), mark]).result.lots
}

/** Lots of one event as one line, the earliest first. */
function byEvent(lots: readonly HeldLot[]): LotChoice[] {
  const found = Map.groupBy(lots, ({ origin }) => origin)
  return [...found]
    .map(([event, parts]) => ({
      event,
      accountName: parts[0]?.account ?? null,
      acquired: parts.map(({ acquired }) => acquired).sort()[0] ?? null,
      amount: formatAmount(parts.reduce((sum, { amount }) => sum + amount, 0n) as Amount),
      cost: formatMoney(parts.reduce((sum, { cost }) => sum + cost, 0n) as Money),
    }))
    .sort((a, b) =>
      (a.acquired ?? '') < (b.acquired ?? '')
        ? -1
        : (a.acquired ?? '') > (b.acquired ?? '')
          ? 1
          : a.event < b.event
            ? -1
            : 1,
    )
}

/** What naming lots would do to the figures, or why it cannot be. */
export function lotsEffect(
  book: TaxBook,
  decision: Decision,
): { readonly revision: number; readonly refusal: string | null; readonly tax: TaxEffectView | null } {
  const { revision } = book.books()
  const after = book.resident.withDecisions([decision])
  const [refusal] = [...inFiledYear(book, decision), ...book.refusalsWith(after)]
  if (refusal !== undefined) return { revision, refusal: refusal.text, tax: null }
  try {
    return { revision, refusal: book.refusal(), tax: effectOrRefused(book, () => after) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { revision, refusal: error.message, tax: null }
  }
}
