import type { Account, Asset } from '../events/account.ts'
import { dayNumber, dayOfDate } from '../events/civil-date.ts'
import type { CivilClock } from '../events/civil-time.ts'
import { civilClock, isZoneName } from '../events/civil-time.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AccountId, AssetId, CurrencyCode, Instant } from '../events/identifiers.ts'
import type { FeeRules, Method, Prices, Profile } from '../events/interchange-types.ts'
import type { Kind } from '../events/kinds.ts'
import type { PriceBook } from '../valuation/price-book.ts'
import { priceBook } from '../valuation/price-book.ts'
import { firstLongDay } from './holding.ts'
import type { MethodChoice, Refuse } from './method-choice.ts'
import { choiceInForce, methodChoices, orderInForce, standingOrders } from './method-choice.ts'
import { fifo } from './methods/fifo.ts'
import type { LotMethod } from './methods/lot-method.ts'
import type { MethodFamily } from './methods/method-list.ts'
import { familyOf, lotMethodOf } from './methods/method-list.ts'
import type { Dated, FeeRelief, RulePack, ScopeRule } from './pack.ts'
import { PACKS, packOf } from './packs/pack-list.ts'
import type { Treated } from './positions.ts'
import { checkPositions, positionChoice, treatments } from './positions.ts'
import type { ResidenceWindow, ZoneFrom } from './residence-time.ts'
import { movingClock } from './residence-time.ts'
import type { Refusal } from './result.ts'
import type { Stated } from './year-ends.ts'
import { asksForClosing, statedHoldings } from './year-ends.ts'

const FIRST_DAY = -1_000_000
/** The day of what never begins or never ends. */
export const LAST_DAY = 10_000_000

/**
 * The law in force for one profile: its pack with the profile's choices, the units of basis, the calendar and the
 * prices. Everything in it is settled before the first event is looked at.
 */
export interface Law {
  readonly pack: RulePack
  readonly profile: Profile
  readonly clock: CivilClock
  readonly prices: PriceBook
  readonly family: MethodFamily
  /** The method's name as the profile or the pack gives it; the first of a list. */
  readonly method: Method
  readonly assets: ReadonlyMap<AssetId, Asset>
  readonly accounts: ReadonlyMap<AccountId, Account>
  /** Names of the units of basis, in document order of their first account. */
  readonly units: readonly AccountId[]
  readonly unitOf: ReadonlyMap<AccountId, number>
  /** The home currency's assets: no lots. */
  readonly home: ReadonlySet<AssetId>
  /** Fiat assets without lots: all of them, or only the home currency’s where the pack gives lots to foreign money. */
  readonly fiat: ReadonlySet<AssetId>
  /** Every fiat asset, also where foreign money has lots. */
  readonly money: ReadonlySet<AssetId>
  /** Accounts of a business, where the pack keeps it apart. */
  readonly business: ReadonlySet<AccountId>
  /** NFTs: whether one stands for a collectible can matter. */
  readonly nfts: ReadonlySet<AssetId>
  /** First day on which each account is a unit of basis of its own, or the day after the last. */
  readonly changeover: number
  readonly firstScope: ScopeRule
  /** The time in which this law taxes; null: always. */
  readonly window: ResidenceWindow | null
  readonly overridden: readonly (keyof FeeRules)[]
  /** Fees that do not count; null: all count. */
  readonly feeRelief: FeeRelief | null
  /** Plans for the changeover (Rev. Proc. 2024-28), by asset or for all. */
  readonly allocations: readonly LedgerEvent[]
  treatmentOf(event: LedgerEvent, day: number): Treated
  /** Holdings that snapshots state, by asset and day. */
  readonly stated: ReadonlyMap<AssetId, ReadonlyMap<number, Stated>>
  /** Is what is held noted as each year ends. */
  readonly asksForClosing: boolean
  /** Is no year passed over, because something happens at the turn of each. */
  readonly stopsEveryYear: boolean
  /** The last tax year with a price or a snapshot, where holdings are taxed or stated; before all years elsewhere. */
  readonly wealthUntil: number
  /** Can a trade of coins keep their cost, so that it joins their assets. */
  readonly tradesCarry: boolean
  feesOn(day: number): Required<FeeRules>
  /** What becomes of the fees of an own transfer: the profile's rule, else the position on it, else the pack's. */
  transferFeeOf(event: LedgerEvent, day: number): Required<FeeRules>['transfer']
  /** The method for a disposal where no lot is named, and whether it rests on an order that is only assumed. */
  lotMethodFor(time: Instant, day: number, asset: AssetId, account: AccountId): LotMethod
  /** The one method for everything, where the profile sets one and no standing order is on record. */
  readonly onlyMethod: LotMethod | null
  /** Does any method in force average the cost of lots. */
  readonly averagesLots: boolean
  averageMethodFor(day: number, asset: AssetId, account: AccountId): Method
  /** Is a standing order for the account on record at that instant. */
  hasStandingOrder(time: Instant, account: AccountId): boolean
  /** Is there an order in force that the broker had to be told of and was not. */
  missesBroker(time: Instant, day: number, asset: AssetId, account: AccountId): boolean
  /** First day number of a tax year, and the tax year of a day. */
  yearStart(year: number): number
  yearOf(day: number): number
  longFrom(day: number): number
}

