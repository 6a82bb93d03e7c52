import type { Money } from '../amount/amount.ts'
import { ONE_MONEY } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import { dateParts, dayNumber, dayOfDate, daysInMonth } from '../events/civil-date.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { Law } from './law.ts'
import type { RateClass, RulePack, Untaxed } from './pack.ts'
import { positionChoice, positionOf } from './positions.ts'
import type { DisposalRow } from './result.ts'

const FIRST_DAY = -1_000_000
const LAST_DAY = 10_000_000

interface Span {
  readonly from: number
  readonly to: number
}

const spanOf = (row: { readonly from?: string; readonly to?: string }): Span => ({
  from: row.from === undefined ? FIRST_DAY : dayOfDate(row.from as Parameters<typeof dayOfDate>[0]),
  to: row.to === undefined ? LAST_DAY : dayOfDate(row.to as Parameters<typeof dayOfDate>[0]),
})

/** Does a pack have rules of its own about single rows. */
export const hasRowRules = (pack: RulePack): boolean =>
  pack.monthly === true ||
  pack.rateClasses !== undefined ||
  pack.untaxed !== undefined ||
  pack.deemedCost !== undefined ||
  pack.disposalUnit === 'row'

/** What some countries' law makes of single rows: days outside the tax, deemed cost, and what is counted apart. */
export class RowRules {
  private readonly law: Law
  private readonly untaxed: readonly (Omit<Untaxed, 'from' | 'to'> & Span)[]
  private readonly classes: readonly (Omit<RateClass, 'from'> & Span)[]
  private event!: LedgerEvent
  private day = 0
  private month: string | null = null
  /** Are the rows of the event outside the tax. */
  outside = false

  constructor(law: Law) {
    this.law = law
    this.untaxed = (law.pack.untaxed ?? []).map((row) => ({ ...row, ...spanOf(row) }))
    this.classes = (law.pack.rateClasses ?? []).map((row) => ({
      ...row,
      ...spanOf({ ...(row.from === undefined ? {} : { from: row.from }) }),
    }))
  }

  begin(event: LedgerEvent, day: number): void {
    this.event = event
    this.day = day
    if (this.law.pack.monthly === true) {
      const { year, month } = dateParts(day)
      this.month = `${year}-${String(month).padStart(2, '0')}`
    }
    this.outside = this.untaxed.some(
      ({ from, to, unless, moneyTokens }) =>
        from <= day &&
        day <= to &&
        (unless === undefined || this.chosen(unless.position) !== unless.choice) &&
        (moneyTokens === undefined || this.isMoneyForMoney(moneyTokens)),
    )
  }

  /** Is the event an exchange of home currency and assets that stand for it. */
  private isMoneyForMoney({ position, choice }: { readonly position: string; readonly choice: string }): boolean {
    const { home, pack, profile } = this.law
    let money = false
    for (const { role, asset } of this.event.legs) {
      if (role !== 'in' && role !== 'out') continue
      if (home.has(asset)) money = true
      else if (positionOf(profile, pack, position, { asset }, this.day) !== choice) return false
    }
    return money
  }

  /** Under which name the gain of an asset is counted apart; `own` is the day's own period. */
  periodOf(asset: AssetId, own: string | null): string | null {
    for (const row of this.classes) {
      if (this.day < row.from || this.day > row.to) continue
      const { pack, profile } = this.law
      const choice =
        row.by === 'asset' ? positionOf(profile, pack, row.position, { asset }, this.day) : this.chosen(row.position)
      if (choice === row.choice) return row.period
    }
    return this.month ?? own
  }

  private chosen(position: string): string | null {
    const { pack, profile } = this.law
    return (
      positionChoice(profile, position, this.event, this.day) ??
      pack.positions?.find((row) => row.id === position)?.standard ??
      null
    )
  }

  /** Cost that stands for cost and fees because it is more; null where the real ones are. */
  deemedCost(proceeds: Money, spent: bigint, acquired: number): Money | null {
    for (const { yearsHeld, share } of this.law.pack.deemedCost ?? []) {
      if (this.day < yearsLater(acquired, yearsHeld)) continue
      const deemed = mulDiv(proceeds, share, ONE_MONEY)
      return deemed > spent ? (deemed as Money) : null
    }
    return null
  }
}

/** The same calendar day some years later; of 29 February the last of the month. */
function yearsLater(day: number, years: number): number {
  const { year, month, day: of } = dateParts(day)
  return dayNumber(year + years, month, Math.min(of, daysInMonth(year + years, month)))
}

/** The sums of an event's rows, as the country counts disposals. */
export function disposalSums(
  rows: readonly DisposalRow[],
  first: number,
  byRow: boolean,
): readonly { readonly asset: AssetId; gain: bigint; proceeds: bigint }[] {
  const sums: { readonly asset: AssetId; gain: bigint; proceeds: bigint }[] = []
  for (let i = first; i < rows.length; i++) {
    const row = rows[i] as DisposalRow
    if (!row.taxable) continue
    const known = byRow ? undefined : sums.find(({ asset }) => asset === row.asset)
    if (known === undefined) sums.push({ asset: row.asset, gain: row.gain, proceeds: row.proceeds })
    else {
      known.gain += row.gain
      known.proceeds += row.proceeds
    }
  }
  return sums
}
