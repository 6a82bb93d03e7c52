import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bisq-older.csv': [
    'bisq / old trade history, zone asked',
    '2 2018-03-10T10:16:00.000Z buy: out 150 EUR, in 0.02 BTC, fee 0.0003 BTC on in',
    '3 2018-03-11T10:16:00.000Z sell: out 0.02 BTC, in 150 EUR, fee 0.0001 BTC on out, fee 1.5 BSQ',
  ],
  'bisq.csv': [
    'bisq / trade history, zone asked',
    '2 2021-03-10T10:16:00.000Z sell: out 0.01 BTC, in 505 EUR, fee 0.0001 BTC on out, fee 0.4 BSQ',
    '3 2019-12-23T06:33:02.000Z buy: out 68 EUR, in 0.01 BTC, fee 0.0011914 BTC on in',
    '4 2020-01-05T06:33:02.000Z trade: out 0.01 BTC, in 142.85 BSQ, fee 0.0002 BTC on out',
    '5 2020-01-06T06:33:02.000Z trade: out 10 XMR, in 0.05 BTC, fee 0.0002 BTC on in',
    '6 skipped: its status is “Canceled”: nothing was moved',
    '7 not-understood [Offer type]: the type “Lend BTC” is not known to this reader',
    '8 not-understood [Date/Time]: “31 Feb 2020 06:33:02” is no time of the calendar that this source writes',
    '9 not-understood [Amount]: the amount “few” is not a number',
    '10 skipped: the same trade stands in this file already',
  ],
}

describe('Bisq', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('reads months in the language of the machine', async () => {
    const months = [
      '10 Mär 2021',
      '10 mars 2021',
      '1 Dez. 2021',
      '1 août 2021',
      '1 ago. 2021',
      '2 mei 2021',
      '3 févr. 2021',
    ]
    const lines = await linesOfText([
      'Trade ID,Date/Time,Market,Price,Deviation,Amount in BTC,Amount,Currency,Transaction Fee,Trade Fee BTC,Trade Fee BSQ,Buyer Deposit,Seller Deposit,Offer type,Status',
      ...months.map(
        (day, i) => `t${i},${day} 10:16:00,BTC/EUR,50500,N/A,0.01,505,EUR,0.0001,,0.40,0.003,0.003,Sell BTC,Completed`,
      ),
    ])
    expect(lines.slice(1).map((line) => line.slice(2, 12))).toEqual([
      '2021-03-10',
      '2021-03-10',
      '2021-12-01',
      '2021-08-01',
      '2021-08-01',
      '2021-05-02',
      '2021-02-03',
    ])
  })

  it('refuses an offer of another coin than the row’s', async () => {
    const lines = await linesOfText([
      'Trade ID,Date/Time,Market,Price,Deviation,Amount in BTC,Amount,Currency,Transaction Fee,Trade Fee BTC,Trade Fee BSQ,Buyer Deposit,Seller Deposit,Offer type,Status',
      'a,10 Mar 2021 10:16:00,XMR/BTC,0.005,N/A,0.01,2,XMR,0.0001,,0.40,0.003,0.003,Sell ETH,Completed',
    ])
    expect(lines.slice(1)).toEqual(['2 not-understood [Offer type]: it names another coin than the row (“Sell ETH”)'])
  })
})
