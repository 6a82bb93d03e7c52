/** The tax result of the open ledger, kept and brought up to date. Runs in the compute worker. */
import { hash } from 'node:crypto'
import { inEngineOrder } from '../../shared/events/engine-order.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import { parseInterchange } from '../../shared/events/interchange.ts'
import type { InterchangeDocument, Method } from '../../shared/events/interchange-types.ts'
import { hashInterchange } from '../../shared/events/interchange-writer.ts'
import { compute } from '../../shared/tax/compute.ts'
import { readFiledDocument } from '../../shared/tax/filed-document.ts'
import { type Forms, thawResult } from '../../shared/tax/frozen-result.ts'
import { createIncremental, type IncrementalTax, type TotalsOutcome } from '../../shared/tax/incremental.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import { checkEvents } from '../../shared/tax/partition.ts'
import type { BlockedYear, OpenPoint, Refusal, ResidencePart, TaxResult, YearTotals } from '../../shared/tax/result.ts'
import { listFilings, readFiling } from '../ledger/filings.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { yearLabel } from './countries.ts'
import { inCountry, noRates } from './in-country.ts'
import { Cancelled, type JobSignal } from './job-signal.ts'
import { type Names, namesOf } from './names.ts'
import { type Books, createResident, type Resident } from './resident.ts'

/** What a figure comes from: a result with the books it was computed from. Of a filed year, both are the frozen ones. */
export interface Source {
  readonly result: TaxResult
  readonly books: InterchangeDocument
  readonly names: Names
  readonly filing: number | null
  /** Lines of the country's forms as they were filed; null where nothing was. */
  readonly forms: Forms | null
  /** Codes of open points by event. */
  readonly openByEvent: ReadonlyMap<string, readonly string[]>
}

/** The figures that every page needs first, without the rows behind them. */
export interface Totals {
  readonly totals: ReadonlyMap<number, YearTotals>
  readonly open: readonly OpenPoint[]
  readonly jurisdiction: string
  readonly method: string
  /** Years that cannot be computed, and every later one. */
  readonly blocked: readonly BlockedYear[]
  /** Each country's part where the person moved; else empty. */
  readonly residence: readonly ResidencePart[]
}

/** Nothing was computed, for these reasons. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(reasons: readonly string[], refusals: readonly Refusal[] = []) {
    super(reasons.slice(0, 5).join(' '))
    this.name = 'Refused'
    this.refusals = refusals
  }
}

/** Throws `Refused`, with the rule's name, where a year (or one before it) cannot be computed. */
export function refuseBlocked({ blocked }: TaxResult, year: number): void {
  const found = blocked.filter((one) => one.year <= year).sort((a, b) => a.year - b.year)[0]
  if (found === undefined) return
  const { refusals } = found
  const reasons = refusals.map(({ text, code, rule }) => `${text} (${rule === undefined ? code : `${code}: ${rule}`})`)
  throw new Refused([...(found.year < year ? [`The year ${found.year} is blocked:`] : []), ...reasons], refusals)
}

export interface TaxBook {
  readonly resident: Resident
  /** Brings books and result up to the ledger's revision. */
  refresh(signal: JobSignal): void
  books(): Books
  /** Why there is no result; null where there is one. */
  refusal(): string | null
  /** The totals as of the last refresh. Throws `Refused`. */
  totals(): Totals
  /** The result as of the last refresh. Throws `Refused`. */
  current(): Source
  /** What the figures of one tax year come from: its filing, else the current result. Throws `Refused` for a blocked year. */
  ofYear(year: number): Source
  filedYears(): ReadonlyMap<number, number>
  /** The tax year of a day number under the profile's law. Throws `Refused`. */
  yearOf(day: number): number
  /** The current books under another country or method. Throws `Refused`. */
  under(change: { jurisdiction?: string; method?: string }): Source
  /** The current books with other effective events. Throws `Refused`. */
  withEvents(events: readonly LedgerEvent[]): Source
  /** Why these events instead of the current ones would block a year that is not blocked now; empty where they would not. */
  refusalsWith(events: readonly LedgerEvent[]): readonly Refusal[]
  document(): InterchangeDocument
  /** The hash of everything the current result was computed from; worked out when first asked for. */
  inputHash(): string
}

