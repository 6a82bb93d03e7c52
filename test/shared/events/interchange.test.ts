import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseMoney } from '../../../shared/amount/decimal.ts'
import { parseInterchange } from '../../../shared/events/interchange.ts'
import { hashInterchange, writeInterchange } from '../../../shared/events/interchange-writer.ts'
import { amount, changed, problemsOf, read, soundDocument } from './documents.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('a sound document is read with exact amounts, instants and document order', () => {
  const document = read(soundDocument())
  expect(document.profile).toEqual({
    jurisdiction: 'us',
    currency: 'USD',
    zone: 'America/New_York',
    method: 'fifo',
    scope: 'pack',
    fees: {},
    positions: {},
    person: {},
  })
  expect(document.events.map((event) => event.order)).toEqual([0, 1, 2])
  expect(document.events[1]).toEqual({
    id: 'e2',
    time: Date.UTC(2024, 2, 1),
    order: 1,
    kind: 'transfer',
    legs: [
      { role: 'out', account: 'kraken', asset: 'BTC', amount: amount('1') },
      { role: 'in', account: 'ledger', asset: 'BTC', amount: amount('0.9995') },
      { role: 'fee', account: 'kraken', asset: 'BTC', amount: amount('0.0005'), included: true },
    ],
  })
  expect(document.prices).toEqual([{ asset: 'BTC', currency: 'USD', time: '2024-03-01', price: parseMoney('61000') }])
})

test.each([
  ['extra', 1, 'books.json: extra is not a member of the document'],
  ['profile.taxYear', 2025, 'books.json: profile.taxYear is not a member of a profile'],
  ['accounts.0.color', 'red', 'books.json: accounts[0].color is not a member of an account'],
  ['assets.1.decimals', 2, 'books.json: assets[1].decimals is not a member of an asset'],
  ['events.1.amount', '1', 'books.json: events[1].amount is not a member of an event'],
  ['events.1.legs.0.ammount', '1', 'books.json: events[1].legs[0].ammount is not a member of a leg'],
  ['events.2.lots.0.lot', 'e1', 'books.json: events[2].lots[0].lot is not a member of a named lot'],
  ['prices.0.high', '1', 'books.json: prices[0].high is not a member of a price'],
  ['events.0.plan', 'global', 'books.json: events[0].plan belongs to allocation events only'],
  ['events.0.__proto__', {}, null],
])('an unknown member %s is an error that names it', (at, value, line) => {
  if (line !== null) expect(problemsOf(changed(at, value))).toEqual([line])
  else {
    const text = JSON.stringify(soundDocument()).replace('"id":"e1"', '"id":"e1","__proto__":{}')
    const result = parseInterchange(text, 'books.json')
    expect(result).toMatchObject({ ok: false, problems: [{ path: 'events[0].__proto__' }] })
  }
})

