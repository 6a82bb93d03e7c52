/** Our own table of the books: what comes back is what left, whatever the books look like. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import type { Account, Asset } from '../../../shared/events/account.ts'
import type { LedgerEvent, Leg } from '../../../shared/events/event.ts'
import { checkEvent } from '../../../shared/events/event-invariants.ts'
import type {
  AccountId,
  AssetId,
  CivilDate,
  CurrencyCode,
  EventId,
  Instant,
  ZoneName,
} from '../../../shared/events/identifiers.ts'
import type { Books } from '../../../shared/exports/books.ts'
import { tallystickTable } from '../../../shared/exports/tallystick-table.ts'
import { type Collected, collect } from '../../electron/intake/collect.ts'
import { madeUpBooks } from './made-up-books.ts'

const readBack = (books: Books): Promise<Collected> =>
  collect(tallystickTable(books, 'books').files[0]?.text ?? '', { currency: books.currency })

/** An event's facts; a leg's `included` is said by `withheld`, and a time without precision is exact. */
const factsOf = ({
  id: _,
  order: __,
  legs,
  precision = 'millisecond',
  lots,
  allocations,
  ...event
}: LedgerEvent): unknown =>
  JSON.parse(
    JSON.stringify(
      {
        ...event,
        precision,
        lots: lots?.map(({ amount, asset }) => ({ amount, asset })),
        allocations: allocations?.map(({ account, amount }) => ({ account, amount })),
        legs: legs.map(({ included, withheld, ...leg }) => ({
          ...leg,
          ...(withheld === true ? { withheld } : included === true ? { included } : {}),
        })),
      },
      (_name, value) => (typeof value === 'bigint' ? `${value}` : value),
    ),
  )

const stagedFacts = ({ events }: Collected): unknown[] =>
  events.map(({ rows: _, timeText: __, sourceKind: ___, warnings: ____, ...event }) =>
    factsOf({
      ...event,
      legs: event.legs.map(({ stated: _5, costStated: _6, carryCurrency: _7, ...leg }) => leg),
    } as unknown as LedgerEvent),
  )

test('every sound event comes back as it was, with accounts and assets of any name', async () => {
  await fc.assert(
    fc.asyncProperty(madeUpBooks, async (made) => {
      // Notes lose the spaces around them, and what is not sound is refused when it is read.
      const events = made.events
        .filter((event) => checkEvent(event).length === 0)
        .map(({ note, ...event }) =>
          note === undefined || note.trim() === '' ? event : { ...event, note: note.trim() },
        )
      const books = { ...made, events: events.map((event, i) => ({ ...event, time: (event.time + i) as Instant })) }
      fc.pre(events.length > 0)
      const read = await readBack(books)
      expect(read.rows.filter(({ outcome }) => outcome !== 'event')).toEqual([])
      expect(stagedFacts(read)).toEqual(books.events.map(factsOf))
    }),
    { numRuns: 60, seed: 47 },
  )
})

const account = (id: string, more: Partial<Account> = {}): Account => ({
  id: id as AccountId,
  name: id,
  kind: 'exchange',
  ...more,
})
const asset = (id: string, more: Partial<Asset> = {}): Asset => ({ id: id as AssetId, kind: 'crypto', ...more })
const units = (n: bigint): Amount => (n * 10n ** 24n) as Amount
const money = (n: bigint): Money => (n * 10n ** 18n) as Money
const leg = (role: Leg['role'], of: string, amount: bigint, more: Partial<Leg> = {}): Leg => ({
  role,
  account: 'kraken' as AccountId,
  asset: of as AssetId,
  amount: units(amount),
  ...more,
})
const event = (id: string, time: number, kind: LedgerEvent['kind'], legs: Leg[], more: Partial<LedgerEvent> = {}) =>
  ({ id: id as EventId, time: time as Instant, kind, legs, ...more }) as LedgerEvent