export function createTaxBook(ledger: ReadableLedger): TaxBook {
  const resident = createResident(ledger)
  let tax: IncrementalTax | null = null
  let refusals: readonly Refusal[] | null = null
  let totals: Totals | null = null
  let current: Source | null = null
  let inputHash: string | null = null
  let filings = new Map<number, number>()
  const filed = new Map<number, Source>()
  const parts = new WeakMap<TaxResult, Source>()

  const document = (): InterchangeDocument => {
    const { profile, accounts, assets, prices, plans, brokerForms } = resident.books()
    return { profile, accounts, assets, events: withPlans(resident.events(), plans), prices, brokerForms }
  }
  const sourceOf = (
    result: TaxResult,
    books: InterchangeDocument,
    filing: number | null,
    forms: Source['forms'] = null,
  ): Source => ({
    result,
    books,
    filing,
    forms,
    names: namesOf(books.accounts, books.assets),
    openByEvent: openByEvent(result.open),
  })
  const computed = (books: InterchangeDocument): Source => {
    const computing = compute(books)
    if (!computing.ok) throw refused(computing.refusals)
    return sourceOf(computing.result, books, null)
  }
  /** Of a person who moved, the country that the year is taxed in; of the year of a move, the one that was left. */
  const partFor = (source: Source, year: number): Source => {
    const { result } = source
    if (result.residence.length === 0 || result.totals.has(year)) return source
    const part = result.residence.find((one) => one.result.totals.has(year))
    if (part === undefined) return source
    const known = parts.get(part.result)
    if (known !== undefined) return known
    const own = sourceOf(part.result, source.books, source.filing, source.forms)
    parts.set(part.result, own)
    return own
  }
  const frozen = (filing: number): Source => {
    const known = filed.get(filing)
    if (known !== undefined) return known
    const documents = readFiling(ledger, filing)
    if (documents === null) throw new Error('a filing is not there')
    const read = parseInterchange(documents.inputs.toString('utf8'), 'filing')
    if (!read.ok) throw new Error('the frozen inputs of a filing cannot be read')
    const { document: books } = read
    const document = JSON.parse(documents.result.toString('utf8')) as FiledDocument
    const frozenRows = documents.rows === null ? null : thawResult(documents.rows.toString('utf8'))
    const source =
      frozenRows === null
        ? sourceOf(fromDocument(ledger, filing, document, books), books, filing, document.forms)
        : sourceOf(frozenRows.result, books, filing, frozenRows.forms)
    filed.set(filing, source)
    return source
  }

  return {
    resident,
    refresh(signal) {
      ledger.snapshot(() => {
        const refreshed = resident.refresh(signal)
        if (refreshed.kind === 'same' && (tax !== null || refusals !== null)) return
        filings = new Map(
          listFilings(ledger)
            .toReversed()
            .map(({ taxYear, id }) => [taxYear, id]),
        )
        if (refreshed.kind === 'some' && tax !== null && !refreshed.settings) {
          const { removed, added } = refreshed
          if (removed.length === 0 && added.length === 0) return
          const outcome = tax.replaceEvents(removed, added)
          refusals = outcome.ok ? null : outcome.refusals
          if (!outcome.ok) tax = null
        } else {
          const outcome = createIncremental(document(), () => signal.cancelled)
          if (outcome === null) {
            tax = null
            throw new Cancelled()
          }
          // What each event alone does not show, such as lots that do not hold what is named, the totals refuse.
          const whole = outcome.ok ? outcome.tax.totals() : outcome
          tax = outcome.ok && whole.ok ? outcome.tax : null
          refusals = whole.ok ? null : whole.refusals
        }
        totals = null
        current = null
        inputHash = null
      })
    },
    books: () => resident.books(),
    refusal: () => (refusals === null ? null : refused(refusals).message),
    totals() {
      if (refusals !== null) throw refused(refusals)
      if (tax === null) throw new Error('nothing was computed yet')
      if (totals === null) {
        const outcome = tax.totals()
        if (!outcome.ok) throw refused(outcome.refusals)
        const { law } = tax
        totals = {
          totals: outcome.reduced.totals,
          open: tax.open(),
          jurisdiction: law.pack.id,
          method: law.method,
          blocked: outcome.blocked,
          residence: tax.residence(),
        }
      }
      return totals
    },
    current() {
      if (refusals !== null) throw refused(refusals)
      if (tax === null) throw new Error('nothing was computed yet')
      if (current === null) {
        const outcome = tax.result()
        if (!outcome.ok) throw refused(outcome.refusals)
        current = sourceOf(outcome.result, document(), null)
      }
      return current
    },
    ofYear(year) {
      const filing = filings.get(year)
      if (filing !== undefined) return partFor(frozen(filing), year)
      const source = partFor(this.current(), year)
      refuseBlocked(source.result, year)
      return source
    },
    filedYears: () => filings,
    yearOf(day) {
      if (refusals !== null) throw refused(refusals)
      if (tax === null) throw new Error('nothing was computed yet')
      return tax.law.yearOf(day)
    },
    under({ jurisdiction, method }) {
      const books = document()
      const pack = jurisdiction === undefined ? null : packOf(jurisdiction)
      if (jurisdiction !== undefined && pack === null)
        throw new Refused([`There is no rule pack for “${jurisdiction}” (unknown-jurisdiction).`])
      if (pack === null || pack.id === books.profile.jurisdiction)
        return computed(method === undefined ? books : withMethod(books, method))
      const moved = inCountry(books, pack)
      if (moved === null) throw new Refused([noRates(books.profile.currency, pack.currency ?? books.profile.currency)])
      return computed(method === undefined ? moved : withMethod(moved, method))
    },
    withEvents: (events) => computed({ ...document(), events: withPlans(events, resident.books().plans) }),
    refusalsWith(events) {
      if (tax === null || refusals !== null) return []
      const [before, after] = [new Set(resident.events()), new Set(events)]
      const removed = [...before].filter((event) => !after.has(event))
      const added = [...after].filter((event) => !before.has(event))
      const invalid = checkEvents(added, tax.law)
      if (invalid.length > 0) return invalid
      const known = new Set(refusalsOf(tax.totals()).map(({ text }) => text))
      const found = refusalsOf(tax.replaceEvents(removed, added)).filter(({ text }) => !known.has(text))
      tax.replaceEvents(added, removed)
      return found
    },
    document,
    inputHash() {
      inputHash ??= hashInterchange(document(), sha256)
      return inputHash
    },
  }
}

