import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerOf, tallystick, UNLOCKED } from './run-cli.ts'

const BOOKS = {
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [{ id: 'kraken', name: 'Kraken', kind: 'exchange' }],
  assets: [
    { id: 'ETH', kind: 'crypto' },
    { id: 'aETH', kind: 'position' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    event('b1', '2022-03-01', 'buy', leg('in', 'ETH', '2'), leg('out', 'USD', '2000.00')),
    event('b2', '2023-03-01', 'buy', leg('in', 'ETH', '2'), leg('out', 'USD', '4000.00')),
    event('l', '2024-03-01', 'lend_supply', valued('out', 'ETH', '1', '3500'), valued('in', 'aETH', '1', '3500')),
    event('s', '2024-09-01', 'sell', leg('out', 'ETH', '1'), leg('in', 'USD', '3000.00')),
  ],
}
function leg(role: string, asset: string, amount: string) {
  return { role, account: 'kraken', asset, amount }
}
function valued(role: string, asset: string, amount: string, value: string) {
  return { ...leg(role, asset, amount), value }
}
function event(id: string, day: string, kind: string, ...legs: object[]) {
  return { id, time: `${day}T12:00:00Z`, kind, legs }
}

let folder = ''
let ledger = ''
const run = (...args: string[]) => tallystick(args, { env: UNLOCKED })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tallystick-tax-'))
  ledger = join(folder, 'Anna.tally')
  writeFileSync(join(folder, 'books.json'), JSON.stringify(BOOKS))
  await answerOf('new', ledger, '--jurisdiction', 'us', '--zone', 'America/New_York')
  await answerOf('import', ledger, join(folder, 'books.json'))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the countries are listed with their methods, and a ledger of any of them can be made', async () => {
  const { countries } = await answerOf<{ countries: { code: string; defaultMethod: string; toVerify: string[] }[] }>(
    'countries',
  )
  expect(countries.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['us', 'gb', 'de', 'au', 'ca', 'fr', 'jp', 'se']),
  )
  const made = await answerOf<{ profile: object; toVerify: string[] }>(
    'new',
    join(folder, 'Yuki.tally'),
    '--jurisdiction',
    'JP',
    '--zone',
    'Asia/Tokyo',
  )
  expect(made.profile).toMatchObject({ jurisdiction: 'jp', currency: 'JPY', method: 'total-average' })
  expect(made.toVerify).toEqual(countries.find(({ code }) => code === 'jp')?.toVerify)
}, 30_000)

test('methods, countries and answers of the register stand side by side', async () => {
  const methods = await answerOf<{
    methods: { method: string; allowed: boolean; why: string | null; gain: string | null }[]
  }>('tax', ledger, '--year', '2024', '--compare')
  expect(methods.methods.filter(({ allowed }) => allowed).map(({ method, gain }) => [method, gain])).toEqual([
    ['fifo', '2000'],
    ['lifo', '1000'],
    ['hifo', '1000'],
    ['lofo', '2000'],
    ['specific', '2000'],
  ])
  expect(methods.methods.find(({ method }) => method === 'acb')?.why).toContain('method-not-allowed')
  const countries = await answerOf<{
    countries: { code: string; cell: { gain: string } | null; why: string | null }[]
  }>('tax', ledger, '--year', '2024', '--compare', 'countries')
  expect(countries.countries.find(({ code }) => code === 'none')?.cell).not.toBeNull()
  expect(countries.countries.find(({ code }) => code === 'de')?.why).toContain('USD in EUR')
  const positions = await answerOf<{
    effects: { id: string; alternatives: { choice: string; years: { year: number; gain: string }[] }[] }[]
  }>('tax', ledger, '--year', '2024', '--compare', 'positions')
  const swap = positions.effects.find(({ id }) => id === 'P4')?.alternatives.find(({ choice }) => choice === 'swap')
  expect(swap?.years).toMatchObject([{ year: 2024, gain: '2500' }])
}, 60_000)

