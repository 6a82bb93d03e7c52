import type { Amount, Money } from '../../amount/amount.ts'
import { ONE_MONEY } from '../../amount/amount.ts'
import type { RoundingStep } from '../../amount/arithmetic.ts'
import { roundMoney, unitPrice } from '../../amount/arithmetic.ts'
import { formatAmount, formatMoney, formatMoneyFull } from '../../amount/decimal.ts'
import type { AssetId } from '../../events/identifiers.ts'
import { packOf } from '../packs/pack-list.ts'
import type { DisposalRow, FormLine, TaxResult, YearTotals } from '../result.ts'
import type { ListKind, TableForm } from '../years/table-rules.ts'
import { lineId } from '../years/table-rules.ts'

interface Writing {
  readonly result: TaxResult
  readonly form: TableForm
  readonly totals: readonly YearTotals[]
  readonly symbolOf: (asset: AssetId) => string
  readonly money: (value: bigint) => string
}

/** The form of a table country; null for countries with a form of their own making. */
function tableFormOf(jurisdiction: string): TableForm | null {
  const rules = packOf(jurisdiction)?.year
  return rules?.rule === 'table' ? rules.form : null
}

/** How a form or list of a table country is called; null for others. */
export function tableFormTitle(jurisdiction: string, id: string): string | null {
  const form = tableFormOf(jurisdiction)
  const found = [form, form?.list, form?.also].find((one) => one?.id === id)
  return found?.name ?? null
}

/** The forms of a table country: its lines by year, and the list that goes with them. */
export function tableForms(
  result: TaxResult,
  symbolOf: (asset: AssetId) => string,
  year?: number,
  rounding?: RoundingStep,
): Record<string, FormLine[]> {
  const form = tableFormOf(result.jurisdiction)
  if (form === null) return {}
  // Asked to round at all, a form of whole units has whole units.
  const step = rounding === undefined || form.rounding === 'cents' ? rounding : 'whole'
  const money = (value: bigint): string =>
    step === undefined
      ? formatMoneyFull(value as Money)
      : formatMoney(roundMoney(value as Money, step, 'half-up'), step === 'whole' ? 0 : 2)
  const totals = [...result.totals.values()].filter((one) => year === undefined || one.year === year)
  const writing: Writing = { result, form, totals, symbolOf, money }
  const forms: Record<string, FormLine[]> = { [form.id]: yearLines(writing) }
  for (const list of [form.list, form.also]) if (list !== undefined) forms[list.id] = LISTS[list.kind](writing)
  return forms
}

const yearLines = ({ form, totals, money }: Writing): FormLine[] =>
  totals.flatMap(({ label: year, lines }) =>
    lines.map(({ id, label, amount }) => ({
      year,
      line: id.slice(lineId(form, '').length),
      label,
      amount: money(amount),
    })),
  )

const LISTS: Readonly<Record<ListKind, (writing: Writing) => FormLine[]>> = {
  k4: k4Rows,
  'k4-fields': k4Fields,
  vda: vdaRows,
  'yearly-average': averageRows,
  holdings: holdingRows,
  flows: flowRows,
  months: monthRows,
}

const ofYear = (rows: readonly DisposalRow[], year: number): readonly DisposalRow[] =>
  rows.filter((row) => row.taxYear === year && row.taxable)

/** Whole units of money, halves away from zero. */
const wholeUnits = (value: bigint): string => formatMoney(roundMoney(value as Money, 'whole', 'half-up'), 0)

/**
 * K4 section D: a row for each coin with a gain and one for each with a loss, in whole SEK; a sale that has both parts is
 * in both. Authority: Skatteverket, K4 section D.
 */
function k4Rows({ result, totals, symbolOf }: Writing): FormLine[] {
  return totals.flatMap(({ year, label }) => {
    const sums = new Map<string, { asset: AssetId; amount: bigint; proceeds: bigint; cost: bigint }>()
    for (const row of ofYear(result.disposals, year)) {
      const key = `${row.gain < 0n ? 'loss' : 'gain'} ${row.asset}`
      const sum = sums.get(key) ?? { asset: row.asset, amount: 0n, proceeds: 0n, cost: 0n }
      sum.amount += row.amount
      sum.proceeds += row.proceeds
      sum.cost += row.cost + row.fees
      sums.set(key, sum)
    }
    return [...sums]
      .sort(([, a], [, b]) => compare(symbolOf(a.asset), symbolOf(b.asset)))
      .map(([, { asset, amount, proceeds, cost }]): FormLine => {
        const [given, spent] = [wholeUnits(proceeds), wholeUnits(cost)]
        const net = BigInt(given) - BigInt(spent)
        return {
          year: label,
          quantity: formatAmount(amount as Amount),
          name: symbolOf(asset),
          proceeds: given,
          cost: spent,
          gain: net > 0n ? String(net) : '0',
          loss: net < 0n ? String(-net) : '0',
        }
      })
  })
}

