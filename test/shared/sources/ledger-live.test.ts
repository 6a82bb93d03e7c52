import { describe, expect, it } from 'vitest'
import { collect, eventLines, eventOfRow, fixture, otherRows } from '../../electron/intake/collect.ts'

const read = await collect(fixture('ledger-live.csv'))

describe('Ledger Live operations', () => {
  it.each([
    [2, 'coins that arrive, without the sender’s fee', 'unmatched_in: in 0.00099 BTC = 41.58 EUR'],
    [3, 'coins that leave: the amount includes the fee', 'unmatched_out: out 0.05 ETH, fee 0.0021 ETH on out'],
    [
      4,
      'a token, whose gas stands on a row of the parent coin',
      'unmatched_out: out 25 USDC = 23 EUR, fee 0.0008 ETH on out',
    ],
    [6, 'a reward', 'staking_reward: in 0.5 XTZ = 0.45 EUR'],
    [7, 'a failed call, which still cost its fee', 'failed_fee: fee 0.0009 ETH'],
    [9, 'coins bonded, which stay in the books', 'stake_lock: info 10 DOT = 70 EUR, fee 0.015 DOT'],
    [10, 'what a move between two accounts took from one', 'unmatched_out: out 0.5 BTC, fee 0.0001 BTC on out'],
    [11, '… and gave to the other, which the ledger joins with it by the hash', 'unmatched_in: in 0.5 BTC'],
    [
      12,
      'a swap: one transaction gave one thing and brought another',
      'trade: out 0.3 ETH, in 740 USDC = 690 EUR, fee 0.0011 ETH on out',
    ],
    [14, 'an approval', 'approval_fee: fee 0.0005 ETH'],
  ])('row %i: %s', (row, _what, line) => {
    expect(eventOfRow(read, row)).toBe(line)
  })

  it('leaves out what is not confirmed and keeps what it cannot tell', () => {
    expect(otherRows(read)).toEqual([
      '8 skipped: the operation is pending, not confirmed',
      '15 not-understood [Operation Type]: Ledger Live does not say which NFT moved; enter it by hand',
      '16 not-understood [Operation Type]: the type “TELEPORT” is not known to this reader',
    ])
  })

  it('keeps the hash and the account’s name', () => {
    const bonded = read.events.find((event) => event.rows.includes(9))
    expect(bonded).toMatchObject({ hash: '0xb04d', note: 'Polkadot, staked 🙂' })
  })

  it('reads the oldest layout, which ends at the account id', async () => {
    const oldest = await collect(fixture('ledger-live-oldest.csv'))
    expect(oldest.tables[0]?.layout).toBe('oldest operations')
    expect(eventLines(oldest)).toEqual(['unmatched_in: in 0.5 BTC'])
  })

  const HEADER =
    'Operation Date,Status,Currency Ticker,Operation Type,Operation Amount,Operation Fees,Operation Hash,Account Name,Account xpub,Countervalue Ticker,Countervalue at Operation Date,Countervalue at CSV Export'
  const one = (row: string) => collect(`${HEADER}\n2024-01-13T00:00:00.000Z,${row},Mine,xpub,EUR,,\n`)

  it('counts no fee for a failed operation of a chain without accounts', async () => {
    expect(eventLines(await one('Failed,BTC,OUT,0.5,0.002,fa2'))).toEqual(['informational: '])
    expect(eventLines(await one('Failed,ETH,OUT,0.5,0.002,0xfa1'))).toEqual(['failed_fee: fee 0.002 ETH'])
  })

  it('says where an operation that costs its fee states more than that', async () => {
    const { events } = await one('Confirmed,SOL,CREATE,0.003,0.001,oo17')
    expect(events[0]?.warnings).toEqual([expect.stringContaining('CREATE states more than its fee')])
    expect((await one('Confirmed,XTZ,REVEAL,0.001,0.001,oo4')).events[0]?.warnings).toBeUndefined()
  })

  it('keeps a row’s identity when its account is renamed', async () => {
    const renamed = await collect(fixture('ledger-live.csv').toString().replaceAll('Bitcoin 1', 'Savings'))
    expect(renamed.rows.map((row) => row.identity)).toEqual(read.rows.map((row) => row.identity))
  })
})
