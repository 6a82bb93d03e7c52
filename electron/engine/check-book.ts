/** What is looked at before a year is filed: balances, roll-forward, filings and their differences. Runs in the compute worker. */
import { hash } from 'node:crypto'
import type { Amount } from '../../shared/amount/amount.ts'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import { dateOfDay, dayNumber, parseCivilDate } from '../../shared/events/civil-date.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { CivilDate } from '../../shared/events/identifiers.ts'
import { interchangeJson, writeInterchange } from '../../shared/events/interchange-writer.ts'
import { directionOf } from '../../shared/events/leg-direction.ts'
import { type Forms, freezeResult } from '../../shared/tax/frozen-result.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import { positionEffects } from '../../shared/tax/positions/position-effects.ts'
import { ENGINE_VERSION } from '../../shared/tax/result.ts'
import { toResultDocument } from '../../shared/tax/result-document.ts'
import type { FilingDraft } from '../ledger/filings.ts'
import { readFiling } from '../ledger/filings.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { namesOf } from './names.ts'
import { withHash } from './report-book.ts'
import { Refused, refuseBlocked, type TaxBook } from './tax-book.ts'

export interface BalanceRow {
  readonly account: string
  readonly accountName: string
  readonly asset: string
  readonly symbol: string
  readonly amount: string
  readonly negativeSince: string | null
}