type FiledDocument = Readonly<Record<string, unknown>> & {
  readonly forms: Forms
}

/** The figures of a filing whose rows were not kept, as its document has them. */
function fromDocument(
  ledger: ReadableLedger,
  filing: number,
  document: FiledDocument,
  books: InterchangeDocument,
): TaxResult {
  const record = listFilings(ledger).find(({ id }) => id === filing)
  if (record === undefined) throw new Error('a filing is not there')
  const { taxYear, jurisdiction } = record
  const pack = packOf(jurisdiction)
  const { method } = books.profile
  return readFiledDocument(document, {
    jurisdiction,
    year: taxYear,
    label: yearLabel(pack, taxYear),
    method: typeof method === 'string' ? method : (method?.[0]?.method ?? pack?.methods.standard ?? ''),
    inputs: books,
  })
}

const refusalsOf = (outcome: TotalsOutcome): readonly Refusal[] =>
  outcome.ok ? outcome.blocked.flatMap(({ refusals }) => refusals) : outcome.refusals

const refused = (refusals: readonly Refusal[]): Refused =>
  new Refused(
    refusals.map(({ text }) => text),
    refusals,
  )

const withMethod = (books: InterchangeDocument, method: string): InterchangeDocument => ({
  ...books,
  profile: { ...books.profile, method: method as Method },
})

const withPlans = (events: readonly LedgerEvent[], plans: readonly LedgerEvent[]): readonly LedgerEvent[] =>
  plans.length === 0 ? events : inEngineOrder([...events, ...plans])

const sha256 = (text: string): string => hash('sha256', text)

function openByEvent(open: readonly OpenPoint[]): Map<string, string[]> {
  const codes = new Map<string, string[]>()
  for (const { event, code } of open) {
    if (event === null) continue
    const known = codes.get(event)
    if (known === undefined) codes.set(event, [code])
    else if (!known.includes(code)) known.push(code)
  }
  return codes
}
