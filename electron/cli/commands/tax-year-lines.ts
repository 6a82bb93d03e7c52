/** A tax year of a result document in lines for people: under which law, how it adds up, each sale, income by head. */
import type { Money } from '../../../shared/amount/amount.ts'
import { formatMoney, parseDecimal } from '../../../shared/amount/decimal.ts'
import { money, oneLine, table } from '../output.ts'

/** The members of a result document that the terminal shows. */
export interface ShownResult {
  readonly totals: Record<string, Record<string, unknown>>
  readonly disposals?: readonly ShownDisposal[]
  readonly income?: readonly { readonly head: string; readonly value: string; readonly taxYear: number }[]
  readonly lots?: readonly (ShownPool & { readonly acquired: string | null; readonly origin: string | null })[]
  readonly pools?: readonly ShownPool[]
  readonly open: readonly unknown[]
  readonly brokerForms?: readonly { readonly status: string }[]
}

interface ShownPool {
  readonly account: string | null
  readonly asset: string
  readonly amount: string
  readonly cost: string
}

interface ShownDisposal {
  readonly asset: string
  readonly amount: string
  readonly acquired: string | null
  readonly disposed: string
  readonly proceeds: string
  readonly fees: string
  readonly cost: string
  readonly gain: string
  readonly term: string | null
  readonly taxable: boolean
  readonly rule: string
  readonly taxYear: number
  readonly deniedLoss?: string
}

/** The law that a year's figures are under, as far as it is known. */
export interface YearLaw {
  readonly label: string
  readonly country: string
  readonly currency: string
  readonly method: string
  readonly rule: string
}

/** In the order in which a person reads them; others come last, under their own names. `kept`: shown even where nothing. */
const FIGURES: readonly (readonly [name: string, label: string, kept?: 'kept'])[] = [
  ['disposals', 'Disposals', 'kept'],
  ['proceeds', 'Proceeds', 'kept'],
  ['fees', 'Fees of selling', 'kept'],
  ['cost', 'Cost', 'kept'],
  ['gains', 'Gains', 'kept'],
  ['losses', 'Losses', 'kept'],
  ['gain', 'Net gain or loss', 'kept'],
  ['shortTerm', 'of it short term'],
  ['longTerm', 'of it long term'],
  ['low', 'Net, the least that open points allow'],
  ['high', 'Net, the most that open points allow'],
  ['exempt', 'Exempt'],
  ['denied', 'Losses denied'],
  ['discount', 'Discount'],
  ['allowance', 'Allowance used'],
  ['deduction', 'Net loss that counts against other income'],
  ['taxable', 'Taxable gain', 'kept'],
  ['income', 'Income', 'kept'],
  ['incomeLow', 'Income, the least that open points allow'],
  ['incomeHigh', 'Income, the most that open points allow'],
  ['incomeTaxable', 'Taxable income'],
  ['tax', 'Tax'],
]
/** Bounds that an open point may leave without a limit, with the figure they are around. */
const BOUNDS: ReadonlyMap<string, string> = new Map([
  ['low', 'gain'],
  ['high', 'gain'],
  ['incomeLow', 'income'],
  ['incomeHigh', 'income'],
])
/** Sales listed unless all are asked for. */
const LISTED = 25

export interface YearWords {
  readonly law: YearLaw | null
  /** What people call an asset; an id is its own name where it is not here. */
  readonly symbols: ReadonlyMap<string, string>
  /** List every sale, however many there are. */
  readonly all?: boolean
  /** List what is held at the end of the books. */
  readonly lots?: boolean
}

/** The year for people. */
export function yearLines(year: number, result: ShownResult, words: YearWords): string[] {
  const { law, symbols, all = false, lots = false } = words
  const totals = result.totals[String(year)]
  const title = law === null ? `Tax year ${year}` : `Tax year ${law.label}: ${law.country}, ${law.currency}`
  if (totals === undefined) return [`There is nothing in the tax year ${law?.label ?? year}.`]
  return [
    title,
    ...(law === null ? [] : [`Method: ${law.method} (${law.rule})`]),
    '',
    ...totalLines(totals, result),
    ...disposalLines(
      (result.disposals ?? []).filter(({ taxYear }) => taxYear === year),
      symbols,
      all,
    ),
    ...incomeLines((result.income ?? []).filter(({ taxYear }) => taxYear === year)),
    ...(lots ? holdingLines(result, symbols) : []),
    '',
    ...brokerFormsLine(result.brokerForms ?? []),
    openPointsLine(result.open.length),
  ]
}

