import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAmount } from '../../../shared/amount/decimal.ts'
import { checkRecipe, frozenProblem, parseRecipe } from '../../../shared/recipes/check-recipe.ts'
import { tryRecipe } from '../../../shared/recipes/preview-recipe.ts'
import type { Recipe } from '../../../shared/recipes/recipe.ts'
import { suggestRecipe } from '../../../shared/recipes/suggest-recipe.ts'
import type { SourceRow, TableHeader } from '../../../shared/sources/source-format.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function table(text: string): { header: TableHeader; rows: SourceRow[] } {
  const [names = [], ...cells] = text
    .trim()
    .split('\n')
    .map((line) => line.split(';'))
  const rows = cells.map((row, n) => ({ row: n + 2, cells: row }))
  return { header: { row: 1, names, fileName: 'mine.csv', sample: rows.slice(0, 20), preamble: [] }, rows }
}
const account = { name: 'My place', kind: 'exchange' as const }

const recipe: Recipe = {
  schema: 'tallystick/recipe@1',
  id: 'mine-1',
  version: 1,
  name: 'Mine',
  venue: 'Mine',
  account,
  header: { columns: ['When', 'What', 'Coin', 'Units'], optional: ['Fee', 'Pair', 'Price', 'Ref', 'State'] },
  time: { columns: ['When'], format: 'dmy', zone: 'Europe/Berlin' },
  decimals: ',',
  identity: { columns: ['When', 'What', 'Coin', 'Units'] },
  word: {
    columns: ['What'],
    meanings: {
      Kauf: { kind: 'by-legs', flow: 'in' },
      Verkauf: { kind: 'by-legs', flow: 'out' },
      Zinsen: { kind: 'lending_interest', flow: 'in' },
      Gebührenzeile: { kind: 'skip', reason: 'fees stand with their trades' },
    },
  },
  legs: [
    { amount: { column: 'Units' }, asset: { column: 'Coin' }, sign: 'with-word' },
    { amount: { column: 'Fee' }, asset: { symbol: 'EUR' }, sign: 'fee' },
  ],
}
const tried = (given: unknown, text: string) => {
  const { header, rows } = table(text)
  return tryRecipe(given, header, rows, sha256)
}
const legsOf = (given: unknown, text: string) =>
  tried(given, text).events.map(
    ({ kind, legs }) =>
      `${kind}: ${legs.map(({ role, amount, asset }) => `${role} ${formatAmount(amount)} ${asset.symbol}`).join(', ')}`,
  )

