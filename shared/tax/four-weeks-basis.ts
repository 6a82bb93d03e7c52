import type { Amount, Money } from '../amount/amount.ts'
import { mulDiv, shareOf } from '../amount/arithmetic.ts'
import type { Leg } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { AcquisitionDetail } from './basis.ts'
import { least } from './least.ts'
import { LotBasis } from './lot-basis.ts'
import type { DisposalRow, LotOrigin } from './result.ts'
import { changeGain } from './row-changes.ts'
import type { YearSlice } from './year-slice.ts'

/** A loss that units bought soon after can still restrict. */
interface OpenLoss {
  readonly slice: YearSlice
  readonly row: number
  readonly day: number
  /** Units of the row, and the loss, that nothing has restricted yet. */
  units: bigint
  loss: bigint
}

/** A loss that counts only against gains on the units of one lot. */
interface WaitingLoss {
  units: bigint
  loss: bigint
}

const keyOf = (origin: LotOrigin): string => `${origin.asset} ${origin.event} ${origin.leg}`

/**
 * First in, first out with the four weeks of Ireland: what was bought in the four weeks before a sale goes first, and a
 * loss on units that are bought again within four weeks after it only reduces gains on those units.
 * Authority: TCA 1997 ss. 580, 581.
 */
export class FourWeeksBasis extends LotBasis {
  private readonly losses = new Map<AssetId, OpenLoss[]>()
  private readonly waiting = new Map<string, WaitingLoss>()

  override acquire(leg: Leg, index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    super.acquire(leg, index, amount, cost, detail)
    if (!this.owns(leg.asset) || detail?.acquired !== undefined || detail?.unmatched) return
    this.restrict(leg.asset, `${leg.asset} ${this.record.event.id} ${index}`, amount)
  }

  override dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    const { slice } = this.record
    const first = slice.rows.length
    const gain = super.dispose(account, asset, amount, proceeds, fees)
    let relieved = 0n
    for (let i = first; i < slice.rows.length; i++) {
      const row = slice.rows[i] as DisposalRow
      if (row.origin === null || row.asset !== asset) continue
      if (row.gain > 0n) relieved += this.relieve(slice, i, row, row.origin)
      else if (row.gain < 0n && row.taxable) {
        const open = { slice, row: i, day: this.record.day, units: row.amount as bigint, loss: -row.gain }
        const known = this.losses.get(asset)
        if (known === undefined) this.losses.set(asset, [open])
        else known.push(open)
      }
    }
    return (gain - relieved) as Money
  }

  /** Gains on units bought again bear the loss that waits for them. */
  private relieve(slice: YearSlice, index: number, row: DisposalRow, origin: LotOrigin): bigint {
    const waiting = this.waiting.get(keyOf(origin))
    if (waiting === undefined || waiting.units === 0n) return 0n
    const units = least(row.amount, waiting.units)
    const used = least(mulDiv(row.gain, units, row.amount), waiting.loss)
    waiting.units -= units
    waiting.loss -= used
    if (used > 0n) changeGain(slice, index, -used as Money, this.record.event)
    return used
  }

  /** Losses of the four weeks before an acquisition wait for its units, the earlier loss first. */
  private restrict(asset: AssetId, lot: string, amount: Amount): void {
    const days = this.law.pack.recentFirst?.days ?? 0
    const open = (this.losses.get(asset) ?? []).filter((loss) => loss.day >= this.record.day - days && loss.units > 0n)
    this.losses.set(asset, open)
    let free = amount as bigint
    for (const loss of open) {
      if (free === 0n) return
      const units = least(loss.units, free)
      const denied = shareOf(loss.loss, units, loss.units)
      loss.units -= units
      loss.loss -= denied
      free -= units
      changeGain(loss.slice, loss.row, denied as Money, this.record.event)
      const known = this.waiting.get(lot) ?? { units: 0n, loss: 0n }
      known.units += units
      known.loss += denied
      this.waiting.set(lot, known)
    }
  }

  /** A loss of the last weeks of a year may be restricted in the next: such a year's end is no place to begin again from. */
  override snapshot(): FourWeeksState | null {
    const from = this.law.yearStart(this.record.year) - (this.law.pack.recentFirst?.days ?? 0)
    for (const losses of this.losses.values()) {
      if (losses.some(({ day, units }) => day >= from && units > 0n)) return null
    }
    const waiting = [...this.waiting].filter(([, { units, loss }]) => units > 0n && loss > 0n)
    return {
      lots: super.snapshot(),
      waiting: waiting.map(([lot, state]) => [lot, { ...state }] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    }
  }

  override restore(saved: unknown): void {
    const { lots, waiting } = saved as FourWeeksState
    super.restore(lots)
    this.losses.clear()
    this.waiting.clear()
    for (const [lot, state] of waiting) this.waiting.set(lot, { ...state })
  }
}

interface FourWeeksState {
  readonly lots: unknown
  readonly waiting: readonly (readonly [lot: string, state: WaitingLoss])[]
}
