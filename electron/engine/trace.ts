/** From any figure down to the rows of the source files, one step at a time. Runs in the compute worker. */
import { formatAmount, formatMoney, parseMoney } from '../../shared/amount/decimal.ts'
import type { TraceNode } from '../../shared/contract/tax.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import { figureOf, parseFigureRef } from '../../shared/reports/figures.ts'
import type { Report } from '../../shared/reports/report.ts'
import { type DisposalRow, disposalId, type LotOrigin, type YearTotals } from '../../shared/tax/result.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { rawRowOf } from './raw-row-views.ts'
import { buildReport } from './report-book.ts'
import type { Source, TaxBook } from './tax-book.ts'
import { carriedLabel } from './tax-views.ts'
import { openEvents, openFigure } from './trace-open.ts'
import { joinedText, recordStep, recordsBehind } from './trace-records.ts'
import { sumsBehind } from './trace-sums.ts'

/** A step of a trace with the references one step below it. */
interface Step {
  readonly label: string
  readonly detail: string
  readonly amount: string | null
  readonly unit: string | null
  readonly below: readonly string[]
}

export interface Expanded {
  readonly revision: number
  readonly node: TraceNode
  readonly total: number
  readonly children: TraceNode[]
}

export interface Tracer {
  /** The figure and one page of what it is made of; null where there is no such figure. */
  expand(ref: string, page: { offset: number; limit: number }): Promise<Expanded | null>
  /** Figures that an event takes part in. */
  figuresOf(event: string): { ref: string; label: string; amount: string | null }[]
}

export function createTracer(ledger: ReadableLedger, book: TaxBook): Tracer {
  const disposalsOf = new WeakMap<Source, Map<string, DisposalRow>>()
  const reports = new WeakMap<Source, Map<string, Report | null>>()

  const disposalsIn = (source: Source): Map<string, DisposalRow> => {
    let rows = disposalsOf.get(source)
    if (rows === undefined) {
      rows = new Map(source.result.disposals.map((row) => [disposalId(row), row]))
      disposalsOf.set(source, rows)
    }
    return rows
  }
  const sources = (): Source[] => [...[...book.filedYears().keys()].map((year) => book.ofYear(year)), book.current()]
  /** The row of an id: as it is now, or, in a year that was filed, as it was filed. */
  const disposal = (id: string): { row: DisposalRow; source: Source } | null => {
    const current = book.current()
    const now = disposalsIn(current).get(id)
    if (now !== undefined && !book.filedYears().has(now.taxYear)) return { row: now, source: current }
    for (const year of book.filedYears().keys()) {
      const source = book.ofYear(year)
      const row = disposalsIn(source).get(id)
      if (row?.taxYear === year) return { row, source }
    }
    return null
  }
  const reportOf = (form: string, year: number): Report | null => {
    const source = book.ofYear(year)
    let known = reports.get(source)
    if (known === undefined) {
      known = new Map()
      reports.set(source, known)
    }
    const key = `${form}:${year}`
    const report = known.has(key) ? (known.get(key) ?? null) : buildReport(book, form, year)
    known.set(key, report)
    return report
  }

  const stepOf = (ref: string): Step | null => {
    const [kind = ''] = ref.split(':', 1)
    const rest = ref.slice(kind.length + 1)
    switch (kind) {
      case 'form':
        return formStep(ref, reportOf)
      case 'total':
        return totalStep(book, rest)
      case 'income':
        return incomeStep(book, rest)
      case 'disposal': {
        const found = disposal(rest)
        return found === null ? null : disposalStep(found.row, found.source)
      }
      case 'lot': {
        const found = disposal(rest)
        return found === null ? null : lotStep(found.row, found.source)
      }
      case 'pool': {
        const found = disposal(rest)
        return found === null ? null : poolStep(found.row, found.source)
      }
      case 'event':
        return eventStep(ledger, book, rest)
      case 'fact':
        return factStep(ledger, book, rest)
      case 'record':
        return recordStep(ledger, book.current().names, rest)
      default:
        return null
    }
  }
  const nodeOf = async (ref: string): Promise<TraceNode | null> => {
    if (ref.startsWith('raw:')) return rawNode(ledger, ref)
    const step = stepOf(ref)
    if (step === null) return null
    const { label, detail, amount, unit, below } = step
    return { ref, label, detail, amount, unit, children: below.length, raw: null }
  }

  return {
    async expand(ref, { offset, limit }) {
      const node = await nodeOf(ref)
      if (node === null) return null
      const below = ref.startsWith('raw:') ? [] : (stepOf(ref)?.below ?? [])
      const children: TraceNode[] = []
      for (const child of below.slice(offset, offset + limit)) {
        const one = await nodeOf(child)
        if (one !== null) children.push(one)
      }
      return { revision: book.books().revision, node, total: below.length, children }
    },
    figuresOf(event) {
      const effective = book.resident.find(event)
      const ids = new Set<string>([event, ...(effective === null ? [] : [effective.id])])
      return sources().flatMap((source) =>
        source.result.disposals
          .filter(
            (row) =>
              (ids.has(row.event) || row.events?.some((id) => ids.has(id)) === true) &&
              book.ofYear(row.taxYear) === source,
          )
          .map((row) => ({
            ref: `disposal:${disposalId(row)}`,
            label: disposalLabel(row, source),
            amount: formatMoney(row.gain),
          })),
      )
    },
  }
}

