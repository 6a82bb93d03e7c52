import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { dateOfDay, dayOfDate } from '../events/civil-date.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId, CivilDate, EventId } from '../events/identifiers.ts'
import type { AssetChangeover } from './changeover.ts'
import { EventCursor } from './event-cursor.ts'
import { GainHeads, isDisregarded } from './gain-heads.ts'
import { lossUnder } from './gift-loss.ts'
import { inForce } from './in-force.ts'
import type { Law } from './law.ts'
import { withRate } from './missing-rate.ts'
import type { OpenPointDraft } from './open-point.ts'
import { isOfCost, NOT_KNOWN, openPoint } from './open-point.ts'
import type { DisposalRow, Form2086, GainHead, LotOrigin, Refusal, Term } from './result.ts'
import { disposalSums, hasRowRules, RowRules } from './row-rules.ts'
import { addIncome, addNamed, addRow, countDisposal, countHead } from './year-slice.ts'

/** What a pooled row may have beside its figures. */
export interface RowExtra {
  /** Part of a loss that the law denies, positive. */
  readonly denied?: Money
  /** False: kept, but it counts nowhere. */
  readonly taxable?: boolean
  readonly head?: GainHead
  readonly form2086?: Form2086
}

const NO_EXTRA = {}

/**
 * Writes what one partition's events come to into its year slices. `begin` sets the event that everything until
 * `endEvent` belongs to.
 */
export class Recorder extends EventCursor {
  readonly refusals: Refusal[] = []
  /** What each asset's changeover came to, where somebody asks for it. */
  changeovers: Map<AssetId, AssetChangeover> | null = null
  private shortBox: string | null = null
  private longBox: string | null = null
  private period: string | null = null
  private firstRow = 0
  private lossesCount = true
  private readonly longIsExempt: boolean
  private readonly rowRules: RowRules | null
  private readonly hasTerms: boolean
  private readonly heads: GainHeads | null
  /** Units of the disposal at hand that the law does not tax, whatever they fetch; who disposes of them begins at 0. */
  outsideUnits = 0n
  /** Do the rows that follow belong to a business. */
  business = false
  private assumptionCounts = false

  constructor(law: Law) {
    super(law)
    this.rowRules = hasRowRules(law.pack) ? new RowRules(law) : null
    this.hasTerms = law.pack.holding.rule !== 'none'
    this.longIsExempt = law.pack.holding.longIs === 'exempt'
    this.heads = law.pack.gainHeads === undefined ? null : new GainHeads(law)
  }

  override startYear(year: number): void {
    super.startYear(year)
    const from = this.law.yearStart(year)
    const boxes = inForce(this.law.pack.boxes, from)
    const assumedFrom = this.law.pack.identification.assumedOrderFrom
    this.assumptionCounts = assumedFrom !== null && dayOfDate(assumedFrom) <= from
    this.shortBox = boxes?.short ?? null
    this.longBox = boxes?.long ?? null
  }

  protected override startDay(day: number): void {
    super.startDay(day)
    this.period = this.law.pack.periods.length === 0 ? null : inForce(this.law.pack.periods, day)
  }

  override begin(event: LedgerEvent, day: number): void {
    super.begin(event, day)
    this.firstRow = this.slice.rows.length
    this.rowRules?.begin(event, day)
  }

  /** Counts the rows since `begin` as one disposal. Returns its gain. */
  endDay(): Money {
    const { rows } = this.slice
    let gain = 0n
    let taxable: bigint | null = null
    for (let i = this.firstRow; i < rows.length; i++) {
      const row = rows[i] as DisposalRow
      gain += row.gain
      if (row.taxable) taxable = (taxable ?? 0n) + row.gain
    }
    if (taxable !== null) countDisposal(this.slice, taxable as Money, this.period)
    return gain as Money
  }

  /** Counts the event's disposals: its rows of one asset are one. Days that are one disposal have none until they end. */
  endEvent(): void {
    const { rows } = this.slice
    const count = rows.length - this.firstRow
    if (count === 0) return
    const { rowRules, period } = this
    const first = rows[this.firstRow] as DisposalRow
    if (rowRules === null && count === 1) {
      if (first.taxable) countDisposal(this.slice, first.gain, period)
      return
    }
    for (const { asset, gain, proceeds } of disposalSums(rows, this.firstRow, this.law.pack.disposalUnit === 'row')) {
      if (rowRules === null) countDisposal(this.slice, gain as Money, period)
      else countDisposal(this.slice, gain as Money, rowRules.periodOf(asset, period), proceeds as Money)
    }
  }

  private partOf(asset: AssetId): number {
    const { rows } = this.slice
    for (let i = rows.length - 1; i >= this.firstRow; i--) {
      const row = rows[i] as DisposalRow
      if (row.asset === asset) return row.part + 1
    }
    return 0
  }

