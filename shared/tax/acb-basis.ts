import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_AMOUNT } from '../amount/amount.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { Method } from '../events/interchange-types.ts'
import type { Kind } from '../events/kinds.ts'
import type { AcquisitionDetail, Move } from './basis.ts'
import type { Law } from './law.ts'
import { least, positive } from './least.ts'
import { PoolBasis } from './pool-basis.ts'
import type { Recorder } from './recorder.ts'
import type { Addition, LossesSnapshot } from './superficial-losses.ts'
import { SuperficialLosses } from './superficial-losses.ts'
import { addNamed } from './year-slice.ts'

/** Pools: the taxpayer's own property, that of the own business, the spouse's, then one for each affiliated account. */
const OWN = 0
const BUSINESS = 1
const SPOUSE = 2
const AFFILIATED = 3

/** Name of the sum of proceeds that are capital. */
export const CAPITAL_PROCEEDS = 'ca-proceeds'

/** Deemed disposals whose losses the definition leaves alone. */
const LOSS_STANDS: ReadonlySet<Kind> = new Set<Kind>(['deemed_disposal', 'residence_change', 'inheritance_out'])

/** Coins that the spouse has from the taxpayer: what they bring is the taxpayer's. */
type Rolled = readonly AssetId[]

interface AcbSnapshot {
  readonly rolled: Rolled
  readonly pools: unknown
  readonly losses: LossesSnapshot
}

/**
 * Adjusted cost base: one average over all accounts of the taxpayer, with superficial losses. Units in accounts of a
 * business are inventory and averaged apart; those in accounts of a spouse or an affiliated person are theirs: their
 * disposals are shown and not taxed here, but their purchases and holdings count against the taxpayer's losses.
 * Authority: Income Tax Act ss. 47, 53(1)(f), 54; s. 10 for inventory.
 */
export class AcbBasis extends PoolBasis {
  private readonly losses: SuperficialLosses
  private readonly pooled = new Map<AccountId, number>()
  private readonly names = new Map<number, AccountId>()
  private readonly rolled = new Set<AssetId>()

  constructor(law: Law, record: Recorder, assets: readonly AssetId[], window: number) {
    super(law, record, assets)
    let affiliated = AFFILIATED
    for (const account of law.accounts.values()) {
      const { owner } = account
      const unit =
        owner === 'spouse' ? SPOUSE : owner === 'affiliated' ? affiliated++ : account.business === true ? BUSINESS : OWN
      this.pooled.set(account.id, unit)
      if (!this.names.has(unit)) this.names.set(unit, account.id)
    }
    this.losses = new SuperficialLosses(law, record, assets, window, (account) => this.unitFor(account) >= SPOUSE)
  }

  foresee(events: readonly LedgerEvent[], from: number): void {
    this.losses.foresee(events, from)
  }

  override acquire(leg: Leg, index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    super.acquire(leg, index, amount, cost, detail)
    if (this.record.event.kind === 'gift_spouse_in' && this.unitFor(leg.account) === SPOUSE) this.rolled.add(leg.asset)
    this.apply(leg.asset, this.losses.due(leg.asset, false))
  }