export interface LawInput {
  readonly profile: Profile
  readonly accounts: readonly Account[]
  readonly assets: readonly Asset[]
  readonly prices: Prices
  /** Events that set rules for others: standing orders and allocations. */
  readonly ruling: readonly LedgerEvent[]
  /** The time in which this law taxes; absent: always. */
  readonly window?: ResidenceWindow
  /** Zones that the person lived in under this law; absent: the profile's. */
  readonly zones?: readonly ZoneFrom[]
}

/** Kinds whose events rule over others and belong to no asset's own history. */
export const RULING_KINDS: ReadonlySet<Kind> = new Set<Kind>([
  'lot_selection',
  'allocation',
  'residence_change',
  'snapshot',
])

/** Settles the law for a profile, or says why it cannot be. */
export function settleLaw(
  input: LawInput,
): { readonly ok: true; readonly law: Law } | { readonly ok: false; readonly refusals: readonly Refusal[] } {
  const { profile } = input
  const refusals: Refusal[] = []
  const refuse: Refuse = (code, text) => {
    refusals.push({ code, event: null, text })
  }
  const pack = packOf(profile.jurisdiction)
  if (pack === null) {
    const known = PACKS.map(({ id }) => id).join(', ')
    refuse('unknown-jurisdiction', `No rules are known for the country “${profile.jurisdiction}”. Known: ${known}.`)
  }
  if (!isZoneName(profile.zone)) refuse('unknown-zone', `“${profile.zone}” is no time zone, for example Europe/London.`)
  if (pack !== null && pack.currency !== null && pack.currency !== profile.currency)
    refuse(
      'currency-not-of-country',
      `The law of ${/^(United|Netherlands)/.test(pack.name) ? 'the ' : ''}${pack.name} counts in ${pack.currency}, and these books are kept in ${profile.currency}. Set the currency to ${pack.currency}, or take the plain rules (none).`,
    )
  if (pack === null || refusals.length > 0) return { ok: false, refusals }

  const choices = methodChoices(profile, pack, refuse)
  const scope = settleScope(profile, pack, refuse)
  const orders = standingOrders(input.ruling, pack, refuse)
  checkPositions(profile, pack, refuse)
  const families = new Set(choices.map((choice) => familyOf(choice.method)))
  if (families.size > 1) {
    refuse(
      'method-change-not-allowed',
      `A history cannot change between ${choices.map((choice) => choice.method).join(', ')}: lots and averages do not turn into each other.`,
    )
  }
  const family = familyOf((choices[0] as MethodChoice).method)
  if (family === 'other') {
    refuse(
      'method-not-allowed',
      `The method “${(choices[0] as MethodChoice).method}” belongs to another country’s rules.`,
    )
  }
  if (refusals.length > 0) return { ok: false, refusals }

  const clock = input.zones === undefined ? civilClock(profile.zone) : movingClock(input.zones)
  const { units, unitOf } = unitsOfBasis(input.accounts)
  const assets = new Map(input.assets.map((asset) => [asset.id, asset]))
  const money = new Set(input.assets.filter((asset) => asset.kind === 'fiat').map((asset) => asset.id))
  const home = new Set(
    input.assets
      .filter((asset) => asset.kind === 'fiat' && (asset.symbol ?? asset.id) === profile.currency)
      .map((asset) => asset.id),
  )
  const fiat = pack.foreignMoney.rule === 'lots' ? home : money
  const feesOn = feesByDay(pack.fees.map((row) => ({ ...row, value: { ...row.value, ...definedFees(profile.fees) } })))
  const allocations = input.ruling.filter((event) => event.kind === 'allocation')
  const years = yearCalendar(pack)
  const { brokerFrom } = pack.identification
  const exchanges = new Set(input.accounts.filter(({ kind }) => kind === 'exchange').map(({ id }) => id))
  const asksBroker = (day: number, account: AccountId): boolean =>
    brokerFrom !== null && day >= dayOfDate(brokerFrom) && exchanges.has(account)
  const snapshots = input.ruling.filter((event) => event.kind === 'snapshot')
  const anniversaries = new Map<number, number>()
  return {
    ok: true,
    law: {
      pack,
      profile,
      clock,
      prices: priceBook(
        input.prices,
        profile.currency,
        clock.dayAt,
        (code) =>
          input.assets.find((asset) => asset.kind === 'fiat' && (asset.symbol ?? asset.id) === code)?.id ?? null,
        (asset) => money.has(asset),
        (asset) => (assets.get(asset)?.symbol ?? asset) as CurrencyCode,
      ),
      family,
      method: (choices[0] as MethodChoice).method,
      assets,
      accounts: new Map(input.accounts.map((account) => [account.id, account])),
      units,
      unitOf,
      home,
      nfts: new Set(input.assets.filter((asset) => asset.kind === 'nft').map((asset) => asset.id)),
      fiat,
      money,
      business: new Set(
        pack.gainHeads?.heads.includes('business')
          ? input.accounts.filter((account) => account.business === true).map((account) => account.id)
          : [],
      ),
      changeover: scope.changeover,
      firstScope: scope.first,
      window: input.window ?? null,
      overridden: overriddenFees(profile, pack),
      feeRelief: settleFeeRelief(profile, pack),
      allocations,
      treatmentOf: treatments(profile, pack, assets),
      stated: statedHoldings(snapshots, clock.dayAt),
      asksForClosing: asksForClosing(pack),
      stopsEveryYear: asksForClosing(pack) || pack.stepUps !== undefined,
      wealthUntil:
        pack.year.rule === 'table' && pack.year.wealth !== undefined
          ? lastPricedYear(input.prices, snapshots, clock, years.yearOf, pack.year.wealth[0]?.value.at === 'end')
          : Number.MIN_SAFE_INTEGER,
      tradesCarry: pack.treatments.some((rule) => rule.kinds.includes('trade') && rule.treatment !== 'exchange'),
      feesOn,
      transferFeeOf: transferFees(profile, pack, feesOn),
      lotMethodFor: (time, day, asset, account) => {
        const order = orderInForce(orders, time, account, asset, asksBroker(day, account))
        const method = order?.method ?? choiceInForce(choices, day, asset, account)
        return lotMethodOf(method) ?? fifo
      },
      onlyMethod:
        choices.length === 1 && orders.length === 0 ? (lotMethodOf((choices[0] as MethodChoice).method) ?? fifo) : null,
      averagesLots: choices.some((choice) => lotMethodOf(choice.method)?.averaged === true),
      averageMethodFor: (day, asset, account) => choiceInForce(choices, day, asset, account),
      missesBroker: (time, day, asset, account) =>
        orders.some((order) => order.inBooksOnly) &&
        asksBroker(day, account) &&
        orderInForce(orders, time, account, asset)?.inBooksOnly === true,
      hasStandingOrder: (time, account) => orderInForce(orders, time, account) !== null,
      ...years,
      longFrom: (day) => {
        let from = anniversaries.get(day)
        if (from === undefined) {
          from = firstLongDay(pack.holding, day)
          anniversaries.set(day, from)
        }
        return from
      },
    },
  }
}

