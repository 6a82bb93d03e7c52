/** What people decided leaves with the document of the books and comes back: figures, hash, proposals, rejections and all. */
import { afterEach, expect, test } from 'vitest'
import { krakenMove, ledgerLiveCsv, liveOperation, TWO_PURCHASES } from './made-up-exports.ts'
import {
  errorOf,
  importAll,
  krakenCsv,
  krakenTrade,
  planOf,
  quiet,
  type RunningEngine,
  runWithLedger,
} from './running-engine.ts'

const open: RunningEngine[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.end()
})
async function newLedger(): Promise<RunningEngine> {
  const one = await runWithLedger({ zone: 'UTC' })
  open.push(one)
  return one
}

const KRAKEN = krakenCsv([
  ...krakenTrade('1', '2023-01-02 10:00:00', 'XXBT', '2', '-40000'),
  ...krakenTrade('2', '2023-02-03 11:00:00', 'XXBT', '1', '-24000'),
  krakenMove('1', '2023-03-01 10:00:00', 'withdrawal', 'XXBT', '-0.5'),
  krakenMove('2', '2023-04-01 10:00:00', 'withdrawal', 'XXBT', '-0.3'),
  krakenMove('3', '2023-05-01 10:00:00', 'staking', 'XXBT', '0.01'),
  krakenMove('4', '2023-05-02 10:00:00', 'staking', 'XXBT', '0.02'),
  krakenMove('5', '2023-05-03 10:00:00', 'staking', 'XXBT', '0.03'),
  krakenMove('6', '2023-05-04 10:00:00', 'staking', 'XXBT', '0.04'),
  ...krakenTrade('3', '2024-03-04 12:00:00', 'XXBT', '-0.75', '45000'),
  ...krakenTrade('4', '2025-04-05 13:00:00', 'XXBT', '-0.1', '8000'),
])
const LEDGER_LIVE = ledgerLiveCsv(
  liveOperation('2023-03-01T10:09:00', 'IN', '0.5', 'hash1'),
  liveOperation('2023-04-01T10:09:00', 'IN', '0.3', 'hash2'),
  liveOperation('2023-06-01T10:00:00', 'IN', '0.007', 'hash3'),
  liveOperation('2023-06-02T10:00:00', 'IN', '0.008', 'hash4'),
  liveOperation('2023-07-01T10:00:00', 'OUT', '0.1', 'hash5'),
  liveOperation('2023-08-01T10:00:00', 'IN', '0.6', 'hash6'),
  liveOperation('2023-09-01T10:00:00', 'OUT', '0.05', 'hash7'),
)

const OTHER = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
  accounts: [{ id: 'second', name: 'Second wallet', kind: 'wallet' }],
  assets: [{ id: 'BTC', kind: 'crypto' }],
  events: [
    {
      id: 'in5',
      time: '2023-07-01T10:05:00Z',
      kind: 'unmatched_in',
      hash: 'hash5',
      legs: [{ role: 'in', account: 'second', asset: 'BTC', amount: '0.1' }],
    },
  ],
})

const eventsOf = async ({ client }: RunningEngine) =>
  (await client.events.list({ offset: 0, limit: 200, filter: {}, sort: 'time', descending: false })).rows
const bytesOf = async ({ client }: RunningEngine) =>
  Buffer.from((await client.reports.exportAll({ format: 'json' })).base64, 'base64').toString('utf8')
const resultOf = async ({ client }: RunningEngine) => (await client.tax.document({})).text
const TABS = ['certain', 'likely', 'unclear', 'rejected'] as const
async function pairsOf({ client }: RunningEngine) {
  const found: string[] = []
  for (const tab of TABS)
    for (const { outs, ins, grade } of (await client.transfers.list({ tab, offset: 0, limit: 100 })).pairs)
      found.push([tab, grade, ...[...outs, ...ins].map(({ event, leg }) => `${event}/${leg}`)].join(' '))
  return found.sort()
}