const START = Date.UTC(2025, 0, 1)
const books: Books = {
  currency: 'USD' as CurrencyCode,
  zone: 'UTC' as ZoneName,
  prices: [],
  accounts: [
    account('kraken', { name: 'Kraken, “main”', group: 'mine', owner: 'joint', business: true }),
    account("'=ledger", { name: '=Ledger', kind: 'wallet' }),
  ],
  assets: [
    asset('USD', { kind: 'fiat' }),
    asset('BTC'),
    asset('ethereum:0xab', { symbol: 'ABC', kind: 'token', chain: 'ethereum', contract: '0xab', family: 'abc' }),
  ],
  events: [
    event('lot', START, 'opening_lot', [
      leg('in', 'BTC', 2n, { acquired: '2019-03-04' as CivilDate, cost: money(7000n) }),
      leg('in', 'ethereum:0xab', 2n, { cost: money(10n), pool: true }),
    ]),
    event('gift', START, 'gift_in', [
      leg('in', 'BTC', 1n, {
        carry: { acquired: '2018-01-02' as CivilDate, cost: money(5n), marketValue: money(9n) },
        value: money(9n),
      }),
    ]),
    event(
      'sale',
      START + 1,
      'sell',
      [leg('out', 'BTC', 1n), leg('in', 'USD', 9n), leg('fee', 'USD', 1n, { for: 'in', withheld: true })],
      {
        lots: [{ event: 'lot' as EventId, asset: 'BTC' as AssetId, amount: units(1n) }],
        identifiedAt: START as Instant,
        identifiedTo: 'broker',
        portfolioValue: money(100n),
        hash: '0xab',
        protocol: 'uniswap',
        precision: 'day',
      },
    ),
    event('order', START + 2, 'lot_selection', [], { method: 'hifo', account: "'=ledger" as AccountId }),
    event('plan', START + 3, 'allocation', [], {
      plan: 'specific',
      asset: 'BTC' as AssetId,
      allocations: [{ account: "'=ledger" as AccountId, lot: 'lot' as EventId, amount: units(1n) }],
      completed: START as Instant,
    }),
    event('move', START + 4, 'residence_change', [], {
      jurisdiction: 'de',
      currency: 'EUR' as CurrencyCode,
      zone: 'Europe/Berlin' as ZoneName,
    }),
    event('split', START + 5, 'fork', [leg('in', 'ethereum:0xab', 3n, { account: "'=ledger" as AccountId })], {
      parent: 'BTC' as AssetId,
    }),
  ],
}

describe('the members that few events have', () => {
  it('come back: lots, plans, orders, moves, gifts with the giver’s cost', async () => {
    const read = await readBack(books)
    expect(read.rows.filter(({ outcome }) => outcome !== 'event')).toEqual([])
    expect(stagedFacts(read)).toEqual(books.events.map(factsOf))
  })

  it('accounts and assets come back with kind, group, owner, chain and contract', async () => {
    const { messages } = await readBack(books)
    const batches = messages.filter((message) => message.type === 'batch')
    expect(batches.flatMap((batch) => batch.declared ?? [])).toEqual(books.accounts)
    const { assets } = await readBack(books)
    expect(assets.map(({ reason: _, certainty: __, ...rest }) => rest)).toEqual(
      expect.arrayContaining([...books.assets]),
    )
  })

  it('events of one instant keep the order that they had', async () => {
    const { events } = await readBack(books)
    expect(events.slice(0, 2).map(({ order }) => order)).toEqual([0, 1])
  })

  it('a lot named by an event is the one that came back', async () => {
    const { events } = await readBack(books)
    expect(events.find(({ kind }) => kind === 'sell')?.lots?.[0]?.event).toBe(events[0]?.id)
  })

  it('a table that says whose word a value is, but has no value, is refused with its column', async () => {
    const stated = {
      ...books,
      events: [event('e', START, 'staking_reward', [leg('in', 'BTC', 1n, { value: money(9n) })])],
    }
    const text = tallystickTable(stated, 'books').files[0]?.text ?? ''
    expect(stagedFacts(await collect(text))).toMatchObject([{ legs: [{ value: `${money(9n)}` }] }])
    const said = text.replace(/,\r\n$/, ',user\r\n')
    expect(stagedFacts(await collect(said))).toMatchObject([{ legs: [{ valueBy: 'user' }] }])
    const { rows } = await collect(said.replace(',9,USD,', ',,,'))
    expect(rows).toMatchObject([{ outcome: 'not-understood', column: 'value by' }])
  })

  it('what is not this program’s is refused with its column', async () => {
    const text = tallystickTable(books, 'books').files[0]?.text ?? ''
    const read = await collect(text.replace('"method""":""hifo"', '"method":""wish"').replace('""hifo""', '""wish""'))
    const refused = read.rows.filter(({ outcome }) => outcome === 'not-understood')
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ column: 'more' })
  })

  it('reads tables of the first kind as far as they go', async () => {
    const old = [
      'event,time,kind,leg,role,account,asset,amount,included,value,currency,hash,note',
      'e1,2024-01-02T10:00:00.000Z,buy,0,in,Kraken,BTC,1,,,,,',
      'e1,2024-01-02T10:00:00.000Z,buy,1,out,Kraken,USD,42000,,,,,first',
    ].join('\r\n')
    const read = await collect(old)
    expect(stagedFacts(read)).toMatchObject([
      {
        kind: 'buy',
        legs: [
          { account: 'kraken', asset: 'BTC' },
          { account: 'kraken', asset: 'USD' },
        ],
      },
    ])
  })
})
