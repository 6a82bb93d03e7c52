import { afterAll, beforeAll, expect, test } from 'vitest'
import { errorOf, importAll, quiet, type RunningEngine, runWithLedger } from './running-engine.ts'

/** Ten units at 1 in one wallet, twenty at 5 in another; six of the dear ones are sold from the cheap wallet in 2024. */
const BOOKS = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [
    { id: 'xyz', name: 'XYZ', kind: 'wallet' },
    { id: 'ghi', name: 'GHI', kind: 'wallet' },
  ],
  assets: [
    { id: 'ABC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    {
      id: 'cheap',
      time: '2019-07-01T12:00:00Z',
      kind: 'buy',
      legs: [
        { role: 'in', account: 'xyz', asset: 'ABC', amount: '10' },
        { role: 'out', account: 'xyz', asset: 'USD', amount: '10.00' },
      ],
    },
    {
      id: 'dear',
      time: '2020-09-01T12:00:00Z',
      kind: 'buy',
      legs: [
        { role: 'in', account: 'ghi', asset: 'ABC', amount: '20' },
        { role: 'out', account: 'ghi', asset: 'USD', amount: '100.00' },
      ],
    },
    {
      id: 'sale24',
      time: '2024-12-01T12:00:00Z',
      kind: 'sell',
      legs: [
        { role: 'out', account: 'xyz', asset: 'ABC', amount: '6' },
        { role: 'in', account: 'xyz', asset: 'USD', amount: '60.00' },
      ],
      lots: [{ event: 'dear', amount: '6' }],
    },
    {
      id: 'sale26',
      time: '2026-06-01T12:00:00Z',
      kind: 'sell',
      legs: [
        { role: 'out', account: 'xyz', asset: 'ABC', amount: '4' },
        { role: 'in', account: 'xyz', asset: 'USD', amount: '80.00' },
      ],
    },
  ],
})

let running: RunningEngine
let [cheap, dear, xyz, ghi, abc] = ['', '', '', '', '']
const tax = () => running.client.tax
beforeAll(async () => {
  running = await runWithLedger()
  await importAll(running.client, { 'books.json': BOOKS })
  await quiet(running.client)
  const { assets } = await tax().changeover()
  const [asset] = assets
  abc = asset?.asset ?? ''
  cheap = asset?.lots.find(({ acquired }) => acquired === '2019-07-01')?.lot ?? ''
  dear = asset?.lots.find(({ acquired }) => acquired === '2020-09-01')?.lot ?? ''
  xyz = asset?.accounts.find(({ accountName }) => accountName === 'XYZ')?.account ?? ''
  ghi = asset?.accounts.find(({ accountName }) => accountName === 'GHI')?.account ?? ''
}, 60_000)
afterAll(() => running.end())

const plan = (toXyz: string, toGhi: string) => ({
  plan: 'specific' as const,
  asset: abc,
  allocations: [
    { account: xyz, lot: dear, amount: toXyz },
    { account: ghi, lot: dear, amount: toGhi },
    { account: ghi, lot: cheap, amount: '10' },
  ],
})
const gainOf = async (year: number) => (await tax().years()).years.find((one) => one.year === year)?.gain

test('the residue by wallet is shown with its lots, deadlines and both plans', async () => {
  const state = await tax().changeover()
  expect(state).toMatchObject({ applies: true, state: 'unplanned', recorded: [], day: '2025-01-01' })
  expect(state.assets).toMatchObject([
    { symbol: 'ABC', units: '24', basisUnits: '24', cost: '80', plan: 'none', withoutBasis: '0' },
  ])
  expect(state.assets[0]?.accounts.map(({ accountName, units }) => [accountName, units]).sort()).toEqual([
    ['GHI', '20'],
    ['XYZ', '4'],
  ])
  expect(state.plans.map(({ plan, authority }) => [plan, authority.startsWith('Rev. Proc. 2024-28')])).toEqual([
    ['specific', true],
    ['global', true],
  ])
})

