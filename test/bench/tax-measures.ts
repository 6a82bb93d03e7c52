/** How long the engine takes for a whole history, and for one decision in it; each measured in a process of its own. */
import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import type { LedgerEvent } from '../../shared/events/event.ts'
import { compute, type TaxInput } from '../../shared/tax/compute.ts'
import { createIncremental } from '../../shared/tax/incremental.ts'

const DECISIONS = 21

export const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] as number

export function time(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

export const peakBytes = (): number => process.resourceUsage().maxRSS * 1024

/** Milliseconds of `runs` full computations, and the number of disposal rows. */
export function fullTimes(input: TaxInput, runs: number): { readonly times: readonly number[]; readonly rows: number } {
  let rows = 0
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    times.push(
      time(() => {
        const outcome = compute(input)
        if (!outcome.ok) throw new Error(outcome.refusals[0]?.text)
        rows = outcome.result.disposals.length
      }),
    )
    globalThis.gc?.()
  }
  return { times, rows }
}

/** Milliseconds from a decision to new totals, for decisions spread over the whole history: a sale turns out a gift. */
export function decisionTimes(input: TaxInput): readonly number[] {
  const created = createIncremental(input)
  if (created === null || !created.ok) throw new Error('the history was refused')
  const { tax } = created
  const times: number[] = []
  for (let i = 0; i < DECISIONS; i++) {
    let at = Math.floor(((i + 0.5) / DECISIONS) * input.events.length)
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
  return times
}

/** Runs a bench file again with arguments, in a process whose peak memory is its own, and reads the JSON it prints. */
export function inOwnProcess(file: string, args: readonly string[]): Record<string, number> {
  const child = spawnSync(process.execPath, ['--expose-gc', '--max-old-space-size=8192', file, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 20,
  })
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout) as Record<string, number>
}
