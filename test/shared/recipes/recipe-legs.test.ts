import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { formatAmount, formatMoney } from '../../../shared/amount/decimal.ts'
import { checkRecipe } from '../../../shared/recipes/check-recipe.ts'
import { tryRecipe } from '../../../shared/recipes/preview-recipe.ts'
import { suggestRecipe } from '../../../shared/recipes/suggest-recipe.ts'
import type { LegDraft, SourceRow, TableHeader } from '../../../shared/sources/source-format.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const account = { name: 'My place', kind: 'exchange' as const }

function table(text: string): { header: TableHeader; rows: SourceRow[] } {
  const [names = [], ...cells] = text
    .trim()
    .split('\n')
    .map((line) => line.split(';'))
  const rows = cells.map((row, n) => ({ row: n + 2, cells: row }))
  return { header: { row: 1, names, fileName: 'mine.csv', sample: rows.slice(0, 20), preamble: [] }, rows }
}
const tried = (given: unknown, text: string) => {
  const { header, rows } = table(text)
  return tryRecipe(given, header, rows, sha256)
}
const legText = ({ role, amount, asset, included, value }: LegDraft): string =>
  [
    `${role} ${formatAmount(amount)} ${asset.symbol}`,
    included === true ? 'included' : '',
    value === undefined ? '' : `= ${formatMoney(value.amount)} ${value.currency}`,
  ]
    .filter((text) => text !== '')
    .join(' ')

const joined = {
  schema: 'tallystick/recipe@1',
  id: 'joined-1',
  version: 1,
  name: 'Joined',
  venue: 'Joined',
  account,
  header: { columns: ['When', 'Order', 'Coin', 'Change', 'Fee', 'Worth'] },
  time: { columns: ['When'], format: 'iso', zone: 'UTC' },
  decimals: '.',
  identity: { columns: ['When', 'Order', 'Coin', 'Change'] },
  group: { columns: ['Order'] },
  legs: [
    {
      amount: { column: 'Change' },
      asset: { column: 'Coin' },
      sign: 'as-written',
      value: { amount: 'Worth', currency: { symbol: 'EUR' } },
    },
    { amount: { column: 'Fee' }, asset: { column: 'Coin' }, sign: 'fee', included: true },
  ],
}

describe('Rows that belong together', () => {
  it('keep a fee that is within the amounts within them, and what the file says they were worth', () => {
    const text =
      'When;Order;Coin;Change;Fee;Worth\n2024-01-01 10:00:00;A;BTC;0.5;0.001;20000\n2024-01-01 10:00:00;A;ETH;-8;;20000'
    const { events } = tried(joined, text)
    expect(events.map(({ kind, legs }) => [kind, legs.map(legText)])).toEqual([
      ['trade', ['out 8 ETH = 20000 EUR', 'in 0.5 BTC = 20000 EUR', 'fee 0.001 BTC included']],
    ])
  })

  it('have a fee of its own where less of its asset moved than it is', () => {
    const text =
      'When;Order;Coin;Change;Fee;Worth\n2024-01-01 10:00:00;A;BTC;0.5;0.6;20000\n2024-01-01 10:00:00;A;ETH;-8;;20000'
    const { group: _, ...alone } = joined
    for (const recipe of [joined, alone])
      expect(tried(recipe, text).events[0]?.legs.map(legText)).toContain('fee 0.6 BTC')
  })

  it('have a fee of its own where nothing of its asset moved', () => {
    const moved = { amount: { column: 'Change' }, asset: { column: 'Coin' }, sign: 'as-written' }
    const clean = { ...joined, legs: [moved, { ...joined.legs[1], asset: { symbol: 'BNB' } }] }
    const text = 'When;Order;Coin;Change;Fee;Worth\n2024-01-01 10:00:00;A;BTC;0.5;0.001;'
    expect(tried(clean, text).events[0]?.legs.map(legText)).toEqual(['in 0.5 BTC', 'fee 0.001 BNB'])
    const { group: _, ...alone } = clean
    expect(tried(alone, text).events[0]?.legs.map(legText)).toEqual(['in 0.5 BTC', 'fee 0.001 BNB'])
  })

  it('are suggested where an id stands in rows of several assets', () => {
    const { header, rows } = table(
      'Order ID;Time;Coin;Change\nA1;2024-03-01 10:00:00Z;BTC;0.5\nA1;2024-03-01 10:00:00Z;USDT;-30000\nB2;2024-03-02 10:00:00Z;ETH;-2',
    )
    const { recipe, questions } = suggestRecipe(header, rows, 'mine-1', account)
    expect(recipe?.group?.columns).toEqual(['Order ID'])
    expect(questions.map(({ about }) => about)).toEqual(['identity'])
    expect(tryRecipe(recipe, header, rows, sha256).events.map(({ kind }) => kind)).toEqual(['trade', 'unmatched_out'])
  })
})

const LOTS = 'Posten;Coin;Menge;Kaufdatum;Anschaffungskosten (EUR);Depot'

