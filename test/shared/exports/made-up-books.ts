/** Made-up books for the exports: every role and kind, names that hurt, amounts of every length. */
import fc from 'fast-check'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import type { Account, Asset } from '../../../shared/events/account.ts'
import type { LedgerEvent, Leg } from '../../../shared/events/event.ts'
import type {
  AccountId,
  AssetId,
  CurrencyCode,
  EventId,
  Instant,
  ZoneName,
} from '../../../shared/events/identifiers.ts'
import { KINDS } from '../../../shared/events/kinds.ts'
import type { Books } from '../../../shared/exports/books.ts'

/** Names of accounts as people and files write them. */
export const HOSTILE_NAMES = [
  '=cmd|calc',
  'tab\there',
  'two\nlines',
  'quote " and ; and {braces}',
  'a:b:c',
  '🚀 moon',
  '\u202eright to left',
  'x'.repeat(300),
  'Zürich  Bank',
  '日本',
  '',
  '(paren) [bracket] * !',
]

export const HOSTILE_SYMBOLS = [
  '1INCH',
  '$WIF',
  'USDC.e',
  'ABC',
  'ABC',
  'abc',
  'USD+',
  'TRUE',
  'X',
  'UNIV2-ETH-USDC',
  'Œ',
  'say "hi"; ok',
  '',
]

const accounts: readonly Account[] = HOSTILE_NAMES.map((name, i) => ({
  id: `account-${i}` as AccountId,
  name,
  kind: i % 2 === 0 ? 'exchange' : 'wallet',
}))
const assets: readonly Asset[] = [
  { id: 'EUR' as AssetId, kind: 'fiat' },
  ...HOSTILE_SYMBOLS.map((symbol, i): Asset => ({ id: `asset-${i}` as AssetId, symbol, kind: 'token' })),
]

const amount: fc.Arbitrary<Amount> = fc.oneof(
  fc.bigInt({ min: 1n, max: 10n ** 42n }),
  fc.bigInt({ min: 1n, max: 1000n }),
  fc.bigInt({ min: 1n, max: 10n ** 6n }).map((n) => n * 10n ** 24n),
) as fc.Arbitrary<Amount>

const leg: fc.Arbitrary<Leg> = fc
  .record({
    role: fc.constantFrom('in', 'out', 'fee', 'rebate', 'debt', 'collateral', 'info' as const),
    account: fc.constantFrom(...accounts.map(({ id }) => id)),
    asset: fc.constantFrom(...assets.map(({ id }) => id)),
    amount,
    value: fc.option(fc.bigInt({ min: 0n, max: 10n ** 24n }) as fc.Arbitrary<Money>, { nil: undefined }),
    included: fc.boolean(),
    byUser: fc.boolean(),
  })
  .map(({ value, included, byUser, ...rest }) => ({
    ...rest,
    ...(value === undefined ? {} : { value, ...(byUser ? { valueBy: 'user' } : {}) }),
    ...(rest.role === 'fee' && included ? { included } : {}),
  })) as fc.Arbitrary<Leg>

const START = Date.UTC(2023, 0, 1)

/** A history of up to forty events of any kind, in engine order. */
export const madeUpBooks: fc.Arbitrary<Books> = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: 0, max: 1_500_000 }),
      kind: fc.constantFrom(...KINDS),
      legs: fc.array(leg, { minLength: 0, maxLength: 5 }),
      note: fc.option(fc.constantFrom(...HOSTILE_NAMES), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((drafts) => ({
    currency: 'EUR' as CurrencyCode,
    zone: 'Europe/Berlin' as ZoneName,
    accounts,
    assets,
    prices: [],
    events: drafts
      .sort((a, b) => a.minutes - b.minutes)
      .map(
        ({ minutes, kind, legs, note }, i): LedgerEvent => ({
          id: `event ${String(i).padStart(3, '0')}, "x"` as EventId,
          time: (START + minutes * 60_000) as Instant,
          kind,
          legs,
          ...(note === undefined ? {} : { note }),
        }),
      ),
  }))
