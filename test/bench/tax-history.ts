/**
 * A made-up trading history of any size, the same every time: twenty coins in eight accounts over five years, bought, sold,
 * earned and moved, each trade at its coin's price of the day.
 */
import type { Amount, Money } from '../../shared/amount/amount.ts'
import type { Account, Asset } from '../../shared/events/account.ts'
import { dateOfDay } from '../../shared/events/civil-date.ts'
import type { LedgerEvent, Leg } from '../../shared/events/event.ts'
import type { AccountId, AssetId, CurrencyCode, EventId, Instant, ZoneName } from '../../shared/events/identifiers.ts'
import type { PriceEntry, Prices, Profile } from '../../shared/events/interchange-types.ts'
import type { TaxInput } from '../../shared/tax/compute.ts'

export const ASSETS = 20
export const ACCOUNTS = 8
const SPAN_YEARS = 5
const START = Date.UTC(2021, 0, 1)
const DAY = 86_400_000
const BRIDGE_EVERY = 5000
const UNIT = 10n ** 18n

const assetIds = Array.from({ length: ASSETS }, (_, i) => `COIN${i}` as AssetId)
const accountIds = Array.from({ length: ACCOUNTS }, (_, i) => `account${i}` as AccountId)

/** What a coin costs on a civil day since 1970: jumps about between 100 and 999, known without looking anything up. */
const priceOn = (asset: number, day: number): bigint =>
  BigInt(100 + ((Math.imul(day * 31 + asset * 977, 2_654_435_761) >>> 0) % 900))

/** A small generator with a seed: the same history every time. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The numbers of a history without the shape of events: what a bare loop needs. */
export interface BareMove {
  readonly what: 'in' | 'out' | 'move'
  readonly asset: number
  readonly account: number
  readonly to: number
  readonly amount: bigint
  readonly money: bigint
}

export interface WalkOptions {
  readonly count: number
  readonly currency: CurrencyCode
  /** Now and then a coin is bridged into the next, which joins all coins into one partition. */
  readonly joined?: boolean
}

/** Walks the history, and writes it as events, or as bare numbers. */
export function walk(
  { count, currency, joined = false }: WalkOptions,
  events: LedgerEvent[] | null,
  bare: BareMove[] | null,
): void {
  const cash = currency as string as AssetId
  const random = randomFrom(7)
  const pick = (below: number): number => Math.floor(random() * below)
  const step = (SPAN_YEARS * 365.25 * 86_400_000) / count
  const held = Array.from({ length: ASSETS * ACCOUNTS }, () => 0n)
  for (let i = 0; i < count; i++) {
    const asset = pick(ASSETS)
    const account = pick(ACCOUNTS)
    const amount = (BigInt(1 + pick(1_000_000)) * UNIT) as Amount
    const time = Math.floor(START + i * step) as Instant
    const price = priceOn(asset, Math.floor(time / DAY))
    const money = ((amount * price) / 10n ** 6n) as Money
    const place = asset * ACCOUNTS + account
    const chance = random()
    const id = `e${i}` as EventId
    const from = accountIds[account] as AccountId
    const coin = assetIds[asset] as AssetId
    const dollars = (money * 10n ** 6n) as Amount
    if (joined && i % BRIDGE_EVERY === BRIDGE_EVERY - 1 && (held[place] as bigint) >= amount) {
      const next = (asset + 1) % ASSETS
      held[place] = (held[place] as bigint) - amount
      held[next * ACCOUNTS + account] = (held[next * ACCOUNTS + account] as bigint) + amount
      const legs: Leg[] = [
        { role: 'out', account: from, asset: coin, amount },
        { role: 'in', account: from, asset: assetIds[next] as AssetId, amount },
      ]
      events?.push({ id, time, order: i, kind: 'bridge', legs })
    } else if (chance < 0.5 || (held[place] as bigint) < amount) {
      held[place] = (held[place] as bigint) + amount
      bare?.push({ what: 'in', asset, account, to: account, amount, money })
      const legs: Leg[] =
        chance < 0.05
          ? [{ role: 'in', account: from, asset: coin, amount, value: money }]
          : [
              { role: 'in', account: from, asset: coin, amount },
              { role: 'out', account: from, asset: cash, amount: dollars },
            ]
      events?.push({ id, time, order: i, kind: chance < 0.05 ? 'staking_reward' : 'buy', legs })
    } else if (chance < 0.9) {
      held[place] = (held[place] as bigint) - amount
      bare?.push({ what: 'out', asset, account, to: account, amount, money })
      const legs: Leg[] = [
        { role: 'out', account: from, asset: coin, amount },
        { role: 'in', account: from, asset: cash, amount: dollars },
      ]
      events?.push({ id, time, order: i, kind: 'sell', legs })
    } else {
      const to = (account + 1 + pick(ACCOUNTS - 1)) % ACCOUNTS
      held[place] = (held[place] as bigint) - amount
      held[asset * ACCOUNTS + to] = (held[asset * ACCOUNTS + to] as bigint) + amount
      bare?.push({ what: 'move', asset, account, to, amount, money })
      const legs: Leg[] = [
        { role: 'out', account: from, asset: coin, amount },
        { role: 'in', account: accountIds[to] as AccountId, asset: coin, amount },
      ]
      events?.push({ id, time, order: i, kind: 'transfer', legs })
    }
  }
}

