import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { collect, eventLines, fixture } from '../../electron/intake/collect.ts'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'accointing-oldest.csv': [
    'accointing / export, UTC',
    '2 2020-01-02T10:00:00.000Z buy: out 100 EUR @kraken, in 0.0025 BTC @kraken, fee 1 EUR on out @kraken',
    '3 not-understood [classification]: the type “unheard_of” is not known to this reader',
    '4 not-understood [timeExecuted]: “2020-02-31T10:00:00.000Z” is no time of the calendar that this source writes',
    '5 not-understood [boughtQuantity]: the amount “one” is not a number',
  ],
  'accointing-template.csv': [
    'accointing / template, UTC',
    '2 2022-01-02T10:00:00.000Z buy: out 100 EUR, in 0.0025 BTC, fee 1 EUR on out | hash O1',
    '3 2022-01-03T10:00:00.000Z unmatched_in: in 0.0025 BTC',
    '4 2022-01-13T10:00:00.000Z unmatched_out: out 0.0025 BTC, fee 0.0001 BTC on out',
    '5 2022-01-14T10:00:00.000Z staking_reward: in 1 DOT',
    '6 2022-01-15T10:00:00.000Z spend: out 1 DOT',
    '7 not-understood [classification]: the type “prophecy” is not known to this reader',
    '8 not-understood [classification]: the type “vanish” is not known to this reader',
    '9 not-understood [date]: “02/31/2022 10:00:00” is no time of the calendar that this source writes',
    '10 not-understood [inBuyAmount]: the amount “1.2.3” does not fit the decimal point of this file',
  ],
  'accointing.csv': [
    'accointing / export, UTC',
    '2 2022-01-02T10:00:00.000Z buy: out 100 EUR @kraken, in 0.0025 BTC @kraken, fee 1 EUR on out @kraken',
    '3+4 2022-01-03T10:00:00.000Z transfer: out 0.5 ETH @kraken, in 0.5 ETH @metamask, fee 0.001 ETH on out @kraken | hash 0xab',
    '5+6 2022-01-04T10:00:00.000Z transfer: out 0.2 BTC @kraken, in 0.19 BTC @ledger, fee 0.01 BTC on out included @kraken',
    '7 2022-01-05T10:00:00.000Z unmatched_in: in 1 DOT @kraken',
    '8 2022-01-05T11:00:00.000Z airdrop: in 1 DOT @kraken',
    '9 2022-01-05T12:00:00.000Z airdrop_task: in 1 DOT @kraken',
    '10 2022-01-05T13:00:00.000Z gambling_win: in 1 DOT @kraken',
    '11 2022-01-05T14:00:00.000Z gift_in: in 1 DOT @kraken',
    '12 2022-01-05T15:00:00.000Z fork: in 1 DOT @kraken',
    '13 2022-01-05T16:00:00.000Z other_income: in 1 DOT @kraken',
    '14 2022-01-05T17:00:00.000Z lending_interest: in 1 DOT @kraken',
    '15 2022-01-05T18:00:00.000Z lp_reward: in 1 DOT @kraken',
    '16 2022-01-05T19:00:00.000Z realised_profit: in 1 DOT @kraken',
    '17 2022-01-05T20:00:00.000Z validator_reward: in 1 DOT @kraken',
    '18 2022-01-05T21:00:00.000Z mining: in 1 DOT @kraken',
    '19 2022-01-05T22:00:00.000Z staking_reward: in 1 DOT @kraken',
    '20 2022-01-06T10:00:00.000Z unmatched_out: out 1 DOT @kraken',
    '21 2022-01-06T11:00:00.000Z network_fee: fee 1 DOT @kraken',
    '22 2022-01-06T12:00:00.000Z spend: out 1 DOT @kraken',
    '23 2022-01-06T13:00:00.000Z gift_out: out 1 DOT @kraken',
    '24 2022-01-06T14:00:00.000Z loan_interest: out 1 DOT @kraken',
    '25 2022-01-06T15:00:00.000Z lost: out 1 DOT @kraken',
    '26 2022-01-06T16:00:00.000Z derivative_fee: fee 1 DOT @kraken',
    '27 2022-01-06T17:00:00.000Z realised_loss: out 1 DOT @kraken',
    '28 2022-01-06T18:00:00.000Z spend: out 1 DOT @kraken',
    '29 2022-01-06T19:00:00.000Z ignored: info 900 SCAM @kraken',
    '30 not-understood [classification]: the type “telekinesis” is not known to this reader',
    '31 not-understood: an earlier row of this file has the same id but says something else; only that one was read. Compare the two, and add this one by hand if both happened',
    '32 not-understood [timeExecuted]: “2022-02-31T20:00:00.000Z” is no time of the calendar that this source writes',
    '33 not-understood [boughtQuantity]: the amount “1-1” is not a number',
    '34 2022-01-07T10:00:00.000Z unmatched_out: out 3 SOL @kraken',
  ],
}

describe('Accointing', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})

describe('Accointing’s workbook', () => {
  it('is read as the CSV of it, halves of transfers joined', async () => {
    const rows = fixture('accointing.csv')
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').map((value) => (value === '' ? null : { value, type: String })))
    const workbook = await writeXlsxFile([{ data: rows, sheet: 'Transactions' }]).toBuffer()
    const read = await collect(workbook, { fileName: 'accointing.xlsx' })
    expect(read.tables.map(({ source, layout }) => `${source} ${layout}`)).toEqual(['accointing export'])
    expect(eventLines(read)).toEqual(eventLines(await collect(fixture('accointing.csv'))))
  })
})
