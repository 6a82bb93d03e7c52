import { describe, expect, test } from 'vitest'
import { scenarioDifferences } from './scenario-differences.ts'

const row = {
  event: 's',
  asset: 'BTC',
  amount: '1',
  proceeds: '40000.00',
  fees: '0',
  cost: '33.333333333333333333',
  gain: '1',
}

describe('comparing a result with a scenario', () => {
  test('equal numbers written differently agree', () => {
    expect(
      scenarioDifferences({ disposals: [{ proceeds: '40000', cost: '~33.33' }], totals: {} }, { disposals: [row] }),
    ).toEqual([])
  })
  test('a wrong number, a missing row and a row too many are told', () => {
    expect(scenarioDifferences({ disposals: [{ proceeds: '40001' }] }, { disposals: [row] })).toHaveLength(2)
    expect(scenarioDifferences({ disposals: [{ asset: 'BTC' }, { asset: 'ETH' }] }, { disposals: [row] })).toHaveLength(
      1,
    )
    expect(scenarioDifferences({ disposals: [] }, { disposals: [row] })).toHaveLength(1)
    expect(scenarioDifferences({ disposals: [{ cost: '~33.35' }] }, { disposals: [row] })).toHaveLength(2)
  })
  test('a vague row does not take the partner of a precise one', () => {
    const other = { ...row, asset: 'ETH' }
    const expected = { disposals: [{ event: 's' }, { asset: 'BTC' }] }
    expect(scenarioDifferences(expected, { disposals: [row, other] })).toEqual([])
  })
  test('sums are taken over the rows that agree', () => {
    const expected = { disposalSums: [{ event: 's', asset: 'BTC', amount: '2', proceeds: '80000' }] }
    expect(scenarioDifferences(expected, { disposals: [row, row] })).toEqual([])
    expect(scenarioDifferences(expected, { disposals: [row] })).toHaveLength(2)
  })
  test('a missing price that nobody expected is told, other open points are not', () => {
    expect(scenarioDifferences({}, { open: [{ code: 'missing-price', event: 'e' }] })).toHaveLength(1)
    expect(scenarioDifferences({}, { open: [{ code: 'note', event: 'e' }] })).toEqual([])
    expect(scenarioDifferences({ open: [] }, { open: [{ code: 'note', event: 'e' }] })).toHaveLength(1)
    expect(scenarioDifferences({ open: [{ code: 'missing-price' }] }, { open: [] })).toHaveLength(1)
  })
  test('totals and form rows are compared', () => {
    expect(scenarioDifferences({ totals: { 2025: { gain: '1' } } }, { totals: { 2025: { gain: '1.00' } } })).toEqual([])
    expect(scenarioDifferences({ totals: { 2025: { gain: '1' } } }, { totals: {} })).toHaveLength(1)
    expect(scenarioDifferences({ forms: { x: [{ d: '2' }] } }, { forms: { x: [{ d: '2.00' }] } })).toEqual([])
    expect(scenarioDifferences({ forms: { x: [{ d: '2' }] } }, { forms: {} })).toHaveLength(1)
  })
})
