import { describe, expect, it } from 'vitest'
import { collect, eventOfRow, factsOf, fixture, otherRows } from '../../electron/intake/collect.ts'
import { linesOfText } from './read-lines.ts'

const read = await collect(fixture('binance-statement.csv'))

describe('Binance statement', () => {
  it.each([
    [2, 'money paid in', 'fiat_deposit: in 500 EUR'],
    [
      3,
      'interleaved fills of one second as one purchase, with both fees',
      'buy: out 193.5617 EUR, in 0.05189 ETH, fee 0.00003605 ETH, fee 0.00009009 BNB',
    ],
    [9, 'dust of several coins', 'dust_convert: out 0.00205556 SOL, out 0.01 DOT, in 0.00072724 BNB'],
    [12, 'a move into earn, whose receipt is the coin itself', 'custody_move: out 100 USDT, in 100 USDT'],
    [14, 'interest', 'lending_interest: in 0.01234 USDT'],
    [15, 'coins that leave, network fee included', 'unmatched_out: out 0.02 ETH'],
    [16, 'a trade cut by the turn of a second', 'trade: out 0.0005 BTC, in 0.01 ETH'],
    [18, 'two equal fills of one second, both counted', 'trade: out 0.002 BTC, in 130.5 USDT'],
    [21, 'a loss on futures', 'realised_loss: out 12.5 USDT'],
    [22, 'a fee on futures', 'derivative_fee: fee 0.04 USDT'],
    [23, 'funding received', 'funding_in: in 0.11 USDT'],
    [24, 'half of a move to futures, which counts nowhere', 'custody_move: info 50 USDT'],
    [25, 'a crypto box received', 'gift_in: in 0.001 BNB'],
    [26, 'a token renamed', 'redenomination: out 100 LEND, in 1 AAVE'],
    [30, 'an amount in scientific notation', 'unmatched_out: out 0.00003605 BTC'],
  ])('row %i: %s', (row, _what, line) => {
    expect(eventOfRow(read, row)).toBe(line)
  })

  it('reports rows that are new or empty', () => {
    expect(otherRows(read)).toEqual([
      '28 not-understood [Operation]: the type “Wormhole Ride” is not known to this reader',
      '29 not-understood [Time]: the time is missing',
    ])
  })

  it('gives rows and events of old and new exports the same identity, though only one writes the century', async () => {
    const older = await collect(fixture('binance-statement-2021.csv'))
    expect(older.rows.map((row) => row.identity)).toEqual(read.rows.slice(0, 3).map((row) => row.identity))
    expect(older.events.map((event) => event.id)).toEqual(read.events.slice(0, 2).map((event) => event.id))
  })

  it('reads a copy that a spreadsheet wrapped in quotes line by line', async () => {
    const wrapped = fixture('binance-statement.csv')
      .toString()
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          `"${line
            .split(',')
            .map((cell, i) => (i === 0 ? cell : `""${cell}""`))
            .join(',')}"`,
      )
      .join('\r\n')
    const again = await collect(wrapped)
    expect(again.events.map(factsOf)).toEqual(read.events.map(factsOf))
  })

  it('takes a fee that is given back in a second of its own for a rebate', async () => {
    const lines = await linesOfText([
      'UTC_Time,Account,Operation,Coin,Change,Remark',
      '2021-03-05 10:11:20,Spot,Fee,BNB,0.5,',
      '2021-03-05 10:11:30,Spot,Fee,BNB,-0.5,',
    ])
    expect(lines.slice(1)).toEqual([
      '2 2021-03-05T10:11:20.000Z fee_rebate: rebate 0.5 BNB',
      '3 2021-03-05T10:11:30.000Z network_fee: fee 0.5 BNB',
    ])
  })

  it('counts what two statements in one file both tell once', async () => {
    const header = 'UTC_Time,Account,Operation,Coin,Change,Remark'
    const trade = ['2021-03-05 10:11:20,Spot,Sell,BTC,-0.5,', '2021-03-05 10:11:20,Spot,Sell,EUR,20000,']
    const lines = await linesOfText([header, ...trade, header, ...trade, '2021-03-06 10:11:20,Spot,Deposit,BTC,1,'])
    expect(lines.slice(1)).toEqual([
      '2+3 2021-03-05T10:11:20.000Z sell: out 0.5 BTC, in 20000 EUR',
      '4 skipped: the header of the table once more',
      '5 skipped: the same row stands in this file already',
      '6 skipped: the same row stands in this file already',
      '7 2021-03-06T10:11:20.000Z unmatched_in: in 1 BTC',
    ])
  })

  it('gives a trade its fee that fell into the next second, or the one before', async () => {
    const row = (second: string, operation: string, coin: string, change: string, account = 'Spot'): string =>
      `2021-03-05 10:11:${second},${account},${operation},${coin},${change},`
    const lines = await linesOfText([
      'UTC_Time,Account,Operation,Coin,Change,Remark',
      row('13', 'Buy', 'BTC', '0.5'),
      row('13', 'Buy', 'USDT', '-20000'),
      row('14', 'Fee', 'BNB', '-0.05'),
      row('20', 'Fee', 'BNB', '-0.01'),
      row('21', 'Sell', 'BTC', '-0.1'),
      row('21', 'Sell', 'USDT', '4000'),
      row('30', 'Sell', 'BTC', '-0.1'),
      row('30', 'Sell', 'USDT', '4000'),
      row('30', 'Fee', 'BNB', '-0.01'),
      row('31', 'Fee', 'BNB', '-0.02'),
      row('40', 'Sell', 'BTC', '-0.1'),
      row('40', 'Sell', 'USDT', '4000'),
      row('42', 'Fee', 'BNB', '-0.03'),
      row('41', 'Fee', 'BNB', '-0.04', 'Isolated Margin'),
    ])
    expect(lines.slice(1)).toEqual([
      '2+3+4 2021-03-05T10:11:13.000Z trade: out 20000 USDT, in 0.5 BTC, fee 0.05 BNB',
      '5+6+7 2021-03-05T10:11:21.000Z trade: out 0.1 BTC, in 4000 USDT, fee 0.01 BNB',
      '8+9+10 2021-03-05T10:11:30.000Z trade: out 0.1 BTC, in 4000 USDT, fee 0.01 BNB',
      '11 2021-03-05T10:11:31.000Z network_fee: fee 0.02 BNB',
      '12+13 2021-03-05T10:11:40.000Z trade: out 0.1 BTC, in 4000 USDT',
      '14 2021-03-05T10:11:42.000Z network_fee: fee 0.03 BNB',
      '15 2021-03-05T10:11:41.000Z network_fee: fee 0.04 BNB',
    ])
  })
})
