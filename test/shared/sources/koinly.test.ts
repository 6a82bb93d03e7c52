import { describe, expect, it } from 'vitest'
import { collect, eventLines, eventOfRow, fixture, otherRows } from '../../electron/intake/collect.ts'

const universal = await collect(fixture('koinly-universal.csv'))
const exported = await collect(fixture('koinly-export.csv'), {
  accounts: [{ id: 'my-kraken' as never, name: 'Kraken', kind: 'exchange' }],
})

describe('Koinly', () => {
  it.each([
    [2, 'a purchase', 'buy: out 100 EUR, in 0.0025 BTC, fee 1 EUR on out'],
    [3, 'coins that leave, the fee on top', 'unmatched_out: out 0.001 BTC, fee 0.00001 BTC on out'],
    [4, 'a reward with its worth', 'staking_reward: in 0.02 DOT = 0.12 EUR'],
    [5, 'a trade', 'trade: out 0.01 ETH, in 25.5 USDC, fee 0.0004 ETH on out'],
    [6, 'a gift of an asset that has only Koinly’s own number', 'gift_out: out 5 ID:81473 = 7.5 USD'],
    [7, 'a swap, which Koinly means as free of tax', 'migration: out 1 ETH, in 1 WETH, fee 0.001 ETH on out'],
    [8, 'a label nobody knows, read without it', 'unmatched_in: in 1 NULL1'],
    [9, 'an ignored row, kept but counted nowhere', 'ignored: info 9 SCAM'],
    [10, 'a fee alone', 'network_fee: fee 0.002 ETH'],
    [12, 'coins in a pool, which stay in the books', 'stake_lock: info 2 ATOM'],
  ])('universal template, row %i: %s', (row, _what, line) => {
    expect(eventOfRow(universal, row)).toBe(line)
  })

  it('warns of a label it does not know, and keeps a row without amounts', () => {
    expect(universal.events.find((event) => event.rows.includes(8))?.warnings?.[0]).toContain('wizardry')
    expect(otherRows(universal)).toEqual(['11 not-understood [Sent Amount]: neither side has an amount'])
  })

  it.each([
    ['fee refund', '', '1,DOT', 'fee_rebate: rebate 1 DOT'],
    ['spam', '', '1,DOT', 'spam_in: in 1 DOT'],
    ['margin fee', '1,USDT', '', 'derivative_fee: fee 1 USDT'],
    ['futures_fee', '1,USDT', '', 'derivative_fee: fee 1 USDT'],
    ['loan fee', '1,USDT', '', 'loan_interest: out 1 USDT'],
  ])('reads “%s” as what it is', async (label, sent, received, line) => {
    const header =
      'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash'
    const row = `2024-01-02 10:00:00 UTC,${sent || ','},${received || ','},,,,,${label},,`
    expect(eventLines(await collect(`${header}\n${row}\n`))).toEqual([line])
  })

  it('says that “Cost” holds two things, and does not take a negative receipt for one', async () => {
    const read = await collect(
      'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Label\n' +
        '2024-01-02 10:00:00 UTC,1,ETH,,,,,cost\n2024-01-03 10:00:00 UTC,,,-1,ETH,,,\n',
    )
    expect(read.events.map(({ warnings }) => warnings?.[0])).toEqual([expect.stringContaining('look at what this was')])
    expect(otherRows(read)).toEqual(['3 not-understood [Received Amount]: what was received is negative'])
  })

  it('tells that Koinly has two assets of one symbol', async () => {
    const bulk = fixture('koinly-bulk-edit.csv').toString().trimEnd().split('\n')
    const twin = (bulk[1] as string).replace(/^[^,]+/, 'another').replace(/;(\d+)/g, ';9$1')
    const read = await collect([...bulk, twin].join('\n'))
    expect(read.warnings[0]).toContain('several assets called WFLR')
    expect((await collect(bulk.join('\n'))).warnings).toEqual([])
  })

  it('reads the simple template by the sign of the amount', async () => {
    const simple = await collect(fixture('koinly-simple.csv'))
    expect(eventLines(simple)).toEqual(['business_expense: out 0.5 ETH', 'unmatched_in: in 0.25 ETH'])
  })

  it.each([
    [
      4,
      'a purchase in a wallet the ledger knows by name',
      'buy: out 100 EUR @my-kraken, in 0.0025 BTC @my-kraken, fee 1 EUR on out @my-kraken',
    ],
    [
      5,
      'a transfer with the fee on top',
      'transfer: out 0.001 BTC @my-kraken, in 0.001 BTC @ledger, fee 0.00001 BTC on out @my-kraken',
    ],
    [
      6,
      'a transfer with the fee taken out of it',
      'transfer: out 0.5 ETH @my-kraken, in 0.498 ETH @ledger, fee 0.002 ETH on out included @my-kraken',
    ],
    [
      7,
      'a transfer where less arrived and no fee is named',
      'transfer: out 10 SOL @my-kraken, in 9.99 SOL @phantom-hot, fee 0.01 SOL on out included @my-kraken',
    ],
    [
      8,
      'income, its label in snake case, its value from the export’s own column',
      'other_income: in 0.02 DOT = 0.12 EUR @my-kraken',
    ],
    [9, 'a loss', 'lost: out 0.3 BTC = 9000 EUR @ledger'],
    [10, 'money paid in', 'fiat_deposit: in 500 EUR @my-kraken'],
  ])('transaction export, row %i: %s', (row, _what, line) => {
    expect(eventOfRow(exported, row)).toBe(line)
  })

  it('keeps addresses and hash of a transfer, and says which accounts are new', () => {
    const transfer = exported.events.find((event) => event.rows.includes(5))
    expect(transfer).toMatchObject({ fromAddress: 'bc1qa', toAddress: 'bc1qb', hash: 'ab12' })
    expect(exported.accounts).toEqual(['my-kraken', 'ledger', 'phantom-hot'])
    expect(otherRows(exported)).toEqual(['11 not-understood [Type]: the type “teleport” is not known to this reader'])
  })

  it('reads the bulk edit workbook’s layout, without Koinly’s numbers and without deleted rows', async () => {
    const bulk = await collect(fixture('koinly-bulk-edit.csv'))
    expect(eventLines(bulk)).toEqual(['airdrop: in 120 WFLR = 3.5 EUR @flare-wallet'])
    expect(bulk.events[0]?.id).toBe('koinly:koinly-import:A1')
    expect(otherRows(bulk)).toEqual(['3 skipped: deleted in Koinly'])
  })

  it('keeps a row’s identity when its label and description are edited', async () => {
    const edited = await collect(
      fixture('koinly-universal.csv').toString().replace(',reward,,', ',airdrop,from a friend,'),
    )
    expect(edited.rows.map((row) => row.identity)).toEqual(universal.rows.map((row) => row.identity))
    expect(eventOfRow(edited, 4)).toBe('airdrop: in 0.02 DOT = 0.12 EUR')
  })
})

describe('a workbook that lost the form of its dates', () => {
  const read = (date: string) =>
    collect(
      `Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash\n${date},,,1,BTC,,,,,,,\n`,
    )

  it('is told so, and a number that is no such day is not', async () => {
    expect(otherRows(await read('45292.5'))).toEqual([
      '2 not-understood [Date]: “45292.5” is no time of the calendar that this source writes: it looks like a spreadsheet’s count of days. Give the column the form of a date there, and save the file again',
    ])
    expect(otherRows(await read('99292.5'))).toEqual([
      '2 not-understood [Date]: “99292.5” is no time of the calendar that this source writes',
    ])
  })
})
