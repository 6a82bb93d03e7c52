import { expect, test } from 'vitest'
import type { Amount } from '../../../shared/amount/amount.ts'
import { CHAIN_NUMBERS } from '../../../shared/assets/chains.ts'
import type { Asset } from '../../../shared/events/account.ts'
import type {
  AccountId,
  AssetId,
  CurrencyCode,
  EventId,
  Instant,
  ZoneName,
} from '../../../shared/events/identifiers.ts'
import type { Books } from '../../../shared/exports/books.ts'
import { rotkiFiles } from '../../../shared/exports/rotki.ts'
import { collect } from '../../electron/intake/collect.ts'

const CONTRACT = '0x00000000000000000000000000000000000000aa'
const account = { id: 'w' as AccountId, name: 'Wallet', kind: 'wallet' } as const
const assets = Object.keys(CHAIN_NUMBERS).map(
  (chain): Asset => ({
    id: `${chain}:${CONTRACT}` as AssetId,
    kind: 'token',
    symbol: 'ABC',
    chain,
    contract: CONTRACT,
  }),
)
const books: Books = {
  currency: 'USD' as CurrencyCode,
  zone: 'UTC' as ZoneName,
  accounts: [account],
  assets,
  events: assets.map((asset, at) => ({
    id: `e${at}` as EventId,
    time: (1_700_000_000_000 + at * 60_000) as Instant,
    kind: 'airdrop',
    legs: [{ account: account.id, asset: asset.id, amount: 1n as Amount, role: 'in' }],
  })),
  prices: [],
}

test('a token is the same asset again when it comes back from rotki, whatever its chain', async () => {
  const [events] = rotkiFiles(books, 'books').files
  expect(events?.text).toContain(`eip155:56/erc20:${CONTRACT}`)
  const read = await collect(events?.text ?? '')
  expect(read.events.map(({ legs }) => legs[0]?.asset)).toEqual(assets.map(({ id }) => id))
})