test('a plan is shown with its effect before anything is stored', async () => {
  const { revision } = await tax().facts()
  const proposed = await tax().proposeAllocation({ plan: plan('4', '10'), written: '2025-01-10' })
  expect(proposed).toMatchObject({ ok: true, refused: [] })
  expect(proposed.rows.map(({ accountName, amount }) => [accountName, amount]).sort()).toEqual([
    ['GHI', '10'],
    ['GHI', '10'],
    ['XYZ', '4'],
  ])
  expect(proposed.years.find(({ year }) => year === 2026)?.gain).toBe('60')
  expect((await tax().facts()).revision).toBe(revision)
  expect(await gainOf(2026)).toBe('76')
})

test('a plan that does not add up, comes too late or names what is not there is refused with the rule’s name', async () => {
  const { revision } = await tax().facts()
  const record = (call: Partial<Parameters<ReturnType<typeof tax>['recordAllocation']>[0]>) =>
    errorOf(
      tax().recordAllocation({ plan: plan('4', '10'), written: '2025-01-10', confirmed: true, reason: '', ...call }),
    )
  const rule = (name: string) => ({ code: 'REFUSED', message: expect.stringContaining(name) })
  expect(await record({ plan: plan('3', '10') })).toMatchObject(rule('allocation-not-equal'))
  expect(await record({ plan: plan('14', '14') })).toMatchObject(rule('allocation-'))
  expect(await record({ completed: '2026-08-01' })).toMatchObject(rule('allocation-late'))
  expect(
    await record({ plan: { ...plan('4', '10'), allocations: [{ account: xyz, lot: 'nobody', amount: '4' }] } }),
  ).toMatchObject(rule('unknown-lot'))
  const global = { plan: 'global' as const, order: 'earliest' as const, accounts: [xyz, ghi] }
  expect(await record({ plan: global })).toMatchObject(rule('allocation-written-late'))
  expect((await tax().facts()).revision).toBe(revision)
})

test('a recorded plan stands for good: it asks first, moves the basis, and neither undo nor a second plan takes it back', async () => {
  const call = { plan: plan('4', '10'), written: '2025-01-10', reason: 'as in my books' }
  const asked = await tax().recordAllocation({ ...call, confirmed: false })
  expect(asked).toMatchObject({ recorded: false, act: null, confirm: expect.stringContaining('irrevocable') })
  expect(await gainOf(2026)).toBe('76')
  const { act } = await tax().recordAllocation({ ...call, confirmed: true })
  expect(await gainOf(2026)).toBe('60')
  const refused = { code: 'REFUSED', message: expect.stringContaining('allocation-irrevocable') }
  expect(await errorOf(running.client.live.undo())).toMatchObject(refused)
  const revoked = running.client.live.revoke({ act: act ?? '', confirmed: true })
  expect(await errorOf(revoked)).toMatchObject(refused)
  expect(await errorOf(tax().recordAllocation({ ...call, written: '2025-01-11', confirmed: true }))).toMatchObject(
    refused,
  )
  expect(await tax().changeover()).toMatchObject({
    state: 'planned',
    recorded: [{ plan: 'specific', imported: false }],
  })
  expect(await gainOf(2026)).toBe('60')
})

test('the memo prints the plan with its hash, in every format of its year', async () => {
  const entry = (await running.client.reports.list()).find(({ id }) => id === 'us-changeover-memo')
  expect(entry?.years).toEqual([2025])
  for (const format of entry?.formats ?? [])
    expect(
      (await running.client.reports.render({ form: 'us-changeover-memo', year: 2025, format })).base64.length,
    ).toBeGreaterThan(100)
  const json = await running.client.reports.render({ form: 'us-changeover-memo', year: 2025, format: 'json' })
  const text = Buffer.from(json.base64, 'base64').toString('utf8')
  expect(text).toMatch(/sha256:[0-9a-f]{64}/)
  expect(text).toContain('lot by lot')
  const sections: { id: string; rows: { cells: Record<string, string> }[] }[] = JSON.parse(text).sections
  const cells = sections.flatMap(({ rows }) => rows.map((row) => row.cells))
  expect(cells.filter((row) => Object.values(row).some((cell) => cell === cheap || cell === dear))).toEqual([])
  expect(cells.some((row) => row.acquired === '2019-07-01' && row.account !== '' && row.amount !== '')).toBe(true)
})
