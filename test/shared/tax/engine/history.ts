/** Made-up ledgers for the laws of the engine: typed events, every sort of movement between three accounts and four coins. */
import fc from 'fast-check'
import type { Amount, Money } from '../../../../shared/amount/amount.ts'
import type { Account, Asset } from '../../../../shared/events/account.ts'
import type { LedgerEvent, Leg } from '../../../../shared/events/event.ts'
import type {
  AccountId,
  AssetId,
  CivilDate,
  CurrencyCode,
  EventId,
  Instant,
  ZoneName,
} from '../../../../shared/events/identifiers.ts'
import type { Prices, Profile } from '../../../../shared/events/interchange-types.ts'
import type { Kind } from '../../../../shared/events/kinds.ts'
import type { TaxInput } from '../../../../shared/tax/compute.ts'
import { compute } from '../../../../shared/tax/compute.ts'
import { PACKS, packOf } from '../../../../shared/tax/packs/pack-list.ts'
import type { TaxResult } from '../../../../shared/tax/result.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'

export const ACCOUNTS = ['exchange', 'wallet', 'cold'] as const
export const COINS = ['AAA', 'BBB', 'CCC', 'WAAA'] as const

export const units = (whole: number | bigint, digits = 0): Amount =>
  (BigInt(whole) * 10n ** BigInt(24 - digits)) as Amount
export const money = (whole: number | bigint, digits = 0): Money =>
  (BigInt(whole) * 10n ** BigInt(18 - digits)) as Money
export const eventId = (text: string): EventId => text as EventId
export const at = (text: string): Instant => Date.parse(text) as Instant

export const accounts: readonly Account[] = ACCOUNTS.map((id) => ({
  id: id as string as AccountId,
  name: id,
  kind: id === 'exchange' ? 'exchange' : 'wallet',
}))
export const assetsFor = (currency: string): readonly Asset[] => [
  ...COINS.map((id): Asset => ({ id: id as string as AssetId, kind: 'crypto' })),
  { id: currency as AssetId, kind: 'fiat' },
]

const ZONES: Readonly<Record<string, string>> = {
  gb: 'Europe/London',
  de: 'Europe/Berlin',
  au: 'Australia/Sydney',
  ca: 'America/Toronto',
  fr: 'Europe/Paris',
}

export function profileFor(jurisdiction: string, more: Partial<Profile> = {}): Profile {
  return {
    jurisdiction,
    currency: packOf(jurisdiction)?.currency ?? ('USD' as CurrencyCode),
    zone: (ZONES[jurisdiction] ?? 'America/New_York') as ZoneName,
    scope: 'pack',
    fees: {},
    positions: {},
    person: {},
    ...more,
  }
}

export const inputOf = (profile: Profile, events: readonly LedgerEvent[], prices: Prices = []): TaxInput => ({
  profile,
  accounts,
  assets: assetsFor(profile.currency),
  events,
  prices,
})

export function leg(role: Leg['role'], account: string, asset: string, amount: bigint, more: Partial<Leg> = {}): Leg {
  return { role, account: account as AccountId, asset: asset as AssetId, amount: amount as Amount, ...more }
}

export function event(
  id: string,
  time: string,
  kind: Kind,
  legs: readonly Leg[],
  more: Partial<LedgerEvent> = {},
): LedgerEvent {
  return { id: eventId(id), time: at(time), kind, legs, ...more }
}

/** The result, or a test failure with the reasons of the refusal. */
export function resultOf(input: TaxInput): TaxResult {
  const outcome = compute(input)
  if (!outcome.ok) throw new Error(outcome.refusals.map((refusal) => refusal.text).join('\n'))
  return outcome.result
}

export const documentOf = (input: TaxInput): string => JSON.stringify(toResultDocument(resultOf(input)))

