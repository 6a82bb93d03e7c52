import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { CostRow, DisposalRow, IncomeRow, OpenPoint, TransferOutRow } from './result.ts'
import type { RunningSums } from './running-sums.ts'
import { newRunningSums } from './running-sums.ts'

/** All units of an asset that are held, and their cost. */
export interface HeldSum {
  readonly asset: AssetId
  readonly amount: Amount
  readonly cost: Money
}

/** Everything that one partition adds to one tax year. Sums only, so that a year's totals add up over partitions. */
export interface YearSlice extends RunningSums {
  readonly year: number
  readonly rows: DisposalRow[]
  readonly incomeRows: IncomeRow[]
  readonly out: TransferOutRow[]
  readonly open: OpenPoint[]
  /** Payments behind the costs of the year, where no lots are kept. */
  readonly costs: CostRow[]
  /** What is held as the year ends, where the country asks for it. */
  closing: readonly HeldSum[]
}

export const newYearSlice = (year: number): YearSlice => ({
  year,
  rows: [],
  incomeRows: [],
  out: [],
  open: [],
  costs: [],
  closing: [],
  ...newRunningSums(),
})

/** Did anything happen in the year that its totals have to show. */
export const isActive = (slice: YearSlice): boolean =>
  slice.named.size > 0 ||
  slice.rows.length > 0 ||
  slice.incomeRows.length > 0 ||
  slice.out.length > 0 ||
  slice.open.length > 0 ||
  slice.closing.length > 0 ||
  slice.foreignMoney.size > 0

/** Adds the gain of one disposal, as the law counts disposals, to the gains or the losses of its year. */
export function countDisposal(slice: YearSlice, gain: Money, period: string | null, proceeds = ZERO_MONEY): void {
  slice.disposals++
  if (gain > 0n) slice.gains = (slice.gains + gain) as Money
  else if (gain < 0n) slice.losses = (slice.losses - gain) as Money
  if (period === null) return
  let sums = slice.periods.get(period)
  if (sums === undefined) {
    sums = { gains: ZERO_MONEY, losses: ZERO_MONEY }
    slice.periods.set(period, sums)
  }
  if (gain > 0n) sums.gains = (sums.gains + gain) as Money
  else sums.losses = (sums.losses - gain) as Money
  if (proceeds > 0n) sums.proceeds = ((sums.proceeds ?? 0n) + proceeds) as Money
}

/** Adds to a sum of the country's own. */
export function addNamed(slice: YearSlice, name: string, value: Money): void {
  slice.named.set(name, ((slice.named.get(name) ?? 0n) + value) as Money)
}

/** Adds a row to the sums of its year. Rows that are not taxable are kept but count nowhere. */
export function addRow(slice: YearSlice, row: DisposalRow): void {
  slice.rows.push(row)
  if (!row.taxable) return
  slice.proceeds = (slice.proceeds + row.proceeds) as Money
  if (row.fees !== 0n) slice.fees = (slice.fees + row.fees) as Money
  slice.cost = (slice.cost + row.cost) as Money
  slice.gain = (slice.gain + row.gain) as Money
  if (row.term === 'short') slice.short = (slice.short + row.gain) as Money
  else if (row.term === 'long') slice.long = (slice.long + row.gain) as Money
  if (row.gain !== row.rawGain) slice.denied = (slice.denied + row.gain - row.rawGain) as Money
}

/** Adds a taxable row to its head: its own, else that of its term. What is taxed of personal use is a holding’s gain. */
export function countHead(slice: YearSlice, row: DisposalRow): void {
  if (!row.taxable) return
  const ofTerm = row.head === null || row.head === 'personal-use'
  const name = ofTerm ? (row.term === 'long' ? 'long' : 'short') : row.head
  let sums = slice.heads.get(name)
  if (sums === undefined) {
    sums = { gains: ZERO_MONEY, losses: ZERO_MONEY }
    slice.heads.set(name, sums)
  }
  if (row.gain > 0n) sums.gains = (sums.gains + row.gain) as Money
  else sums.losses = (sums.losses - row.gain) as Money
}

export function addIncome(slice: YearSlice, row: IncomeRow): void {
  slice.incomeRows.push(row)
  slice.income = (slice.income + row.value) as Money
  slice.incomeByHead.set(row.head, ((slice.incomeByHead.get(row.head) ?? 0n) + row.value) as Money)
}