/** What each account holds at the end of a day (or now) by the effective events, and since when it is below nothing. */
export function balances(book: TaxBook, at: string | null): BalanceRow[] {
  const { profile, accounts, assets } = book.books()
  const clock = civilClock(profile.zone)
  const names = namesOf(accounts, assets)
  const last = at === null ? null : parseCivilDate(at)
  const sums = new Map<string, { account: string; asset: string; amount: bigint; negativeSince: CivilDate | null }>()
  for (const event of book.resident.events()) {
    if (event.kind === 'ignored') continue
    const date = clock.dateAt(event.time)
    if (last !== null && date > last) break
    for (const leg of event.legs) {
      const way = directionOf(leg, event.legs)
      if (way === 0) continue
      const key = `${leg.account}\n${leg.asset}`
      let sum = sums.get(key)
      if (sum === undefined) {
        sum = { account: leg.account, asset: leg.asset, amount: 0n, negativeSince: null }
        sums.set(key, sum)
      }
      sum.amount += way === 1 ? leg.amount : -leg.amount
      if (sum.amount >= 0n) sum.negativeSince = null
      else sum.negativeSince ??= date
    }
  }
  return [...sums.values()]
    .filter(({ amount }) => amount !== 0n)
    .map(({ account, asset, amount, negativeSince }) => ({
      account,
      accountName: names.account(account),
      asset,
      symbol: names.symbol(asset),
      amount: formatAmount(amount as Amount),
      negativeSince: asset === profile.currency ? null : negativeSince,
    }))
    .sort((a, b) => compareText(a.accountName, b.accountName) || compareText(a.symbol, b.symbol))
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Per asset: opening, what came, what went, fees, closing. `difference`: in the last year of the books, closing less the
 * units that the tax result still holds in lots and pools, which must be nothing.
 */
export function rollForward(book: TaxBook, year: number) {
  const source = book.ofYear(year)
  const { books, result, names } = source
  const { month, day } = packOf(result.jurisdiction)?.yearStart ?? { month: 1, day: 1 }
  const clock = civilClock(books.profile.zone)
  const from = dateOfDay(dayNumber(year, month, day))
  const until = dateOfDay(dayNumber(year + 1, month, day))
  const rows = new Map<string, { opening: bigint; in: bigint; out: bigint; fees: bigint }>()
  let isLast = true
  for (const event of books.events) {
    if (event.kind === 'ignored') continue
    const date = clock.dateAt(event.time)
    if (date >= until) {
      isLast = false
      break
    }
    for (const leg of event.legs) {
      const way = directionOf(leg, event.legs)
      if (way === 0) continue
      let row = rows.get(leg.asset)
      if (row === undefined) {
        row = { opening: 0n, in: 0n, out: 0n, fees: 0n }
        rows.set(leg.asset, row)
      }
      if (date < from) row.opening += way === 1 ? leg.amount : -leg.amount
      else if (way === 1) row.in += leg.amount
      else if (leg.role === 'fee') row.fees += leg.amount
      else row.out += leg.amount
    }
  }
  const held = new Map<string, bigint>()
  for (const { asset, amount } of [...result.lots, ...result.pools]) held.set(asset, (held.get(asset) ?? 0n) + amount)
  const isFiat = new Set(books.assets.filter(({ kind }) => kind === 'fiat').map(({ id }) => id as string))
  const text = (amount: bigint) => formatAmount(amount as Amount)
  return {
    revision: book.books().revision,
    rows: [...rows]
      .map(([asset, row]) => {
        const closing = row.opening + row.in - row.out - row.fees
        return {
          asset,
          symbol: names.symbol(asset),
          opening: text(row.opening),
          in: text(row.in),
          out: text(row.out),
          fees: text(row.fees),
          closing: text(closing),
          difference: text(isLast && !isFiat.has(asset) ? closing - (held.get(asset) ?? 0n) : 0n),
        }
      })
      .sort((a, b) => compareText(a.symbol, b.symbol)),
  }
}

/** The result document of a year, or of all, as JSON text. A filed year under its own law is its filing's, byte for byte. */
export function documentText(
  ledger: ReadableLedger,
  book: TaxBook,
  call: { year?: number | undefined; jurisdiction?: string | undefined; method?: string | undefined },
): string {
  const { year, jurisdiction, method } = call
  if (jurisdiction === undefined && method === undefined) {
    const filing = year === undefined ? undefined : book.filedYears().get(year)
    const frozen = filing === undefined ? null : readFiling(ledger, filing)
    if (frozen !== null) return frozen.result.toString('utf8')
    return resultText(book, year)
  }
  const source = book.under({
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
    ...(method === undefined ? {} : { method }),
  })
  return JSON.stringify(
    toResultDocument(source.result, { assets: source.books.assets, ...(year === undefined ? {} : { year }) }),
  )
}

function resultText(book: TaxBook, year: number | undefined): string {
  const source = book.current()
  if (year !== undefined) refuseBlocked(source.result, year)
  const document = toResultDocument(withHash(book, source), {
    assets: source.books.assets,
    ...(year === undefined ? {} : { year }),
  })
  return canonicalJson(document as JsonValue)
}

/** All that a filing freezes of a year. Throws `Refused` where the year has nothing to file. */
export function filingDraft(book: TaxBook, year: number): FilingDraft {
  const source = book.current()
  const { result } = source
  refuseBlocked(result, year)
  if (!book.ofYear(year).result.totals.has(year))
    throw new Refused([`There is nothing in the tax year ${year} to file.`])
  const { assets, profile } = source.books
  // As the reports show them: a filing must not change what was printed the day before.
  const rounded = profile.rounding ?? 'cents'
  const forms = toResultDocument(book.ofYear(year).result, { assets, year, rounded }).forms as Forms
  const document = book.document()
  const { prices } = interchangeJson({ ...document, events: [] })
  return {
    taxYear: year,
    jurisdiction: book.ofYear(year).result.jurisdiction,
    engineVersion: ENGINE_VERSION,
    zoneData: process.versions.tz ?? '',
    settings: settingsOf(book, year),
    inputs: Buffer.from(writeInterchange(document), 'utf8'),
    pricesHash: hash('sha256', canonicalJson((prices ?? []) as JsonValue)),
    result: Buffer.from(resultText(book, year), 'utf8'),
    rows: Buffer.from(freezeResult({ result: withHash(book, source), forms }, year), 'utf8'),
  }
}

/** The profile and every choice, and for each position that was answered what the other answers would have changed in the year. */
function settingsOf(book: TaxBook, year: number): JsonValue {
  const { settings, choices } = book.books()
  const ids = Object.keys(choices.positions)
  const outcome = ids.length === 0 ? null : positionEffects(book.document(), { ids })
  const effects =
    outcome?.ok !== true
      ? []
      : outcome.positions.flatMap(({ id, alternatives }) =>
          alternatives.flatMap(({ choice, years }) => {
            const found = years.find((one) => one.year === year)
            if (found === undefined) return []
            const { gain, income, taxable } = found
            return [{ id, choice, gain: formatMoney(gain), income: formatMoney(income), taxable: formatMoney(taxable) }]
          }),
        )
  return JSON.parse(JSON.stringify({ ...settings, ...choices, positionEffects: effects })) as JsonValue
}

interface ShownDocument {
  readonly totals: Record<string, Record<string, unknown>>
  readonly disposals: readonly unknown[]
  readonly income: readonly unknown[]
  readonly open: readonly unknown[]
}

/** What the year would be now against what was filed: totals line by line, and how many rows differ. */
export function filingDiff(ledger: ReadableLedger, book: TaxBook, year: number, filing: number) {
  const frozen = readFiling(ledger, filing)
  if (frozen === null) throw new Error('a filing is not there')
  const filed = JSON.parse(frozen.result.toString('utf8')) as ShownDocument
  const text = nowOrWhyNot(book, year)
  if (!text.ok) return { same: false, lines: [{ label: 'blocked', filed: '', now: text.why }] }
  const now = JSON.parse(text.document) as ShownDocument
  const lines: { label: string; filed: string; now: string }[] = []
  const [before, after] = [figuresOf(filed.totals[String(year)] ?? {}), figuresOf(now.totals[String(year)] ?? {})]
  for (const label of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(label) ?? '', after.get(label) ?? '']
    if (a !== b) lines.push({ label, filed: a, now: b })
  }
  for (const label of ['disposals', 'income', 'open'] as const) {
    const [a, b] = [filed[label].map(shown), now[label].map(shown)]
    const [onlyFiled, onlyNow] = [without(a, b), without(b, a)]
    if (onlyFiled + onlyNow > 0)
      lines.push({ label: `rows of ${label}`, filed: `${onlyFiled} not there now`, now: `${onlyNow} not there then` })
  }
  return { same: lines.length === 0, lines }
}

/** The year's figures, one by one: the country's own lines by their words, members of a group after its name. */
function figuresOf(totals: Readonly<Record<string, unknown>>): Map<string, string> {
  const figures = new Map<string, string>()
  for (const [name, value] of Object.entries(totals)) {
    if (Array.isArray(value)) {
      for (const [at, line] of value.entries()) {
        const { label, amount } = (line ?? {}) as { label?: unknown; amount?: unknown }
        if (typeof label === 'string') figures.set(label, shown(amount))
        else figures.set(`${name} ${at + 1}`, shown(line))
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [member, one] of Object.entries(value)) figures.set(`${name}: ${member}`, shown(one))
    } else {
      figures.set(name, value === null ? 'not known' : shown(value))
    }
  }
  return figures
}

function nowOrWhyNot(book: TaxBook, year: number): { ok: true; document: string } | { ok: false; why: string } {
  try {
    return { ok: true, document: resultText(book, year) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { ok: false, why: error.message }
  }
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)

function without(rows: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>()
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1)
  let count = 0
  for (const row of rows) {
    const times = left.get(row) ?? 0
    if (times === 0) count += 1
    else left.set(row, times - 1)
  }
  return count
}