function settleScope(
  profile: Profile,
  pack: RulePack,
  refuse: Refuse,
): { readonly first: ScopeRule; readonly changeover: number } {
  const change = pack.scope.find((row) => row.from !== undefined)
  const first = (pack.scope[0] as Dated<ScopeRule>).value
  const own = change?.from === undefined ? LAST_DAY : dayOfDate(change.from)
  if (profile.scope === 'pack') return { first, changeover: own }
  const allowed = pack.scopeChoice.find((row) => row.value === profile.scope)
  if (allowed === undefined) {
    refuse(
      'scope-not-allowed',
      `${pack.name} does not allow the scope “${profile.scope}” (${pack.scope[0]?.authority}).`,
    )
    return { first, changeover: own }
  }
  return { first: profile.scope, changeover: profile.scope === 'universal' ? own : LAST_DAY }
}

/** Accounts of one group are one unit of basis; every other account is its own. */
function unitsOfBasis(accounts: readonly Account[]): { units: AccountId[]; unitOf: Map<AccountId, number> } {
  const units: AccountId[] = []
  const unitOf = new Map<AccountId, number>()
  const byName = new Map<string, number>()
  for (const account of accounts) {
    const name = account.group === undefined ? `account ${account.id}` : `group ${account.group}`
    let unit = byName.get(name)
    if (unit === undefined) {
      unit = units.length
      units.push((account.group ?? account.id) as AccountId)
      byName.set(name, unit)
    }
    unitOf.set(account.id, unit)
  }
  return { units, unitOf }
}

