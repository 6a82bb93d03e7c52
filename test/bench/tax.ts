/**
 * The tax engine on a million events: the full computation against a bare FIFO loop over the same numbers, and one
 * decision against the full computation. Each runs in a process of its own, so that its peak memory is its own.
 */
import { mulDiv } from '../../shared/amount/arithmetic.ts'
import type { CurrencyCode } from '../../shared/events/identifiers.ts'
import { type BenchOptions, type BenchResult, ratio } from './bench.ts'
import { ACCOUNTS, ASSETS, type BareMove, makeInput, walk } from './tax-history.ts'
import { decisionTimes, fullTimes, inOwnProcess, middle, peakBytes, time } from './tax-measures.ts'

const PEAK_BAR = 1.2e9
const RUNS = 3

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

function bareTimes(count: number): number[] {
  const bare: BareMove[] = []
  walk({ count, currency: 'USD' as CurrencyCode }, null, bare)
  return [1, 2, 3].map(() => time(() => void bareFifo(bare)))
}

/** Full computation against the bare loop, in this process. */
function measureFull(count: number): Record<string, number> {
  const baseline = middle(bareTimes(count))
  globalThis.gc?.()
  const input = makeInput(count)
  globalThis.gc?.()
  const { times, rows } = fullTimes(input, RUNS)
  return { ms: middle(times), baseline, rows, peak: peakBytes() }
}

/** One decision against a full recompute, in this process: the median over decisions all through the history. */
function measureDecision(count: number): Record<string, number> {
  const input = makeInput(count)
  const full = middle(fullTimes(input, RUNS).times)
  const times = decisionTimes(input)
  return { ms: middle(times), worst: Math.max(...times), full, peak: peakBytes() }
}

export function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const count = quick ? 100_000 : 1_000_000
  const name = `${count.toLocaleString('en')} events`
  say(`  full computation, ${name}`)
  const full = inOwnProcess(import.meta.filename, ['full', String(count)])
  say(`  one decision, ${name}`)
  const decision = inOwnProcess(import.meta.filename, ['decision', String(count)])
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
    ratio(
      `one decision on ${name} to new totals, against the full recompute`,
      decision.ms as number,
      decision.full as number,
      0.08,
    ),
  ])
}

const [what, count] = process.argv.slice(2)
if (import.meta.main && (what === 'full' || what === 'decision')) {
  const events = Number.parseInt(count ?? '100000', 10)
  process.stdout.write(JSON.stringify(what === 'full' ? measureFull(events) : measureDecision(events)))
}