  /** One lot fraction disposed of. Returns its gain, or nothing where the law does not tax it. */
  disposeLot(
    account: AccountId | null,
    asset: AssetId,
    amount: Amount,
    proceeds: Money,
    paid: Money,
    lotCost: Money,
    origin: LotOrigin,
    rule: string,
  ): Money {
    const { note } = origin
    const deemed = this.rowRules?.deemedCost(proceeds, lotCost + paid, origin.day) ?? null
    const fees = deemed === null ? paid : ZERO_MONEY
    let cost = deemed ?? lotCost
    let term: Term | null = !this.hasTerms ? null : this.day >= origin.longFrom ? 'long' : 'short'
    let acquired: CivilDate | null = dateOfDay(origin.day)
    let gain = (proceeds - fees - cost) as Money
    if (note !== null) {
      if (note.missing) {
        this.disposeMissing(account, asset, amount, proceeds, fees, origin)
        return (proceeds - fees) as Money
      }
      if (note.inherited) term = 'long'
      if (note.lossBasis !== undefined && gain < 0n) {
        const loss = lossUnder(note.lossBasis, amount, (proceeds - fees) as Money, this.day)
        cost = loss.cost
        gain = loss.gain
        acquired = loss.acquired ?? acquired
        term = loss.term
      }
    }
    const head = this.headOf('lot')
    const exempt = this.longIsExempt && term === 'long' && head !== 'business'
    if (exempt) this.slice.exempt = (this.slice.exempt + gain) as Money
    const disregarded = note?.outside === true || (head === 'personal-use' && isDisregarded(this.law, gain, origin))
    this.add({
      event: this.event.id,
      events: null,
      part: this.partOf(asset),
      time: this.event.time,
      account,
      asset,
      amount,
      acquired,
      disposed: this.date,
      proceeds,
      fees,
      cost,
      rawGain: gain,
      gain,
      term,
      taxable: !exempt && !disregarded && (this.lossesCount || gain >= 0n),
      rule,
      lot: origin.event,
      taxYear: this.year,
      box: term === 'long' ? this.longBox : this.shortBox,
      head,
      kind: this.event.kind,
      origin,
    })
    if (!exempt && !disregarded) return gain
    this.outsideUnits += amount
    return ZERO_MONEY
  }

  /** Units disposed of that no acquisition stands behind: cost 0, short, taxable, open. Returns the gain. */
  disposeMissing(
    account: AccountId | null,
    asset: AssetId,
    amount: Amount,
    proceeds: Money,
    fees: Money,
    origin: LotOrigin | null,
  ): Money {
    const gain = (proceeds - fees) as Money
    this.plainRow(account, asset, amount, proceeds, fees, ZERO_MONEY, 'missing-acquisition', origin)
    this.open({
      code: 'missing-acquisition',
      asset,
      ...(account === null ? {} : { account }),
      amount,
      effect: gain < 0n ? { low: gain, high: ZERO_MONEY } : { low: ZERO_MONEY, high: gain },
      counted: gain,
      of: 'gain',
    })
    return gain
  }

  /** A short row without a lot of its own: shortfalls and settled results of derivatives. */
  plainRow(
    account: AccountId | null,
    asset: AssetId,
    amount: Amount,
    proceeds: Money,
    fees: Money,
    cost: Money,
    rule: string,
    origin: LotOrigin | null,
    as: { readonly term: Term; readonly box: string | null } | null = null,
  ): void {
    const gain = (proceeds - fees - cost) as Money
    this.add({
      event: this.event.id,
      events: null,
      part: this.partOf(asset),
      time: this.event.time,
      account,
      asset,
      amount,
      acquired: null,
      disposed: this.date,
      proceeds,
      fees,
      cost,
      rawGain: gain,
      gain,
      term: as?.term ?? (this.law.pack.holding.rule === 'none' ? null : 'short'),
      taxable: this.lossesCount || gain >= 0n,
      rule,
      lot: null,
      taxYear: this.year,
      box: as === null ? this.shortBox : as.box,
      head: this.headOf(rule, account),
      kind: this.event.kind,
      origin,
    })
  }