test.each([
  ['schema', 'tallystick/events@2', 'schema', 'tallystick/events@1'],
  ['profile', undefined, 'profile', 'must be an object'],
  ['profile.jurisdiction', 'USA', 'profile.jurisdiction', 'two-letter'],
  ['profile.currency', 'usd', 'profile.currency', 'code like USD'],
  ['profile.zone', 'America/Nowhere', 'profile.zone', 'unknown'],
  ['profile.method', 'fido', 'profile.method', 'fifo'],
  ['profile.method', [{ method: 'fifo' }], 'profile.method[0].from', 'missing'],
  ['profile.scope', 'wallet', 'profile.scope', 'account'],
  ['profile.fees', { buy: 'proceeds' }, 'profile.fees.buy', 'cost'],
  ['profile.fees', { move: 'drop' }, 'profile.fees.move', 'not a member'],
  ['profile.feeOnTransfer', 'burn', 'profile.feeOnTransfer', 'carry'],
  ['profile.positions', { wrap: 'none' }, 'profile.positions.wrap', 'register'],
  ['profile.positions', { P4: [{ scope: {} }] }, 'profile.positions.P4[0].choice', 'missing'],
  [
    'profile.positions',
    { P4: [{ choice: 'none', scope: { asset: 'ETH' } }] },
    'profile.positions.P4[0].scope.asset',
    'does not declare',
  ],
  ['profile.person', { '25': {} }, 'profile.person.25', 'tax year'],
  ['profile.person', { '2025': { otherIncome: 5 } }, 'profile.person.2025.otherIncome', 'decimal number'],
  ['profile.carryIn', { losses: '5' }, 'profile.carryIn.year', 'missing'],
  ['profile.rounding', 'dollars', 'profile.rounding', 'whole'],
  ['accounts.1.id', 'kraken', 'accounts[1].id', 'earlier account'],
  ['accounts.0.kind', 'bourse', 'accounts[0].kind', 'exchange'],
  ['assets.0.kind', undefined, 'assets[0].kind', 'missing'],
  ['events', {}, 'events', 'must be a list'],
  ['events.1.id', 'e1', 'events[1].id', 'earlier event'],
  ['events.0.time', '2024-01-02T03:04:05', 'events[0].time', 'not an instant'],
  ['events.0.time', '2024-02-31T00:00:00Z', 'events[0].time', 'calendar'],
  ['events.0.kind', 'bought', 'events[0].kind', 'not one of the kinds'],
  ['events.0.legs', [], 'events[0].legs', 'at least one leg'],
  ['events.0.legs.0.role', 'inn', 'events[0].legs[0].role', 'rebate'],
  ['events.0.legs.0.account', 'coinbase', 'events[0].legs[0].account', 'does not declare'],
  ['events.0.legs.0.asset', 'ETH', 'events[0].legs[0].asset', 'does not declare'],
  ['events.0.legs.0.asset', undefined, 'events[0].legs[0].asset', 'missing'],
  ['events.0.legs.0.amount', '-1', 'events[0].legs[0].amount', 'positive'],
  ['events.0.legs.0.amount', '0', 'events[0].legs[0].amount', 'positive'],
  ['events.0.legs.0.amount', 1.5, 'events[0].legs[0].amount', 'written as a text'],
  ['events.0.legs.0.amount', '0x10', 'events[0].legs[0].amount', 'not a plain decimal'],
  ['events.0.legs.0.amount', '1e-18', 'events[0].legs[0].amount', 'not a plain decimal'],
  ['events.0.legs.0.amount', '1,000.5', 'events[0].legs[0].amount', 'not a plain decimal'],
  ['events.0.legs.0.value', '-5', 'events[0].legs[0].value', 'negative'],
  ['events.0.legs.0.included', true, 'events[0].legs[0].included', 'fee legs'],
  ['events.0.legs.0.cost', '5', 'events[0].legs[0].cost', 'opening_lot'],
  ['events.0.legs.0.carry', { cost: '5' }, 'events[0].legs[0].carry', 'gift'],
  ['events.1.legs.2.amount', '1.5', 'events[1].legs[2]', 'at least as large'],
  ['events.1.legs.2.withheld', 'yes', 'events[1].legs[2].withheld', 'true or false'],
  ['events.1.legs.1.role', 'out', 'events[1].legs', 'an out and an in leg'],
  ['events.2.lots.0.event', 'e9', 'events[2].lots[0].event', 'does not have'],
  ['events.2.lots.0.amount', '-1', 'events[2].lots', 'not positive'],
  ['events.2.identifiedTo', 'broker ', 'events[2].identifiedTo', 'books'],
  ['prices.0.asset', 'ETH', 'prices[0].asset', 'does not declare'],
  ['prices.0.price', '0', 'prices[0].price', 'positive'],
  ['prices.0.time', '2024-02-30', 'prices[0].time', 'calendar'],
  ['brokerForms', [{ account: 'kraken' }], 'brokerForms[0].asset', 'missing'],
])('%s = %j is refused at %s', (at, value, path, words) => {
  const [line] = problemsOf(changed(at, value))
  expect(line).toContain(`books.json: ${path} `)
  expect(line).toContain(words)
})

test('lots may name events that the document says are not there, and it leaves again as the same bytes', () => {
  const document = changed('events.2.lots.0.event', 'gone')
  document.absent = ['gone']
  const read1 = read(document)
  expect(read1.events[2]?.lots).toMatchObject([{ event: 'gone' }])
  const text = writeInterchange(read1)
  expect(JSON.parse(text).absent).toEqual(['gone'])
  expect(writeInterchange(read(JSON.parse(text)))).toBe(text)
  expect(JSON.parse(writeInterchange(read(soundDocument())))).not.toHaveProperty('absent')
})