function formStep(ref: string, reportOf: (form: string, year: number) => Report | null): Step | null {
  const parts = parseFigureRef(ref)
  const report = parts === null ? null : reportOf(parts.form, parts.year)
  const figure = report === null ? null : figureOf(report, ref)
  if (report === null || figure === null) return null
  const money = parseMoney(figure.text)
  return {
    label: figure.label,
    detail: typeof money === 'bigint' ? '' : figure.text,
    amount: typeof money === 'bigint' ? formatMoney(money) : null,
    unit: typeof money === 'bigint' ? report.currency : null,
    below: figure.behind,
  }
}

const TOTAL_LABELS: Partial<Record<keyof YearTotals, string>> = {
  proceeds: 'Proceeds',
  cost: 'Cost',
  fees: 'Fees',
  gain: 'Gain',
  gains: 'Gains',
  losses: 'Losses',
  shortTerm: 'Short-term gain',
  longTerm: 'Long-term gain',
  income: 'Income',
  taxable: 'Taxable',
  deduction: 'Deduction of the net loss',
  exempt: 'Exempt gain',
  denied: 'Losses denied',
  discount: 'Discount',
  allowance: 'Allowance used',
  incomeTaxable: 'Taxable income',
  tax: 'Tax',
}

/** A sum that goes to later years, by its name. */
const CARRIED = 'carryOut.'

function totalStep(book: TaxBook, rest: string): Step | null {
  const match = /^(\d{4}):(.+)$/.exec(rest)
  if (match === null) return null
  const [, yearText = '', field = ''] = match
  const year = Number.parseInt(yearText, 10)
  const { result } = book.ofYear(year)
  const totals = result.totals.get(year)
  if (totals === undefined) return null
  const open = openFigure(field)
  const value: unknown = open === null ? totals[field as keyof YearTotals] : open.of(totals)
  const line = totals.lines.find(({ id }) => id === field)
  const carried = field.startsWith(CARRIED) ? totals.carryOut[field.slice(CARRIED.length)] : undefined
  const amount = typeof value === 'bigint' ? value : (line?.amount ?? carried)
  if (amount === undefined) return null
  const label =
    open?.label ??
    TOTAL_LABELS[field as keyof YearTotals] ??
    line?.label ??
    (carried === undefined ? field : carriedLabel(field.slice(CARRIED.length)))
  return {
    label: `${label}, tax year ${totals.label}`,
    detail: '',
    amount: formatMoney(amount as YearTotals['gain']),
    unit: result.currency,
    below:
      open !== null
        ? openEvents(book.ofYear(year), year)
        : field === 'income' || field === 'incomeTaxable'
          ? incomeHeads(book, year)
          : (sumsBehind(book.ofYear(year), year, field) ?? disposalsBehind(book, year, field)),
  }
}

const incomeHeads = (book: TaxBook, year: number): string[] =>
  [
    ...new Set(
      book
        .ofYear(year)
        .result.income.filter((row) => row.taxYear === year)
        .map(({ head }) => head),
    ),
  ].map((head) => `income:${year}:${head}`)

function disposalsBehind(book: TaxBook, year: number, field: string): string[] {
  return book
    .ofYear(year)
    .result.disposals.filter((row) => {
      if (row.taxYear !== year) return false
      if (field === 'gains') return row.gain > 0n
      if (field === 'losses') return row.gain < 0n
      if (field === 'shortTerm') return row.term === 'short'
      if (field === 'longTerm') return row.term === 'long'
      if (field === 'exempt') return !row.taxable
      if (field === 'denied') return row.gain !== row.rawGain
      return true
    })
    .map((row) => `disposal:${disposalId(row)}`)
}

function incomeStep(book: TaxBook, rest: string): Step | null {
  const match = /^(\d{4}):(.+)$/.exec(rest)
  if (match === null) return null
  const [, yearText = '', head = ''] = match
  const year = Number.parseInt(yearText, 10)
  const { result } = book.ofYear(year)
  const rows = result.income.filter((row) => row.taxYear === year && row.head === head)
  if (rows.length === 0) return null
  const sum = rows.reduce((total, row) => total + row.value, 0n)
  return {
    label: `Income: ${head}, tax year ${year}`,
    detail: `${rows.length} receipts`,
    amount: formatMoney(sum as YearTotals['gain']),
    unit: result.currency,
    below: [...new Set(rows.map(({ event }) => `event:${event}`))],
  }
}

const disposalLabel = (row: DisposalRow, { names }: Source): string =>
  `Disposal of ${formatAmount(row.amount)} ${names.symbol(row.asset)} on ${row.disposed}`