  /** A row of a pool, or of units matched with those of another day. Returns its gain. */
  disposePooled(
    account: AccountId | null,
    asset: AssetId,
    amount: Amount,
    proceeds: Money,
    fees: Money,
    cost: Money,
    rule: string,
    matchedDay: number | null = null,
    events: readonly EventId[] | null = null,
    extra: RowExtra | null = null,
  ): Money {
    const rawGain = (proceeds - fees - cost) as Money
    const gain = (extra?.denied === undefined ? rawGain : rawGain + extra.denied) as Money
    this.add({
      event: this.event.id,
      events,
      part: this.partOf(asset),
      time: this.event.time,
      account,
      asset,
      amount,
      acquired: matchedDay === null ? null : dateOfDay(matchedDay),
      disposed: this.date,
      proceeds,
      fees,
      cost,
      rawGain,
      gain,
      term: null,
      taxable: (this.lossesCount || gain >= 0n) && extra?.taxable !== false,
      rule,
      lot: null,
      taxYear: this.year,
      box: null,
      head: extra?.head ?? this.headOf(rule),
      kind: this.event.kind,
      origin: null,
      ...(extra?.form2086 === undefined ? NO_EXTRA : { form2086: extra.form2086 }),
    })
    return gain
  }

  private add(made: DisposalRow): void {
    const outside = this.rowRules?.outside === true && made.taxable
    const row = outside ? { ...made, taxable: false } : made
    if (outside) this.slice.exempt = (this.slice.exempt + row.gain) as Money
    addRow(this.slice, row)
    if (this.heads !== null) countHead(this.slice, row)
  }

  /** The head of gain of a row that `rule` made, where the pack keeps heads apart. */
  private headOf(rule: string, account: AccountId | null = null): GainHead | null {
    if (this.heads === null) return null
    return this.heads.of(rule, account === null ? this.business : this.law.business.has(account))
  }

  /** Runs an exchange of units that were kept for personal items. */
  forPersonalUse(exchange: () => void): void {
    if (this.heads === null) exchange()
    else this.heads.forPersonalUse(exchange)
  }

  /** Does a loss count that is recorded now. */
  get countsLosses(): boolean {
    return this.lossesCount
  }

  /** Runs a disposal whose losses do not count: their rows are kept, but not taxable. */
  withoutLosses(disposal: () => Money): Money {
    this.lossesCount = false
    const gain = disposal()
    this.lossesCount = true
    return gain
  }

  income(leg: Leg, value: Money, head: string): void {
    addIncome(this.slice, {
      event: this.event.id,
      time: this.event.time,
      date: this.date,
      account: leg.account,
      asset: leg.asset,
      amount: leg.amount,
      value,
      head: this.law.business.has(leg.account) ? 'business' : head,
      taxYear: this.year,
    })
  }

  /** A payment that is a cost of its year, whatever is sold. */
  yearlyCost(asset: AssetId, cost: Money): void {
    const { event, date, year, slice } = this
    addNamed(slice, 'costs', cost)
    slice.costs.push({ event: event.id, time: event.time, date, asset, cost, taxYear: year })
  }

  /** Units that left without a disposal. `cost` is what left with them. */
  left(
    account: AccountId | null,
    asset: AssetId,
    amount: Amount,
    value: Money | null,
    cost: Money,
    origin: LotOrigin | null,
  ): void {
    const known = origin !== null && !origin.note?.missing
    this.slice.out.push({
      event: this.event.id,
      time: this.event.time,
      kind: this.event.kind,
      account,
      asset,
      amount,
      acquired: known ? dateOfDay(origin.day) : null,
      date: this.date,
      value,
      cost,
      term:
        !known || this.law.pack.holding.rule === 'none'
          ? null
          : this.day >= origin.longFrom || origin.note?.inherited
            ? 'long'
            : 'short',
      lot: known ? origin.event : null,
      taxYear: this.year,
      origin,
    })
  }

  open(draft: OpenPointDraft): void {
    const { window } = this.law
    if (window !== null && this.isElsewhere && isOfCost(draft)) {
      // What it leaves unknown is the cost of units that come along.
      const first = this.law.yearOf(this.law.clock.dayAt(window.from))
      const event = draft.event === undefined ? this.event.id : draft.event
      this.sliceOf(first).open.push(openPoint({ ...draft, effect: NOT_KNOWN, of: 'none' }, event, first))
      return
    }
    const event = draft.event === undefined ? this.event.id : draft.event
    this.slice.open.push(openPoint(withRate(draft, this.law, this.event), event, this.year))
  }

  /** Notes that a disposal followed a standing order that nothing on record shows. */
  noteAssumedOrder(account: AccountId): void {
    if (this.slice.assumedOrder || !this.assumptionCounts) return
    if (!this.law.hasStandingOrder(this.event.time, account)) this.slice.assumedOrder = true
  }

  /** Notes why the year of the event, and every later one of these assets, cannot be computed. */
  refuse(code: Refusal['code'], text: string, rule?: string, event: EventId = this.event.id): void {
    this.refusals.push({ code, event, text, taxYear: this.year, ...(rule === undefined ? {} : { rule }) })
  }
}