/** A ledger with one of each kind of decision. */
async function decidedLedger() {
  const one = await newLedger()
  const { client } = one
  await importAll(client, { 'ledgers.csv': KRAKEN })
  await importAll(client, { 'trades.csv': TWO_PURCHASES })
  await importAll(client, { 'live.csv': LEDGER_LIVE })
  await importAll(client, { 'other.json': OTHER })
  await quiet(client)
  // The pair that a hash proves was accepted by itself, and is taken back.
  for (const pair of (await client.transfers.list({ tab: 'accepted', offset: 0, limit: 50 })).pairs)
    expect(pair.acceptedBy).toBe('default')
  expect((await client.live.undo()).undone).toContain('proved')
  await quiet(client)
  const all = await eventsOf(one)
  const live = (time: string) =>
    all.find((row) => row.source === 'ledger-live' && new Date(row.time).toISOString().startsWith(time))?.id ?? ''
  const kraken = (time: string) =>
    all.find((row) => row.source === 'kraken-ledgers' && new Date(row.time).toISOString().startsWith(time))?.id ?? ''
  // Of the two moves from Kraken to the Ledger one is accepted, the other rejected.
  const waiting: { id: string; events: string[] }[] = []
  for (const tab of ['certain', 'likely', 'unclear'] as const)
    for (const { id, outs, ins } of (await client.transfers.list({ tab, offset: 0, limit: 50 })).pairs)
      waiting.push({ id, events: [...outs, ...ins].map(({ event }) => event) })
  const pairOf = (out: string, into: string) =>
    waiting.find(({ events }) => events.includes(out) && events.includes(into))?.id ?? ''
  await client.transfers.accept({ pairs: [pairOf(kraken('2023-03-01'), live('2023-03-01'))] })
  await client.transfers.reject({ pairs: [pairOf(kraken('2023-04-01'), live('2023-04-01'))] })
  const decide = (...decisions: Parameters<typeof client.events.decide>[0]['decisions']) =>
    client.events.decide({ decisions })
  await decide({ what: 'kind', event: kraken('2023-05-01'), kind: 'airdrop' })
  await decide({ what: 'value', event: kraken('2023-05-02'), leg: 0, value: '777' })
  await decide({ what: 'ignore', event: kraken('2023-05-03'), reason: 'told twice by mistake' })
  await decide({ what: 'note', event: kraken('2023-05-04'), note: 'the fourth' })
  await decide({ what: 'cost', event: live('2023-08-01'), leg: 0, cost: '1234.5', acquired: '2019-02-03' })
  const idle = decide({ what: 'cost', event: kraken('2023-05-01'), leg: 0, cost: '5', acquired: '2019-02-03' })
  expect((await errorOf(idle)).message).toContain('cost-follows-from-event')
  const sale = all.find(({ date, kind }) => date.startsWith('2024') && kind === 'sell')?.id ?? ''
  const [, second] = all.filter(({ kind, source }) => kind === 'buy' && source === 'kraken-ledgers')
  await decide({ what: 'lots', event: sale, lots: [{ event: second?.id ?? '', amount: '0.75' }] })
  const named = client.hand.split({
    event: second?.id ?? '',
    parts: (await client.hand.shares({ event: second?.id ?? '', amounts: ['0.5', '0.5'] })).parts,
  })
  expect((await errorOf(named)).message).toContain(`${sale} names lots of this event`)
  const { account: phone } = await client.hand.addAccount({ name: 'Old phone', kind: 'wallet' })
  const bulk = async (event: string, change: Parameters<typeof client.hand.bulkApply>[0]['change']) =>
    client.hand.bulkApply({ target: { events: [event] }, change, changes: 1 })
  await bulk(live('2023-09-01'), { counterparty: phone })
  const { rule } = await client.rules.save({
    name: 'Small ones are mining',
    when: { asset: 'BTC', direction: 'in', atMost: '0.009', source: 'ledger-live' },
    effect: { kind: 'mining', note: 'by rule' },
  })
  expect((await client.rules.list()).rules.find(({ id }) => id === rule)?.caught).toBe(2)
  await decide({ what: 'kind', event: live('2023-06-02'), kind: 'gift_in' })
  await quiet(client)
  const { links } = await client.links.list({ state: 'proposed', offset: 0, limit: 10 })
  expect(links).toHaveLength(2)
  await client.links.reject({ ids: [links[0]?.id ?? ''] })
  await client.links.accept({ ids: [links[1]?.id ?? ''] })
  await client.hand.group({ events: [kraken('2023-05-01'), live('2023-03-01')], name: 'Savings' })
  const { accounts } = await client.intake.accounts()
  const account = accounts.find(({ name }) => name.includes('Kraken'))?.id ?? ''
  await client.coverage.excuse({ account, from: '2023-10-01', to: '2023-12-31', why: 'quiet', note: 'on a journey' })
  await client.assets.answer({
    source: null,
    symbol: 'XYZ',
    from: null,
    to: null,
    asset: 'XYZ-COIN',
    note: 'asked them',
  })
  await client.hand.split({
    event: kraken('2025-04-05'),
    parts: (await client.hand.shares({ event: kraken('2025-04-05'), amounts: ['0.04', '0.06'] })).parts,
  })
  await quiet(client)
  return one
}

