import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { StagedEvent } from '../../../electron/intake/messages.ts'
import { sampleFiles } from '../../../samples/make-samples.ts'
import { formatAmount } from '../../../shared/amount/decimal.ts'
import { checkEvent } from '../../../shared/events/event-invariants.ts'
import { collect, factsOf } from './collect.ts'

const files = sampleFiles()
const reads = new Map(
  await Promise.all([...files].map(async ([name, text]) => [name, await collect(text, { fileName: name })] as const)),
)
const events = new Map<string, StagedEvent>()
for (const read of reads.values()) for (const event of read.events) events.set(event.id, event)

describe('the sample', () => {
  it.each([...files])('%s is committed as the script writes it', (name, text) => {
    expect(readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'utf8')).toBe(text)
  })

  it('is understood to the last row', () => {
    for (const [name, read] of reads) {
      expect([name, read.summary.problem, read.summary.counts.notUnderstood]).toEqual([name, null, 0])
      expect(read.events.flatMap((event) => checkEvent(event))).toEqual([])
      expect(read.assets.filter((asset) => asset.certainty !== 'known')).toEqual([])
    }
    const rows = [...reads].reduce(
      (sum, [name, read]) => sum + (name === 'prices.csv' ? 0 : read.summary.counts.rows),
      0,
    )
    expect(rows).toBeGreaterThan(300)
    expect(rows).toBeLessThan(800)
  })

  it('has one balance below zero, and it is the missing acquisition', () => {
    const balances = new Map<string, bigint>()
    const below = new Set<string>()
    for (const event of [...events.values()].toSorted((a, b) => a.time - b.time)) {
      for (const { role, account, asset, amount, included } of event.legs) {
        if (role === 'info' || included === true) continue
        const key = `${account} ${asset}`
        balances.set(key, (balances.get(key) ?? 0n) + (role === 'in' || role === 'rebate' ? amount : -amount))
      }
      for (const [key, balance] of balances) if (balance < 0n) below.add(`${key} ${formatAmount(balance as never)}`)
    }
    expect([...below]).toEqual(['kraken LINK -40'])
  })

  it('has Kraken rows in both exports, which are the same rows', () => {
    const [first, second] = ['kraken-ledgers-2022-2024.csv', 'kraken-ledgers-2024-2025.csv'].map(
      (name) => new Map(reads.get(name)?.events.map((event) => [event.id, factsOf(event)])),
    ) as unknown as [Map<string, string>, Map<string, string>]
    const both = [...first.keys()].filter((id) => second.has(id as never))
    expect(both.length).toBeGreaterThan(20)
    for (const id of both) expect(second.get(id)).toBe(first.get(id))
  })

  it('has transfers with equal hashes on both sides, twins in one second, and a day without a price', () => {
    const hashes = [...events.values()].flatMap((event) => (event.hash === undefined ? [] : [event.hash]))
    expect(hashes.filter((hash, i) => hashes.indexOf(hash) !== i)).toHaveLength(2)
    const kraken =
      reads.get('kraken-ledgers-2022-2024.csv')?.events.filter((event) => event.timeText === '2023-04-11 17:42:09') ??
      []
    expect(kraken).toHaveLength(2)
    expect(kraken[0]?.legs).toEqual(kraken[1]?.legs)
    const march = files
      .get('prices.csv')
      ?.split('\n')
      .filter((line) => line.startsWith('2025-03') && line.includes('DOT'))
    expect(march).toEqual([])
    const reward = [...events.values()].filter(
      (event) => event.kind === 'staking_reward' && event.timeText.startsWith('2025-03'),
    )
    expect(reward.some((event) => event.legs[0]?.asset === 'DOT')).toBe(true)
  })
})