/** What each country's law counts in, and where its people live. */
const PLACES: Readonly<Record<string, Pick<Profile, 'currency' | 'zone'>>> = {
  us: { currency: 'USD' as CurrencyCode, zone: 'America/New_York' as ZoneName },
  gb: { currency: 'GBP' as CurrencyCode, zone: 'Europe/London' as ZoneName },
  de: { currency: 'EUR' as CurrencyCode, zone: 'Europe/Berlin' as ZoneName },
  fr: { currency: 'EUR' as CurrencyCode, zone: 'Europe/Paris' as ZoneName },
  ca: { currency: 'CAD' as CurrencyCode, zone: 'America/Toronto' as ZoneName },
  au: { currency: 'AUD' as CurrencyCode, zone: 'Australia/Sydney' as ZoneName },
  ie: { currency: 'EUR' as CurrencyCode, zone: 'Europe/Dublin' as ZoneName },
}

/** The history as the engine takes it, under a country's pack as it comes (the United States: FIFO by account throughout). */
export function makeInput(count: number, jurisdiction = 'us', joined = false): TaxInput {
  const place = PLACES[jurisdiction]
  if (place === undefined) throw new Error(`no currency and zone are known here for ${jurisdiction}`)
  const { currency } = place
  const events: LedgerEvent[] = []
  walk({ count, currency, joined }, events, null)
  const accounts: Account[] = accountIds.map((id) => ({ id, name: id, kind: 'exchange' }))
  const assets: Asset[] = [
    ...assetIds.map((id): Asset => ({ id, kind: 'crypto' })),
    { id: currency as string as AssetId, kind: 'fiat' },
  ]
  return {
    profile: {
      jurisdiction,
      ...place,
      ...(jurisdiction === 'us' ? { method: 'fifo', scope: 'account' } : { scope: 'pack' }),
      fees: {},
      positions: {},
      person: {},
    },
    accounts,
    assets,
    events,
    prices: dayPrices(currency),
  }
}

/** Every coin's price on every day of the history. */
function dayPrices(currency: CurrencyCode): Prices {
  const first = START / DAY
  const prices: PriceEntry[] = []
  for (let day = first - 1; day <= first + SPAN_YEARS * 366; day++) {
    const time = dateOfDay(day)
    assetIds.forEach((asset, i) => {
      prices.push({ asset, currency, time, price: (priceOn(i, day) * 10n ** 18n) as Money })
    })
  }
  return prices
}