describe('a recipe', () => {
  it('reads times, decimals, words and fees as it says, in the zone it says', () => {
    const text = 'When;What;Coin;Units;Fee\n03.02.2024 10:30;Zinsen;BTC;1.000,5;0,25\n04.02.2024 11:00;kauf;ETH;2;'
    expect(legsOf(recipe, text)).toEqual(['lending_interest: in 1000.5 BTC, fee 0.25 EUR', 'unmatched_in: in 2 ETH'])
    const [first] = tried(recipe, text).events
    expect(new Date(first?.time ?? 0).toISOString()).toBe('2024-02-03T09:30:00.000Z')
    expect(first?.sourceKind).toBe('Zinsen')
  })

  it('says of every row what became of it, with the column that stopped it', () => {
    const text =
      'When;What;Coin;Units\n31.02.2024 10:30;Kauf;BTC;1\n01.02.2024;Tausch;BTC;1\n01.02.2024;Kauf;BTC;abc\n01.02.2024;Kauf;BTC;\n01.02.2024;Gebührenzeile;BTC;1'
    const { rows } = tried(recipe, text)
    expect(rows.map((row) => [row.row, row.outcome, 'column' in row ? row.column : undefined])).toEqual([
      [2, 'not-understood', 'When'],
      [3, 'not-understood', 'What'],
      [4, 'not-understood', 'Units'],
      [5, 'not-understood', 'Units'],
      [6, 'skipped', undefined],
    ])
    expect(rows[4]).toMatchObject({ reason: 'fees stand with their trades' })
  })

  it('takes a market apart and multiplies units by price', () => {
    const market: Recipe = {
      ...recipe,
      decimals: '.',
      legs: [
        { amount: { column: 'Units' }, asset: { pair: 'Pair', part: 'base', separator: '/' }, sign: 'with-word' },
        {
          amount: { product: ['Units', 'Price'] },
          asset: { pair: 'Pair', part: 'quote', separator: '/' },
          sign: 'against-word',
        },
      ],
    }
    const text =
      'When;What;Coin;Units;Pair;Price\n01.02.2024;Kauf;x;0.5;BTC/EUR;40000.10\n02.02.2024;Verkauf;x;0.1;ETH/BTC;0.05'
    expect(legsOf(market, text)).toEqual(['buy: out 20000.05 EUR, in 0.5 BTC', 'trade: out 0.1 ETH, in 0.005 BTC'])
  })

  it('joins rows that share a key into one event', () => {
    const paired: Recipe = {
      ...recipe,
      header: { columns: ['When', 'What', 'Coin', 'Units', 'Ref'] },
      legs: [{ amount: { column: 'Units' }, asset: { column: 'Coin' }, sign: 'as-written' }],
      group: { columns: ['Ref'] },
    }
    const text =
      'When;What;Coin;Units;Ref\n01.02.2024;Kauf;EUR;-100;a\n01.02.2024;Kauf;BTC;0,5;a\n02.02.2024;Kauf;BTC;1;b\n03.02.2024;Kauf;BTC;2;'
    expect(legsOf(paired, text).toSorted()).toEqual([
      'buy: out 100 EUR, in 0.5 BTC',
      'unmatched_in: in 1 BTC',
      'unmatched_in: in 2 BTC',
    ])
  })

  it('leaves rows out whose status is none of those it names', () => {
    const withStatus = { ...recipe, status: { column: 'State', keep: ['done'] } }
    const text = 'When;What;Coin;Units;State\n01.02.2024;Kauf;BTC;1;Done\n01.02.2024;Kauf;BTC;1;failed'
    expect(tried(withStatus, text).rows.map(({ outcome }) => outcome)).toEqual(['event', 'skipped'])
  })

  it('keeps equal rows two, with ids that no zone and no version changes', () => {
    const text = 'When;What;Coin;Units\n01.02.2024 10:00;Kauf;BTC;1\n01.02.2024 10:00;Kauf;BTC;1'
    const ids = (given: Recipe) => tried(given, text).events.map(({ group }) => group)
    expect(new Set(ids(recipe)).size).toBe(2)
    expect(ids({ ...recipe, version: 7, time: { ...recipe.time, zone: 'America/New_York' } })).toEqual(ids(recipe))
  })
})

describe('what is wrong with a recipe', () => {
  const problems = (value: unknown) => {
    const checked = checkRecipe(value)
    return checked.ok ? [] : checked.problems.map(({ path, text }) => `${path}: ${text}`)
  }

  it('is said member by member: unknown members, columns that are not there, zones that are none', () => {
    expect(problems(recipe)).toEqual([])
    expect(problems({ ...recipe, script: 'alert(1)' }).join()).toContain('a recipe has no member called “script”')
    expect(problems({ ...recipe, hash: 'Nope' })).toEqual([
      'hash: the column “Nope” is not among the columns of the header',
    ])
    expect(problems({ ...recipe, time: { ...recipe.time, zone: 'Mars/Olympus' } })[0]).toContain('time.zone')
    expect(problems({ ...recipe, identity: { columns: ['When', 'State'] } }).join()).toContain('cannot identify a row')
    expect(problems({ ...recipe, word: undefined })[0]).toContain('which way')
    expect(parseRecipe('{').ok).toBe(false)
  })

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), fc.jsonValue(), (anything, json) => {
        expect(checkRecipe(anything).ok).toBe(false)
        expect(checkRecipe({ ...recipe, legs: json }).ok).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('a recipe that read rows keeps what identifies them', () => {
    expect(frozenProblem(recipe, { ...recipe, name: 'Other', decimals: '.' })).toBeNull()
    expect(frozenProblem(recipe, { ...recipe, identity: { columns: ['When', 'Units'] } })?.text).toContain('another id')
    expect(frozenProblem(recipe, { ...recipe, group: { columns: ['What'] } })).not.toBeNull()
  })
})

