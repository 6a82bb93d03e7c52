import { describe, expect, it } from 'vitest'
import { collect, eventLines, eventOfRow, fixture, otherRows, times } from '../../electron/intake/collect.ts'
import { linesOfText } from './read-lines.ts'

const read = await collect(fixture('coinbase-with-id.csv'))

describe('Coinbase transaction history', () => {
  it.each([
    [25, 'a purchase, with the fee apart', 'buy: out 100 EUR, in 0.0025 BTC, fee 2.99 EUR on out'],
    [24, 'a conversion, whose other side stands in the note', 'trade: out 0.001 BTC = 41 EUR, in 0.0165 ETH'],
    [23, 'an advanced sale against a coin', 'trade: out 0.01 ETH = 25 EUR, in 27 USDC, fee 0.18 USDC on in'],
    [22, 'staking income', 'staking_reward: in 0.0012 SOL = 0.228 EUR'],
    [21, 'coins sent', 'unmatched_out: out 0.0005 BTC = 21 EUR'],
    [20, 'coins that leave for Coinbase Pro, though it is called a deposit', 'unmatched_out: out 0.5 BTC = 21000 USD'],
    [19, 'a sale', 'sell: out 0.01 BTC, in 1000 USD, fee 14.9 USD on in'],
    [18, 'a move into staking, which counts nowhere', 'custody_move: info 1 ETH'],
    [17, 'rewards on a stablecoin', 'lending_interest: in 0.5 USDC = 0.5 USD'],
    [16, 'money paid in', 'fiat_deposit: in 500 USD'],
    [15, 'money paid out', 'fiat_withdrawal: out 100 USD'],
    [14, 'coins for learning', 'learn_reward: in 4 GRT = 1 USD'],
    [13, 'coins received, in numbers with thousands separators', 'unmatched_in: in 0.5 ETH = 1250 USD'],
    [12, 'a subscription paid in coins', 'spend: out 29.99 USDC = 29.99 USD'],
    [11, 'staked ether renamed', 'custody_move: info 2 ETH'],
    [10, 'an advanced purchase with a coin', 'trade: out 270 USDC, in 0.1 ETH = 250 EUR, fee 0.81 USDC on out'],
    [8, 'two rows of one purchase', 'trade: out 0.004 ETH = 10 USD, in 1000 NEWTOKEN = 10 USD'],
    [6, 'two rows of one migration', 'migration: out 12.5 MATIC = 3.75 USD, in 12.5 POL = 3.75 USD'],
  ])('row %i: %s', (row, _what, line) => {
    expect(eventOfRow(read, row)).toBe(line)
  })

  it('keeps a type that is new as not understood', () => {
    expect(otherRows(read)).toEqual([
      '9 not-understood [Transaction Type]: the type “Time Travel” is not known to this reader',
    ])
    expect(read.summary.counts).toMatchObject({ rows: 21, understood: 20, notUnderstood: 1 })
  })

  it('keeps where coins went and where they came from', () => {
    const byRow = (row: number) => read.events.find((event) => event.rows.includes(row))
    expect(byRow(21)?.toAddress).toBe('bc1qexampleaddress0000000000000000')
    expect(byRow(20)?.counterparty).toBe('Coinbase Pro')
    expect(byRow(14)?.counterparty).toBe('Coinbase Earn')
    expect(byRow(13)?.counterparty).toBeUndefined()
  })

  it('finds the header below three lines and below a disclaimer', async () => {
    expect(read.tables[0]).toMatchObject({ headerRow: 4, layout: 'transactions with ID' })
    const older = await collect(fixture('coinbase-2021-2023.csv'))
    expect(older.tables[0]).toMatchObject({ headerRow: 7, layout: 'transactions 2021–2023' })
    expect(eventLines(older)).toEqual([
      'buy: out 88 EUR, in 0.04 ETH, fee 2.99 EUR on out',
      'trade: out 0.123 ETH = 270.6 EUR, in 0.456 BTC',
      'stake_lock: info 1 ETH',
      'unmatched_out: out 0.1 BTC',
      'unmatched_out: out 0.1 BTC',
      'unmatched_out: out 0.1 BTC',
    ])
  })

  it('keeps two sends that are equal to the last letter as two', async () => {
    const older = await collect(fixture('coinbase-2021-2023.csv'))
    const twins = older.events.filter((event) => event.timeText === '2021-08-08T15:25:43Z')
    expect(new Set(twins.map((event) => event.id)).size).toBe(2)
  })

  it('reads the layout of 2021 with shorter names, and the current one without ids', async () => {
    const header = 'Timestamp,Transaction Type,Asset,Quantity Transacted,'
    const row = '2021-08-04T15:25:43Z,Buy,ETH,0.04,EUR,2200.00,88.00,90.99,2.99,Bought 0.04 ETH for €90.99 EUR'
    const money = 'Subtotal,Total (inclusive of fees),Fees,Notes'
    const in2021 = await collect(`${header}Spot Price Currency,Spot Price at Transaction,${money}\n${row}\n`)
    expect(in2021.tables[0]?.layout).toBe('transactions 2021')
    const spread = 'Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes'
    const current = await collect(`${header}Price Currency,Price at Transaction,${spread}\n${row}\n`)
    expect(current.tables[0]?.layout).toBe('transactions')
    for (const one of [in2021, current])
      expect(eventLines(one)).toEqual(['buy: out 88 EUR, in 0.04 ETH, fee 2.99 EUR on out'])
  })

  it('reads the oldest layout, whose columns carry the currency', async () => {
    const oldest = await collect(fixture('coinbase-to-2021.csv'))
    expect(eventLines(oldest)).toEqual([
      'buy: out 70 EUR, in 0.01 BTC, fee 1.49 EUR on out',
      'sell: out 0.005 BTC, in 36 EUR, fee 1.49 EUR on in',
      'learn_reward: in 10 XLM = 0.5 EUR',
    ])
  })

  it('reads the old transfers report and the old transactions report', async () => {
    const transfers = await collect(fixture('coinbase-old-transfers.csv'))
    expect(eventLines(transfers)).toEqual([
      'buy: out 1200 USD, in 1.5 BTC, fee 12.15 USD on out',
      'sell: out 0.5 BTC, in 300 USD, fee 3 USD on in',
    ])
    expect(times(transfers)[0]).toBe('2014-02-01T18:00:00.000Z')
    const transactions = await collect(fixture('coinbase-old-transactions.csv'))
    expect(eventLines(transactions)).toEqual([
      'buy: out 1200 USD, in 1.5 BTC, fee 12.15 USD on out',
      'unmatched_out: out 0.5 BTC',
    ])
    expect(transactions.events[1]).toMatchObject({
      hash: 'aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11aa11',
      toAddress: '1ExampleAddressOfSomebody00000000',
    })
  })

  it('warns where total, subtotal and fees contradict each other', async () => {
    const text = fixture('coinbase-with-id.csv').toString().replace('€100.00,€102.99', '€90.00,€102.99')
    const contradicting = await collect(text)
    expect(contradicting.events.find((event) => event.rows.includes(25))?.warnings).toHaveLength(1)
  })

  it('keeps half of a pair whose other row is missing', async () => {
    const text = fixture('coinbase-with-id.csv')
      .toString()
      .split('\n')
      .filter((line) => !line.startsWith('c21'))
      .join('\n')
    const half = await collect(text)
    expect(eventOfRow(half, 5)).toBe('migration: out 12.5 MATIC = 3.75 USD')
    expect(half.events.find((event) => event.rows.includes(5))?.warnings).toEqual([
      'its other half is not in this file',
    ])
  })

  const HEADER =
    'ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes'
  const row = (id: number, type: string, asset: string, quantity: string, note = '', second = '00'): string =>
    `i${id},2025-03-04 10:00:${second} UTC,${type},${asset},${quantity},EUR,€1.00,€10.00,€10.00,€0.00,${note}`

  it.each([
    ['Advance Trade Buy', 'USDC', '1', 'buy: out 10 EUR, in 1 USDC'],
    ['Advance Trade Sell', 'USDC', '-1', 'sell: out 1 USDC, in 10 EUR'],
    ['Send', 'SOL', '-1', 'unmatched_out: out 1 SOL = 10 EUR'],
    ['Receive', 'SOL', '1', 'unmatched_in: in 1 SOL = 10 EUR'],
    ['Exchange Deposit', 'SOL', '-1', 'unmatched_out: out 1 SOL = 10 EUR | with Coinbase Exchange'],
    ['Exchange Withdrawal', 'SOL', '1', 'unmatched_in: in 1 SOL = 10 EUR | with Coinbase Exchange'],
    ['Pro Withdrawal', 'EUR', '1', 'fiat_deposit: in 1 EUR | with Coinbase Pro'],
    ['Prime Deposit', 'EUR', '-1', 'fiat_withdrawal: out 1 EUR | with Coinbase Prime'],
    ['Prime Withdrawal', 'SOL', '1', 'unmatched_in: in 1 SOL = 10 EUR | with Coinbase Prime'],
    ['Coinbase Earn', 'GRT', '1', 'learn_reward: in 1 GRT = 10 EUR'],
    ['Learning Reward', 'GRT', '1', 'learn_reward: in 1 GRT = 10 EUR'],
    ['Rewards Income', 'ALGO', '1', 'staking_reward: in 1 ALGO = 10 EUR'],
    ['Reward Income', 'ALGO', '1', 'staking_reward: in 1 ALGO = 10 EUR'],
    ['Inflation Reward', 'ATOM', '1', 'staking_reward: in 1 ATOM = 10 EUR'],
    ['Interest payout', 'DAI', '1', 'lending_interest: in 1 DAI = 10 EUR'],
    ['Subscription Rebate', 'USDC', '1', 'fee_rebate: rebate 1 USDC = 10 EUR'],
    ['Subscription Rebates (24 Hours)', 'USDC', '1', 'fee_rebate: rebate 1 USDC = 10 EUR'],
    ['Card Spend', 'SOL', '-1', 'spend: out 1 SOL = 10 EUR'],
    ['Credit', 'SOL', '1', 'unmatched_in: in 1 SOL = 10 EUR'],
    ['Donation', 'SOL', '-1', 'donation: out 1 SOL = 10 EUR'],
    ['Admin Debit', 'SOL', '-1', 'clawback: out 1 SOL = 10 EUR'],
    ['Vault Withdrawal', 'SOL', '1', 'custody_move: info 1 SOL'],
    ['Cash to Savings', 'USDC', '1', 'custody_move: info 1 USDC'],
    ['Savings to Cash', 'USDC', '1', 'custody_move: info 1 USDC'],
    ['Retail Unstaking Transfer', 'SOL', '1', 'custody_move: info 1 SOL'],
    ['Retail Eth2 Deprecation', 'ETH2', '-1', 'custody_move: info 1 ETH'],
    ['Retail MGX DEX Send', 'SOL', '-1', 'unmatched_out: out 1 SOL = 10 EUR'],
  ])('reads %s', async (type, asset, quantity, expected) => {
    const lines = await linesOfText([HEADER, row(1, type, asset, quantity)])
    expect(lines.slice(1)).toEqual([`2 2025-03-04T10:00:00.000Z ${expected}`])
  })

  it('makes one event of dust and of what it became', async () => {
    const lines = await linesOfText([
      HEADER,
      row(1, 'Retail Simple Dust', 'SOL', '-0.001'),
      row(2, 'Retail Simple Dust', 'BTC', '0.000002', '', '02'),
    ])
    expect(lines.slice(1)).toEqual([
      '2+3 2025-03-04T10:00:00.000Z dust_convert: out 0.001 SOL = 10 EUR, in 0.000002 BTC = 10 EUR',
    ])
  })

  const BACK = ' | ! staked ether comes back under its own name: nothing was exchanged'
  it.each([
    ['the sent row first', [row(1, 'Send', 'ETH2', '-2'), row(2, 'Receive', 'ETH', '2')]],
    ['the received row first', [row(2, 'Receive', 'ETH', '2'), row(1, 'Send', 'ETH2', '-2')]],
  ])('counts staked ether that comes back as ether once: %s', async (_which, rows) => {
    const lines = await linesOfText([HEADER, ...rows, row(3, 'Receive', 'ETH', '0.5', '', '30')])
    expect(lines.slice(1)).toEqual([
      `2+3 2025-03-04T10:00:00.000Z custody_move: out 2 ETH, in 2 ETH${BACK}`,
      '4 2025-03-04T10:00:30.000Z unmatched_in: in 0.5 ETH = 10 EUR',
    ])
  })

  it('keeps apart what arrives beside staked ether that comes back', async () => {
    const lines = await linesOfText([
      HEADER,
      row(1, 'Receive', 'ETH', '0.5', 'Received 0.5 ETH from an external account'),
      row(2, 'Send', 'ETH2', '-2'),
      row(3, 'Receive', 'ETH', '2'),
    ])
    expect(lines.slice(1)).toEqual([
      '2 2025-03-04T10:00:00.000Z unmatched_in: in 0.5 ETH = 10 EUR',
      `3+4 2025-03-04T10:00:00.000Z custody_move: out 2 ETH, in 2 ETH${BACK}`,
    ])
  })

  it('warns of purchases without a fee in the oldest files, which can be referral bonuses or airdrops', async () => {
    const lines = await linesOfText([
      'Timestamp,Transaction Type,Asset,Quantity Transacted,EUR Spot Price at Transaction,EUR Subtotal,EUR Total (inclusive of fees),EUR Fees,Notes',
      '2018-01-04T15:25:43Z,Buy,BTC,0.001,7000.00,7.00,7.00,0.00,Bought 0.001 BTC for €7.00 EUR',
    ])
    expect(lines.slice(1)).toEqual([
      '2 2018-01-04T15:25:43.000Z buy: out 7 EUR, in 0.001 BTC | ! nothing was charged: in files of this age such a purchase can be a referral bonus or an airdrop',
    ])
  })

  it('counts what two exports without ids in one file both tell once', async () => {
    const header =
      'Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Spot Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes'
    const sent = '2021-08-08T15:25:43Z,Send,BTC,0.1,EUR,,"","","",Sent 0.1 BTC to Jane Doe'
    const lines = await linesOfText([header, sent, sent, header, sent, sent.replace('08-08', '08-09')])
    expect(lines.slice(1)).toEqual([
      '2 2021-08-08T15:25:43.000Z unmatched_out: out 0.1 BTC | with Jane Doe',
      '3 2021-08-08T15:25:43.000Z unmatched_out: out 0.1 BTC | with Jane Doe',
      '4 skipped: the header of the table once more',
      '5 skipped: the same transaction stands in this file already',
      '6 2021-08-09T15:25:43.000Z unmatched_out: out 0.1 BTC | with Jane Doe',
    ])
  })
})
