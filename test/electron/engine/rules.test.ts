import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { arrivals } from './made-up-exports.ts'
import {
  errorOf,
  eventsOf,
  failedChecks,
  importAll,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger()
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)
const kinds = async () => (await everyEvent()).map(({ kind }) => kind)
const ruleList = async () => (await running.client.rules.list()).rules.filter(({ builtIn }) => !builtIn)

const small = { asset: 'BTC', direction: 'in' as const, atMost: '0.01' }

describe('a rule', () => {
  test('shows what it would catch, applies to past and future, and goes with all it decided', async () => {
    await importAll(running.client, { 'a.csv': arrivals(1, '0.001', '0.5') })
    const draft = { name: 'Small ones are mining', when: small, effect: { kind: 'mining' as const } }
    const preview = await running.client.rules.preview(draft)
    expect(preview).toMatchObject({ fits: 1, changes: 1, kept: 0 })
    expect(preview.sample).toHaveLength(1)
    expect(await kinds()).toEqual(['unmatched_in', 'unmatched_in'])
    const { rule, changed } = await running.client.rules.save(draft)
    expect(changed).toBe(1)
    expect(await kinds()).toEqual(['mining', 'unmatched_in'])
    await importAll(running.client, { 'b.csv': arrivals(10, '0.002', '0.7') })
    await quiet(running.client)
    expect(await kinds()).toEqual(['mining', 'unmatched_in', 'mining', 'unmatched_in'])
    const [listed] = await ruleList()
    expect(listed).toMatchObject({ id: rule, caught: 2, words: 'BTC · arriving · at most 0.01' })
    const caught = await running.client.rules.caught({ id: rule, offset: 0, limit: 10 })
    expect(caught.rows.map(({ kind }) => kind)).toEqual(['mining', 'mining'])
    const { decisions } = await running.client.events.get({ event: caught.rows[0]?.id ?? '' })
    expect(decisions[0]?.what).toBe('kind: mining (by rule “Small ones are mining”)')
    await running.client.rules.remove({ id: rule })
    expect(await kinds()).toEqual(['unmatched_in', 'unmatched_in', 'unmatched_in', 'unmatched_in'])
    await running.client.live.undo()
    expect(await kinds()).toEqual(['mining', 'unmatched_in', 'mining', 'unmatched_in'])
    expect(await failedChecks(running.client)).toEqual([])
  })

  test('that is more special wins over a general one, field by field, and the order can be changed', async () => {
    await importAll(running.client, { 'a.csv': arrivals(1, '0.001', '0.5') })
    const { rule: general } = await running.client.rules.save({
      name: 'All are gifts',
      when: { asset: 'BTC' },
      effect: { kind: 'gift_in', note: 'from the family' },
    })
    const { rule: special } = await running.client.rules.save({
      name: 'Small',
      when: small,
      effect: { kind: 'mining' },
    })
    expect((await everyEvent()).map(({ kind, note }) => `${kind} ${note}`)).toEqual([
      'mining from the family',
      'gift_in from the family',
    ])
    await running.client.rules.reorder({ ids: [special, general] })
    expect(await kinds()).toEqual(['gift_in', 'gift_in'])
    expect((await ruleList()).map(({ id, caught }) => [id, caught])).toEqual([
      [special, 0],
      [general, 2],
    ])
    await running.client.live.undo()
    expect(await kinds()).toEqual(['mining', 'gift_in'])
  })

  test('never overrides what a person decided, and says so beforehand', async () => {
    await importAll(running.client, { 'a.csv': arrivals(1, '0.001', '0.002') })
    const [first] = await everyEvent()
    await running.client.events.decide({ decisions: [{ what: 'kind', event: first?.id ?? '', kind: 'salary' }] })
    const draft = { name: 'Mining', when: small, effect: { kind: 'mining' as const } }
    expect(await running.client.rules.preview(draft)).toMatchObject({ fits: 2, changes: 1, kept: 1 })
    await running.client.rules.save(draft)
    expect(await kinds()).toEqual(['salary', 'mining'])
  })

  test('whose work by itself was taken back does not do it again at the next import', async () => {
    await running.client.rules.save({ name: 'Mining', when: small, effect: { kind: 'mining' } })
    await importAll(running.client, { 'a.csv': arrivals(1, '0.001') })
    await quiet(running.client)
    expect(await kinds()).toEqual(['mining'])
    expect((await running.client.live.undo()).undone).toBe('rules decide 1 event')
    await importAll(running.client, { 'b.csv': arrivals(10, '0.002') })
    await quiet(running.client)
    expect(await kinds()).toEqual(['unmatched_in', 'mining'])
  })

  test('can name the account on the other side, which makes an own transfer', async () => {
    await importAll(running.client, { 'a.csv': arrivals(1, '0.5') })
    const { account } = await running.client.hand.addAccount({ name: 'Old phone', kind: 'wallet' })
    await running.client.rules.save({
      name: 'From the old phone',
      when: { asset: 'BTC', direction: 'in' },
      effect: { counterparty: account },
    })
    const [event] = await everyEvent()
    expect(event?.kind).toBe('transfer')
    expect(event?.legs.map(({ role, account: at, amount }) => `${role} ${at === account} ${amount}`)).toEqual([
      'in false 0.5',
      'out true 0.5',
    ])
  })

  test('that names an account which is not there is refused, and so is one that decides nothing', async () => {
    const nowhere = running.client.rules.save({ name: 'x', when: { account: 'nowhere' }, effect: { kind: 'mining' } })
    expect(await errorOf(nowhere)).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('nowhere') })
    await expect(running.client.rules.save({ name: 'x', when: {}, effect: {} })).rejects.toThrow()
  })
})