function totalLines(totals: Record<string, unknown>, result: ShownResult): string[] {
  const text = (value: unknown): string => (typeof value === 'string' ? money(value) : String(value))
  const named = FIGURES.flatMap(([name, label, kept]): [string, string][] => {
    const value = totals[name]
    const around = BOUNDS.get(name)
    if (around !== undefined) {
      if (value === undefined || value === totals[around]) return []
      return [[label, value === null ? 'no limit known' : text(value)]]
    }
    if (typeof value !== 'string' && typeof value !== 'number') return []
    if (name === 'incomeTaxable' && value === totals.income) return []
    return kept === undefined && name !== 'tax' && isNothing(value) ? [] : [[label, text(value)]]
  })
  const known = new Set(FIGURES.map(([name]) => name))
  const others = Object.entries(totals)
    .filter(([name, value]) => !known.has(name) && (typeof value === 'string' || typeof value === 'number'))
    .map(([name, value]): [string, string] => [name, text(value)])
  const own = (totals.lines as readonly { label: string; amount: string }[] | undefined) ?? []
  const carried = Object.entries((totals.carryOut as Record<string, string> | undefined) ?? {})
  const without = totals.withoutOpen as { gain: string; income: string } | undefined
  return table(
    ['figure', 'amount'],
    [
      ...named,
      ...others,
      ...own.map(({ label, amount }) => [label, money(amount)]),
      ...carried.map(([name, amount]) => [`Carried on: ${spaced(name)}`, money(amount)]),
      ...(result.open.length === 0 || without === undefined
        ? []
        : [
            ['Net gain or loss without open points', money(without.gain)],
            ['Income without open points', money(without.income)],
          ]),
    ],
    ['amount'],
  )
}

const isNothing = (value: string | number): boolean => /^-?[0.]+$/.test(String(value))
/** `lossShort` and `staking-reward` as words. */
const spaced = (name: string): string =>
  name
    .replaceAll(/[-_]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()

function disposalLines(rows: readonly ShownDisposal[], symbols: YearWords['symbols'], all: boolean): string[] {
  if (rows.length === 0) return []
  const shown = all ? rows : rows.slice(0, LISTED)
  const left = rows.length - shown.length
  return [
    '',
    ...table(
      ['disposed', 'asset', 'amount', 'acquired', 'proceeds', 'fees', 'cost', 'gain', 'term', 'rule'],
      shown.map((row) => [
        row.disposed,
        oneLine(symbols.get(row.asset) ?? row.asset),
        row.amount,
        row.acquired ?? '',
        money(row.proceeds),
        money(row.fees),
        money(row.cost),
        money(row.gain),
        row.taxable ? (row.term ?? '') : `${row.term ?? ''} not taxed`.trim(),
        row.deniedLoss === undefined || isNothing(row.deniedLoss)
          ? row.rule
          : `${row.rule}, loss of ${money(row.deniedLoss)} denied`,
      ]),
      ['amount', 'proceeds', 'fees', 'cost', 'gain'],
    ),
    ...(left === 0 ? [] : [`… and ${left} more: --all lists them, --json has every digit.`]),
  ]
}

function incomeLines(rows: NonNullable<ShownResult['income']>): string[] {
  if (rows.length === 0) return []
  const heads = new Map<string, { receipts: number; value: bigint }>()
  for (const { head, value } of rows) {
    const sum = heads.get(head) ?? { receipts: 0, value: 0n }
    sum.receipts += 1
    sum.value += scaled(value)
    heads.set(head, sum)
  }
  return [
    '',
    ...table(
      ['income', 'receipts', 'value'],
      [...heads].map(([head, { receipts, value }]) => [
        spaced(head),
        String(receipts),
        money(formatMoney(value as Money)),
      ]),
      ['receipts', 'value'],
    ),
  ]
}

/** What is held now, whatever the year. */
function holdingLines({ lots = [], pools = [] }: ShownResult, symbols: YearWords['symbols']): string[] {
  const held = [
    ...lots,
    ...pools.filter(({ amount }) => !isNothing(amount)).map((pool) => ({ ...pool, acquired: null, origin: null })),
  ]
  return [
    '',
    ...table(
      ['held now', 'amount', 'account', 'acquired', 'cost', 'came in with'],
      held.map(({ asset, amount, account, acquired, cost, origin }) => [
        oneLine(symbols.get(asset) ?? asset),
        amount,
        oneLine(account ?? 'all accounts'),
        acquired ?? '',
        money(cost),
        oneLine(origin ?? 'pool'),
      ]),
      ['amount', 'cost'],
    ),
  ]
}

const scaled = (text: string): bigint => {
  const value = parseDecimal(text, 18)
  return typeof value === 'bigint' ? value : 0n
}

/** How the rows of brokers' forms stand to the books: “Brokers' forms: 3 matched, 1 unmatched”. */
function brokerFormsLine(forms: NonNullable<ShownResult['brokerForms']>): string[] {
  if (forms.length === 0) return []
  const counts = new Map<string, number>()
  for (const { status } of forms) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [`Brokers' forms: ${[...counts].map(([status, n]) => `${n} ${status.replaceAll('-', ' ')}`).join(', ')}`]
}

function openPointsLine(count: number): string {
  if (count === 0) return 'No open points.'
  return `${count} open ${count === 1 ? 'point' : 'points'}: see tallystick review.`
}