function disposalStep(row: DisposalRow, source: Source): Step {
  const { currency } = source.result
  const id = disposalId(row)
  const events = row.events ?? [row.event]
  return {
    label: disposalLabel(row, source),
    detail: [
      `proceeds ${formatMoney(row.proceeds)}`,
      `fees ${formatMoney(row.fees)}`,
      `cost ${formatMoney(row.cost)} ${currency}`,
      row.term === null ? null : `${row.term} term`,
      `rule ${row.rule}`,
    ]
      .filter((part) => part !== null)
      .join(', '),
    amount: formatMoney(row.gain),
    unit: currency,
    below: [
      ...(row.origin !== null ? [`lot:${id}`] : row.rule === 'missing-acquisition' ? [] : [`pool:${id}`]),
      ...events.map((event) => `event:${event}`),
    ],
  }
}

function lotStep(row: DisposalRow, source: Source): Step | null {
  const { names, result } = source
  if (row.origin === null) return null
  const moves: string[] = []
  let origin: LotOrigin = row.origin
  for (let next: LotOrigin | null = row.origin; next !== null; next = next.parent) {
    if (next.via !== null) moves.push(`event:${next.via}`)
    origin = next
  }
  const path = moves.length === 0 ? '' : `, moved ${moves.length === 1 ? 'once' : `${moves.length} times`} since`
  return {
    label: `Lot fraction of ${formatAmount(row.amount)} ${names.symbol(row.asset)}`,
    detail: `acquired ${row.acquired ?? 'at a time not known'}${path}`,
    amount: formatMoney(row.cost),
    unit: result.currency,
    below: [...new Set([...moves, `event:${origin.event}`])],
  }
}

/**
 * A pool has no lots: what went into it up to the disposal stands behind its cost, and what was acquired on the day it
 * was matched with, which may be after it. Over all accounts own transfers bring nothing in.
 */
function poolStep(row: DisposalRow, source: Source): Step {
  const { names, result, books } = source
  const clock = civilClock(books.profile.zone)
  const comesIn = ({ legs }: LedgerEvent): boolean =>
    legs.some((leg) => leg.role === 'in' && leg.asset === row.asset) &&
    (row.account !== null || !legs.some((leg) => leg.role === 'out' && leg.asset === row.asset))
  const below = books.events
    .filter((event) => comesIn(event) && (row.acquired === null || clock.dateAt(event.time) === row.acquired))
    .filter((event) => row.acquired !== null || event.time <= row.time)
    .map((event) => `event:${event.id}`)
  return {
    label: `Cost of ${formatAmount(row.amount)} ${names.symbol(row.asset)} by ${row.rule}`,
    detail: row.acquired === null ? 'from the pool: everything acquired before' : `matched with ${row.acquired}`,
    amount: formatMoney(row.cost),
    unit: result.currency,
    below,
  }
}

const legsText = (event: LedgerEvent, { names }: Source): string =>
  event.legs
    .filter(({ role }) => role !== 'info')
    .map((leg) => `${leg.role} ${formatAmount(leg.amount)} ${names.symbol(leg.asset)} ${names.account(leg.account)}`)
    .join(', ')

function eventStep(ledger: ReadableLedger, book: TaxBook, id: string): Step | null {
  const now = book.resident.find(id)
  const filed = now === null ? filedEvent(book, id) : null
  const event = now ?? filed?.event
  if (event === undefined) return null
  const source = filed?.source ?? book.current()
  const date = civilClock(source.books.profile.zone).dateAt(event.time)
  return {
    label: `${event.kind.replaceAll('_', ' ')}, ${date}`,
    detail: `${legsText(event, source)}${joinedText(ledger, id)}`,
    amount: null,
    unit: null,
    below:
      event.joined === undefined
        ? recordsBehind(ledger, id.replace(/#\d+$/, ''))
        : event.joined.map((half) => `fact:${half}`),
  }
}

/** An event that the books do not have any more, in a year that was filed with it. */
function filedEvent(book: TaxBook, id: string): { readonly event: LedgerEvent; readonly source: Source } | null {
  for (const year of book.filedYears().keys()) {
    const source = book.ofYear(year)
    const event = source.books.events.find((one) => one.id === id)
    if (event !== undefined) return { event, source }
  }
  return null
}

function factStep(ledger: ReadableLedger, book: TaxBook, id: string): Step | null {
  const below = recordsBehind(ledger, id)
  const event = book.resident.find(id)
  if (event === null && below.length === 0) return null
  const isOut = event?.joined?.[0] === id
  return {
    label: event?.joined === undefined ? 'As imported' : isOut ? 'The leaving half' : 'The arriving half',
    detail: `${id}${joinedText(ledger, id)}`,
    amount: null,
    unit: null,
    below,
  }
}

async function rawNode(ledger: ReadableLedger, ref: string): Promise<TraceNode | null> {
  const text = ref.slice('raw:'.length)
  const row = /^\d{1,15}$/.test(text) ? await rawRowOf(ledger, Number.parseInt(text, 10)) : null
  if (row === null) return null
  const { file, row: number, header, cells, text: words } = row
  return {
    ref,
    label: `${file}, row ${number}`,
    detail: '',
    amount: null,
    unit: null,
    children: 0,
    raw: { file, row: number, header, cells, text: words },
  }
}
