import { describe, expect, it } from 'vitest'
import { collect, eventLines } from '../../electron/intake/collect.ts'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'poloniex-deposits-old.csv': [
    'poloniex / old deposits, UTC',
    '2 2018-01-01T03:04:05.000Z unmatched_in: in 0.1 BTC | hash da01',
    '3 skipped: its status is “PENDING”: nothing was moved',
  ],
  'poloniex-deposits.csv': ['poloniex / deposits, UTC', '2 2022-09-01T03:04:05.000Z unmatched_in: in 0.1 BTC'],
  'poloniex-distributions.csv': ['poloniex / distributions, UTC', '2 2018-11-15T00:00:00.000Z airdrop: in 0.5 BSV'],
  'poloniex-old-trades-fee.csv': [
    'poloniex / old trades, UTC',
    '2 2020-01-02T03:04:05.000Z trade: out 0.02 BTC, in 1 ETH, fee 0.5 TRX',
  ],
  'poloniex-old-trades.csv': [
    'poloniex / old trades, UTC',
    '2 2018-01-02T03:04:05.000Z trade: out 0.05 BTC, in 1 ETH, fee 0.0025 ETH on in',
    '3 2018-01-02T03:04:05.000Z trade: out 0.05 BTC, in 1 ETH, fee 0.0025 ETH on in',
    '4 2018-01-03T03:04:05.000Z trade: out 100 XLM, in 0.005 BTC, fee 0.0000075 BTC on in',
    '5 not-understood [Category]: the type “Margin trade” is not known to this reader',
  ],
  'poloniex-trades.csv': [
    'poloniex / trades, UTC',
    '2 2022-09-02T03:04:05.000Z trade: out 200 USDT, in 0.01 BTC, fee 0.00002 BTC on in',
    '3 2022-09-02T04:04:05.000Z trade: out 0.01 BTC, in 200 USDT, fee 0.4 USDT on in',
    '4 not-understood [side]: the type “LEND” is not known to this reader',
  ],
  'poloniex-withdrawals-old.csv': [
    'poloniex / old withdrawals, UTC',
    '2 2018-01-05T03:04:05.000Z unmatched_out: out 0.05 BTC, fee 0.0005 BTC on out included | hash da02 | to 1other',
    '3 skipped: its status is “FAILED”: nothing was moved',
  ],
  'poloniex-withdrawals.csv': [
    'poloniex / withdrawals, UTC',
    '2 2022-09-05T03:04:05.000Z unmatched_out: out 0.05 BTC, fee 0.0005 BTC on out included',
  ],
}

describe('Poloniex', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})

describe('Poloniex’ oldest file of deposits and withdrawals', () => {
  const HEADER = 'Date,Currency,Amount,Address,Status'
  const row = (n: number, status: string) => `2015-01-0${n} 03:04:05,BTC,${n},addr,${status}`

  it('tells withdrawals by the hash behind their status', async () => {
    const read = await collect([HEADER, row(1, 'COMPLETE'), row(2, 'COMPLETE: abcdef')].join('\n'))
    expect(eventLines(read)).toEqual(['unmatched_in: in 1 BTC', 'unmatched_out: out 2 BTC'])
    expect(read.warnings).toEqual([])
  })

  it('is asked for a name where nothing tells, and believes it', async () => {
    const text = [HEADER, row(1, 'COMPLETE: abcdef')].join('\n')
    expect((await collect(text)).warnings).toEqual([expect.stringContaining('import it again under a name')])
    const named = await collect(text, { fileName: 'withdrawals.csv' })
    expect([eventLines(named), named.warnings]).toEqual([['unmatched_out: out 1 BTC'], []])
    expect((await collect(text, { fileName: 'depositHistory.csv' })).warnings).toEqual([])
  })
})
