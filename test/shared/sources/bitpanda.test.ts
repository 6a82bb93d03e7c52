import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bitpanda-older.csv': [
    'bitpanda / older transactions, UTC',
    '2 2018-01-02T09:00:00.000Z fiat_deposit: in 100 EUR',
    '3 2018-01-03T09:00:00.000Z buy: out 50 EUR, in 0.005 BTC',
    '4 skipped: the header of the table once more',
    '5 2018-01-04T09:00:00.000Z buy: out 50 EUR, in 0.05 ETH',
    '6 skipped: its status is “canceled”: nothing was moved',
  ],
  'bitpanda-pro.csv': [
    'bitpanda-pro / trades, UTC',
    '5 2021-01-02T10:00:00.123Z buy: out 400 EUR, in 0.01 BTC, fee 0.4 EUR on out',
    '6 2021-01-03T10:00:00.123Z sell: out 1 ETH, in 1500 EUR, fee 2 BEST',
    '7 not-understood [Type]: the type “SWAY” is not known to this reader',
  ],
  'bitpanda.csv': [
    'bitpanda / transactions, UTC',
    '8 2024-01-02T09:00:00.000Z fiat_deposit: in 100 EUR',
    '9 2024-01-02T09:05:00.000Z buy: out 100 EUR, in 0.0025 BTC',
    '10 2024-01-03T09:05:00.000Z unmatched_out: out 0.001 BTC = 41 EUR, fee 0.00003 BTC on out',
    '11 2024-01-04T09:05:00.000Z fiat_deposit: in 100 EUR, fee 1.8 EUR on in',
    '12 2024-01-05T09:05:00.000Z unmatched_in: in 2 BEST = 1 EUR | ! Bitpanda does not say whether this is a reward, an airdrop, a gift or a move: change the kind where it is known',
    '13 2024-01-06T09:05:00.000Z custody_move: info 0.001 BTC',
    '14 2024-01-07T09:05:00.000Z sell: out 0.001 BTC, in 42 EUR, fee 0.1 BEST',
    '15 skipped: its asset class is “Stock (derivative)”: no crypto asset and no money',
    '16 not-understood [Asset class]: the type “Tulips” is not known to this reader',
    '17 not-understood [Transaction Type]: the type “chant” is not known to this reader',
  ],
}

describe('Bitpanda', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('does not guess in what a fee was paid', async () => {
    const lines = await linesOfText([
      '"Transaction ID",Timestamp,"Transaction Type",In/Out,"Amount Fiat",Fiat,"Amount Asset",Asset,"Asset market price","Asset market price currency","Asset class","Product ID",Fee,"Fee asset",Spread,"Spread Currency"',
      'T1,2024-01-02T10:05:00+01:00,buy,outgoing,100.00,EUR,0.0025,BTC,40000.00,EUR,Cryptocurrency,1,1.5,-,1.00,EUR',
      'T2,2024-01-02T10:06:00+01:00,withdrawal,outgoing,41.00,EUR,0.001,BTC,41000.00,EUR,Cryptocurrency,1,2,BEST,-,-',
    ])
    expect(lines.slice(1)).toEqual([
      '2 not-understood [Fee asset]: the asset is missing',
      '3 2024-01-02T09:06:00.000Z unmatched_out: out 0.001 BTC = 41 EUR, fee 2 BEST',
    ])
  })
})
