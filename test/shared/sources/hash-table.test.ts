import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { seeded } from '../../../samples/make/market.ts'
import { ContentTable, OccurrenceTable } from '../../../shared/sources/hash-table.ts'

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

it('counts hashes as texts, through every growth', () => {
  const random = seeded(3)
  const texts = new OccurrenceTable(16)
  const digests = new OccurrenceTable(16)
  const counts = new Map<string, number>()
  for (let i = 0; i < 30_000; i++) {
    const text = `row ${Math.floor(random() * 12_000)}`
    const before = counts.get(text) ?? 0
    if (i % 7 === 0) {
      expect(texts.has(text)).toBe(before > 0)
      expect(digests.countOfDigest(digestOf(text))).toBe(before)
    }
    expect(texts.next(text)).toBe(before)
    expect(digests.nextOfDigest(digestOf(text))).toBe(before)
    counts.set(text, before + 1)
  }
})

it('takes over what another table counted where that is more', () => {
  const table = new OccurrenceTable(16)
  const other = new OccurrenceTable(16)
  for (let i = 0; i < 1_000; i++) {
    for (let times = i % 3; times > 0; times--) table.nextOfDigest(digestOf(`${i}`))
    for (let times = i % 5; times > 0; times--) other.nextOfDigest(digestOf(`${i}`))
  }
  table.absorb(other)
  for (let i = 0; i < 1_000; i++) expect(table.countOfDigest(digestOf(`${i}`))).toBe(Math.max(i % 3, i % 5))
})

it.each([
  ['hashes', (text: string) => digestOf(text)],
  ['texts', (text: string) => [text, 'x', '']],
])('tells a content apart from the one that came first, by %s', (_, contentOf) => {
  const table = new ContentTable()
  for (let i = 0; i < 10_000; i++) {
    expect(table.meet(`id ${i}`, contentOf(`${i}`))).toBe('new')
    const before = i >> 1
    expect(table.meet(`id ${before}`, contentOf(`${before}`))).toBe('same')
    expect(table.meet(`id ${before}`, contentOf(`${before + 1}`))).toBe('other')
  }
  expect(table.meet('none', '0'.repeat(64))).toBe('new')
  expect(table.meet('none', '0'.repeat(64))).toBe('same')
})
