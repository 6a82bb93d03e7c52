import { describe, expect, it } from 'vitest'
import { collect, eventOfRow, fixture, otherRows, times } from '../../electron/intake/collect.ts'

const read = await collect(fixture('kraken-ledgers.csv'))

describe('Kraken ledgers', () => {
  it.each([
    [3, 'a deposit of money', 'fiat_deposit: in 1000 EUR'],
    [4, 'a purchase with its fee in money', 'buy: out 400 EUR, in 0.01 BTC, fee 1.04 EUR on out'],
    [6, 'a sale with its fee taken from the proceeds', 'sell: out 0.005 BTC, in 210 EUR, fee 0.546 EUR on in'],
    [10, 'fee credits, which count nowhere', 'buy: out 50 EUR, in 0.02 ETH, info 13 KFEE'],
    [11, 'a half move into staking, which counts nowhere', 'custody_move: info 10 DOT'],
    [13, 'a reward with Kraken’s commission', 'staking_reward: in 0.02 DOT, fee 0.004 DOT on in included'],
    [14, 'an instant purchase', 'buy: out 98.5 EUR, in 0.04 ETH, fee 1.5 EUR on out'],
    [16, 'coins that leave, with the fee on top', 'unmatched_out: out 0.004 BTC, fee 0.0001 BTC on out'],
    [17, 'money that leaves', 'fiat_withdrawal: out 100 EUR, fee 0.09 EUR on out'],
    [18, 'a withdrawal that was undone', 'informational: info 0.01 ETH, info 0.01 ETH'],
    [20, 'coins that arrive, under their own name', 'unmatched_in: in 100 DOGE'],
    [21, 'both halves of a move into earn', 'custody_move: out 2 SOL, in 2 SOL'],
    [23, 'a loss on margin', 'realised_loss: out 12.5 EUR, fee 0.3 EUR on out'],
    [24, 'a profit on margin', 'realised_profit: in 30 EUR, fee 0.2 EUR on in'],
    [25, 'interest on margin', 'margin_interest: fee 0.05 EUR'],
    [26, 'an airdrop', 'airdrop: in 0.06 ETHW'],
    [27, 'coins that leave for futures', 'unmatched_out: out 1 SOL'],
    [28, 'a delisted coin turned into money', 'forced_convert: out 3 REPV1, in 9 EUR'],
    [30, 'an invite bonus', 'referral: in 20 EUR'],
    [31, 'an adjustment', 'balance_correction: in 0.0001 BTC'],
    [32, 'a staking reward of a numbered bond', 'staking_reward: in 0.1 ATOM'],
    [36, 'LUNA, which Kraken kept for the old coin', 'unmatched_in: in 5 LUNC'],
    [38, 'a coin never heard of, kept under its own name', 'unmatched_in: in 7 FRESHCOIN'],
  ])('row %i: %s', (row, _what, line) => {
    expect(eventOfRow(read, row)).toBe(line)
  })

  it('lists the other rows with their reasons', () => {
    expect(otherRows(read)).toEqual([
      '2 skipped: no ledger id: a pending or failed attempt, whose final entry has one',
      '33 not-understood [type]: the type “quantum leap” is not known to this reader',
      '34 not-understood [time]: “2024-02-31 13:00:00” is no time of the calendar that this source writes',
      '35 not-understood [amount]: the amount “0x10” is not a decimal number',
      '37 skipped: the same ledger entry stands in this file already',
    ])
    expect(read.summary.counts).toMatchObject({ rows: 37, understood: 32, skipped: 2, notUnderstood: 3, events: 24 })
  })

  it('keeps fractions of a second', () => {
    expect(times(read)).toContain('2024-01-14T12:00:00.123Z')
  })

  it('names the event after Kraken’s own reference and the row after its ledger id', () => {
    expect(read.events.find((event) => event.rows.includes(4))?.id).toBe('kraken-ledgers:kraken:TA1')
    expect(read.rows.find((row) => row.row === 4)?.identity).toBe('id:L02')
  })

  it('flags only the coin never heard of', () => {
    expect(read.assets.filter((asset) => asset.certainty !== 'known').map((asset) => asset.id)).toEqual(['FRESHCOIN'])
  })

  it('reads the oldest layout, which has no subtype', async () => {
    const oldest = await collect(fixture('kraken-ledgers-oldest.csv'))
    expect(eventOfRow(oldest, 2)).toBe('buy: out 400 USD, in 0.25 BTC, fee 1.04 USD on out')
    expect(eventOfRow(oldest, 4)).toBe('airdrop: in 0.25 BCH')
  })

  it('keeps a half of a trade whose other half is not in the file, and says so', async () => {
    const lines = fixture('kraken-ledgers.csv').toString().split('\n')
    const half = await collect([lines[0], lines[3]].join('\n'))
    expect(eventOfRow(half, 2)).toBe('trade: out 400 EUR, fee 1.04 EUR on out')
    expect(half.events[0]?.warnings).toEqual(['what was received for it is not in this file'])
    expect(half.events[0]?.id).toBe('kraken-ledgers:kraken:TA1')
  })

  it('takes fees as written with either sign', async () => {
    const text = fixture('kraken-ledgers.csv').toString().replace('-400.0000,1.0400', '-400.0000,-1.0400')
    expect(eventOfRow(await collect(text), 4)).toBe('buy: out 400 EUR, in 0.01 BTC, fee 1.04 EUR on out')
  })

  it('reads a copy that a European spreadsheet saved with semicolons and decimal commas', async () => {
    const text = fixture('kraken-ledgers.csv')
      .toString()
      .split('\n')
      .slice(0, 8)
      .join('\n')
      .replaceAll(',', ';')
      .replaceAll(/(\d)\.(\d)/g, '$1,$2')
    expect(eventOfRow(await collect(text), 4)).toBe('buy: out 400 EUR, in 0.01 BTC, fee 1.04 EUR on out')
  })
})