function settleFeeRelief(profile: Profile, pack: RulePack): FeeRelief | null {
  const by = pack.feeReliefChoice
  const chosen = by !== undefined && profile.positions[by.position]?.at(-1)?.choice === by.choice
  return chosen ? by.relief : (pack.feeRelief ?? null)
}

function overriddenFees(profile: Profile, pack: RulePack): (keyof FeeRules)[] {
  const own = (pack.fees.at(-1) as Dated<Required<FeeRules>>).value
  return (Object.keys(profile.fees) as (keyof FeeRules)[]).filter(
    (key) => profile.fees[key] !== undefined && profile.fees[key] !== own[key],
  )
}

/** Position P6 by event: the narrowest choice that applies to it, where the profile sets no rule for all. */
function transferFees(profile: Profile, pack: RulePack, feesOn: Law['feesOn']): Law['transferFeeOf'] {
  if ((profile.positions.P6?.length ?? 0) === 0 || profile.fees.transfer !== undefined) {
    return (_event, day) => feesOn(day).transfer
  }
  return (event, day) => {
    const choice = positionChoice(profile, 'P6', event, day)
    const chosen = choice === null ? undefined : pack.transferFeeChoices[choice]
    return chosen ?? feesOn(day).transfer
  }
}

const definedFees = (fees: FeeRules): FeeRules =>
  Object.fromEntries(Object.entries(fees).filter(([, value]) => value !== undefined))

function feesByDay(rows: readonly Dated<Required<FeeRules>>[]): (day: number) => Required<FeeRules> {
  const spans = rows.map((row) => ({
    from: row.from === undefined ? FIRST_DAY : dayOfDate(row.from),
    to: row.to === undefined ? LAST_DAY : dayOfDate(row.to),
    value: row.value,
  }))
  let last = spans[0] as (typeof spans)[number]
  return (day) => {
    if (last.from <= day && day <= last.to) return last.value
    last = spans.find((span) => span.from <= day && day <= span.to) ?? last
    return last.value
  }
}

function lastPricedYear(
  prices: Prices,
  snapshots: readonly LedgerEvent[],
  clock: CivilClock,
  yearOf: (day: number) => number,
  atEnd: boolean,
): number {
  // A year whose end is asked for counts once that day has come.
  const yearKnownOn = (day: number): number => (atEnd ? yearOf(day + 1) - 1 : yearOf(day))
  let last = Number.MIN_SAFE_INTEGER
  for (const { time } of prices)
    last = Math.max(last, yearKnownOn(typeof time === 'number' ? clock.dayAt(time) : dayOfDate(time)))
  for (const { time } of snapshots) last = Math.max(last, yearKnownOn(clock.dayAt(time)))
  return last
}

function yearCalendar(pack: RulePack): Pick<Law, 'yearStart' | 'yearOf'> {
  const { month, day: first } = pack.yearStart
  const yearStart = (year: number): number => dayNumber(year, month, first)
  return {
    yearStart,
    yearOf: (day) => {
      let year = Math.floor(day / 365.2425) + 1970
      while (yearStart(year) > day) year--
      while (yearStart(year + 1) <= day) year++
      return year
    },
  }
}
