/** Two rows under one id of the provider: the same record twice is counted once, another record is never lost unseen. */
import { expect, test } from 'vitest'
import { collect, eventLines, otherRows } from '../../electron/intake/collect.ts'

const CRYPTO_COM =
  'Order ID,Trade ID,Time (UTC),Symbol,Side,Trade Price,Trade Amount,Volume of Business,Fee,Fee Currency'

test('a trade with oneself has two rows under one trade id: the second is shown, not dropped', async () => {
  const buy = '10,11,2024-01-02 10:00:00.000,BTC_USDT,BUY,40000,0.1,4000,1,USDT'
  const sell = '10,11,2024-01-02 10:00:00.000,BTC_USDT,SELL,40000,0.1,4000,1,USDT'
  const read = await collect([CRYPTO_COM, buy, sell, buy].join('\n'))
  expect(eventLines(read).length).toBe(1)
  expect(otherRows(read)).toEqual([
    expect.stringMatching(/^3 not-understood: an earlier row of this file has the same id but says something else/),
    expect.stringMatching(/^4 skipped: the same .* stands in this file already$/),
  ])
})

const KRAKEN = '"txid","refid","time","type","subtype","aclass","asset","wallet","amount","fee","balance"'

test('a ledger entry of Kraken with the id of another one is shown, the same entry twice is not', async () => {
  const row = (amount: string) =>
    `"L1","R1","2024-01-02 10:00:00","deposit","","currency","ZEUR","spot / main","${amount}","0","${amount}"`
  const read = await collect([KRAKEN, row('100'), row('100'), row('250')].join('\n'))
  expect(eventLines(read).length).toBe(1)
  expect(otherRows(read)).toEqual([
    '3 skipped: the same ledger entry stands in this file already',
    expect.stringMatching(/^4 not-understood: an earlier row of this file has the same id but says something else/),
  ])
})

/** One ledger entry, written in other ways. */
const entry = ({ amount = '100', wallet = '"spot / main"', asset = '"ZEUR"', quote = '"' }): string =>
  [
    ...['"L1"', '"R1"', '"2024-01-02 10:00:00"', '"deposit"', '""', '"currency"', asset, wallet],
    ...[amount, '0', amount].map((number) => quote + number + quote),
  ].join(',')

test.each([
  ['all cells', '"'],
  ['texts and no numbers', ''],
])('rows of a file that quotes %s are compared by what they say, however they are written', async (_, quote) => {
  const other = quote === '' ? '"' : ''
  const rows = [
    entry({ quote }),
    entry({ quote }),
    entry({ quote: other }),
    entry({ quote, asset: 'ZEUR' }),
    entry({ quote, amount: '250' }),
    entry({ quote, wallet: '"spot, main"' }),
    entry({ quote, wallet: '"spot ""main"""' }),
    entry({ quote, wallet: 'st"ray' }),
    entry({ quote, wallet: '"st""ray"' }),
    entry({ quote, asset: '"ZEUR" ' }),
  ]
  const read = await collect([KRAKEN, ...rows].join('\n'))
  expect(eventLines(read).length).toBe(1)
  expect(otherRows(read).map((line) => line.slice(0, line.indexOf(':')))).toEqual([
    ...['3 skipped', '4 skipped', '5 skipped', '6 not-understood', '7 not-understood', '8 not-understood'],
    ...['9 not-understood', '10 skipped', '11 skipped'],
  ])
})