test('a ledger with one of each decision comes back with the same hash, result and proposals, and leaves again as the same bytes', async () => {
  const one = await decidedLedger()
  const bytes = await bytesOf(one)
  const document = JSON.parse(bytes)
  expect(Object.keys(document.decided).sort()).toEqual(
    ['apart', 'excuses', 'groups', 'links', 'rules', 'settled', 'symbols', 'waiting'].sort(),
  )
  const again = await newLedger()
  const { client } = again
  const plan = await planOf(client, { 'books.json': bytes })
  expect(plan.files[0]?.problem).toBeNull()
  expect(plan.files[0]?.choices?.differ).toContainEqual({
    what: 'for the whole ledger',
    here: 'as it is',
    there: '1 rules, 1 answers on symbols, 1 excuses for days without records',
  })
  await client.intake.execute({ batch: plan.batch, hash: plan.hash, takeChoicesOf: 'books.json' })
  await quiet(client)
  expect(await resultOf(again)).toBe(await resultOf(one))
  expect(await pairsOf(again)).toEqual(await pairsOf(one))
  expect((await client.transfers.counts()).rejected).toBe(1)
  expect(await client.links.counts()).toMatchObject({ rejected: 1 })
  expect(await bytesOf(again)).toBe(bytes)
  expect((await client.rules.list()).rules.map(({ name }) => name)).toEqual(
    (await one.client.rules.list()).rules.map(({ name }) => name),
  )
  expect((await client.hand.groups()).groups).toMatchObject([{ name: 'Savings', events: { length: 2 } }])
  // What was left out can be taken in again as what it was.
  const ignored = (await eventsOf(again)).find(({ ignored: is }) => is)
  await client.events.decide({ decisions: [{ what: 'unignore', event: ignored?.id ?? '' }] })
  expect((await eventsOf(again)).find(({ id }) => id === ignored?.id)?.kind).toBe('staking_reward')
  await client.live.undo()
  expect((await client.check.verify()).checks.filter(({ ok }) => !ok)).toEqual([])
  // A file of the old ledger that told the same movement again still does not count twice, and the two apart stay apart.
  const events = (await eventsOf(again)).length
  await importAll(client, { 'trades.csv': TWO_PURCHASES })
  await quiet(client)
  expect((await eventsOf(again)).length).toBe(events)
  expect((await client.links.counts()).proposed).toBe(0)
}, 240_000)

test('without its choices a document keeps what was decided on its events, and the import takes it all back', async () => {
  const one = await decidedLedger()
  const again = await newLedger()
  const { client } = again
  const { batch } = await importAll(client, { 'books.json': await bytesOf(one) })
  await quiet(client)
  expect(await resultOf(again)).toBe(await resultOf(one))
  expect(await pairsOf(again)).toEqual(await pairsOf(one))
  expect((await client.rules.list()).rules.filter(({ builtIn }) => !builtIn)).toEqual([])
  await client.intake.revert({ batch: batch.id })
  await quiet(client)
  expect([await eventsOf(again), (await client.hand.groups()).groups]).toEqual([[], []])
  expect((await client.transfers.counts()).rejected).toBe(0)
  expect((await client.check.verify()).checks.filter(({ ok }) => !ok)).toEqual([])
}, 240_000)

