import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'exodus-2020.csv': [
    'exodus / history of all assets, UTC',
    '2 2020-01-07T15:11:12.000Z unmatched_in: in 1.5 LTC | hash aa01',
  ],
  'exodus-asset.csv': [
    'exodus / history of one asset, UTC',
    '2 2024-01-02T09:11:12.000Z unmatched_in: in 0.5 ETH | hash 0xab',
    '3 2024-01-03T09:11:12.000Z trade: out 0.1 ETH, fee 0.0008 ETH on out | hash 0xcd | ! the other side of this exchange (USDC) stands in the file of that asset; unless both rows name one transaction, nothing ties them: merge the two by hand',
    '4 2024-01-04T09:11:12.000Z unmatched_out: out 0.2 ETH, fee 0.001 ETH on out | hash 0xce',
    '5 2024-01-05T09:11:12.000Z failed_fee: fee 0.001 ETH | hash 0xcf',
    '6 2024-01-06T09:11:12.000Z trade: in 0.3 ETH | hash 0xd0 | ! the other side of this exchange (BTC) stands in the file of that asset; unless both rows name one transaction, nothing ties them: merge the two by hand',
    '7 not-understood [TYPE]: the type “moonwalk” is not known to this reader',
    '8 not-understood [COINAMOUNT]: the amount names no unit (“0.3”)',
  ],
  'exodus-staking.csv': [
    'exodus / staking rewards, zone asked',
    '2 2024-01-03T10:00:00.000Z staking_reward: in 0.01 SOL',
    '3 2024-01-04T10:00:00.000Z staking_reward: in 0.02 ATOM',
    '4 not-understood [Type]: the type “Moonwalk” is not known to this reader',
  ],
  'exodus.csv': [
    'exodus / history of all assets, UTC',
    '2 2024-01-02T09:11:12.000Z unmatched_in: in 0.5 ETH | hash 0xab',
    '3 2024-01-03T09:11:12.000Z trade: out 0.1 ETH, in 250 USDC, fee 0.0008 ETH on out | hash 0xcd | to 0xdest',
    '4 2024-01-04T09:11:12.000Z failed_fee: fee 0.0005 ETH | hash 0x12 | to 0xdest',
    '5 2024-01-05T09:11:12.000Z unmatched_out: out 0.2 ETH, fee 0.0005 ETH on out | hash 0x13 | to 0xdest',
    '6 skipped: it failed and cost no fee: nothing was moved',
    '7 2024-01-07T09:11:12.000Z staking_reward: in 0.01 SOL | hash 0x15',
    '8 2024-01-08T09:11:12.000Z custody_move: info 5 SOL, fee 0.00001 SOL | hash 0x16',
    '9 not-understood [TYPE]: the type “moonwalk” is not known to this reader',
    '10 not-understood [DATE]: “Tue Feb 31 2024 10:11:12 GMT+0100 (CET)” is no time of the calendar that this source writes',
    '11 not-understood [INAMOUNT]: the amount “half” is not a number',
  ],
}

describe('Exodus', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