describe('A journal of balance changes', () => {
  const text = [
    'Time (UTC);Journal Type;Instrument;Quantity;Trade ID',
    '2023-03-05 10:11:12.123;TRADING;BTC;0.01;11',
    '2023-03-05 10:11:12.123;TRADING;USDT;-230;11',
    '2023-03-05 10:11:12.123;TRADE_FEE;CRO;-0.5;11',
    '2023-03-06 10:11:12.123;TRADE_FEE;CRO;-0.1;12',
    '2023-03-06 11:11:12.123;TRADE_FEE;CRO;0.1;13',
    '2023-03-07 10:11:12.123;ONCHAIN_WITHDRAW;BTC;-0.5;',
  ].join('\n')

  it('is mapped by itself, and what a fee row takes is the fee of its trade', () => {
    const { header, rows } = table(text)
    const { recipe, questions } = suggestRecipe(header, rows, 'journal-1', account)
    expect(questions.map(({ about }) => about)).toEqual(['identity'])
    const { events } = tryRecipe(recipe, header, rows, sha256)
    expect(events.map(({ kind, legs }) => [kind, ...legs.map(legText)])).toEqual([
      ['unmatched_out', 'out 0.5 BTC'],
      ['trade', 'out 230 USDT', 'in 0.01 BTC', 'fee 0.5 CRO'],
      ['network_fee', 'fee 0.1 CRO'],
      ['fee_rebate', 'rebate 0.1 CRO'],
    ])
  })
})

describe('A table whose amounts are called units of an asset type', () => {
  it('is mapped by itself', () => {
    const { header, rows } = table(
      'Event;Date;Timezone;Status;Transaction ID;Unit Count;Asset Type\npurchase;2022-03-05 10:11:12+00:00;UTC;settled;t1;0.00123456;BTC\nwithdrawal;2022-04-05 10:11:12+00:00;UTC;settled;t2;0.001;BTC',
    )
    const { recipe, questions } = suggestRecipe(header, rows, 'units-1', account)
    expect(questions).toEqual([])
    const { events } = tryRecipe(recipe, header, rows, sha256)
    expect(events.map(({ kind, legs }) => [kind, ...legs.map(legText)])).toEqual([
      ['unmatched_in', 'in 0.00123456 BTC'],
      ['unmatched_out', 'out 0.001 BTC'],
    ])
  })
})

describe('A table of lots under names of its own', () => {
  const text = `${LOTS}\n1;BTC;0,5;14.03.2019;2.000,50;Kraken\n2;ETH;3;25.12.2020;0;Ledger`

  it('is mapped to opening lots with day, cost and place', () => {
    const { header, rows } = table(text)
    const { recipe, questions } = suggestRecipe(header, rows, 'lots-1', account)
    expect(questions).toEqual([])
    const { events } = tryRecipe(recipe, header, rows, sha256)
    expect(
      events.map(({ kind, legs: [lot] }) => [
        kind,
        lot === undefined ? '' : legText(lot),
        lot?.acquired,
        lot?.cost === undefined ? '' : `${formatMoney(lot.cost.amount)} ${lot.cost.currency}`,
        lot?.account?.name,
      ]),
    ).toEqual([
      ['opening_lot', 'in 0.5 BTC', '2019-03-14', '2000.5 EUR', 'Kraken'],
      ['opening_lot', 'in 3 ETH', '2020-12-25', '0 EUR', 'Ledger'],
    ])
  })

  it('says which lot has no day, no cost, or a cost in no currency', () => {
    const { header, rows } = table(text)
    const { recipe } = suggestRecipe(header, rows, 'lots-1', account)
    const bad = table(
      `${LOTS}\n1;BTC;0,5;14.03.2019;;Kraken\n2;ETH;3;25.12.2020;-1;Ledger\n3;ETH;3;31.02.2020;1;Ledger`,
    )
    expect(tryRecipe(recipe, header, bad.rows, sha256).rows.map((row) => ('reason' in row ? row.reason : ''))).toEqual([
      'the cost is missing; write 0 where there was none',
      'a cost is not negative',
      '“31.02.2020” is no time of the calendar that this source writes',
    ])
    const { header: bare, rows: more } = table('Coin;Menge;Kaufdatum;Anschaffungskosten\nBTC;0,5;14.03.2019;5')
    const asked = suggestRecipe(bare, more, 'lots-2', account)
    expect(asked.questions.map(({ text }) => text)).toEqual(['Say in which currency “Anschaffungskosten” is.'])
    expect(tryRecipe(asked.recipe, bare, more, sha256).events).toEqual([])
  })

  it('is not seen in a list of sales', () => {
    const { header, rows } = table(
      'Coin;Menge;Kaufdatum;Date Sold;Anschaffungskosten (EUR)\nBTC;1;14.03.2019;15.03.2020;5',
    )
    expect(suggestRecipe(header, rows, 'lots-1', account).recipe?.word?.otherwise?.kind).not.toBe('opening_lot')
  })

  it('cannot be a recipe without day and cost, nor join rows of several places', () => {
    const word = { columns: ['Coin'], meanings: {}, otherwise: { kind: 'opening_lot' } }
    const problems = (value: object) => {
      const checked = checkRecipe(value)
      return checked.ok ? [] : checked.problems.map(({ path }) => path)
    }
    const { group: _, ...alone } = joined
    expect(problems({ ...alone, word })).toEqual(['legs'])
    expect(problems({ ...joined, wallet: 'Coin' })).toEqual(['wallet'])
    expect(problems({ ...alone, wallet: 'Purse' })).toEqual(['wallet'])
  })
})