test('what a pair left of a withdrawal of two coins is named by its own leg, is paired, and a rejection of it travels', async () => {
  const move = (id: string, time: string, kind: string, ...legs: object[]) => ({
    id,
    time: `2024-${time}:00Z`,
    kind,
    legs,
  })
  const leg = (role: string, account: string, asset: string, amount: string) => ({ role, account, asset, amount })
  const books = {
    schema: 'tallystick/events@1',
    profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
    accounts: [{ id: 'venue' }, { id: 'cold' }],
    assets: [
      { id: 'BTC', kind: 'crypto' },
      { id: 'ETH', kind: 'crypto' },
    ],
    events: [
      move('both', '03-01T10:00', 'unmatched_out', leg('out', 'venue', 'BTC', '1'), leg('out', 'venue', 'ETH', '2')),
      move('btc', '03-01T10:20', 'unmatched_in', leg('in', 'cold', 'BTC', '1')),
      move('eth', '03-01T10:25', 'unmatched_in', leg('in', 'cold', 'ETH', '2')),
    ],
  }
  const one = await newLedger()
  const { client } = one
  await importAll(client, { 'books.json': JSON.stringify(books) })
  await quiet(client)
  const pairs = async ({ client: of }: RunningEngine) =>
    (await of.transfers.list({ tab: 'likely', offset: 0, limit: 10 })).pairs
      .concat((await of.transfers.list({ tab: 'certain', offset: 0, limit: 10 })).pairs)
      .concat((await of.transfers.list({ tab: 'unclear', offset: 0, limit: 10 })).pairs)
  const first = (await pairs(one)).find(({ outs }) => outs[0]?.symbol === 'BTC')
  await client.transfers.accept({ pairs: [first?.id ?? ''] })
  const { job } = await client.transfers.propose()
  expect(job).not.toBe('')
  await quiet(client)
  const both = first?.outs[0]?.event ?? ''
  const copy = await client.hand.preview({ what: 'copy', event: both })
  expect(copy.makes[0]).toMatchObject({
    kind: 'transfer',
    legs: [
      { role: 'out', asset: 'BTC' },
      { role: 'in', asset: 'BTC' },
    ],
  })
  const cut = client.hand.shares({ event: both, amounts: ['0.5', '0.5'] })
  expect((await errorOf(cut)).message).toContain('half of an accepted transfer')
  const [rest] = await pairs(one)
  expect([rest?.outs[0]?.symbol, rest?.outs[0]?.leg]).toEqual(['ETH', 1])
  await client.transfers.reject({ pairs: [rest?.id ?? ''] })
  const bytes = await bytesOf(one)
  const again = await newLedger()
  await importAll(again.client, { 'books.json': bytes })
  await quiet(again.client)
  expect(await pairs(again)).toEqual([])
  expect(await bytesOf(again)).toBe(bytes)
}, 120_000)

test('a note that was emptied leaves as an emptied note and settles nothing else, so that rules still see the event', async () => {
  const document = JSON.parse(OTHER)
  const [whole] = document.events
  const plain = { ...whole, id: 'plain', time: '2023-08-01T10:00:00Z', hash: 'hash8' }
  const events = [{ ...whole, note: 'from a friend' }, plain]
  const one = await newLedger()
  const { client } = one
  await importAll(client, { 'books.json': JSON.stringify({ ...document, events }) })
  const [noted, unnoted] = (await eventsOf(one)).map(({ id }) => id)
  for (const event of [noted ?? '', unnoted ?? ''])
    await client.events.decide({ decisions: [{ what: 'note', event, note: '' }] })
  const bytes = await bytesOf(one)
  expect(JSON.parse(bytes).decided.settled).toEqual(
    [
      { event: noted, note: '', was: { note: 'from a friend' } },
      { event: unnoted, note: '' },
    ].sort((a, b) => ((a.event ?? '') < (b.event ?? '') ? -1 : 1)),
  )
  const again = await newLedger()
  await importAll(again.client, { 'books.json': bytes })
  expect(await bytesOf(again)).toBe(bytes)
  await again.client.rules.save({ name: 'Gifts', when: { asset: 'BTC', direction: 'in' }, effect: { kind: 'gift_in' } })
  expect((await eventsOf(again)).map(({ kind }) => kind)).toEqual(['gift_in', 'gift_in'])
}, 60_000)

test('an account that only a decision names is in the books, also when the import it came with was taken back', async () => {
  const one = await newLedger()
  const { client } = one
  await importAll(client, { 'live.csv': LEDGER_LIVE })
  const { batch } = await importAll(client, { 'other.json': OTHER })
  const [sent] = (await eventsOf(one)).filter(({ source }) => source === 'ledger-live')
  const { accounts } = await client.intake.accounts()
  const second = accounts.find(({ name }) => name === 'Second wallet')?.id ?? ''
  const target = { events: [sent?.id ?? ''] }
  await client.hand.bulkApply({ target, change: { counterparty: second }, changes: 1 })
  await client.intake.revert({ batch: batch.id })
  await quiet(client)
  expect((await client.intake.accounts()).accounts.map(({ name }) => name)).toContain('Second wallet')
  const bytes = await bytesOf(one)
  const again = await newLedger()
  const plan = await planOf(again.client, { 'books.json': bytes })
  expect(plan.files[0]?.problem).toBeNull()
  await again.client.intake.execute({ batch: plan.batch, hash: plan.hash, takeChoicesOf: 'books.json' })
  await quiet(again.client)
  expect(await bytesOf(again)).toBe(bytes)
}, 60_000)

