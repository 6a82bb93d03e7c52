import type { Amount, Money } from '../amount/amount.ts'
import { ONE_MONEY } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import type { Asset } from '../events/account.ts'
import type { CivilClock } from '../events/civil-time.ts'
import { civilClock } from '../events/civil-time.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId, CurrencyCode, Instant } from '../events/identifiers.ts'
import type { Profile } from '../events/interchange-types.ts'
import type { PriceBook } from '../valuation/price-book.ts'
import { priceBook } from '../valuation/price-book.ts'
import type { TaxInput } from './compute.ts'
import { packOf } from './packs/pack-list.ts'
import { allowedChoices } from './positions.ts'
import type { ResidenceWindow, ZoneFrom } from './residence-time.ts'
import type { ResidencePart, TaxOutcome, TaxResult } from './result.ts'

/** Computes a history under one country's law. */
export type ComputeOne = (
  input: TaxInput & { readonly window?: ResidenceWindow; readonly zones?: readonly ZoneFrom[] },
) => TaxOutcome

interface Stay {
  readonly profile: Profile
  readonly from: Instant
  readonly to: Instant
  readonly event: LedgerEvent | null
  readonly zones: readonly ZoneFrom[]
}

const EVER = { first: Number.MIN_SAFE_INTEGER as Instant, last: Number.MAX_SAFE_INTEGER as Instant }

export const residenceChanges = (events: readonly LedgerEvent[]): readonly LedgerEvent[] =>
  events.filter((event) => event.kind === 'residence_change').sort((a, b) => a.time - b.time)

/**
 * Computes the history of a person who moved, country by country: each law reads all of the history that its holdings
 * come from, and taxes what lies in its own time. Lots keep their date and their cost at the rates of its days, or take
 * their value on entry where the pack says so; where it says so they are sold at market value on leaving. A change of
 * zone alone is no move.
 */
export function computeParts(input: TaxInput, changes: readonly LedgerEvent[], computeOne: ComputeOne): TaxOutcome {
  for (const change of changes) {
    if (change.jurisdiction === undefined || packOf(change.jurisdiction) !== null) continue
    const text = `${change.id} moves to “${change.jurisdiction}”, a country whose rules are not known. Name another, or take the move back.`
    return { ok: false, refusals: [{ code: 'unknown-jurisdiction', event: change.id, text, rule: 'residence' }] }
  }
  const stays = staysOf(input.profile, changes)
  const parts: ResidencePart[] = []
  for (const stay of stays) {
    const outcome = computeStay(input, stays, stay, computeOne)
    if (!outcome.ok) return outcome
    parts.push(partOf(stay, outcome.result))
  }
  const [first] = parts
  if (first === undefined) throw new RangeError('a person lives somewhere')
  if (parts.length === 1) return { ok: true, result: first.result }
  return { ok: true, result: { ...first.result, residence: parts } }
}

const partOf = (stay: Stay, result: TaxResult): ResidencePart => ({
  jurisdiction: stay.profile.jurisdiction,
  currency: stay.profile.currency,
  zone: stay.profile.zone,
  from: stay.from === EVER.first ? null : stay.from,
  to: stay.to === EVER.last ? null : stay.to,
  event: stay.event?.id ?? null,
  result,
})

/** The stays in one country each; a change of zone inside one belongs to it. */
function staysOf(profile: Profile, changes: readonly LedgerEvent[]): readonly Stay[] {
  const stays: Stay[] = [{ profile, from: EVER.first, to: EVER.last, event: null, zones: [] }]
  let zone = profile.zone
  for (const change of changes) {
    const last = stays[stays.length - 1] as Stay
    const jurisdiction = change.jurisdiction ?? last.profile.jurisdiction
    zone = change.zone ?? zone
    if (jurisdiction === last.profile.jurisdiction) {
      const zones = last.zones.length > 0 ? last.zones : [{ from: EVER.first, zone: last.profile.zone }]
      stays[stays.length - 1] = { ...last, zones: [...zones, { from: change.time, zone }] }
      continue
    }
    stays[stays.length - 1] = { ...last, to: change.time }
    const abroad = profileIn(profile, jurisdiction, change.currency ?? null, zone)
    stays.push({ profile: abroad, from: change.time, to: EVER.last, event: change, zones: [] })
  }
  return stays
}

/** The profile under another country's law: what was chosen under the first one's stays there. */
function profileIn(
  { method: _method, carryIn: _carryIn, ...profile }: Profile,
  jurisdiction: string,
  currency: CurrencyCode | null,
  zone: Profile['zone'],
): Profile {
  const pack = packOf(jurisdiction)
  const positions = Object.entries(profile.positions).map(([id, choices]) => {
    const allowed = pack === null ? [] : allowedChoices(pack, id)
    return [id, choices.filter(({ choice }) => allowed.length === 0 || allowed.includes(choice))] as const
  })
  return {
    ...profile,
    jurisdiction,
    currency: currency ?? pack?.currency ?? profile.currency,
    zone,
    scope: 'pack',
    fees: {},
    positions: Object.fromEntries(positions),
  }
}

