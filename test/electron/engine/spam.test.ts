/** Tokens that look like spam: explorers state that they came, one rule of the books says what they are. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  NFTS,
  NOBODY,
  nft,
  OTHER,
  OWN,
  ROUTER,
  sent,
  TOKENS,
  TRANSACTIONS,
  token,
  tx,
} from '../ledger/explorer-files.ts'
import {
  eventsOf,
  failedChecks,
  planOf,
  quiet,
  type RunningEngine,
  runWithLedger,
  settledPlan,
} from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger({ zone: 'UTC' })
})
afterEach(() => running.end())

const FAKE = '0x8888888888888888888888888888888888888888'
const LURE = '0x5555555555555555555555555555555555555555'
const PLAIN = '0x6666666666666666666666666666666666666666'

/** A token whose symbol is plain and whose full name is not. */
const named = (hash: string, minute: number, contract: string, symbol: string, name: string): string =>
  token(hash, minute, [OTHER, OWN], '5', [contract, symbol])
    .replace(/"[^"]*"$/, `"${name}"`)
    .replace(/"([^"]*)","([^"]*)"$/, `"$2","${symbol}"`)

async function imported(source: string, files: Readonly<Record<string, string>>) {
  const first = await planOf(running.client, files)
  for (const file of Object.keys(files)) await running.client.intake.replan({ batch: first.batch, file, source })
  const plan = await settledPlan(running.client, first.batch)
  await running.client.intake.execute({ batch: plan.batch, hash: plan.hash })
  await quiet(running.client)
}
const tokens = (...rows: readonly string[]) => ({ [`export-token-${OWN}.csv`]: [TOKENS, ...rows].join('\n') })
const lines = async () =>
  (await eventsOf(running.client)).map(({ kind, legs }) => `${kind} ${legs.map(({ symbol }) => symbol).join()}`)
const spamRule = async () => {
  const { rules } = await running.client.rules.list()
  const rule = rules.find(({ builtIn }) => builtIn)
  if (rule === undefined) throw new Error('no rule comes with the program')
  return rule
}
const switched = async (enabled: boolean) => {
  const { id, name, when, effect } = await spamRule()
  return running.client.rules.save({ id, name, when, effect, enabled })
}

const ARRIVALS = (ticker = 'USDT') =>
  tokens(
    token(tx('b1'), 0, [OTHER, OWN], '7', [FAKE, ticker]),
    named(tx('b2'), 1, LURE, 'PRZ', 'Visit prize.example.com to claim'),
    token(tx('b3'), 2, [OTHER, OWN], '9', [PLAIN, 'HONEST']),
  )

describe('tokens in the file of an explorer', () => {
  test('are taken for spam by the rule, which says what it caught and why, and by nothing else', async () => {
    await imported('etherscan', ARRIVALS())
    expect(await lines()).toEqual(['spam_in USDT', 'spam_in PRZ', 'unmatched_in HONEST'])
    expect(await spamRule()).toMatchObject({ enabled: true, caught: 2 })
    const { rows } = await running.client.rules.caught({ id: 'spam', offset: 0, limit: 10 })
    expect(rows).toHaveLength(2)
    for (const { id } of rows)
      expect((await running.client.events.get({ event: id })).decisions.map(({ what }) => what)).toEqual([
        'kind: spam in (by rule “Tokens that look like spam”)',
      ])
    const { assets } = await running.client.assets.list()
    expect(assets.filter(({ spam }) => spam !== null).map(({ symbol, name, spam }) => [symbol, name, spam])).toEqual([
      ['PRZ', 'Visit prize.example.com to claim', 'its name is the address of a site'],
      ['USDT', null, 'it calls itself USDT, and the contract of USDT on ethereum is another'],
    ])
  })

  test('are what they were read as once the rule is off, past and future, and spam again once it is on', async () => {
    await imported('etherscan', ARRIVALS())
    expect(await switched(false)).toMatchObject({ changed: 2 })
    expect(await lines()).toEqual(['unmatched_in USDT', 'unmatched_in PRZ', 'unmatched_in HONEST'])
    await imported('etherscan', tokens(token(tx('b4'), 3, [OTHER, OWN], '8', [FAKE, 'USDT'])))
    expect((await lines()).at(-1)).toBe('unmatched_in USDT')
    expect(await switched(true)).toMatchObject({ changed: 3 })
    expect(await lines()).toEqual(['spam_in USDT', 'spam_in PRZ', 'unmatched_in HONEST', 'spam_in USDT'])
    await running.client.live.undo()
    expect(await lines()).toEqual(['unmatched_in USDT', 'unmatched_in PRZ', 'unmatched_in HONEST', 'unmatched_in USDT'])
    expect(await failedChecks(running.client)).toEqual([])
  })

  test('are decided alike on every chain, NFTs that were made for their owner among them', async () => {
    await imported('polygonscan', ARRIVALS('XMR'))
    await imported('etherscan', {
      [`export-nft-${OWN}.csv`]: [NFTS, nft(tx('c1'), 5, [NOBODY, OWN], '4', 'claim.example.com')].join('\n'),
    })
    expect(await lines()).toEqual(['spam_in XMR', 'spam_in PRZ', 'unmatched_in HONEST', 'spam_in CLAIM.EXAMPLE.COM #4'])
    await switched(false)
    expect((await lines()).at(-1)).toBe('nft_mint CLAIM.EXAMPLE.COM #4')
  })

  test('stay beside a trade of the same transaction, with the rule on or off', async () => {
    await imported('etherscan', {
      [`export-${OWN}.csv`]: [TRANSACTIONS, sent(tx('d1'), 0, '1', 'Swap')].join('\n'),
      ...tokens(
        token(tx('d1'), 0, [ROUTER, OWN], '2600', [PLAIN, 'HONEST']),
        token(tx('d1'), 0, [OTHER, OWN], '5', [FAKE, 'USDT']),
      ),
    })
    expect((await lines()).toSorted()).toEqual(['spam_in USDT', 'trade ETH,HONEST,ETH'])
    await switched(false)
    expect((await lines()).toSorted()).toEqual(['trade ETH,HONEST,ETH', 'unmatched_in USDT'])
    expect(await failedChecks(running.client)).toEqual([])
  })
})
