import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Edge } from '../../../shared/matching/assignment.ts'
import { assign, components } from '../../../shared/matching/assignment.ts'

const edges = fc.uniqueArray(fc.record({ out: fc.nat(5), in: fc.nat(5), score: fc.integer({ min: -5, max: 30 }) }), {
  selector: ({ out, in: into }) => `${out}-${into}`,
  maxLength: 16,
})
const sum = (list: readonly Edge[]) => list.reduce((total, edge) => total + edge.score, 0)

/** The best sum by trying everything. */
function best(list: readonly Edge[]): number {
  const [edge, ...rest] = list
  if (!edge) return 0
  const apart = rest.filter((other) => other.out !== edge.out && other.in !== edge.in)
  return Math.max(best(rest), edge.score + best(apart))
}

test('no other assignment has a greater sum, and no movement is used twice', () => {
  fc.assert(
    fc.property(edges, (list) => {
      const taken = assign(list)
      expect(sum(taken)).toBe(best(list))
      expect(new Set(taken.map(({ out }) => out)).size).toBe(taken.length)
      expect(new Set(taken.map((edge) => edge.in)).size).toBe(taken.length)
    }),
    { numRuns: 500 },
  )
})

test('the order in which candidates come does not matter', () => {
  fc.assert(
    fc.property(edges, (list) => {
      const key = (taken: Edge[]) => taken.map(({ out, in: into }) => `${out}-${into}`).sort()
      expect(key(assign([...list].reverse()))).toEqual(key(assign(list)))
    }),
  )
})

test('a nearer wrong pair does not steal the only partner of another', () => {
  const taken = assign([
    { out: 0, in: 0, score: 10 },
    { out: 0, in: 1, score: 9 },
    { out: 1, in: 0, score: 8 },
  ])
  expect(taken.map(({ out, in: into }) => [out, into])).toEqual([
    [1, 0],
    [0, 1],
  ])
})

test('components partition the candidates, and none is larger than the bound', () => {
  fc.assert(
    fc.property(edges, fc.integer({ min: 2, max: 6 }), (list, bound) => {
      expect(components(list).flat()).toHaveLength(list.length)
      for (const group of components(list, bound)) {
        const nodes = new Set(group.flatMap(({ out, in: into }) => [`o${out}`, `i${into}`]))
        expect(nodes.size).toBeLessThanOrEqual(bound)
      }
      const owner = new Map<string, number>()
      components(list).forEach((group, i) => {
        for (const edge of group)
          for (const node of [`o${edge.out}`, `i${edge.in}`]) {
            expect(owner.get(node) ?? i).toBe(i)
            owner.set(node, i)
          }
      })
    }),
  )
})
