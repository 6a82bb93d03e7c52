/** The journals, read by the programs they are for. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { formatAmount } from '../../../shared/amount/decimal.ts'
import type { AccountId, AssetId } from '../../../shared/events/identifiers.ts'
import { beancountJournal } from '../../../shared/exports/beancount.ts'
import { type Books, holdingsOf } from '../../../shared/exports/books.ts'
import { hledgerJournal } from '../../../shared/exports/hledger.ts'
import { postingsOf } from '../../../shared/exports/journal-postings.ts'
import { madeUpBooks } from './made-up-books.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallystick-journals-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const program = (name: string): boolean => spawnSync(name, ['--version']).status === 0
function needs(name: string, context: TestContext): void {
  if (!program(name)) context.skip(`${name} is not installed here`)
}

function ran(name: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(name, args, {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C.UTF-8' },
  })
  expect(`${status} ${stderr}`).toBe('0 ')
  return stdout
}

function written(fileName: string, text: string): string {
  const path = join(folder, fileName)
  writeFileSync(path, text)
  return path
}

/** Balances other than zero, as text, sorted. */
function heldOf(books: Books): string[] {
  const lines: string[] = []
  for (const held of holdingsOf(books).values()) {
    for (const amount of held.values()) if (amount !== 0n) lines.push(formatAmount(amount))
  }
  return lines.sort()
}

test('the postings of every event sum to zero in each asset', () => {
  fc.assert(
    fc.property(madeUpBooks, (books) => {
      for (const event of books.events) {
        const sums = new Map<AssetId, bigint>()
        for (const { asset, amount } of postingsOf(event)) sums.set(asset, (sums.get(asset) ?? 0n) + amount)
        expect([...sums.values()].filter((sum) => sum !== 0n)).toEqual([])
      }
    }),
    { numRuns: 200, seed: 11 },
  )
})

test('the same books give the same journal, byte for byte', () => {
  const [books] = fc.sample(madeUpBooks, { numRuns: 1, seed: 3 }) as [Books]
  expect(hledgerJournal(books, 'x')).toEqual(hledgerJournal(structuredClone(books), 'x'))
  expect(beancountJournal(books, 'x')).toEqual(beancountJournal(structuredClone(books), 'x'))
})

describe('hledger', () => {
  test('accepts any books in strict mode, closing assertions included, and holds what they hold', (context) => {
    needs('hledger', context)
    fc.assert(
      fc.property(madeUpBooks, (books) => {
        const path = written('any.journal', hledgerJournal(books, 'any').files[0]?.text ?? '')
        ran('hledger', ['-f', path, '-s', 'check', 'ordereddates'])
        const rows = ran('hledger', [
          '-f',
          path,
          'bal',
          '--flat',
          '--layout=tidy',
          '-O',
          'csv',
          'assets',
          'not:pledged',
        ])
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => (/"([^"]*)"$/.exec(line) as RegExpExecArray)[1] as string)
        const held = rows
          .map((text) => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''))
          .filter((text) => text !== '0')
        expect(held.sort()).toEqual(heldOf(books))
      }),
      { numRuns: 12, seed: 21 },
    )
  })

  test('refuses the journal when one figure is changed', (context) => {
    needs('hledger', context)
    const [books] = fc.sample(madeUpBooks, { numRuns: 1, seed: 5 }) as [Books]
    const text = hledgerJournal(books, 'x').files[0]?.text ?? ''
    const path = written('changed.journal', text.replace(/^( {4}Assets:.* {2})(-?)(\d)/m, '$1$29$3'))
    expect(spawnSync('hledger', ['-f', path, '-s', 'check']).status).not.toBe(0)
  })
})

describe('Beancount', () => {
  test('accepts any books without a word, balance lines included', (context) => {
    needs('bean-check', context)
    fc.assert(
      fc.property(madeUpBooks, (books) => {
        ran('bean-check', ['--no-cache', written('any.beancount', beancountJournal(books, 'any').files[0]?.text ?? '')])
      }),
      { numRuns: 8, seed: 22 },
    )
  })

  test('refuses the journal when one balance is changed', (context) => {
    needs('bean-check', context)
    const [books] = fc.sample(madeUpBooks, { numRuns: 1, seed: 5 }) as [Books]
    const text = beancountJournal(books, 'x').files[0]?.text ?? ''
    const path = written('changed.beancount', text.replace(/^(\S+ balance \S+ {2})(-?)(\d)/m, '$1$29$3'))
    expect(spawnSync('bean-check', ['--no-cache', path]).status).not.toBe(0)
  })
})

test('two accounts of one name, and a token that calls itself money, stay apart', () => {
  const books: Books = {
    currency: 'USD' as Books['currency'],
    zone: 'UTC' as Books['zone'],
    accounts: [
      { id: 'a' as AccountId, name: 'Wallet', kind: 'wallet' },
      { id: 'b' as AccountId, name: 'wallet', kind: 'wallet' },
    ],
    assets: [
      { id: 'USD' as AssetId, kind: 'fiat' },
      { id: 'fake' as AssetId, symbol: 'USD', kind: 'token', chain: 'ethereum', contract: '0xdead' },
    ],
    prices: [],
    events: [
      {
        id: 'e1' as never,
        time: 0 as never,
        kind: 'airdrop',
        legs: [
          { role: 'in', account: 'a' as AccountId, asset: 'fake' as AssetId, amount: (10n ** 24n) as never },
          { role: 'in', account: 'b' as AccountId, asset: 'USD' as AssetId, amount: (10n ** 24n) as never },
        ],
      },
    ],
  }
  const hledger = hledgerJournal(books, 'x').files[0]?.text ?? ''
  expect(hledger).toContain('    Assets:Wallet  1 "USD-2"')
  expect(hledger).toContain('    Assets:wallet-2  1 USD')
  expect(hledger).toContain('; "USD-2" is fake token ethereum 0xdead')
  const beancount = beancountJournal(books, 'x').files[0]?.text ?? ''
  expect(beancount).toContain('  Assets:Held:Wallet  1 USD-2')
  expect(beancount).toContain('  Assets:Held:Wallet-2  1 USD')
})
