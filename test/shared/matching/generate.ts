/**
 * Made-up histories of movements with known truth. True transfers follow habits (routes, fees, delays); decoys copy one
 * half of a transfer, as an out or an in of another account, with an equal or nearly equal amount close in time; some transfers lack a half,
 * and those have decoys too; the rest is unrelated.
 */
import type { Amount } from '../../../shared/amount/amount.ts'
import type { AccountId, AssetId, EventId, Instant } from '../../../shared/events/identifiers.ts'
import type { Movement } from '../../../shared/matching/movement.ts'

export interface History {
  readonly movements: readonly Movement[]
  readonly ownAddresses: ReadonlyMap<string, AccountId>
  /** Id of the in by id of the out, for every true transfer with both halves. */
  readonly truth: ReadonlyMap<string, string>
}

export interface HistorySize {
  readonly movements: number
  readonly transfers: number
  readonly decoys: number
  /** Transfers of which only one half is there. */
  readonly missing: number
}

export const FULL_SIZE: HistorySize = { movements: 20_000, transfers: 4_000, decoys: 4_000, missing: 100 }

const GRAIN = 10n ** 16n
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SPAN = 3 * 365 * DAY
const START = Date.UTC(2022, 0, 1)

const VENUES = ['kraken', 'coinbase', 'binance', 'bitstamp', 'gemini', 'okx']
const WALLETS = ['ledger', 'trezor', 'metamask', 'electrum', 'phone', 'vault']
const ACCOUNTS = [...VENUES, ...WALLETS]

/** Asset, its family, usual amount and fee in grains (10⁻⁸), usual minutes on the way, share of all movements. */
const ASSETS: readonly { id: string; family: string; size: number; fee: number; minutes: number; share: number }[] = [
  { id: 'BTC', family: 'BTC', size: 2e7, fee: 20_000, minutes: 40, share: 0.25 },
  { id: 'ETH', family: 'ETH', size: 2e8, fee: 150_000, minutes: 7, share: 0.22 },
  { id: 'WETH', family: 'ETH', size: 2e8, fee: 150_000, minutes: 7, share: 0.03 },
  { id: 'USDC', family: 'USDC', size: 1e11, fee: 2e8, minutes: 7, share: 0.15 },
  { id: 'SOL', family: 'SOL', size: 3e9, fee: 1_000_000, minutes: 2, share: 0.1 },
  { id: 'USDT', family: 'USDT', size: 1e11, fee: 1e8, minutes: 5, share: 0.09 },
  { id: 'ADA', family: 'ADA', size: 5e10, fee: 1e8, minutes: 12, share: 0.06 },
  { id: 'DOT', family: 'DOT', size: 5e9, fee: 1e7, minutes: 6, share: 0.04 },
  { id: 'LTC', family: 'LTC', size: 1e9, fee: 1e5, minutes: 20, share: 0.03 },
  { id: 'XRP', family: 'XRP', size: 5e10, fee: 2e7, minutes: 1, share: 0.03 },
]

