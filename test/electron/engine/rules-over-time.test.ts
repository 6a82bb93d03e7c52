/** Rules as books grow: what each caught is what it decides now, over past and future, through changes and reverts. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { arrivals } from './made-up-exports.ts'
import { eventsOf, importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger()
})
afterEach(() => running.end())

const everyEvent = () => eventsOf(running.client)
const kinds = async () => (await everyEvent()).map(({ kind }) => kind)
const ruleList = async () => (await running.client.rules.list()).rules.filter(({ builtIn }) => !builtIn)
const small = { asset: 'BTC', direction: 'in' as const, atMost: '0.01' }
const caughtOf = async (id: string) => {
  const { total, rows } = await running.client.rules.caught({ id, offset: 0, limit: 10 })
  expect(rows).toHaveLength(total)
  return total
}

test('a rule counts what it decides now: new imports come, reverted ones go, a person’s word leaves it', async () => {
  const { client } = running
  const { rule } = await client.rules.save({ name: 'Mining', when: small, effect: { kind: 'mining' } })
  expect((await ruleList()).map(({ caught }) => caught)).toEqual([0])
  await importAll(client, { 'a.csv': arrivals(1, '0.001', '0.5') })
  await quiet(client)
  const { batch } = await importAll(client, { 'b.csv': arrivals(10, '0.002', '0.003') })
  await quiet(client)
  expect(await kinds()).toEqual(['mining', 'unmatched_in', 'mining', 'mining'])
  expect(await caughtOf(rule)).toBe(3)
  await client.intake.revert({ batch: batch.id })
  await quiet(client)
  expect(await caughtOf(rule)).toBe(1)
  expect((await ruleList()).map(({ caught }) => caught)).toEqual([1])
  await importAll(client, { 'again.csv': arrivals(10, '0.002', '0.003') })
  await quiet(client)
  expect(await kinds()).toEqual(['mining', 'unmatched_in', 'mining', 'mining'])
  expect(await caughtOf(rule)).toBe(3)
  const [first] = await everyEvent()
  await client.events.decide({ decisions: [{ what: 'kind', event: first?.id ?? '', kind: 'salary' }] })
  expect(await caughtOf(rule)).toBe(2)
  await client.live.undo()
  expect(await caughtOf(rule)).toBe(3)
})

test('a rule that is changed so that it catches nothing lets go of all, stays in the list, and comes back with undo', async () => {
  const { client } = running
  await importAll(client, { 'a.csv': arrivals(1, '0.001', '0.5') })
  await quiet(client)
  const draft = { name: 'Mining', when: small, effect: { kind: 'mining' as const } }
  const { rule } = await client.rules.save(draft)
  const narrower = { ...draft, id: rule, when: { ...small, atMost: '0.0001' } }
  expect(await client.rules.preview(narrower)).toMatchObject({ fits: 0, changes: 1 })
  await client.rules.save(narrower)
  expect(await kinds()).toEqual(['unmatched_in', 'unmatched_in'])
  expect(await ruleList()).toMatchObject([{ id: rule, caught: 0, words: 'BTC · arriving · at most 0.0001' }])
  await importAll(client, { 'b.csv': arrivals(10, '0.00005') })
  await quiet(client)
  expect(await kinds()).toEqual(['unmatched_in', 'unmatched_in', 'mining'])
  await client.rules.save({ ...narrower, enabled: false })
  expect(await kinds()).toEqual(['unmatched_in', 'unmatched_in', 'unmatched_in'])
  await client.live.undo()
  expect(await kinds()).toEqual(['unmatched_in', 'unmatched_in', 'mining'])
  await client.rules.save({ ...draft, id: rule })
  expect(await caughtOf(rule)).toBe(2)
})

test('a new rule between two others takes its place in the order, for what is there and for what comes', async () => {
  const { client } = running
  await importAll(client, { 'a.csv': arrivals(1, '0.001', '0.005', '0.5') })
  await quiet(client)
  const rule = (name: string, atMost: string, kind: 'gift_in' | 'mining' | 'airdrop') => ({
    name,
    when: { ...small, atMost },
    effect: { kind },
  })
  const { rule: general } = await client.rules.save(rule('general', '1', 'gift_in'))
  const { rule: special } = await client.rules.save(rule('special', '0.002', 'mining'))
  const { rule: between } = await client.rules.save({ ...rule('between', '0.01', 'airdrop'), position: 1 })
  expect((await ruleList()).map(({ id, position, caught }) => [id, position, caught])).toEqual([
    [general, 1, 1],
    [between, 2, 1],
    [special, 3, 1],
  ])
  await importAll(client, { 'b.csv': arrivals(10, '0.002', '0.01', '0.7') })
  await quiet(client)
  expect(await kinds()).toEqual(['mining', 'airdrop', 'gift_in', 'mining', 'airdrop', 'gift_in'])
  await client.rules.remove({ id: between })
  expect(await kinds()).toEqual(['mining', 'gift_in', 'gift_in', 'mining', 'gift_in', 'gift_in'])
  const { checks } = await client.check.verify()
  expect(checks.filter(({ ok }) => !ok)).toEqual([])
})
