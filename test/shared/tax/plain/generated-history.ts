/** Made-up histories: every kind of movement, fees of every sort, sums that do not divide, ties of time, shortfalls. */
import fc from 'fast-check'
import type { Fraction } from './fraction.ts'
import { add, compare, decimal, minus, rounded, ZERO } from './fraction.ts'
import type { PlainDocument, PlainEvent, PlainLeg } from './plain-history.ts'
import { civilDateOf } from './plain-history.ts'
import type { PlainPrice } from './plain-portfolio.ts'

const ACCOUNTS = ['north', 'south', 'wallet']
const COINS = ['AAA', 'BBB', 'CCC']
const HOUR = 3_600_000
/** Where both sides of a swap take the value of what is received, so that what is withheld has one reading. */
const WITHHOLDING = new Set(['none', 'us', 'de'])

const step = fc.record({
  kind: fc.constantFrom(
    'buy',
    'buy',
    'buy',
    'sell',
    'sell',
    'trade',
    'staking_reward',
    'transfer',
    'network_fee',
    'spend',
  ),
  account: fc.nat(2),
  other: fc.integer({ min: 1, max: 2 }),
  coin: fc.nat(2),
  amount: fc.integer({ min: 1, max: 999 }),
  places: fc.constantFrom(0, 1, 3, 8),
  value: fc.integer({ min: 1, max: 99_999 }),
  value2: fc.integer({ min: 1, max: 99_999 }),
  fee: fc.constantFrom('none', 'none', 'cash', 'same', 'third'),
  withheld: fc.constantFrom(false, false, true),
  feeAmount: fc.integer({ min: 1, max: 9 }),
  feeValue: fc.integer({ min: 1, max: 99 }),
  hours: fc.constantFrom(0, 0, 1, 7, 24, 24 * 5, 24 * 31, 24 * 200),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** `digits` with the point moved `places` to the left, without trailing zeros. */
function pointed(digits: number, places: number): string {
  const text = digits.toString().padStart(places + 1, '0')
  if (places === 0) return text
  return `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/\.?0+$/, '')
}

function eventOf(made: Step, id: string, time: string, profile: PlainDocument['profile']): PlainEvent {
  const { currency } = profile
  const account = ACCOUNTS[made.account] as string
  const asset = COINS[made.coin] as string
  const otherAsset = COINS[(made.coin + made.other) % 3] as string
  const amount = pointed(made.amount, made.places)
  const value = pointed(made.value, 2)
  const coin = (role: PlainLeg['role'], more: object = {}): PlainLeg => ({ role, account, asset, amount, ...more })
  const cash = (role: PlainLeg['role'], sum: string): PlainLeg => ({ role, account, asset: currency, amount: sum })
  const feeValue = pointed(made.feeValue, 2)
  const feeAmount = pointed(made.feeAmount, 4)
  const fees: PlainLeg[] =
    made.fee === 'none'
      ? []
      : made.fee === 'cash'
        ? [cash('fee', feeValue)]
        : [
            {
              role: 'fee',
              account,
              asset: made.fee === 'same' ? asset : otherAsset,
              amount: feeAmount,
              value: feeValue,
            },
          ]
  const base = { id, time, kind: made.kind }
  switch (made.kind) {
    case 'buy':
      return { ...base, legs: [coin('in'), cash('out', value), ...fees] }
    case 'sell':
      return { ...base, legs: [coin('out'), cash('in', value), ...fees] }
    case 'trade':
      return {
        ...base,
        legs: [
          coin('out', { value: pointed(made.value2, 2) }),
          { role: 'in', account, asset: otherAsset, amount: pointed(made.amount * 7, 1), value },
          ...(made.withheld && WITHHOLDING.has(profile.jurisdiction)
            ? fees.map((leg) => withheldFrom(leg, asset, amount))
            : fees),
        ],
      }
    case 'transfer':
      return {
        ...base,
        legs: [
          coin('out'),
          { role: 'in', account: ACCOUNTS[(made.account + made.other) % 3] as string, asset, amount },
          ...fees.filter((leg) => leg.asset !== currency),
        ],
      }
    case 'network_fee':
      return { ...base, legs: [{ role: 'fee', account, asset, amount: feeAmount, value: feeValue }] }
    case 'spend':
      return { ...base, legs: [coin('out', { value }), ...fees] }
    default:
      return { ...base, legs: [coin('in', { value })] }
  }
}

/**
 * Cuts transfers down to what is there, all of it, and leaves out those of nothing: what arrives of units that never came
 * in is no matter of arithmetic.
 */
function withoutShortTransfers(events: readonly PlainEvent[]): readonly PlainEvent[] {
  const held = new Map<string, Fraction>()
  const at = (leg: PlainLeg): Fraction => held.get(`${leg.account} ${leg.asset}`) ?? ZERO
  const possible = events.flatMap((event): PlainEvent[] => {
    const cut = event.kind === 'transfer' ? cutTransfer(event, at) : event
    for (const leg of cut?.legs ?? []) {
      const amount = (leg.role === 'in' ? add : minus)(at(leg), decimal(leg.amount))
      held.set(`${leg.account} ${leg.asset}`, compare(amount, ZERO) < 0 ? ZERO : amount)
    }
    return cut ? [cut] : []
  })
  return possible
}

function cutTransfer(event: PlainEvent, at: (leg: PlainLeg) => Fraction): PlainEvent | null {
  const [out, arriving, fee] = event.legs
  if (!out || !arriving || (fee && compare(at(fee), decimal(fee.amount)) < 0)) return null
  const there = fee?.asset === out.asset ? minus(at(out), decimal(fee.amount)) : at(out)
  if (compare(there, ZERO) <= 0) return null
  const amount = compare(there, decimal(out.amount)) < 0 ? rounded(there, 12) : out.amount
  return { ...event, legs: [{ ...out, amount }, { ...arriving, amount }, ...(fee ? [fee] : [])] }
}

/** A coin fee of a swap as withheld from the side it is a coin of, where that side is large enough. */
function withheldFrom(fee: PlainLeg, given: string, amountGiven: string): PlainLeg {
  if (fee.value === undefined) return fee
  if (fee.asset !== given) return { ...fee, for: 'in', withheld: true }
  return compare(decimal(fee.amount), decimal(amountGiven)) < 0 ? { ...fee, for: 'out', withheld: true } : fee
}

/** Documents of up to `size` events under a profile, from an instant on. */
export function generatedHistory(
  profile: PlainDocument['profile'],
  from: string,
  size: number,
): fc.Arbitrary<PlainDocument> {
  return fc.array(step, { minLength: 1, maxLength: size }).map((steps) => {
    let time = Date.parse(from)
    const made = steps.map((one, index) => {
      time += one.hours * HOUR
      return eventOf(one, `e${index}`, new Date(time).toISOString(), profile)
    })
    const events = withoutShortTransfers(made)
    return {
      schema: 'tallystick/events@1',
      profile,
      accounts: ACCOUNTS.map((id) => ({ id, name: id, kind: id === 'wallet' ? 'wallet' : 'exchange' })),
      assets: [...COINS.map((id) => ({ id, kind: 'crypto' })), { id: profile.currency, kind: 'fiat' }],
      events,
    }
  })
}

/** The same documents with a price of every coin on every civil day in question. */
export const withPrices = (
  documents: fc.Arbitrary<PlainDocument>,
): fc.Arbitrary<PlainDocument & { readonly prices: readonly PlainPrice[] }> =>
  documents.map((document) => {
    const days = new Set(document.events.map(({ time }) => civilDateOf(time, document.profile.zone)))
    const prices = [...days].flatMap((time, day) =>
      COINS.map((asset, coin) => ({
        asset,
        currency: document.profile.currency,
        time,
        price: pointed(1 + ((day * 37 + coin * 101) % 9973), 2),
      })),
    )
    return { ...document, prices }
  })
