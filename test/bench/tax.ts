/**
 * The tax engine on a million events: the full computation against a bare FIFO loop over the same numbers, and one
 * decision against the full computation. Each runs in a process of its own, so that its peak memory is its own.
 */
import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import type { Amount, Money } from '../../shared/amount/amount.ts'
import { mulDiv } from '../../shared/amount/arithmetic.ts'
import type { Account, Asset } from '../../shared/events/account.ts'
import type { LedgerEvent, Leg } from '../../shared/events/event.ts'
import type { AccountId, AssetId, CurrencyCode, EventId, Instant, ZoneName } from '../../shared/events/identifiers.ts'
import { compute, type TaxInput } from '../../shared/tax/compute.ts'
import { createIncremental } from '../../shared/tax/incremental.ts'
import { type BenchOptions, type BenchResult, ratio } from './bench.ts'

const ASSETS = 20
const ACCOUNTS = 8
const SPAN_YEARS = 5
const START = Date.UTC(2021, 0, 1)
const UNIT = 10n ** 18n
const PEAK_BAR = 1.2e9

const assetIds = Array.from({ length: ASSETS }, (_, i) => `COIN${i}` as AssetId)
const accountIds = Array.from({ length: ACCOUNTS }, (_, i) => `account${i}` as AccountId)
const usd = 'USD' as AssetId

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
interface BareMove {
  readonly what: 'in' | 'out' | 'move'
  readonly asset: number
  readonly account: number
  readonly to: number
  readonly amount: bigint
  readonly money: bigint
}