test('an asset that only a decision names is in the books as soon as it is decided, and as long', async () => {
  const one = await newLedger()
  const { client } = one
  await importAll(client, { 'live.csv': LEDGER_LIVE })
  const { batch } = await importAll(client, {
    'other.json': OTHER.replaceAll('"BTC"', '"ETH"'),
  })
  await client.intake.revert({ batch: batch.id })
  await quiet(client)
  const plain = await bytesOf(one)
  const [first] = await eventsOf(one)
  const target = { events: [first?.id ?? ''] }
  await client.hand.bulkApply({ target, change: { asset: { from: 'BTC', to: 'ETH' } }, changes: 1 })
  await quiet(client)
  const bytes = await bytesOf(one)
  expect(JSON.parse(bytes).assets.map(({ id }: { id: string }) => id)).toEqual(['BTC', 'ETH'])
  const again = await newLedger()
  const plan = await planOf(again.client, { 'books.json': bytes })
  expect(plan.files[0]?.problem).toBeNull()
  await client.live.undo()
  await quiet(client)
  expect(await bytesOf(one)).toBe(plain)
}, 60_000)

test('a rejected pair with a half that is gone travels, sleeps, and stays rejected when the half is read in again', async () => {
  const one = await newLedger()
  const { client } = one
  await importAll(client, { 'ledgers.csv': KRAKEN })
  const { batch } = await importAll(client, { 'live.csv': LEDGER_LIVE })
  await quiet(client)
  const rejected: string[] = []
  for (const tab of ['certain', 'likely', 'unclear'] as const)
    for (const { id } of (await client.transfers.list({ tab, offset: 0, limit: 100 })).pairs) rejected.push(id)
  for (const { id } of (await client.transfers.list({ tab: 'accepted', offset: 0, limit: 100 })).pairs)
    rejected.push(id)
  await client.transfers.reject({ pairs: rejected })
  const before = await pairsOf(one)
  expect(before.filter((text) => text.startsWith('rejected')).length).toBeGreaterThanOrEqual(2)
  await client.intake.revert({ batch: batch.id })
  await quiet(client)
  const bytes = await bytesOf(one)
  const { absent, decided } = JSON.parse(bytes)
  expect(decided.apart).toHaveLength(rejected.length)
  expect(absent).toHaveLength(
    new Set(decided.apart.flatMap(({ ins }: { ins: { event: string }[] }) => ins.map(({ event }) => event))).size,
  )

  const again = await newLedger()
  await importAll(again.client, { 'books.json': bytes })
  await quiet(again.client)
  // All but the profile, which was not taken over.
  expect({ ...JSON.parse(await bytesOf(again)), profile: null }).toEqual({ ...JSON.parse(bytes), profile: null })
  await importAll(again.client, { 'live.csv': LEDGER_LIVE })
  await quiet(again.client)
  const after = await pairsOf(again)
  expect(after.filter((text) => text.startsWith('rejected')).length).toBe(rejected.length)
  expect(after).toEqual(before)
}, 60_000)

test('groups of one name leave in an order of their own, so that the same books are the same bytes', async () => {
  const one = await newLedger()
  const { client } = one
  await importAll(client, { 'live.csv': LEDGER_LIVE })
  const ids = (await eventsOf(one)).map(({ id }) => id).sort()
  for (const id of ids) await client.hand.group({ events: [id], name: 'Savings' })
  const { groups } = JSON.parse(await bytesOf(one)).decided
  expect(groups).toEqual(ids.map((id) => ({ name: 'Savings', events: [id] })))
}, 60_000)

test('a document of somebody else hides nothing that the ledger has: its verdicts are about its own records', async () => {
  const one = await newLedger()
  const { client } = one
  await importAll(client, { 'ledgers.csv': krakenCsv(krakenTrade('1', '2023-01-02 10:00:00', 'XXBT', '2', '-40000')) })
  const [own] = await eventsOf(one)
  const other = JSON.parse(OTHER)
  const link = {
    key: 'x',
    event: own?.id,
    fact: 'tallystick:x:in5',
    verdict: 'linked',
    grade: 'likely',
    reason: 'so it says',
  }
  const events = [{ ...other.events[0], id: 'tallystick:x:in5' }]
  await importAll(client, { 'other.json': JSON.stringify({ ...other, events, decided: { links: [link] } }) })
  await quiet(client)
  expect((await eventsOf(one)).map(({ id }) => id)).toEqual([own?.id, 'tallystick:x:in5'])
  expect(await client.links.counts()).toMatchObject({ linked: 0 })
})