const DAY = 86_400_000
const step = fc.record({
  what: fc.constantFrom(
    'buy',
    'buy',
    'buy',
    'sell',
    'sell',
    'trade',
    'reward',
    'transfer',
    'transfer',
    'wrap',
    'gift',
    'gas',
    'donate',
    'migrate',
    'airdrop',
    'gift-in',
    'profit',
    'loss',
  ),
  ordered: fc.constantFrom(true, true, false),
  account: fc.nat(2),
  other: fc.integer({ min: 1, max: 2 }),
  coin: fc.nat(2),
  amount: fc.integer({ min: 1, max: 9999 }),
  value: fc.integer({ min: 1, max: 99_999 }),
  fee: fc.constantFrom('none', 'none', 'cash', 'coin'),
  days: fc.constantFrom(0, 0, 0, 1, 7, 40, 200),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function eventOf(made: Step, index: number, time: number, currency: string): LedgerEvent {
  const account = ACCOUNTS[made.account] as string
  const target = ACCOUNTS[(made.account + made.other) % 3] as string
  const coin = COINS[made.coin] as string
  const otherCoin = COINS[(made.coin + made.other) % 3] as string
  const amount = units(made.amount, 3)
  const value = money(made.value, 2)
  const cash = (role: Leg['role'], cents: number): Leg => leg(role, account, currency, units(cents, 2))
  const fees: Leg[] =
    made.fee === 'none'
      ? []
      : made.fee === 'cash'
        ? [cash('fee', 7)]
        : [leg('fee', account, otherCoin, units(1, 4), { value: money(3, 2) })]
  // Without a declared order the id decides: padded, so that it says what the order would.
  const head = {
    id: eventId(`e${String(index).padStart(3, '0')}`),
    time: time as Instant,
    ...(made.ordered ? { order: index } : {}),
  }
  switch (made.what) {
    case 'buy':
      return { ...head, kind: 'buy', legs: [leg('in', account, coin, amount), cash('out', made.value), ...fees] }
    case 'sell':
      return { ...head, kind: 'sell', legs: [leg('out', account, coin, amount), cash('in', made.value), ...fees] }
    case 'trade':
      return {
        ...head,
        kind: 'trade',
        legs: [
          leg('out', account, coin, amount),
          leg('in', account, otherCoin, units(made.value, 4), { value }),
          ...fees,
        ],
      }
    case 'transfer':
      return {
        ...head,
        kind: 'transfer',
        legs: [leg('out', account, coin, amount), leg('in', target, coin, amount), ...fees],
      }
    case 'wrap':
      return { ...head, kind: 'wrap', legs: [leg('out', account, 'AAA', amount), leg('in', account, 'WAAA', amount)] }
    case 'gift':
      return { ...head, kind: 'gift_out', legs: [leg('out', account, coin, amount, { value })] }
    case 'donate':
      return { ...head, kind: 'donation', legs: [leg('out', account, coin, amount, { value })] }
    case 'migrate': {
      const twice = units(2 * made.amount, 3)
      return {
        ...head,
        kind: 'migration',
        legs: [leg('out', account, 'BBB', amount), leg('in', account, 'CCC', twice)],
      }
    }
    case 'profit':
      return { ...head, kind: 'realised_profit', legs: [cash('in', made.value)] }
    case 'loss':
      return { ...head, kind: 'realised_loss', legs: [cash('out', made.value)] }
    case 'airdrop':
      return { ...head, kind: 'airdrop', legs: [leg('in', account, coin, amount, { value })] }
    case 'gift-in': {
      const carry = { acquired: '2020-05-06' as CivilDate, cost: money(made.value, 1), marketValue: value }
      return { ...head, kind: 'gift_in', legs: [leg('in', account, coin, amount, { value, carry })] }
    }
    case 'gas':
      return { ...head, kind: 'network_fee', legs: [leg('fee', account, coin, units(1, 4), { value: money(2, 2) })] }
    default:
      return { ...head, kind: 'staking_reward', legs: [leg('in', account, coin, amount, { value })] }
  }
}

/** Ledgers of up to `size` events that begin late in 2023, so that they cross the years in which the law changes. */
export const histories = (currency: string, size = 40): fc.Arbitrary<LedgerEvent[]> =>
  fc.array(step, { minLength: 1, maxLength: size }).map((steps) => {
    let time = Date.UTC(2023, 10, 1, 12)
    return steps.map((made, index) => {
      time += made.days * DAY
      return eventOf(made, index, time, currency)
    })
  })

/** A price of every coin on every day that has an event, so that nothing is missing. */
export function pricesFor(currency: string, events: readonly LedgerEvent[]): Prices {
  const days = new Set(events.flatMap(({ time }) => [-1, 0, 1].map((days) => Math.floor(time / DAY) + days)))
  return [...days].flatMap((day) =>
    COINS.map((coin, i) => ({
      asset: coin as string as AssetId,
      currency: currency as CurrencyCode,
      time: new Date(day * DAY).toISOString().slice(0, 10) as CivilDate,
      price: money(((day * 37 + i * 101) % 997) + 1),
    })),
  )
}

/** Every pack with every method and scope that it allows. A new country is tried as soon as it is on the list. */
export const PROFILES: readonly (readonly [string, Profile])[] = PACKS.flatMap((pack) => {
  const scopes = new Set<Profile['scope']>(['pack', ...pack.scopeChoice.map(({ value }) => value)])
  return pack.methods.menu.flatMap((method) =>
    [...scopes]
      .filter((scope) => scope !== (pack.scope.length === 1 ? pack.scope[0]?.value : undefined))
      .map((scope): readonly [string, Profile] => [
        `${pack.name}, ${method}${scope === 'pack' ? '' : `, ${scope}`}`,
        profileFor(pack.id, { method, scope }),
      ]),
  )
})
