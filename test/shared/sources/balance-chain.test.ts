import { describe, expect, it } from 'vitest'
import { BalanceChain } from '../../../shared/sources/balance-chain.ts'
import { collect, fixture } from '../../electron/intake/collect.ts'

const ONE = 10n ** 24n

describe('running balances', () => {
  it('say nothing where each follows from the one before, in a file that runs up or down in time', () => {
    const rows = [
      [5n, 5n],
      [3n, -2n],
      [10n, 7n],
    ] as const
    for (const order of [rows, rows.toReversed()]) {
      const chain = new BalanceChain()
      for (const [i, [balance, change]] of order.entries()) chain.add('BTC', i + 2, balance * ONE, change * ONE)
      expect(chain.warnings()).toEqual([])
    }
  })

  it('name the rows between which something is missing, and how much', () => {
    const chain = new BalanceChain()
    chain.add('BTC', 2, 5n * ONE, 5n * ONE)
    chain.add('ETH', 3, 1n * ONE, 1n * ONE)
    chain.add('BTC', 4, 2n * ONE, -1n * ONE)
    expect(chain.warnings()).toEqual([
      'the balance of BTC jumps by -2 between rows 2 and 4: rows seem to be missing from this file',
    ])
  })

  it('take a jump within the rounding of the source for none', () => {
    const chain = new BalanceChain()
    chain.add('EUR', 2, 5n * ONE, 5n * ONE, 2n)
    chain.add('EUR', 3, 4n * ONE + 2n, -1n * ONE, 2n)
    expect(chain.warnings()).toEqual([])
  })

  it('show the first three places of many', () => {
    const chain = new BalanceChain()
    for (let i = 0; i < 10; i++) chain.add('BTC', i + 2, BigInt(i * i * i) * ONE, ONE)
    const warnings = chain.warnings()
    expect(warnings).toHaveLength(4)
    expect(warnings[3]).toMatch(/^balances jump at \d more places/)
  })

  it('show a row that was taken out of Kraken’s ledgers', async () => {
    const lines = fixture('kraken-ledgers.csv').toString().split('\n').slice(0, 11)
    const whole = await collect(lines.join('\n'))
    expect(whole.warnings).toEqual([])
    const cut = await collect(lines.toSpliced(5, 2).join('\n'))
    expect(cut.warnings).toEqual([
      'the balance of ZEUR (spot / main) jumps by 209.454 between rows 4 and 6: rows seem to be missing from this file',
    ])
  })
})