test.each([
  [['e1'], 'absent[0]', 'the document has it'],
  [[5], 'absent[0]', 'must be the id of an event'],
  ['gone', 'absent', 'must be a list'],
])('absent = %j is refused at %s', (absent, path, words) => {
  const [line] = problemsOf({ ...soundDocument(), absent })
  expect(line).toContain(`books.json: ${path} `)
  expect(line).toContain(words)
})

test('what is left out keeps what its kind alone has, so that it can be taken in again', () => {
  const document = changed('events.0.kind', 'ignored') as { events: { legs: object[] }[] }
  const [first] = document.events
  Object.assign(first ?? {}, { method: 'hifo', plan: 'global', order: 'earliest', jurisdiction: 'de' })
  Object.assign(first?.legs[0] ?? {}, { cost: '5', acquired: '2020-01-01' })
  const text = writeInterchange(read(document))
  expect(JSON.parse(text).events[0]).toMatchObject({ kind: 'ignored', method: 'hifo', order: 'earliest' })
  expect(writeInterchange(read(JSON.parse(text)))).toBe(text)
})

test('all problems of a document are told at once, up to fifty', () => {
  const document = soundDocument()
  document.events = Array.from({ length: 80 }, (_, i) => ({ id: `x${i}`, time: 'now', kind: 'buy', legs: [] }))
  expect(problemsOf(document)).toHaveLength(50)
  expect(problemsOf(changed('events.0', { id: 'e1', time: 'now', kind: 'sold', legs: [], who: 1 }))).toHaveLength(3)
})

test('a document of nothing but nonsense is refused, however long it is', () => {
  const nonsense = [null, 5, 'x', [], { legs: [null, 7] }, { legs: 'no', lots: 3, order: {} }]
  const events = Array.from({ length: 120 }, (_, i) => nonsense[i % nonsense.length])
  expect(problemsOf({ ...soundDocument(), events })).toHaveLength(50)
  for (const kind of ['allocation', 'lot_selection', 'residence_change', 'fork', 'snapshot']) {
    expect(problemsOf(changed('events.0', { kind, id: 'e1', time: '2024-01-01', legs: [null] }))).not.toEqual([])
  }
})

test('a text that is no JSON is refused with the reason', () => {
  expect(parseInterchange('{"schema":', 'books.json')).toMatchObject({
    ok: false,
    problems: [{ path: '', message: expect.stringContaining('is not JSON') }],
  })
  expect(parseInterchange('[]', 'books.json').ok).toBe(false)
})

test('short spellings of the profile are spelt out', () => {
  const profile = (members: object) =>
    read({ ...soundDocument(), profile: { jurisdiction: 'none', currency: 'EUR', zone: 'UTC', ...members } }).profile
  expect(profile({ feeOnTransfer: 'carry' }).fees).toEqual({ transfer: 'carry' })
  expect(profile({ feeOnTransfer: 'carry', fees: { transfer: 'drop', swap: 'in' } }).fees).toEqual({
    transfer: 'drop',
    swap: 'in',
  })
  expect(profile({ positions: { P1: 'swap' } }).positions).toEqual({ P1: [{ choice: 'swap' }] })
  expect(profile({}).scope).toBe('pack')
  expect(profile({ method: [{ from: '2025-01-01', method: 'hifo', asset: 'BTC' }] }).method).toEqual([
    { from: '2025-01-01', method: 'hifo', asset: 'BTC' },
  ])
})

test('a withheld fee is an included one', () => {
  const event = read(
    changed('events.1.legs.2', { role: 'fee', account: 'kraken', asset: 'BTC', amount: '0.0005', withheld: true }),
  ).events[1]
  expect(event?.legs[2]).toMatchObject({ withheld: true, included: true })
})

test('an event with a date acts at the start of that day in the zone of the profile', () => {
  expect(read(changed('events.0.time', '2024-01-02')).events[0]).toMatchObject({
    time: Date.UTC(2024, 0, 2, 5),
    precision: 'day',
  })
})

