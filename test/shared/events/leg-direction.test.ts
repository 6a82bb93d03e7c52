import { expect, test } from 'vitest'
import type { Amount } from '../../../shared/amount/amount.ts'
import { parseAmount } from '../../../shared/amount/decimal.ts'
import type { Leg, Role } from '../../../shared/events/event.ts'
import type { AccountId, AssetId } from '../../../shared/events/identifiers.ts'
import { directionOf } from '../../../shared/events/leg-direction.ts'

const leg = (role: Role, amount: string, more: Partial<Leg> = {}): Leg => ({
  role,
  account: 'kraken' as AccountId,
  asset: 'DOT' as AssetId,
  amount: parseAmount(amount) as Amount,
  ...more,
})
const held = (legs: readonly Leg[]): bigint =>
  legs.reduce((sum, one) => sum + BigInt(directionOf(one, legs)) * one.amount, 0n)
const units = (amount: string): bigint => parseAmount(amount) as Amount

test('a fee inside what is given has left with it', () => {
  expect(held([leg('out', '1'), leg('fee', '0.1', { included: true })])).toBe(units('-1'))
})

test('a fee kept back out of what is received is taken from it', () => {
  const fee = leg('fee', '0.1', { for: 'in', included: true, withheld: true })
  expect(held([leg('in', '1'), fee])).toBe(units('0.9'))
})

test('a fee of its own moves its own units', () => {
  expect(held([leg('in', '1'), leg('fee', '0.1')])).toBe(units('0.9'))
  expect(held([leg('out', '1'), leg('fee', '0.1')])).toBe(units('-1.1'))
})

test('without a word of where it belongs, an included fee belongs to the out of its coin', () => {
  const legs = [leg('out', '1'), leg('in', '1'), leg('fee', '0.1', { included: true })]
  expect(held(legs)).toBe(0n)
})