test('an answer is recorded with its reason, counts from then on, and is taken back', async () => {
  const set = await answerOf<{ acts: object[]; positions: { id: string; chosen: object[] }[] }>(
    'positions',
    ledger,
    '--set',
    'P4=swap',
    '--reason',
    'ownership passes',
  )
  expect(set.acts).toHaveLength(1)
  expect(set.positions.find(({ id }) => id === 'P4')?.chosen).toMatchObject([
    { choice: 'swap', reason: 'ownership passes' },
  ])
  const taxed = await answerOf<{ totals: Record<string, { gain: string }> }>('tax', ledger, '--year', '2024')
  expect(Number(taxed.totals['2024']?.gain)).toBe(4500)
  const cleared = await answerOf<{ positions: { id: string; chosen: object[] }[] }>(
    'positions',
    ledger,
    '--clear',
    'P4',
  )
  expect(cleared.positions.find(({ id }) => id === 'P4')?.chosen).toEqual([])
}, 60_000)

test('a year for people names country, method and rule, adds up, and lists each sale and the income by head', async () => {
  const { out } = await run('tax', ledger, '--year', '2024')
  expect(out).toContain('Tax year 2024: United States, USD\nMethod: First in, first out (')
  expect(out).toMatch(/^Net gain or loss +[\d,]+\.\d\d$/m)
  expect(out).toMatch(/^2024-09-01 +ETH +1 +\d{4}-\d\d-\d\d +3,000\.00 /m)
  expect(out).not.toMatch(/shortTerm|incomeTaxable|undefined/)
}, 60_000)

test('facts about the person, sums carried in and dated methods are set on the terminal, shown, and counted', async () => {
  const books = join(folder, 'Facts.tally')
  await answerOf('new', books, '--jurisdiction', 'us', '--zone', 'America/New_York')
  await answerOf('import', books, join(folder, 'books.json'))
  const set = [
    '--set',
    'filingStatus=married-separately',
    '--carry',
    'lossLong=500',
    '--method-from',
    '2024-01-01=lifo',
  ]
  const { out, err, code } = await run('profile', books, '--year', '2024', ...set, '--reason', 'last return')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('Brought into 2024: lossLong 500.00')
  expect(out).toMatch(/^2024 +filingStatus .* married-separately /m)
  const { totals } = await answerOf<{ totals: Record<string, { gain: string; taxable: string }> }>(
    'tax',
    books,
    '--year',
    '2024',
  )
  // Last in, first out: 3,000 for what cost 2,000 in 2023; 500 come off.
  expect(totals['2024']).toMatchObject({ gain: '1000.00', taxable: '500.00' })
  for (const [args, word] of [
    [['--year', '2024', '--set', 'filingStatus=rich'], 'married-jointly'],
    [['--method', 'lifo', '--year', '2024', '--set', 'filingStatus=single'], 'two commands'],
    [['--year', '2024', '--set', 'height=2'], 'filingStatus'],
    [['--set', 'filingStatus=single'], '--year'],
    [['--year', '2024', '--carry', 'lossLong=much'], 'decimal'],
    [['--method-from', '2024-01-01=acb'], 'method-not-allowed'],
    [['--jurisdiction', 'zz'], 'unknown-jurisdiction'],
  ] as const) {
    const refused = await run('profile', books, ...args)
    expect([args.join(' '), refused.code, refused.out]).toEqual([args.join(' '), 2, ''])
    expect(refused.err).toContain(word)
  }
  const back = await answerOf<{ carryIn: object | null; methods: object[] }>(
    'profile',
    books,
    '--clear-carry',
    '--one-method',
  )
  expect([back.carryIn, back.methods]).toEqual([null, []])
}, 120_000)