function computeStay(input: TaxInput, stays: readonly Stay[], stay: Stay, computeOne: ComputeOne): TaxOutcome {
  const { profile, from, to, zones } = stay
  const clock = civilClock(profile.zone)
  const book = priceBook(
    input.prices,
    profile.currency,
    clock.dayAt,
    (code) => currencyAsset(input.assets, code),
    (asset) => input.assets.some(({ id, kind }) => id === asset && kind === 'fiat'),
  )
  const events = input.events
    .filter((event) => event.time < to && (event.kind !== 'residence_change' || event.legs.length > 0))
    .map((event) => inCurrency(event, currencyAt(stays, event.time), profile, clock, book, input.assets))
  const base = { ...input, profile, ...(zones.length === 0 ? {} : { zones }) }
  const rules = packOf(profile.jurisdiction)?.residence
  const outside = new Set<LedgerEvent>()
  if (rules?.entryStepUp && stay.event !== null) {
    const held = computeOne({ ...base, events: events.filter((event) => event.time < from) })
    if (!held.ok) return held
    for (const event of valuations(held.result, input, stay.event, from, -1)) {
      outside.add(event)
      events.push(event)
    }
  }
  const leaving = stays[stays.indexOf(stay) + 1]?.event
  if (rules?.exitDisposal && leaving) {
    const held = computeOne({ ...base, events })
    if (!held.ok) return held
    events.push(...valuations(held.result, input, leaving, (to - 1) as Instant, Number.MAX_SAFE_INTEGER))
  }
  return computeOne({ ...base, events, window: { from, to, outside } })
}

/** A sale and repurchase of all that is held at market value, one event for each asset. */
function valuations(
  { lots, pools }: TaxResult,
  { accounts, assets }: TaxInput,
  change: LedgerEvent,
  time: Instant,
  order: number,
): LedgerEvent[] {
  const fiat = new Set(assets.filter(({ kind }) => kind === 'fiat').map(({ id }) => id))
  const held = new Map<AssetId, Map<AccountId, bigint>>()
  const add = (asset: AssetId, place: AccountId | null, amount: bigint): void => {
    if (amount <= 0n || fiat.has(asset)) return
    const account = accounts.find(({ id, group }) => id === place || group === place) ?? accounts[0]
    if (account === undefined) return
    const there = held.get(asset) ?? new Map<AccountId, bigint>()
    there.set(account.id, (there.get(account.id) ?? 0n) + amount)
    held.set(asset, there)
  }
  for (const lot of lots) add(lot.asset, lot.account ?? lot.chain.account, lot.amount)
  for (const pool of pools) add(pool.asset, pool.account, pool.amount)
  return [...held].map(([asset, there]) => ({
    id: change.id,
    time,
    order,
    kind: 'deemed_disposal',
    legs: [...there].map(([account, amount]): Leg => ({ role: 'out', account, asset, amount: amount as Amount })),
  }))
}

const currencyAt = (stays: readonly Stay[], time: Instant): CurrencyCode =>
  (stays.findLast(({ from }) => from <= time) ?? (stays[0] as Stay)).profile.currency

const currencyAsset = (assets: readonly Asset[], code: string): AssetId | null =>
  assets.find((asset) => asset.kind === 'fiat' && (asset.symbol ?? asset.id) === code)?.id ?? null

/**
 * The event with its stated values in the profile's currency, at the rate of its own time. A value without a rate is
 * left out, so that the price, or else an open point, stands in for it.
 */
function inCurrency(
  event: LedgerEvent,
  stated: CurrencyCode,
  { currency }: Profile,
  clock: CivilClock,
  book: PriceBook,
  assets: readonly Asset[],
): LedgerEvent {
  if (stated === currency || !hasStatedMoney(event)) return event
  const asset = currencyAsset(assets, stated)
  const rate = asset === null ? null : book.priceAt(asset, event.time, clock.dayAt(event.time))
  const convert = (money: Money | undefined): Money | undefined =>
    money === undefined || rate === null ? undefined : (mulDiv(money, rate, ONE_MONEY) as Money)
  const { portfolioValue, ...rest } = event
  const portfolio = convert(portfolioValue)
  return {
    ...rest,
    ...(portfolio === undefined ? {} : { portfolioValue: portfolio }),
    legs: event.legs.map((leg) => {
      const { value, cost, carry, ...bare } = leg
      const converted = { value: convert(value), cost: convert(cost) }
      return {
        ...bare,
        ...(converted.value === undefined ? {} : { value: converted.value }),
        ...(converted.cost === undefined ? {} : { cost: converted.cost }),
        ...(carry === undefined ? {} : { carry: carried(carry, convert) }),
      }
    }),
  }
}

function carried(
  { cost, marketValue, ...rest }: NonNullable<Leg['carry']>,
  convert: (money: Money | undefined) => Money | undefined,
): NonNullable<Leg['carry']> {
  const [basis, market] = [convert(cost), convert(marketValue)]
  return {
    ...rest,
    ...(basis === undefined ? {} : { cost: basis }),
    ...(market === undefined ? {} : { marketValue: market }),
  }
}

const hasStatedMoney = ({ legs, portfolioValue }: LedgerEvent): boolean =>
  portfolioValue !== undefined ||
  legs.some(({ value, cost, carry }) => value !== undefined || cost !== undefined || carry !== undefined)