/** Walks a made-up history of purchases, sales, own transfers and rewards, and writes it as events, or as bare numbers. */
function walk(count: number, events: LedgerEvent[] | null, bare: BareMove[] | null): void {
  const random = randomFrom(7)
  const pick = (below: number): number => Math.floor(random() * below)
  const step = (SPAN_YEARS * 365.25 * 86_400_000) / count
  const held = Array.from({ length: ASSETS * ACCOUNTS }, () => 0n)
  for (let i = 0; i < count; i++) {
    const asset = pick(ASSETS)
    const account = pick(ACCOUNTS)
    const amount = (BigInt(1 + pick(1_000_000)) * UNIT) as Amount
    const price = BigInt(100 + pick(900))
    const money = ((amount * price) / 10n ** 6n) as Money
    const place = asset * ACCOUNTS + account
    const chance = random()
    const id = `e${i}` as EventId
    const time = Math.floor(START + i * step) as Instant
    const from = accountIds[account] as AccountId
    const coin = assetIds[asset] as AssetId
    const dollars = (money * 10n ** 6n) as Amount
    if (chance < 0.5 || (held[place] as bigint) < amount) {
      held[place] = (held[place] as bigint) + amount
      bare?.push({ what: 'in', asset, account, to: account, amount, money })
      const legs: Leg[] =
        chance < 0.05
          ? [{ role: 'in', account: from, asset: coin, amount, value: money }]
          : [
              { role: 'in', account: from, asset: coin, amount },
              { role: 'out', account: from, asset: usd, amount: dollars },
            ]
      events?.push({ id, time, order: i, kind: chance < 0.05 ? 'staking_reward' : 'buy', legs })
    } else if (chance < 0.9) {
      held[place] = (held[place] as bigint) - amount
      bare?.push({ what: 'out', asset, account, to: account, amount, money })
      const legs: Leg[] = [
        { role: 'out', account: from, asset: coin, amount },
        { role: 'in', account: from, asset: usd, amount: dollars },
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

/** The history as the engine takes it. */
function makeInput(count: number): TaxInput {
  const events: LedgerEvent[] = []
  walk(count, events, null)
  const accounts: Account[] = accountIds.map((id) => ({ id, name: id, kind: 'exchange' }))
  const assets: Asset[] = [...assetIds.map((id): Asset => ({ id, kind: 'crypto' })), { id: usd, kind: 'fiat' }]
  return {
    profile: {
      jurisdiction: 'us',
      currency: 'USD' as CurrencyCode,
      zone: 'America/New_York' as ZoneName,
      method: 'fifo',
      scope: 'account',
      fees: {},
      positions: {},
      person: {},
    },
    accounts,
    assets,
    events,
    prices: [],
  }
}

/** The least that FIFO by account can cost: queues of lots and exact division, nothing else. Returns the total gain. */
function bareFifo(moves: readonly BareMove[]): bigint {
  const queues = Array.from({ length: ASSETS * ACCOUNTS }, () => ({
    lots: [] as { amount: bigint; cost: bigint }[],
    head: 0,
  }))
  let gain = 0n
  for (const { what, asset, account, to, amount, money } of moves) {
    const queue = queues[asset * ACCOUNTS + account] as (typeof queues)[number]
    if (what === 'in') {
      queue.lots.push({ amount, cost: money })
      continue
    }
    const target = what === 'move' ? queues[asset * ACCOUNTS + to] : undefined
    let need = amount
    let cost = 0n
    while (need > 0n) {
      const lot = queue.lots[queue.head]
      if (lot === undefined) break
      if (lot.amount <= need) {
        queue.head++
        need -= lot.amount
        cost += lot.cost
        target?.lots.push(lot)
      } else {
        const part = mulDiv(lot.cost, need, lot.amount)
        target?.lots.push({ amount: need, cost: part })
        lot.amount -= need
        lot.cost -= part
        cost += part
        need = 0n
      }
    }
    if (what === 'out') gain += money - cost
  }
  return gain
}

const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] as number

function time(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

const bareTimes = (count: number): number[] => {
  const bare: BareMove[] = []
  walk(count, null, bare)
  return [1, 2, 3].map(() => time(() => void bareFifo(bare)))
}

/** Full computation against the bare loop, in this process. */
function measureFull(count: number): Record<string, number> {
  const baseline = middle(bareTimes(count))
  globalThis.gc?.()
  const input = makeInput(count)
  globalThis.gc?.()
  let rows = 0
  const run = (): void => {
    const outcome = compute(input)
    if (!outcome.ok) throw new Error(outcome.refusals[0]?.text)
    rows = outcome.result.disposals.length
  }
  const times = [1, 2, 3].map(() => {
    const ms = time(run)
    globalThis.gc?.()
    return ms
  })
  return { ms: middle(times), baseline, rows, peak: process.resourceUsage().maxRSS * 1024 }
}

/** One decision against a full recompute, in this process: the median over decisions all through the history. */
function measureDecision(count: number): Record<string, number> {
  const input = makeInput(count)
  const full = middle(
    [1, 2, 3].map(() =>
      time(() => {
        const outcome = compute(input)
        if (!outcome.ok) throw new Error(outcome.refusals[0]?.text)
      }),
    ),
  )
  globalThis.gc?.()
  const created = createIncremental(input)
  if (created === null || !created.ok) throw new Error('the history was refused')
  const { tax } = created
  const decisions: number[] = []
  const times: number[] = []
  for (let i = 0; i < 21; i++) decisions.push(Math.floor(((i + 0.5) / 21) * count))
  for (const start of decisions) {
    let at = start
    while (input.events[at]?.kind !== 'sell') at++
    const event = input.events[at] as LedgerEvent
    const decided: LedgerEvent = { ...event, kind: 'gift_out', legs: event.legs.slice(0, 1) }
    times.push(
      time(() => {
        const outcome = tax.replaceEvents([event], [decided])
        if (!outcome.ok) throw new Error(outcome.refusals[0]?.text)
      }),
    )
    tax.replaceEvents([decided], [event])
  }
  return { ms: middle(times), worst: Math.max(...times), full, peak: process.resourceUsage().maxRSS * 1024 }
}

function inOwnProcess(what: 'full' | 'decision', count: number): Record<string, number> {
  const child = spawnSync(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=8192', import.meta.filename, what, String(count)],
    { encoding: 'utf8', maxBuffer: 1 << 20 },
  )
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout) as Record<string, number>
}

export function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const count = quick ? 100_000 : 1_000_000
  const name = `${count.toLocaleString('en')} events`
  say(`  full computation, ${name}`)
  const full = inOwnProcess('full', count)
  say(`  one decision, ${name}`)
  const decision = inOwnProcess('decision', count)
  const peak = full.peak as number
  return Promise.resolve([
    ratio(
      `calc core, ${name}, FIFO by account, against a bare FIFO loop`,
      full.ms as number,
      full.baseline as number,
      10,
    ),
    {
      name: `calc core, ${name}: peak memory of the process`,
      figure: `${(peak / 1e9).toFixed(2)} GB for ${full.rows} disposal rows`,
      bar: '≤ 1.2 GB',
      met: peak <= PEAK_BAR,
      measured: { bytes: peak },
    },
    {
      ...ratio(
        `one decision on ${name} to new totals, against the full recompute`,
        decision.ms as number,
        decision.full as number,
        0.08,
      ),
    },
  ])
}

const [what, count] = process.argv.slice(2)
if (import.meta.main && (what === 'full' || what === 'decision')) {
  const events = Number.parseInt(count ?? '100000', 10)
  process.stdout.write(JSON.stringify(what === 'full' ? measureFull(events) : measureDecision(events)))
}