  override dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    this.apply(asset, this.losses.due(asset, true))
    return super.dispose(account, asset, amount, proceeds, fees)
  }

  override drop(account: AccountId, asset: AssetId, amount: Amount): Money {
    this.apply(asset, this.losses.due(asset, true))
    return super.drop(account, asset, amount)
  }

  override move(move: Move): void {
    for (const { asset } of move.outs) this.apply(asset, this.losses.due(asset, true))
    super.move(move)
    this.openChangeOfUse(move)
    if (!move.outs.some(({ account }) => this.unitFor(account) < SPOUSE)) return
    for (const { account, asset } of move.ins) if (this.unitFor(account) === SPOUSE) this.rolled.add(asset)
  }

  override finish(): void {
    this.record.position = Number.MAX_SAFE_INTEGER - 1
    for (const asset of this.assets()) this.apply(asset, this.losses.due(asset, false))
    super.finish()
  }

  override snapshot(): unknown {
    for (const asset of this.assets()) this.apply(asset, this.losses.due(asset, true))
    const rolled = [...this.rolled]
    return { pools: super.snapshot(), losses: this.losses.snapshot(), rolled } satisfies AcbSnapshot
  }

  override restore(snapshot: unknown): void {
    const { pools, losses, rolled } = snapshot as AcbSnapshot
    super.restore(pools)
    for (const asset of rolled) this.rolled.add(asset)
    this.losses.restore(losses)
  }

  protected override unitFor(account: AccountId): number {
    return this.pooled.get(account) ?? OWN
  }

  protected override unitName(unit: number): AccountId | null {
    return unit === OWN ? null : (this.names.get(unit) ?? null)
  }

  protected override write(
    account: AccountId,
    asset: AssetId,
    amount: Amount,
    proceeds: Money,
    fees: Money,
    cost: Money,
    method: Method,
  ): Money {
    const unit = this.unitFor(account)
    const { record } = this
    if (unit >= SPOUSE) {
      const gain = record.disposePooled(account, asset, amount, proceeds, fees, cost, method, null, null, {
        taxable: false,
      })
      if (unit === SPOUSE && this.rolled.has(asset)) this.openAttribution(account, asset, amount, gain)
      return 0n as Money
    }
    if (unit === BUSINESS) {
      record.business = true
      const gain = record.disposePooled(account, asset, amount, proceeds, fees, cost, method)
      record.business = false
      return gain
    }
    const loss = cost + fees - proceeds
    const denial =
      loss > 0n && record.countsLosses && !LOSS_STANDS.has(record.event.kind)
        ? this.losses.deny(asset, amount, loss, this.poolOf(account, asset).amount)
        : null
    if (denial === null) {
      const gain = record.disposePooled(null, asset, amount, proceeds, fees, cost, method)
      this.countProceeds(proceeds)
      return gain
    }
    const { denied } = denial
    const gain = record.disposePooled(null, asset, amount, proceeds, fees, cost, method, null, null, { denied })
    this.countProceeds(proceeds)
    this.add(account, asset, ZERO_AMOUNT, denial.own)
    this.apply(asset, denial.now)
    return gain
  }

  protected override writeMissing(
    account: AccountId,
    asset: AssetId,
    amount: Amount,
    money: Money,
    fees: Money,
  ): Money {
    const unit = this.unitFor(account)
    if (unit >= SPOUSE) {
      this.record.open({ code: 'missing-acquisition', asset, account, amount })
      return 0n as Money
    }
    this.record.business = unit === BUSINESS
    const gain = super.writeMissing(account, asset, amount, money, fees)
    this.record.business = false
    if (unit === OWN) this.countProceeds(money)
    return gain
  }

  /** Coins become inventory, or stop being it: what that makes of them depends on the business. */
  private openChangeOfUse({ outs, ins }: Move): void {
    const inBusiness = ({ account }: Move['outs'][number]): boolean => this.unitFor(account) === BUSINESS
    const [out] = outs
    if (out === undefined || !this.owns(out.asset) || outs.some(inBusiness) === ins.some(inBusiness)) return
    const { account, asset, amount } = out
    this.record.open({ code: 'business-transfer', account, asset, amount, effect: { low: null, high: null } })
  }

  /** Authority: Income Tax Act s. 74.2. */
  private openAttribution(account: AccountId, asset: AssetId, amount: Amount, gain: Money): void {
    this.record.open({
      code: 'spouse-attribution',
      asset,
      account,
      amount,
      effect: { low: least(gain, 0n) as Money, high: positive(gain) as Money },
      of: 'gain',
    })
  }

  private countProceeds(proceeds: Money): void {
    const { slice } = this.record
    if (slice.rows[slice.rows.length - 1]?.taxable) addNamed(slice, CAPITAL_PROCEEDS, proceeds)
  }

  private apply(asset: AssetId, additions: readonly Addition[]): void {
    for (const { account, cost } of additions) this.add(account, asset, ZERO_AMOUNT, cost)
  }
}
