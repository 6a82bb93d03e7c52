import type { Money } from '../../amount/amount.ts'
import { roundMoney } from '../../amount/arithmetic.ts'
import { divideHalfEven, formatMoney } from '../../amount/decimal.ts'
import type { CivilDate } from '../../events/identifiers.ts'
import type { DisposalRow, FormLine, TaxResult } from '../result.ts'

const euros = (value: bigint): Money => roundMoney(value as Money, 'whole', 'half-up')
const whole = (value: bigint): string => formatMoney(value as Money, 0)

/** `DD/MM/YYYY`, as the form writes dates. */
const frDate = (date: CivilDate): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`

interface Entries {
  readonly '212': bigint | null
  readonly '213': bigint
  readonly '214': bigint
  readonly '216': bigint
  readonly '220': bigint | null
  readonly '221': bigint | null
  readonly '222': bigint | null
}

function entriesOf(row: DisposalRow, step: (value: bigint) => bigint): Entries {
  const { form2086, fees, proceeds } = row
  const of = (value: Money | undefined): bigint | null => (value === undefined ? null : step(value))
  return {
    '212': of(form2086?.portfolio),
    '213': step(form2086?.price ?? proceeds),
    '214': step(fees),
    '216': step(form2086?.soulte ?? 0n),
    '220': of(form2086?.acquisition),
    '221': of(form2086?.consumed),
    '222': of(form2086?.soultes),
  }
}

/**
 * The lines of a column of form 2086, exact: 211 to 223, and under 224 the column's gain or loss. A row without a place in
 * the formula (units that nobody bought) has no lines 212 and 220 to 223.
 */
export function form2086Exact(row: DisposalRow, money: (value: Money) => string): Record<string, string> {
  const entries = entriesOf(row, (value) => value)
  return textOf(row.disposed, entries, row.gain, money)
}

function textOf(date: string, entries: Entries, gain: bigint, money: (value: Money) => string): Record<string, string> {
  const text = (value: bigint | null): string => (value === null ? '' : money(value as Money))
  const { '213': price, '214': fees, '216': soulte, '220': gross, '221': consumed, '222': soultes } = entries
  const net = gross === null ? null : gross - (consumed ?? 0n) - (soultes ?? 0n)
  return {
    '211': date,
    '212': text(entries['212']),
    '213': text(price),
    '214': text(fees),
    '215': text(price - fees),
    '216': text(soulte),
    '217': text(price + soulte),
    '218': text(price + soulte - fees),
    '220': text(gross),
    '221': text(consumed),
    '222': text(soultes),
    '223': text(net !== null && net < 0n ? 0n : net),
    '224': text(gain),
  }
}

/** The gain of a column out of its rounded entries, as the form counts again: 218 − 223 × 217 / 212. */
function roundedGain(entries: Entries): Money {
  const { '212': portfolio, '213': price, '214': fees, '216': soulte } = entries
  const net = (entries['220'] ?? 0n) - (entries['221'] ?? 0n) - (entries['222'] ?? 0n)
  const fetched = price + soulte
  const share =
    portfolio === null || net <= 0n ? 0n : fetched >= portfolio ? net : divideHalfEven(net * fetched, portfolio)
  return euros(fetched - fees - share)
}

/**
 * A column of form 2086: entries in whole euro, halves up, and what the form makes of them. Null for what belongs on
 * another form (derivatives, works kept apart) and for what does not count.
 * Authority: form 2086 (Cerfa 16043) and its notice.
 */
export function form2086Line(row: DisposalRow, symbol: string): FormLine | null {
  if (row.head !== null || !row.taxable) return null
  const entries = entriesOf(row, euros)
  return { asset: symbol, ...textOf(frDate(row.disposed), entries, roundedGain(entries), whole) }
}

/**
 * Line 224 and the boxes of form 2042 C of each year, in whole euro: the sum of the form's columns. Nothing where the
 * year's prices stay within the exemption.
 */
export function form2042Lines(result: TaxResult, year?: number): FormLine[] {
  const lines: FormLine[] = []
  for (const totals of result.totals.values()) {
    if (year !== undefined && totals.year !== year) continue
    let sum = 0n
    let columns = 0
    for (const row of result.disposals) {
      if (row.taxYear !== totals.year || row.head !== null || !row.taxable) continue
      sum += roundedGain(entriesOf(row, euros))
      columns++
    }
    if (columns === 0) continue
    const lineOf = (id: string): bigint => totals.lines.find((line) => line.id === id)?.amount ?? 0n
    const exempt = lineOf('fr-224') !== 0n && lineOf('fr-3AN') === 0n && lineOf('fr-3BN') === 0n
    lines.push({
      year: totals.label,
      '224': whole(sum),
      '3AN': exempt || sum <= 0n ? '' : whole(sum),
      '3BN': exempt || sum >= 0n ? '' : whole(-sum),
      exempt: exempt ? 'Y' : 'N',
    })
  }
  return lines
}