describe('a first mapping', () => {
  const suggested = (text: string) => {
    const { header, rows } = table(text)
    return suggestRecipe(header, rows, 'mine-2', account)
  }

  it('of two sides with fee, note and hash needs no hand', () => {
    const text = `Date;Sent Amount;Sent Currency;Received Amount;Received Currency;Fee;Fee Currency;TxHash;Note
2024-01-02 10:00:00 UTC;100;EUR;0.5;BTC;1;EUR;abc;first
2024-01-03 10:00:00 UTC;;;0.01;BTC;;;def;gift`
    const { recipe: found, questions } = suggested(text)
    expect(questions).toEqual([])
    expect(found?.time).toEqual({ columns: ['Date'], format: 'iso', zone: 'UTC' })
    expect(legsOf(found, text)).toEqual(['buy: out 100 EUR, in 0.5 BTC, fee 1 EUR', 'unmatched_in: in 0.01 BTC'])
    expect(tried(found, text).events[0]).toMatchObject({ hash: 'abc', note: 'first' })
  })

  it('of a market with sides takes price times quantity, and asks for the zone', () => {
    const text = `Time;Pair;Side;Price;Quantity;Fee;Fee Coin;Order ID
2024-01-02 10:00:00;BTC/USDT;BUY;40000;0.5;0.0005;BTC;1
2024-01-03 10:00:00;ETH/USDT;SELL;2000;1;2;USDT;2`
    const { recipe: found, questions } = suggested(text)
    expect(questions.map(({ about }) => about)).toEqual(['zone'])
    expect(found?.identity.id).toBe('Order ID')
    expect(legsOf(found, text)).toEqual([
      'trade: out 20000 USDT, in 0.5 BTC, fee 0.0005 BTC',
      'trade: out 1 ETH, in 2000 USDT, fee 2 USDT',
    ])
  })

  it('asks what it cannot know: the order of a date, and words it never met', () => {
    const { questions } = suggested(
      `Date;Type;Amount;Currency\n03/02/2024 10:00;Frobnicate;1;BTC\n04/02/2024 11:00;Deposit;2;BTC`,
    )
    expect(questions.map(({ about }) => about).sort()).toEqual(['time', 'words', 'zone'])
    expect(questions.find(({ about }) => about === 'words')?.choices).toEqual(['Frobnicate'])
  })

  it('of a poem is none', () => {
    expect(suggested('Roses are red;Violets are blue\nSugar;is sweet').recipe).toBeNull()
  })

  it('is always a recipe that passes its own check', () => {
    const cell = fc.constantFrom('2024-01-02 10:00', '1.5', '-2', 'BTC', 'Buy', 'EUR', '', 'x/y', '03.04.2024')
    const name = fc.constantFrom(
      'Date',
      'Type',
      'Amount',
      'Currency',
      'Pair',
      'Price',
      'Fee',
      'ID',
      'Status',
      'Sent Amount',
      'Sent Currency',
      'Note',
      'Hash',
      'Balance',
    )
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 9 }),
        fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 6 }),
        (names, cells) => {
          const rows = cells.map((row, n) => ({ row: n + 2, cells: row }))
          const header = { row: 1, names, fileName: 'x', sample: rows, preamble: [] }
          const { recipe: found } = suggestRecipe(header, rows, 'mine-3', account)
          if (found === null) return
          const checked = checkRecipe(found)
          expect(checked.ok ? [] : checked.problems).toEqual([])
          expect(tryRecipe(found, header, rows, sha256).rows).toHaveLength(rows.length)
        },
      ),
      { numRuns: 500 },
    )
  })
})
