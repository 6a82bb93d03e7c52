import type { Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { type RoundingMode, roundMoney } from '../amount/arithmetic.ts'
import { formatAmount, formatMoney, formatMoneyFull } from '../amount/decimal.ts'
import { RESULT_SCHEMA } from '../events/interchange-types.ts'
import { isDiscountGain } from './forms/au-item-18.ts'
import type { DocumentOptions } from './forms/country-forms.ts'
import { rowFormOf, yearForms } from './forms/country-forms.ts'
import { form2086Exact } from './forms/fr-2086.ts'
import type { RowText } from './forms/us-8949.ts'
import { packOf } from './packs/pack-list.ts'
import type { CostRow, DisposalRow, PortfolioState, TaxResult, YearTotals } from './result.ts'

type Text = string
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A `tallystick/result@1` document, ready for `JSON.stringify`. */
export type ResultDocument = { readonly [key: string]: Json }

/** Writes a result as its document. Rows are in the order of the result; members that have no value are null. */
export function toResultDocument(result: TaxResult, options: DocumentOptions = {}): ResultDocument {
  const { money } = figures(options)
  const orNull = (value: Money | null): Text | null => (value === null ? null : money(value))
  const ofYear = inYear(options)
  const disposals = result.disposals.filter(ofYear)
  const writeDisposal = disposalWriter(options, result.jurisdiction)
  const rows = disposals.map(writeDisposal)
  const totals: Record<string, Json> = {}
  for (const [year, sums] of result.totals) {
    if (options.year === undefined || options.year === year)
      totals[String(year)] = totalsDocument(sums, figuresOfTotals(options, result.jurisdiction))
  }

  return {
    schema: RESULT_SCHEMA,
    engine: result.engine,
    inputHash: result.inputHash,
    disposals: rows,
    income: result.income.filter(ofYear).map((row) => ({
      event: row.event,
      account: row.account,
      asset: row.asset,
      amount: formatAmount(row.amount),
      date: row.date,
      value: money(row.value),
      head: row.head,
      taxYear: row.taxYear,
    })),
    transfersOut: result.transfersOut.filter(ofYear).map((row) => ({
      event: row.event,
      kind: row.kind,
      account: row.account,
      asset: row.asset,
      amount: formatAmount(row.amount),
      acquired: row.acquired,
      date: row.date,
      value: orNull(row.value),
      cost: money(row.cost),
      term: row.term,
      lot: row.lot,
      taxYear: row.taxYear,
    })),
    lots: result.lots.map((lot) => ({
      account: lot.account,
      asset: lot.asset,
      amount: formatAmount(lot.amount),
      acquired: lot.acquired,
      cost: money(lot.cost),
      origin: lot.origin,
    })),
    pools: result.pools.map((pool) => ({
      asset: pool.asset,
      account: pool.account,
      amount: formatAmount(pool.amount),
      cost: money(pool.cost),
    })),
    ...(result.portfolio === undefined ? {} : { portfolio: portfolioDocument(result.portfolio, money) }),
    totals,
    forms: formsDocument(result, disposals, rows, options),
    open: result.open.filter(ofYear).map((point) => ({
      code: point.code,
      event: point.event,
      account: point.account,
      asset: point.asset,
      amount: point.amount === null ? null : formatAmount(point.amount),
      taxYear: point.taxYear,
      effect: { low: orNull(point.effect.low), high: orNull(point.effect.high) },
      ...(point.detail === null ? {} : { detail: point.detail }),
    })),
    ...otherParts(result, options),
  }
}

/** Members that most results do not have: blocked years, brokers' forms, the countries of a person who moved. */
function otherParts(result: TaxResult, options: DocumentOptions): ResultDocument {
  const { money } = figures(options)
  const inScope = ({ year }: { readonly year: number }): boolean => options.year === undefined || options.year === year
  const blocked = result.blocked.filter(inScope).map(({ year, refusals }) => ({
    year,
    refusals: refusals.map(({ code, event, text, rule }) => ({ code, event, text, rule: rule ?? null })),
  }))
  const brokerForms = result.brokerForms.filter(inYear(options)).map((form) => ({
    form: form.form,
    status: form.status,
    rows: form.rows,
    taxYear: form.taxYear,
    proceeds: money(form.proceeds),
    cost: money(form.cost),
  }))
  const residence = result.residence.map(({ jurisdiction, currency, zone, from, to, event, result: part }, index) => ({
    jurisdiction,
    currency,
    zone,
    from: from === null ? null : new Date(from).toISOString(),
    to: to === null ? null : new Date(to).toISOString(),
    event,
    // The first part is the document itself.
    result: index === 0 ? null : toResultDocument(part, options),
  }))
  const { toVerify = [] } = packOf(result.jurisdiction) ?? {}
  return {
    ...(result.costs === undefined ? {} : { costs: result.costs.filter(inYear(options)).map(costDocument(money)) }),
    ...(toVerify.length === 0 ? {} : { toVerify }),
    ...(blocked.length === 0 ? {} : { blocked }),
    ...(brokerForms.length === 0 ? {} : { brokerForms }),
    ...(residence.length === 0 ? {} : { residence }),
  }
}

const costDocument =
  (money: (value: Money) => Text) =>
  ({ event, asset, date, cost, taxYear }: CostRow): { readonly [key: string]: Json } => ({
    event,
    asset,
    date,
    cost: money(cost),
    taxYear,
  })

/**
 * The text of the document in pieces, the same bytes as `JSON.stringify(toResultDocument(…))`: rows become text one by
 * one, so that a long result is never held as objects.
 */
export function* resultDocumentText(result: TaxResult, options: DocumentOptions = {}): Generator<string> {
  const disposals = result.disposals.filter(inYear(options))
  const known: RowText[] = []
  let mark = '{'
  for (const [name, value] of Object.entries(toResultDocument({ ...result, disposals: [] }, options))) {
    yield `${mark}${JSON.stringify(name)}:`
    mark = ','
    if (name === 'disposals') {
      const writeDisposal = disposalWriter(options, result.jurisdiction)
      yield* rowsText(disposals, (row) => {
        const written = writeDisposal(row)
        known.push({ proceeds: written.proceeds, cost: written.cost, gain: written.gain })
        return written
      })
    } else if (name === 'forms') {
      const form = rowFormOf(result, options)
      yield '{'
      if (form !== null) {
        yield `${JSON.stringify(form.id)}:`
        yield* rowsText(disposals, (row, at) => form.line(row, known[at]))
      }
      const years = Object.entries(yearForms({ ...result, disposals }, options))
      for (const [at, [id, lines]] of years.entries()) {
        yield `${form === null && at === 0 ? '' : ','}${JSON.stringify(id)}:${JSON.stringify(lines)}`
      }
      yield '}'
    } else yield JSON.stringify(value)
  }
  yield '}'
}

const PIECE_LENGTH = 1 << 18

function* rowsText(
  disposals: readonly DisposalRow[],
  write: (row: DisposalRow, at: number) => Json,
): Generator<string> {
  let piece = '['
  let mark = ''
  for (const [at, disposal] of disposals.entries()) {
    const row = write(disposal, at)
    if (row === null) continue
    piece += mark + JSON.stringify(row)
    mark = ','
    if (piece.length < PIECE_LENGTH) continue
    yield piece
    piece = ''
  }
  yield `${piece}]`
}

const inYear =
  ({ year }: DocumentOptions) =>
  (row: { readonly taxYear: number | null }): boolean =>
    year === undefined || row.taxYear === null || row.taxYear === year

/** How money is rounded and written under the options. */
function figures({ rounded }: DocumentOptions) {
  const round = (value: Money): Money => (rounded ? roundMoney(value, rounded, 'half-up') : value)
  const money = (value: Money): Text =>
    value === 0n && rounded === undefined
      ? '0.00'
      : rounded === undefined
        ? formatMoneyFull(value)
        : formatMoney(round(value), rounded === 'whole' ? 0 : 2)
  return { round, money }
}

type RowDocument = RowText & { readonly [key: string]: Json }

function disposalWriter(options: DocumentOptions, jurisdiction: string): (row: DisposalRow) => RowDocument {
  const { money, round } = figures(options)
  if (jurisdiction === 'au') {
    return (row) => ({ ...disposalDocument(row, money, round), discount: isDiscountGain(row) })
  }
  // Where each row is a disposal of its own, no loss meets its gain: the row's gain is what is taxed.
  if (packOf(jurisdiction)?.disposalUnit === 'row') {
    const taxed = ({ taxable, gain }: DisposalRow): Money => (taxable && gain > 0n ? gain : ZERO_MONEY)
    return (row) => ({ ...disposalDocument(row, money, round), taxableAmount: money(taxed(row)) })
  }
  return (row) => disposalDocument(row, money, round)
}

function disposalDocument(
  row: DisposalRow,
  money: (value: Money) => Text,
  round: (value: Money) => Money,
): RowDocument {
  const rawGain = (round(row.proceeds) - round(row.fees) - round(row.cost)) as Money
  const rawText = money(rawGain)
  const denied = row.gain === row.rawGain ? 0n : round((row.gain - row.rawGain) as Money)
  return {
    event: row.event,
    ...(row.events === null ? {} : { events: row.events }),
    account: row.account,
    asset: row.asset,
    amount: formatAmount(row.amount),
    acquired: row.acquired,
    disposed: row.disposed,
    proceeds: money(row.proceeds),
    fees: money(row.fees),
    cost: money(row.cost),
    rawGain: rawText,
    gain: denied === 0n ? rawText : money((rawGain + denied) as Money),
    term: row.term,
    taxable: row.taxable,
    rule: row.rule,
    lot: row.lot,
    taxYear: row.taxYear,
    ...(row.head === null ? {} : { head: row.head }),
    ...(row.box === null ? {} : { form: formOf(row, money) }),
    ...(row.rule === 'acb' ? { deniedLoss: money(denied as Money) } : {}),
    ...(row.form2086 === undefined ? {} : { form2086: form2086Exact(row, money) }),
  }
}

/** The acquisition price as lines 220 to 223 of a form filled in now would have it. */
function portfolioDocument(
  { acquisition, consumed, soultes }: PortfolioState,
  money: (value: Money) => Text,
): Record<string, Text> {
  const net = acquisition - consumed - soultes
  return {
    '220': money(acquisition),
    '221': money(consumed),
    '222': money(soultes),
    '223': money((net < 0n ? 0n : net) as Money),
  }
}

function formOf({ box, entry }: DisposalRow, money: (value: Money) => Text): { readonly [key: string]: Json } {
  if (entry === undefined) return { box }
  return {
    box,
    code: entry.code,
    proceeds: money(entry.proceeds),
    cost: money(entry.cost),
    adjustment: money(entry.adjustment),
    ...(entry.form === null ? {} : { brokerForm: entry.form }),
  }
}

interface FiguresOfTotals {
  /** What is received, and gains. */
  readonly money: (value: Money) => Text
  /** What was spent or lost, and what lowers the tax. */
  readonly spent: (value: Money) => Text
}

/** Totals stand on the return, so that in whole units they are rounded as it is. */
function figuresOfTotals(options: DocumentOptions, jurisdiction: string): FiguresOfTotals {
  const { money } = figures(options)
  const rule = options.rounded === 'whole' ? packOf(jurisdiction)?.wholeUnits?.rule : undefined
  if (rule === undefined) return { money, spent: money }
  const rounded =
    (mode: RoundingMode) =>
    (value: Money): Text =>
      formatMoney(roundMoney(value, 'whole', mode), 0)
  if (rule === 'truncate') return { money: rounded('truncate'), spent: rounded('truncate') }
  return { money: rounded('down'), spent: rounded('up') }
}

function totalsDocument(sums: YearTotals, { money, spent }: FiguresOfTotals): { readonly [key: string]: Json } {
  const orNull = (value: Money | null): Text | null => (value === null ? null : money(value))
  const carryOut: Record<string, Json> = {}
  for (const [name, value] of Object.entries(sums.carryOut)) carryOut[name] = spent(value)
  return {
    proceeds: money(sums.proceeds),
    fees: spent(sums.fees),
    cost: spent(sums.cost),
    gain: money(sums.gain),
    gains: money(sums.gains),
    losses: spent(sums.losses),
    disposals: sums.disposals,
    shortTerm: money(sums.shortTerm),
    longTerm: money(sums.longTerm),
    exempt: money(sums.exempt),
    denied: spent(sums.denied),
    discount: spent(sums.discount),
    income: money(sums.income),
    incomeTaxable: money(sums.incomeTaxable),
    deduction: spent(sums.deduction),
    allowance: spent(sums.allowance),
    taxable: money(sums.taxable),
    tax: orNull(sums.tax),
    carryOut,
    low: orNull(sums.low),
    high: orNull(sums.high),
    incomeLow: orNull(sums.incomeLow),
    incomeHigh: orNull(sums.incomeHigh),
    withoutOpen: { gain: money(sums.withoutOpen.gain), income: money(sums.withoutOpen.income) },
    lines: sums.lines.map(({ id, label, amount }) => ({ id, label, amount: money(amount) })),
  }
}

function formsDocument(
  result: TaxResult,
  disposals: readonly DisposalRow[],
  rows: readonly RowDocument[],
  options: DocumentOptions,
): Json {
  const form = rowFormOf(result, options)
  if (form === null) return yearForms(result, options)
  const lines = disposals.map((row, at) => form.line(row, rows[at])).filter((line) => line !== null)
  return { [form.id]: lines, ...yearForms(result, options) }
}
