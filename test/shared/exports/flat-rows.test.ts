/** Rows for other tools: whatever an event looks like, each account holds the same afterwards. */
import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import type { Amount } from '../../../shared/amount/amount.ts'
import { parseAmount } from '../../../shared/amount/decimal.ts'
import type { AccountId, AssetId } from '../../../shared/events/identifiers.ts'
import { type Books, holdingsOf } from '../../../shared/exports/books.ts'
import { coinTrackingTable } from '../../../shared/exports/cointracking.ts'
import { flatRows } from '../../../shared/exports/flat-rows.ts'
import { koinlyFiles } from '../../../shared/exports/koinly.ts'
import { rotkiFiles } from '../../../shared/exports/rotki.ts'
import { madeUpBooks } from './made-up-books.ts'

const OPTIONS = { numRuns: 150, seed: 31 }

function nonZero(map: ReadonlyMap<string, bigint>): [string, bigint][] {
  return [...map].filter(([, amount]) => amount !== 0n).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Units of each account and asset. */
function heldOf(books: Books): [string, bigint][] {
  const sums = new Map<string, bigint>()
  for (const [account, held] of holdingsOf(books)) {
    for (const [asset, amount] of held) sums.set(`${account} ${asset}`, amount)
  }
  return nonZero(sums)
}

test('rows move what the events move, account by account', () => {
  fc.assert(
    fc.property(madeUpBooks, (books) => {
      const sums = new Map<string, bigint>()
      const add = (account: AccountId, asset: AssetId, amount: bigint): void => {
        const key = `${account} ${asset}`
        sums.set(key, (sums.get(key) ?? 0n) + amount)
      }
      for (const event of books.events) {
        for (const { account, sent, received, fee } of flatRows(event)) {
          if (sent !== null) add(account, sent.asset, -sent.amount)
          if (received !== null) add(account, received.asset, received.amount)
          if (fee !== null) add(account, fee.asset, -fee.amount)
        }
      }
      expect(nonZero(sums)).toEqual(heldOf(books))
    }),
    OPTIONS,
  )
})

/** A file's rows by column name. */
const rowsOf = (text: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data

const units = (text: string): bigint => (text === '' ? 0n : (parseAmount(text) as Amount))

/** Units of each asset over all accounts: amounts under each currency's name. */
function totalOf(books: Books): bigint[] {
  const sums = new Map<string, bigint>()
  for (const held of holdingsOf(books).values()) {
    for (const [asset, amount] of held) sums.set(asset, (sums.get(asset) ?? 0n) + amount)
  }
  return nonZero(sums)
    .map(([, amount]) => amount)
    .sort((a, b) => (a < b ? -1 : 1))
}

function totalOfFiles(
  texts: readonly string[],
  columns: readonly (readonly [amount: string, currency: string, sign: 1n | -1n])[],
): bigint[] {
  const sums = new Map<string, bigint>()
  for (const text of texts) {
    for (const row of rowsOf(text)) {
      for (const [amount, currency, sign] of columns) {
        const name = row[currency] ?? ''
        if (name === '') continue
        sums.set(name, (sums.get(name) ?? 0n) + sign * units(row[amount] ?? ''))
      }
    }
  }
  return nonZero(sums)
    .map(([, amount]) => amount)
    .sort((a, b) => (a < b ? -1 : 1))
}

describe('the files add up to what the books hold', () => {
  test('Koinly', () => {
    fc.assert(
      fc.property(madeUpBooks, (books) => {
        const texts = koinlyFiles(books, 'books').files.map(({ text }) => text)
        const columns = [
          ['Sent Amount', 'Sent Currency', -1n],
          ['Received Amount', 'Received Currency', 1n],
          ['Fee Amount', 'Fee Currency', -1n],
        ] as const
        expect(totalOfFiles(texts, columns)).toEqual(totalOf(books))
      }),
      OPTIONS,
    )
  })

  test('CoinTracking, whose purchases are what arrived', () => {
    fc.assert(
      fc.property(madeUpBooks, (books) => {
        const { files } = coinTrackingTable(books, 'books')
        const text = files[0]?.text ?? ''
        const columns = [
          ['Sell Amount', 'Sell Currency', -1n],
          ['Buy Amount', 'Buy Currency', 1n],
          ['Fee', 'Fee Currency', -1n],
        ] as const
        const sums = new Map<string, bigint>()
        for (const row of rowsOf(text)) {
          for (const [amount, currency, sign] of columns) {
            const name = row[currency] ?? ''
            if (name !== '') sums.set(name, (sums.get(name) ?? 0n) + sign * units(row[amount] ?? ''))
          }
        }
        for (const row of rowsOf(text)) {
          const name = row['Fee Currency'] ?? ''
          if (name === '' || row['Sell Currency'] === '' || name !== row['Buy Currency']) continue
          sums.set(name, (sums.get(name) ?? 0n) + units(row.Fee ?? ''))
        }
        const total = nonZero(sums).map(([, amount]) => amount)
        expect(total.sort((a, b) => (a < b ? -1 : 1))).toEqual(totalOf(books))
      }),
      OPTIONS,
    )
  })

  test('rotki', () => {
    fc.assert(
      fc.property(madeUpBooks, (books) => {
        const [events, trades] = rotkiFiles(books, 'books').files
        const ways: Readonly<Record<string, 1n | -1n>> = { Deposit: 1n, Income: 1n, Staking: 1n }
        const sums = new Map<string, bigint>()
        const add = (name: string, amount: bigint): void => {
          if (name !== '') sums.set(name, (sums.get(name) ?? 0n) + amount)
        }
        for (const row of rowsOf(events?.text ?? '')) {
          add(row.Currency as string, (ways[row.Type as string] ?? -1n) * units(row.Amount as string))
          add(row['Fee Currency'] as string, -units(row.Fee as string))
        }
        for (const row of rowsOf(trades?.text ?? '')) {
          add(row['Receive Currency'] as string, units(row['Receive Amount'] as string))
          add(row['Spend Currency'] as string, -units(row['Spend Amount'] as string))
          add(row['Fee Currency'] as string, -units(row.Fee as string))
        }
        const total = nonZero(sums).map(([, amount]) => amount)
        expect(total.sort((a, b) => (a < b ? -1 : 1))).toEqual(totalOf(books))
      }),
      OPTIONS,
    )
  })
})

test('no cell of free text can become a formula', () => {
  fc.assert(
    fc.property(madeUpBooks, (books) => {
      for (const { text } of [
        ...koinlyFiles(books, 'x').files,
        ...coinTrackingTable(books, 'x').files,
        ...rotkiFiles(books, 'x').files,
      ]) {
        for (const cells of Papa.parse<string[]>(text).data) {
          for (const cell of cells) expect(/^[=+@\t\r]|^-\D/.test(cell), cell).toBe(false)
        }
      }
    }),
    { numRuns: 50, seed: 32 },
  )
})