test('lots are named on the terminal, seen in the figures, refused where they are not there, and taken back', async () => {
  const books = join(folder, 'Lots.tally')
  await answerOf('new', books, '--jurisdiction', 'us', '--zone', 'America/New_York')
  await answerOf('import', books, join(folder, 'books.json'))
  const gain = async () => {
    const { totals } = await answerOf<{ totals: Record<string, { gain: string }> }>('tax', books, '--year', '2024')
    return totals['2024']?.gain
  }
  const before = await gain()
  const held = (await run('tax', books, '--year', '2024', '--lots')).out
  const lot = /^ETH +2 .* 2023-03-01 +4,000\.00 +(\S+)$/m.exec(held)?.[1] ?? ''
  const sale = lot.replace(/b2$/, 's')
  expect((await run('decide', books, '--event', sale, '--lot', `${lot}=1`)).code).toBe(0)
  expect([before, await gain()]).toEqual(['2000.00', '1000.00'])
  const late = await run('decide', books, '--event', sale, '--lot', `${lot}=1`, '--identified-at', 'yesterday')
  expect([late.code, late.err]).toEqual([2, expect.stringContaining('--identified-at yesterday')])
  const many = await run('decide', books, '--event', sale, '--lot', `${lot}=9`)
  expect([many.code, many.err]).toEqual([2, expect.stringContaining('named-lot')])
  expect((await run('decide', books, '--event', sale, '--unlot')).code).toBe(0)
  expect(await gain()).toBe('2000.00')
}, 120_000)

test('what the rules refuse ends with 2, in one line with the rule’s name, and nothing is stored', async () => {
  const before = readFileSync(ledger)
  const refusals: [string[], string][] = [
    [['new', join(folder, 'x.tally'), '--jurisdiction', 'zz', '--zone', 'UTC'], 'unknown-jurisdiction'],
    [
      ['new', join(folder, 'x.tally'), '--jurisdiction', 'de', '--zone', 'UTC', '--method', 'acb'],
      'method-not-allowed',
    ],
    [['tax', ledger, '--year', '2024', '--jurisdiction', 'zz'], 'unknown-jurisdiction'],
    [['tax', ledger, '--year', '2024', '--method', 's104'], 'method'],
    [['tax', ledger, '--year', '2024', '--compare', 'moons'], 'moons'],
    [['positions', ledger, '--set', 'P4=maybe'], 'position-not-allowed'],
    [['positions', ledger, '--set', 'P4'], 'P4=swap'],
    [['positions', ledger, '--asset', 'ETH'], '--set'],
    [['positions', ledger, '--set', 'P4=swap', '--from', '2024-13-01'], '2024-13-01'],
  ]
  for (const [args, word] of refusals) {
    const { code, out, err } = await run(...args)
    expect([args.join(' '), code, out]).toEqual([args.join(' '), 2, ''])
    expect(err).toContain(word)
  }
  expect(readFileSync(ledger).equals(before)).toBe(true)
}, 60_000)

test('a plan for the changeover that does not add up is refused, and one that does asks to be recorded for good', async () => {
  const state = await answerOf<{
    assets: { asset: string; lots: { lot: string; account: string; amount: string }[] }[]
  }>('changeover', ledger)
  const eth = state.assets.find(({ lots }) => lots[0]?.amount === '2')
  const plan = (amounts: readonly string[]) => {
    const allocations = (eth?.lots ?? []).map(({ lot, account }, at) => ({ lot, account, amount: amounts[at] }))
    const path = join(folder, 'plan.json')
    writeFileSync(path, JSON.stringify({ plan: 'specific', asset: eth?.asset, allocations }))
    return path
  }
  const short = await run('changeover', ledger, '--plan', plan(['1.5']), '--written', '2025-02-01', '--record')
  expect([short.code, short.err]).toEqual([2, expect.stringContaining('allocation-')])
  const whole = plan((eth?.lots ?? []).map(({ amount }) => amount))
  expect(await answerOf('changeover', ledger, '--plan', whole, '--written', '2025-02-01')).toMatchObject({ ok: true })
  expect(await answerOf('changeover', ledger, '--plan', whole, '--written', '2025-02-01', '--record')).toMatchObject({
    recorded: true,
  })
  const undo = await run('undo', ledger)
  expect([undo.code, undo.err]).toEqual([2, expect.stringContaining('allocation-irrevocable')])
  const out = join(folder, 'memo.json')
  await answerOf('report', ledger, '--year', '2025', '--form', 'us-changeover-memo', '--format', 'json', '--out', out)
  expect(readFileSync(out, 'utf8')).toMatch(/sha256:[0-9a-f]{64}/)
}, 60_000)