/** A small seeded generator (mulberry32): the same history for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Draft = { -readonly [K in keyof Movement]: Movement[K] }

export function generateHistory(seed: number, size: HistorySize = FULL_SIZE): History {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')

  const addresses = new Map(ACCOUNTS.map((account) => [account, `0x${hex(40)}`]))
  const habits = new Map(
    ACCOUNTS.map((account) => [account, [0, 1, 2].map(() => pick(ACCOUNTS.filter((a) => a !== account)))]),
  )
  const skewed = pick(ACCOUNTS)
  const skew = random() < 0.5 ? HOUR : -HOUR
  const flatFees = new Map(
    VENUES.flatMap((venue) =>
      ASSETS.map(
        ({ id, fee }) =>
          [
            `${venue} ${id}`,
            [0, 1].map(() => Math.max(1, Math.round((fee * (0.5 + 2 * random())) / 100) * 100)),
          ] as const,
      ),
    ),
  )

  /** How an account exports its withdrawals: fee beside the amount or taken from it, stated or not. */
  const styles = new Map(ACCOUNTS.map((account) => [account, { beside: random() < 0.45, stated: random() < 0.5 }]))

  let serial = 0
  const clock = (account: string, time: number): Instant =>
    Math.round(time + (account === skewed ? skew : 0)) as Instant
  const movement = (direction: 'out' | 'in', account: string, asset: string, grains: number, time: number): Draft => {
    serial++
    const event = `${hex(12)}${serial}` as EventId
    return {
      id: `${event}/0`,
      event,
      leg: 0,
      account: account as AccountId,
      asset: asset as AssetId,
      family: ASSETS.find(({ id }) => id === asset)?.family ?? asset,
      direction,
      amount: (BigInt(Math.max(1, Math.round(grains))) * GRAIN) as Amount,
      fee: null,
      feeIncluded: false,
      time: clock(account, time),
      precision: 'second',
      hash: null,
      address: null,
    }
  }
  const pickAsset = () => {
    let left = random()
    return (
      ASSETS.find(({ share }) => {
        left -= share
        return left < 0
      }) ?? (ASSETS[0] as (typeof ASSETS)[number])
    )
  }
  const pickAmount = (usual: number): number => {
    const grains = usual * Math.exp(1.2 * normal())
    if (random() < 0.75) return Math.max(1000, Math.round(grains))
    const digits = 10 ** Math.floor(Math.log10(grains))
    return Math.max(1, Math.round(grains / digits)) * digits
  }
  const pickTime = (): number => START + Math.floor(random() * SPAN)
  const pickDelay = (minutes: number): number =>
    random() < 0.06 ? DAY * (0.5 + 4 * random()) : Math.max(4000, minutes * MINUTE * Math.exp(normal()))

  /** Both halves of one own transfer, without proof. */
  const transfer = (): { out: Draft; into: Draft } => {
    const from = pick(ACCOUNTS)
    const to =
      random() < 0.85 ? pick(habits.get(from) as string[]) : pick(ACCOUNTS.filter((account) => account !== from))
    const asset = pickAsset()
    const time = pickTime()
    const flat = flatFees.get(`${from} ${asset.id}`)
    const fee = flat
      ? (flat[time < START + SPAN / 2 ? 0 : 1] as number)
      : Math.max(1, Math.round(asset.fee * Math.exp(0.7 * normal())))
    const amount = Math.max(pickAmount(asset.size), fee * 3)
    const { beside, stated } = styles.get(from) as { beside: boolean; stated: boolean }
    const out = movement('out', from, asset.id, amount, time)
    const bridged = asset.family === 'ETH' && random() < 0.1
    const into = movement(
      'in',
      to,
      bridged ? (asset.id === 'ETH' ? 'WETH' : 'ETH') : asset.id,
      beside ? amount : amount - fee,
      time + pickDelay(asset.minutes),
    )
    if (stated) {
      out.fee = (BigInt(fee) * GRAIN) as Amount
      out.feeIncluded = !beside
    }
    return { out, into }
  }

  const movements: Movement[] = []
  /** One half of each transfer, for a decoy to copy. */
  const shadowed: Draft[] = []
  const truth = new Map<string, string>()
  for (let i = 0; i < size.transfers; i++) {
    const { out, into } = transfer()
    if (i < size.transfers * 0.4) {
      if (random() < 0.6) into.hash = out.hash = `0x${hex(64)}`
      else out.address = addresses.get(into.account) as string
    } else if (random() < 0.3) out.hash = `0x${hex(64)}`
    movements.push(out, into)
    shadowed.push(random() < 0.5 ? out : into)
    truth.set(out.id, into.id)
  }
  for (let i = 0; i < size.missing; i++) {
    const { out, into } = transfer()
    const half = random() < 0.5 ? out : into
    movements.push(half)
    shadowed.push(half)
  }
  for (let i = 0; i < size.decoys; i++) {
    const [half] = shadowed.splice(Math.floor(random() * shadowed.length), 1) as [Draft]
    const grains = Number(half.amount / GRAIN)
    const amount = random() < 0.3 ? grains : grains * (1 + 0.01 * (2 * random() - 1))
    const near = (random() < 0.5 ? -1 : 1) * 2 * MINUTE * Math.exp(random() * Math.log(720))
    const account = pick(ACCOUNTS.filter((other) => other !== half.account))
    const skewOf = (name: string): number => (name === skewed ? skew : 0)
    const direction = random() < 0.5 ? half.direction : half.direction === 'out' ? 'in' : 'out'
    movements.push(movement(direction, account, half.asset, amount, half.time - skewOf(half.account) + near))
  }
  while (movements.length < size.movements) {
    const asset = pickAsset()
    const unrelated = movement(
      random() < 0.5 ? 'out' : 'in',
      pick(ACCOUNTS),
      asset.id,
      pickAmount(asset.size),
      pickTime(),
    )
    if (random() < 0.3) unrelated.hash = `0x${hex(64)}`
    if (random() < 0.2) unrelated.address = `0x${hex(40)}`
    movements.push(unrelated)
  }
  const shuffled = movements.map((item) => ({ item, key: random() })).sort((a, b) => a.key - b.key)
  return {
    movements: shuffled.map(({ item }) => item),
    ownAddresses: new Map([...addresses].map(([account, address]) => [address, account as AccountId])),
    truth,
  }
}