const K4_ROWS = 7

/**
 * The fields of BLANKETTER.SRU, sheet by sheet: seven rows (3410 to 3475), the sums of the sheet (3500 to 3504), its
 * number (7014). Quantities have a decimal comma.
 */
function k4Fields(writing: Writing): FormLine[] {
  const lines: FormLine[] = []
  const all = k4Rows(writing)
  for (const { label } of writing.totals) {
    const rows = all.filter(({ year }) => year === label)
    for (let from = 0; from < rows.length; from += K4_ROWS) {
      const sheet = String(from / K4_ROWS + 1)
      const put = (field: string, value: string) => lines.push({ year: label, sheet, field, value })
      const of = rows.slice(from, from + K4_ROWS)
      of.forEach((row, at) => {
        const columns = [row.quantity?.replace('.', ','), row.name, row.proceeds, row.cost, row.gain, row.loss]
        columns.forEach((value, column) => {
          put(`34${at + 1}${column}`, value ?? '')
        })
      })
      for (const [field, name] of K4_SUMS) {
        put(field, String(of.reduce((sum, row) => sum + BigInt(row[name] ?? '0'), 0n)))
      }
      put('7014', sheet)
    }
  }
  return lines
}

const K4_SUMS = [
  ['3500', 'proceeds'],
  ['3501', 'cost'],
  ['3503', 'gain'],
  ['3504', 'loss'],
] as const

/** Schedule VDA: a row for each transfer of units of one date; the income is never below zero. */
function vdaRows({ result, totals, money }: Writing): FormLine[] {
  return totals.flatMap(({ year, label }) =>
    ofYear(result.disposals, year).map((row, at) => ({
      year: label,
      slNo: String(at + 1),
      dateOfAcquisition: row.acquired ?? '',
      dateOfTransfer: row.disposed,
      headOfIncome: 'Capital gain',
      costOfAcquisition: money(row.cost),
      considerationReceived: money(row.proceeds),
      income: money(row.gain > 0n ? row.gain : 0n),
    })),
  )
}

/** The sheet of each coin and year; the unit cost rounded up to a whole yen, as the sheet allows. */
function averageRows({ result, totals, symbolOf, money }: Writing): FormLine[] {
  const held = new Map<AssetId, { readonly amount: bigint; readonly cost: bigint }>()
  return [...result.totals.values()].flatMap((sums): FormLine[] => {
    const { year, label, closing = [] } = sums
    const gone = goneIn(result, year)
    const after = new Map(closing.map(({ asset, amount, cost }) => [asset, { amount, cost }]))
    const assets = [...new Set([...held.keys(), ...after.keys(), ...gone.keys()])].sort((a, b) =>
      compare(symbolOf(a), symbolOf(b)),
    )
    const rows = assets.map((asset): FormLine => {
      const before = held.get(asset) ?? NOTHING
      const end = after.get(asset) ?? NOTHING
      const out = gone.get(asset) ?? { amount: 0n, cost: 0n, sold: 0n, soldCost: 0n, proceeds: 0n, moving: false }
      const all = end.amount + out.amount
      const [units, cost] = out.moving ? [end.amount, end.cost] : [all, end.cost + out.cost]
      const unit = units === 0n ? 0n : unitPrice(cost as Money, units as Amount)
      return {
        year: label,
        coin: symbolOf(asset),
        openingQuantity: formatAmount(before.amount as Amount),
        openingCost: money(before.cost),
        acquiredQuantity: formatAmount((all - before.amount) as Amount),
        acquiredCost: money(end.cost + out.cost - before.cost),
        unitCost: formatMoney((((unit + ONE_MONEY - 1n) / ONE_MONEY) * ONE_MONEY) as Money, 0),
        soldQuantity: formatAmount(out.sold as Amount),
        proceeds: money(out.proceeds),
        costOfSales: money(out.soldCost),
        closingQuantity: formatAmount(end.amount as Amount),
        closingCost: money(end.cost),
      }
    })
    held.clear()
    for (const [asset, sum] of after) held.set(asset, sum)
    return totals.includes(sums) ? rows : []
  })
}

