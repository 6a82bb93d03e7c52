import { expect, test } from 'vitest'
import {
  blankRecipe,
  completed,
  hasLots,
  namesOf,
  plainIdentity,
  type Recipe,
} from '../../../renderer/stages/read-in/mapping/mapping-draft.ts'
import { checkRecipe } from '../../../shared/recipes/check-recipe.ts'

const NAMES = ['Date', 'What', 'Amount', 'Coin', 'Balance', 'Remark']

const mapped: Recipe = {
  ...blankRecipe('folder/mine.csv', NAMES, 'mine-1'),
  time: { columns: ['Date'], format: 'dmy', zone: 'UTC' },
  legs: [{ amount: { column: 'Amount' }, asset: { column: 'Coin' }, sign: 'as-written' }],
  note: ['Remark'],
}

test('a header gives each name once, and no empty one', () => {
  expect(namesOf(['Date', ' ', 'date ', 'Amount'])).toEqual(['Date', 'Amount'])
})

test('a mapping of chosen columns is one that the engine accepts, and demands no column it does not read', () => {
  const recipe = completed(mapped, NAMES, false)
  expect(recipe.header).toEqual({ columns: ['Date', 'Amount', 'Coin', 'Remark'], optional: ['What', 'Balance'] })
  expect(checkRecipe(recipe)).toMatchObject({ ok: true })
  expect(recipe.name).toBe('mine')
})

test('rows are told apart by time, words and amounts, never by a balance or a note, until columns are chosen', () => {
  const withBalance: Recipe = {
    ...mapped,
    word: { columns: ['What'], meanings: {} },
    legs: [...mapped.legs, { amount: { column: 'Balance' }, asset: { symbol: 'EUR' }, sign: 'fee' }],
  }
  expect(plainIdentity(withBalance)).toEqual(['Date', 'What', 'Amount', 'Coin'])
  const chosen = { ...mapped, identity: { columns: ['Date'] } }
  expect(completed(chosen, NAMES, true).identity.columns).toEqual(['Date'])
  expect(completed(chosen, NAMES, false).identity.columns).toEqual(['Date', 'Amount', 'Coin'])
})

test('a mapping of lots demands the columns of day, cost and wallet that it reads', () => {
  const names = ['Coin', 'Units', 'Bought', 'Paid', 'Depot', 'Rank']
  const lots: Recipe = {
    ...blankRecipe('lots.csv', names, 'lots-1'),
    time: { columns: ['Bought'], format: 'dmy', zone: 'UTC' },
    word: { columns: ['Coin'], meanings: {}, otherwise: { kind: 'opening_lot' } },
    legs: [
      {
        amount: { column: 'Units' },
        asset: { column: 'Coin' },
        sign: 'in',
        acquired: 'Bought',
        cost: { amount: { column: 'Paid' }, currency: { symbol: 'EUR' } },
      },
    ],
    wallet: 'Depot',
  }
  expect([hasLots(lots), hasLots(mapped)]).toEqual([true, false])
  const recipe = completed(lots, names, false)
  expect(recipe.header).toEqual({ columns: ['Coin', 'Units', 'Bought', 'Paid', 'Depot'], optional: ['Rank'] })
  expect(recipe.identity.columns).toEqual(expect.arrayContaining(['Bought', 'Paid', 'Units', 'Coin']))
  expect(checkRecipe(recipe)).toMatchObject({ ok: true })
})
