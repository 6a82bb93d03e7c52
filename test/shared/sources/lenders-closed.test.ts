import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'blockfi-rates.csv': [
    'blockfi / transactions, UTC',
    '2 2020-01-02T10:00:00.000Z unmatched_in: in 0.01 BTC',
    '3 2020-01-31T23:59:59.000Z lending_interest: in 0.0001 BTC',
  ],
  'blockfi-trades.csv': [
    'blockfi-trades / trades, UTC',
    '2 2021-01-04T10:00:00.000Z trade: out 200 GUSD, in 0.006 BTC',
    '3 2021-01-05T10:00:00.000Z trade: out 100 USDC, in 0.08 ETH',
    '4 skipped: the same trade stands in this file already',
    '5 not-understood [Date]: “2021-02-31 10:00:00” is no time of the calendar that this source writes',
    '6 not-understood [Buy Quantity]: the amount is missing',
  ],
  'blockfi.csv': [
    'blockfi / transactions, UTC',
    '2 2021-01-02T10:00:00.000Z unmatched_in: in 0.01 BTC',
    '3 2021-01-03T10:00:00.000Z unmatched_in: in 500 GUSD',
    '4+5 2021-01-04T10:00:00.000Z trade: out 200 GUSD, in 0.006 BTC',
    '6 2021-01-05T10:00:00.000Z trade: out 100 USDC | ! what was received for it is not in this file',
    '7 2021-01-07T11:00:00.000Z trade: in 0.08 ETH | ! what was given for it is not in this file',
    '8 2021-01-31T23:59:59.000Z lending_interest: in 0.0000123 BTC',
    '9 2021-02-02T10:00:00.000Z unmatched_out: out 0.005 BTC',
    '10 2021-02-02T10:00:00.000Z network_fee: fee 0.00025 BTC',
    '11 2021-02-03T10:00:00.000Z unmatched_out: out 0.001 BTC',
    '12 2021-02-04T10:00:00.000Z unmatched_in: in 0.002 BTC',
    '13 2021-02-05T10:00:00.000Z referral: in 0.0002 BTC',
    '14 2021-02-06T10:00:00.000Z other_income: in 0.0001 BTC',
    '15 2021-02-07T10:00:00.000Z cashback: in 0.0001 BTC',
    '16 2021-02-08T10:00:00.000Z cashback: in 0.0001 BTC',
    '17 2021-02-09T10:00:00.000Z custody_move: info 0.1 BTC',
    '18 2021-02-10T10:00:00.000Z custody_move: info 0.1 BTC',
    '19 skipped: it has no time of confirmation: nothing was moved',
    '20 not-understood [Transaction Type]: the type “Moonwalk” is not known to this reader',
    '21 not-understood [Confirmed At]: “2021-02-31 10:00:00” is no time of the calendar that this source writes',
    '22 not-understood [Amount]: the amount “heap” is not a number',
  ],
  'celsius-extended.csv': [
    'celsius / transactions, UTC',
    '2 2022-05-05T10:00:00.000Z unmatched_in: in 0.01 BTC',
    '3 2022-05-06T10:00:00.000Z unmatched_out: out 0.001 BTC',
  ],
  'celsius-old.csv': [
    'celsius / old transactions, UTC',
    '2 2020-05-05T10:00:00.000Z unmatched_in: in 0.01 BTC',
    '3 2020-05-12T05:00:00.000Z lending_interest: in 0.00001 BTC = 0.08 USD',
    '4 2020-05-13T05:00:00.000Z referral: in 0.001 BTC = 10 USD',
    '5 2020-05-14T05:00:00.000Z unmatched_out: out 0.001 BTC',
  ],
  'celsius.csv': [
    'celsius / transactions, UTC',
    '2 2021-03-05T10:00:00.000Z unmatched_in: in 0.01 BTC',
    '3 2021-03-12T05:00:00.000Z lending_interest: in 0.5 CEL = 2.5 USD',
    '4 2021-03-13T17:00:00.000Z unmatched_out: out 0.005 BTC',
    '5+6 2021-03-14T17:00:00.000Z trade: out 0.001 BTC, in 0.028 ETH',
    '7 2021-03-15T17:00:00.000Z referral: in 0.0008 BTC = 40 USD',
    '8 2021-03-16T17:00:00.000Z other_income: in 0.0008 BTC = 40 USD',
    '9 2021-03-17T17:00:00.000Z other_income: in 1 CEL = 5 USD',
    '10 2021-03-18T17:00:00.000Z custody_move: info 0.1 BTC',
    '11 2021-03-19T17:00:00.000Z loan_interest: out 1 USDC',
    '12 2021-03-20T17:00:00.000Z loan_repay: out 100 USDC, debt -100 USDC',
    '13 skipped: it was never confirmed: nothing was moved',
    '14 not-understood [Transaction type]: the type “Moonwalk” is not known to this reader',
    '15 not-understood [Date and time]: “February 31, 2021 5:00 PM” is no time of the calendar that this source writes',
    '16 not-understood [Coin amount]: the amount “bag” is not a number',
    '17 skipped: the same transaction stands in this file already',
    '18 2021-03-24T17:00:00.000Z network_fee: fee 0.1 CEL',
  ],
  'voyager.csv': [
    'voyager / transactions, UTC',
    '2 2021-02-01T00:00:00.000Z fiat_deposit: in 500 USD',
    '3 2021-02-02T00:00:00.000Z buy: out 400 USD, in 0.01 BTC',
    '4 2021-02-03T00:00:00.000Z sell: out 0.005 BTC, in 210 USD',
    '5 2021-02-04T00:00:00.000Z lending_interest: in 0.0001 BTC',
    '6 2021-02-05T00:00:00.000Z other_income: in 0.0005 BTC',
    '7 2021-02-06T00:00:00.000Z unmatched_out: out 0.001 BTC',
    '8 2021-02-07T00:00:00.000Z network_fee: fee 0.0001 BTC',
    '9 2021-02-08T00:00:00.000Z balance_correction: out 0.0001 BTC',
    '10 not-understood [transaction_direction]: the type “sideways” is not known to this reader',
    '11 not-understood [transaction_type]: the type “MOONWALK” is not known to this reader',
    '12 not-understood [transaction_date]: “2021-02-31 00:00:00.000000+00:00” is no time of the calendar that this source writes',
    '13 not-understood [quantity]: the amount “hay” is not a number',
    '14 skipped: the same transaction stands in this file already',
  ],
}

describe('lenders that closed', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('reads no trade of BlockFi whose type nobody has told us about', async () => {
    const lines = await linesOfText([
      'Trade ID,Date,Buy Quantity,Buy Currency,Sold Quantity,Sold Currency,Rate Amount,Rate Currency,Type,Frequency,Destination',
      'tr1,2021-01-04 10:00:00,0.006,btc,200,gusd,33333,gusd,Trade,,',
      'tr2,2021-01-05 10:00:00,0.08,eth,100,usdc,1250,usdc,Recurring Trade,weekly,BIA',
      'tr3,2021-01-06 10:00:00,0.08,eth,100,usdc,1250,usdc,Trade Reversal,,',
      'tr4,2021-01-07 10:00:00,0.08,eth,100,usdc,1250,usdc,,,',
    ])
    expect(lines).toEqual([
      'blockfi-trades / trades, UTC',
      '2 2021-01-04T10:00:00.000Z trade: out 200 GUSD, in 0.006 BTC',
      '3 2021-01-05T10:00:00.000Z trade: out 100 USDC, in 0.08 ETH',
      '4 not-understood [Type]: the type “Trade Reversal” is not known to this reader',
      '5 not-understood [Type]: the type is missing',
    ])
  })
})