const NOTHING = { amount: 0n, cost: 0n }

interface Gone {
  amount: bigint
  cost: bigint
  sold: bigint
  soldCost: bigint
  proceeds: bigint
  /** The average moved with each purchase: the unit cost is the last one. */
  moving: boolean
}

/** What left the books in a year, by asset: sold or not. */
function goneIn(result: TaxResult, year: number): Map<AssetId, Gone> {
  const gone = new Map<AssetId, Gone>()
  const of = (asset: AssetId): Gone => {
    const known = gone.get(asset) ?? { amount: 0n, cost: 0n, sold: 0n, soldCost: 0n, proceeds: 0n, moving: false }
    gone.set(asset, known)
    return known
  }
  for (const row of result.disposals) {
    if (row.taxYear !== year || row.rule === 'derivative') continue
    const sum = of(row.asset)
    sum.moving ||= row.rule === 'moving-average'
    sum.sold += row.amount
    sum.soldCost += row.cost
    sum.proceeds += row.proceeds
    // Units that were never there did not leave the books.
    if (row.rule === 'missing-acquisition') continue
    sum.amount += row.amount
    sum.cost += row.cost
  }
  for (const row of result.transfersOut) {
    if (row.taxYear !== year) continue
    const sum = of(row.asset)
    sum.amount += row.amount
    sum.cost += row.cost
  }
  return gone
}

/** What is held on the day that the country asks for. */
function holdingRows({ totals, symbolOf, money }: Writing): FormLine[] {
  return totals.flatMap(({ label, wealth = [] }) =>
    wealth.map(({ asset, amount, cost, value, stated }) => ({
      year: label,
      asset: symbolOf(asset),
      quantity: formatAmount(amount),
      value: value === null ? '' : money(value),
      cost: money(cost),
      source: stated ? 'stated' : 'books and price',
    })),
  )
}

/**
 * What came in and went out between two days of value: bought and sold, with what both days are worth; the return is what
 * remains. Empty where the next year's value is not known yet.
 */
function flowRows({ result, totals, money }: Writing): FormLine[] {
  return totals.flatMap((sums): FormLine[] => {
    const start = wealthOf(sums) ?? 0n
    const end = wealthOf(result.totals.get(sums.year + 1))
    let [sold, gone] = [0n, 0n]
    for (const row of result.disposals) {
      if (row.taxYear !== sums.year) continue
      sold += row.proceeds - row.fees
      gone += row.cost
    }
    for (const row of result.transfersOut) if (row.taxYear === sums.year) gone += row.cost
    const bought = closingCost(sums) - closingCost(result.totals.get(sums.year - 1)) + gone
    if (start === 0n && bought === 0n && sold === 0n && (end ?? 0n) === 0n) return []
    return [
      {
        year: sums.label,
        startValue: money(start),
        bought: money(bought),
        sold: money(sold),
        endValue: end === null ? '' : money(end),
        return: end === null ? '' : money(end - start - bought + sold),
      },
    ]
  })
}

const wealthOf = (sums: YearTotals | undefined): bigint | null =>
  sums === undefined ? null : (sums.wealth ?? []).reduce((sum, held) => sum + (held.value ?? 0n), 0n)

const closingCost = (sums: YearTotals | undefined): bigint =>
  (sums?.closing ?? []).reduce((sum, { cost }) => sum + cost, 0n)

const MONTH = /^\d{4}-\d{2}$/

/** Months with sales, what they made, and whether the limit frees them. */
function monthRows({ result, totals, money }: Writing): FormLine[] {
  const rules = packOf(result.jurisdiction)?.year
  return totals.flatMap(({ year, periods = {} }) => {
    const limit =
      rules?.rule === 'table'
        ? rules.gains.find(({ from, to }) => (from ?? '') <= `${year}-01-01` && `${year}-01-01` <= (to ?? '9999'))
            ?.value.cliff?.upTo
        : undefined
    return Object.entries(periods)
      .filter(([name]) => MONTH.test(name))
      .map(([month, { gains, losses, proceeds }]) => ({
        month,
        sales: money(proceeds),
        gains: money(gains),
        losses: money(losses),
        exempt: limit !== undefined && proceeds <= limit ? 'yes' : 'no',
      }))
  })
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
