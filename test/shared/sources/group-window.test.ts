import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileOrder } from '../../../shared/sources/file-order.ts'
import { GROUP_SPAN, GroupWindow, LARGEST_GROUP, REOPENED, TOO_LARGE } from '../../../shared/sources/group-window.ts'
import { OccurrenceTable } from '../../../shared/sources/hash-table.ts'

describe('groups of rows', () => {
  const collectGroups = (span?: number) => {
    const closed: [string, number[]][] = []
    const window = new GroupWindow<number>((key, rows) => closed.push([key, [...rows]]), span)
    const add = (key: string, row: number) => {
      window.nextRow()
      return window.add(key, row)
    }
    return { closed, window, add }
  }

  it('come out whole, wherever their rows stand within the span', () => {
    const { closed, window, add } = collectGroups(5)
    for (const [i, key] of ['a', 'b', 'a', 'c', 'a'].entries()) expect(add(key, i)).toBeNull()
    window.end()
    expect(Object.fromEntries(closed)).toEqual({ a: [0, 2, 4], b: [1], c: [3] })
  })

  it('refuse a row that comes after they were handed on, and say why', () => {
    const { closed, add } = collectGroups(3)
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) add(key, 0)
    expect(closed.map(([key]) => key)).toEqual(['a', 'b'])
    expect(add('a', 1)).toBe(REOPENED)
  })

  it('stay open for 200,000 rows, counted from their last one', () => {
    const { closed, add } = collectGroups()
    add('a', 0)
    for (let i = 0; i < GROUP_SPAN - 1; i++) add(`x${i}`, i)
    expect(add('a', 1)).toBeNull()
    for (let i = 0; i < GROUP_SPAN; i++) add(`y${i}`, i)
    expect(closed.some(([key]) => key === 'a')).toBe(false)
    add('z', 0)
    expect(closed.find(([key]) => key === 'a')?.[1]).toEqual([0, 1])
    expect(add('a', 2)).toBe(REOPENED)
  })

  it('count rows that belong to none of them', () => {
    const { closed, window, add } = collectGroups(3)
    add('a', 0)
    for (let i = 0; i < 3; i++) window.nextRow()
    add('b', 1)
    expect(closed.map(([key]) => key)).toEqual(['a'])
  })

  it('are handed on in portions at the end of a file, in the order of their last rows', () => {
    const { closed, window, add } = collectGroups()
    const keys = Array.from({ length: 1200 }, (_, i) => `k${i}`)
    for (const [i, key] of keys.entries()) add(key, i)
    add('k0', 1200)
    expect(window.endSome()).toBe(true)
    expect(closed.length).toBeLessThan(600)
    while (window.endSome());
    expect(closed.map(([key]) => key)).toEqual([...keys.slice(1), 'k0'])
    window.end()
    expect(closed).toHaveLength(1200)
  })

  it('do not grow without end', () => {
    const { add } = collectGroups()
    for (let i = 0; i < LARGEST_GROUP; i++) expect(add('a', i)).toBeNull()
    expect(add('a', LARGEST_GROUP)).toBe(TOO_LARGE)
  })
})

describe('the table of occurrences', () => {
  it('counts like a map', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 3000 }), (texts) => {
        const table = new OccurrenceTable()
        const map = new Map<string, number>()
        for (const text of texts) {
          expect(table.next(text)).toBe(map.get(text) ?? 0)
          map.set(text, (map.get(text) ?? 0) + 1)
        }
        for (const text of map.keys()) expect(table.has(text)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('tells 300,000 texts apart that differ in one letter', () => {
    const table = new OccurrenceTable()
    let met = 0
    for (let i = 0; i < 300_000; i++) met += table.next(`TAAAAA-${i}-AAAAA`)
    expect(met).toBe(0)
    expect(table.next('TAAAAA-77-AAAAA')).toBe(1)
  })
})

describe('order within one moment', () => {
  const orders = (rows: readonly (readonly [string, number])[]) => {
    const order = new FileOrder()
    const places = rows.map(([text, time]) => order.place(text, time))
    return places.map((place) => order.order(place))
  }

  it('follows the file where it runs one way', () => {
    expect(
      orders([
        ['a', 1],
        ['a', 1],
        ['b', 2],
      ]),
    ).toEqual([0, 1, 0])
    expect(
      orders([
        ['b', 2],
        ['a', 1],
        ['a', 1],
      ]),
    ).toEqual([0, 0, -1])
  })

  it('is not declared by a file that jumps or has one moment only', () => {
    expect(
      orders([
        ['a', 1],
        ['b', 2],
        ['a', 1],
      ]),
    ).toEqual([undefined, undefined, undefined])
  })
})
