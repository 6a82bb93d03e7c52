import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bitfinex-ledgers-older.csv': [
    'bitfinex-ledgers / ledgers, UTC',
    '2 2018-05-11T14:30:11.000Z unmatched_in: in 1 ETH',
  ],
  'bitfinex-ledgers.csv': [
    'bitfinex-ledgers / ledgers, UTC',
    '2 2020-11-05T10:00:00.000Z unmatched_in: in 0.5 BTC',
    '3+4+5 2020-11-15T11:00:00.000Z sell: out 0.1 BTC, in 900 USD, fee 1.8 USD on in',
    '6 2020-11-16T01:30:00.000Z lending_interest: in 0.5 USD',
    '7 2020-11-16T02:30:00.000Z custody_move: info 100 USD',
    '8 2020-11-16T03:30:00.000Z referral: in 0.1 USD',
    '9 2020-11-16T04:30:00.000Z referral: in 0.2 USD',
    '10 2020-11-17T04:30:00.000Z unmatched_out: out 0.1 BTC',
    '11 2020-11-17T04:30:00.000Z network_fee: fee 0.0004 BTC',
    '12 not-understood [DESCRIPTION]: what “Ritual on wallet exchange” means is not known to this reader',
  ],
  'bitfinex-movements-older.csv': [
    'bitfinex / older movements, UTC',
    '2 2018-05-13T14:30:11.000Z unmatched_in: in 0.5 BTC | hash ff11',
  ],
  'bitfinex-movements.csv': [
    'bitfinex / movements, UTC',
    '2 2020-11-05T15:00:00.000Z unmatched_in: in 0.5 BTC | hash ff01',
    '3 2020-11-06T15:00:00.000Z unmatched_out: out 0.2 BTC, fee 0.0004 BTC on out | hash ff02 | to 1other',
    '4 skipped: its status is “CANCELED”: nothing was moved',
    '5 not-understood [STATUS]: the status “SNOOZED” is not known to this reader',
    'file: no row proves whether the day or the month stands first; all were read day before month, as the venue usually writes',
  ],
  'bitfinex-trades-older.csv': [
    'bitfinex / trades, UTC',
    '2 2018-05-11T14:30:11.123Z buy: out 300 USD, in 1 ETH, fee 0.002 ETH on in',
  ],
  'bitfinex-trades.csv': [
    'bitfinex / trades, UTC',
    '2 2020-11-05T14:30:11.000Z buy: out 1400 USD, in 0.1 BTC, fee 0.0002 BTC on in',
    '3 2020-11-25T14:30:11.000Z trade: out 0.1 BTC, in 1410 USDT, fee 2.82 USDT on in',
    '4 2020-11-26T14:30:11.000Z sell: out 10 IOTA, in 3 USD, rebate 0.001 USD',
    '5 2020-11-27T14:30:11.000Z buy: out 3 USD, in 10 DUSK',
    '6 not-understood [PAIR]: “LONGCOIN” is no market of two assets',
    '7 not-understood [DATE]: “31-02-20 14:30:11” is no time of the calendar that this source writes',
    '8 not-understood: an earlier row of this file has the same id but says something else; only that one was read. Compare the two, and add this one by hand if both happened',
  ],
}

describe('Bitfinex', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('takes fills of derivatives for what they cost, never for a trade of coins', async () => {
    const lines = await linesOfText([
      '#,PAIR,AMOUNT,PRICE,FEE,FEE PERC,FEE CURRENCY,DATE,ORDER ID',
      '1,BTCF0:USTF0,0.1,14000,-0.7,0.05,USTF0,25-11-20 14:30:11,9001',
      '2,BTCF0:USTF0,-0.1,14000,0.1,-0.01,USTF0,26-11-20 14:30:11,9002',
      '3,BTC/USD,0.1,14000,-0.0002,0.2,BTC,27-11-20 14:30:11,9003',
    ])
    expect(lines.slice(1)).toEqual([
      '2 2020-11-25T14:30:11.000Z derivative_fee: fee 0.7 USDT',
      '3 2020-11-26T14:30:11.000Z fee_rebate: rebate 0.1 USDT',
      '4 2020-11-27T14:30:11.000Z buy: out 1400 USD, in 0.1 BTC, fee 0.0002 BTC on in',
      'file: fills of derivatives tell fees, not results: the ledgers of Bitfinex have those',
    ])
  })

  it('takes a fee that the ledger gives back for a rebate', async () => {
    const lines = await linesOfText([
      '#,DESCRIPTION,CURRENCY,AMOUNT,BALANCE,DATE,WALLET',
      '1,Bitcoin Withdrawal fee on wallet exchange,BTC,0.0004,0.2996,17-11-20 04:30:00,exchange',
    ])
    expect(lines.slice(1)).toEqual(['2 2020-11-17T04:30:00.000Z fee_rebate: rebate 0.0004 BTC'])
  })

  const trades = (days: readonly string[]): Promise<string[]> =>
    linesOfText([
      '#,PAIR,AMOUNT,PRICE,FEE,FEE PERC,FEE CURRENCY,DATE,ORDER ID',
      ...days.map((day, i) => `${i + 1},BTC/USD,0.1,14000,-0.0002,0.2,BTC,${day} 14:30:11,9001`),
    ])
  const months = Array.from({ length: 30 }, (_, i) => `05-0${1 + (i % 9)}-20`)

  it('lets any row of the file prove whether the day or the month stands first', async () => {
    const lines = await trades([...months, '05-13-20'])
    expect(lines.filter((line) => line.startsWith('file:'))).toEqual([])
    expect(lines[1]).toContain('2020-05-01T14:30:11.000Z buy')
    expect(lines.at(-1)).toContain('2020-05-13T14:30:11.000Z buy')
    const dayFirst = await trades([...months, '13-05-20'])
    expect(dayFirst[1]).toContain('2020-01-05T14:30:11.000Z buy')
  })

  it('says so where no row proves it', async () => {
    const lines = await trades(months)
    expect(lines[1]).toContain('2020-01-05T14:30:11.000Z buy')
    expect(lines.at(-1)).toMatch(/^file: no row proves whether the day or the month stands first.* day before month/)
  })
})