const EVERYTHING = {
  ...soundDocument(),
  profile: {
    jurisdiction: 'us',
    currency: 'USD',
    zone: 'Europe/Berlin',
    method: [{ from: '2024-01-01', method: 'lifo', account: 'kraken' }],
    scope: 'universal',
    fees: { coin: 'drop' },
    positions: { P4: [{ choice: 'none', scope: { protocol: 'aave' }, from: '2024-01-01', reason: 'loan' }] },
    person: { '2025': { filingStatus: 'single', partner: false, otherGains: { short: '-5.5' } } },
    carryIn: { year: 2024, lossShort: '100' },
    rounding: 'whole',
  },
  events: [
    {
      id: 'o',
      time: '2020-01-01',
      kind: 'opening_lot',
      legs: [{ role: 'in', account: 'kraken', asset: 'BTC', amount: '2', acquired: '2019-05-05', cost: '9000' }],
    },
    {
      id: 'g',
      time: '2020-02-01T00:00:00Z',
      kind: 'gift_in',
      legs: [
        {
          role: 'in',
          account: 'kraken',
          asset: 'BTC',
          amount: '1',
          carry: { acquired: '2018-01-01', cost: '5', marketValue: '7' },
        },
      ],
    },
    {
      id: 'r',
      time: '2020-03-01T00:00:00Z',
      kind: 'residence_change',
      jurisdiction: 'gb',
      currency: 'GBP',
      zone: 'Europe/London',
    },
    { id: 's', time: '2020-03-02T00:00:00Z', kind: 'lot_selection', method: 'hifo', account: 'kraken' },
    {
      id: 'n',
      time: '2020-03-03T00:00:00Z',
      kind: 'snapshot',
      legs: [{ role: 'info', account: 'kraken', asset: 'BTC', amount: '3', value: '100' }],
    },
    {
      id: 'f',
      time: '2020-03-04T00:00:00Z',
      kind: 'fork',
      parent: 'BTC',
      hash: '0xab',
      protocol: 'x',
      legs: [{ role: 'in', account: 'kraken', asset: 'BTC', amount: '1' }],
    },
    {
      id: 'd',
      time: '2020-03-05T00:00:00Z',
      kind: 'loan_borrow',
      portfolioValue: '12.5',
      legs: [
        { role: 'debt', account: 'kraken', asset: 'USD', amount: '-5' },
        { role: 'collateral', account: 'kraken', asset: 'BTC', amount: '1' },
      ],
    },
    {
      id: 'a',
      time: '2025-01-01T05:00:00Z',
      kind: 'allocation',
      plan: 'specific',
      allocations: [{ account: 'ledger', lot: 'o', amount: '1' }],
      completed: '2024-12-31T00:00:00Z',
    },
    {
      id: 'b',
      time: '2025-01-01T05:00:00Z',
      kind: 'allocation',
      asset: 'BTC',
      plan: 'global',
      order: 'earliest',
      accounts: ['ledger', 'kraken'],
    },
  ],
  brokerForms: [
    {
      account: 'kraken',
      asset: 'BTC',
      units: '1',
      sold: '2025-02-01',
      proceeds: '5',
      basisReported: true,
      box: 'G',
      count: 3,
      aggregate: 'QS',
      dateIn: '2025-01-01',
      unitsIn: '1',
    },
  ],
}

test('every member survives writing and reading, and writing again gives the same bytes', () => {
  const document = read(EVERYTHING)
  const text = writeInterchange(document)
  const again = parseInterchange(text, 'books.json')
  expect(again).toEqual({ ok: true, document })
  expect(again.ok && writeInterchange(again.document)).toBe(text)
  expect(hashInterchange(document, sha256)).toBe(`sha256:${sha256(text)}`)
})

test('the members written are the members given', () => {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : value
  const written = JSON.parse(writeInterchange(read(EVERYTHING))) as Record<string, unknown>
  const events = written.events as { id: string; [name: string]: unknown }[]
  const given = EVERYTHING.events.map((event) =>
    event.id === 'o'
      ? { ...event, time: '2019-12-31T23:00:00.000Z', precision: 'day' }
      : { ...event, time: event.time.replace('00Z', '00.000Z') },
  )
  const withLegs = given.map((event) => ({
    legs: [],
    ...event,
    ...('completed' in event ? { completed: '2024-12-31T00:00:00.000Z' } : {}),
  }))
  expect(sorted(events)).toEqual(sorted(withLegs))
  expect(sorted(written.profile)).toEqual(sorted(EVERYTHING.profile))
  expect(sorted(written.brokerForms)).toEqual(sorted(EVERYTHING.brokerForms))
})
