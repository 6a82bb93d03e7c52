/**
 * CoinList's history. Facts:
 * - What happened stands only in `Description`; amounts are signed. The rows of a trade share their second.
 * - CoinList Pro writes its account as Coinbase Pro did (`portfolio,type,time,amount,…`), with an id for each row: a layout of its own
 *   here. There rows of a trade are `match` and `fee`, and share their second.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { detached } from './identity.ts'
import { deposit, insideMove, type Meaning, signed, withdrawal } from './legs.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { remembered } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

/** Tried in turn. */
const SENSES = [
  ['trade', /\b(?:sold|bought|purchase[d]?|buy|sell|trade[d]?|convert(?:ed)?|exchange[d]?)\b/i],
  ['reward', /\bstaking|\breward/i],
  ['airdrop', /\b(?:airdrop|distribution)/i],
  ['inside', /\btransfer(?:red)?\b.*\b(?:pro|wallet)\b/i],
  ['cross', /\b(?:deposit(?:ed)?|received|withdraw(?:al|n)?|sent)\b/i],
] as const

/** What a description says, and itself as one copy for all rows; of a sense that nobody has told us, null. */
const saidBy = remembered((text) => ({
  sense: SENSES.find(([, pattern]) => pattern.test(text))?.[0] ?? null,
  facts: { note: detached(text) },
}))

/** `2022-01-02 10:00:00`, and other forms that begin with the year. */
const timeIn = (text: string, zone: ZoneName): SourceTime | null =>
  (text.length === USUAL_TIME && text.startsWith('20') ? readTime(text, zone) : null) ??
  readWrittenTime(text, 'ymd', zone)
const USUAL_TIME = '2022-01-02 10:00:00'.length

function open({ column, context }: OpenTable): RowReader {
  const at = {
    time: column('Date'),
    description: column('Description'),
    asset: column('Asset'),
    amount: column('Amount'),
    balance: column('Balance'),
  }
  /** Of the row that was read last, whose balance is asked for then. */
  let symbol = ''
  let amount = 0n
  return {
    time: (text) => timeIn(text, context.zone),
    balance(row) {
      const balance = row.amountOrNull(at.balance)
      return balance === null ? null : { of: symbol, balance, change: amount }
    },
    read(row) {
      const { sense, facts } = saidBy(row.text(at.description))
      symbol = row.symbol(at.asset)
      amount = row.needed(at.amount)
      if (sense === null) return unknownType(facts.note, 'Description')
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      if (sense === 'trade') {
        const part = { symbol, asset, isFiat, amount }
        return { join: ['trade', row.text(at.time)], word: 'trade', parts: [part], facts }
      }
      const made = alone(sense, symbol, amount, isFiat)
      made.note = facts.note
      return made
    },
  }
}

/** A row that is an event by itself. */
function alone(
  sense: 'reward' | 'airdrop' | 'inside' | 'cross',
  symbol: string,
  amount: bigint,
  isFiat: boolean,
): Writable<Meaning> {
  if (sense === 'reward') return signed(symbol, amount, 'staking_reward', 'clawback')
  if (sense === 'airdrop') return signed(symbol, amount, 'airdrop', 'clawback')
  if (sense === 'inside') return insideMove(symbol, amount)
  return amount < 0n ? withdrawal(symbol, amount, isFiat) : deposit(symbol, amount, isFiat)
}

function openPro({ column }: OpenTable): RowReader {
  const at = {
    type: column('type'),
    time: column('time'),
    amount: column('amount'),
    unit: column('amount/balance unit'),
  }
  return {
    read(row) {
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      const symbol = row.symbol(at.unit)
      const amount = row.needed(at.amount)
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      if (folded === 'match' || folded === 'fee') {
        const isFee = folded === 'fee'
        const part = { symbol, asset, isFiat, isFee, amount: isFee ? -amount : amount }
        return { join: ['trade', row.text(at.time)], word: type, parts: [part] }
      }
      if (folded !== 'deposit' && folded !== 'withdrawal' && folded !== 'transfer') return unknownType(type, 'type')
      return { ...(amount < 0n ? withdrawal : deposit)(symbol, amount, isFiat), sourceKind: type }
    },
  }
}

export const coinlist = tableSource({
  id: 'coinlist' as SourceId,
  name: 'CoinList history',
  venue: 'CoinList',
  version: 1,
  account: { name: 'CoinList', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'CoinList: Wallet → Transaction history → Export, CSV; and CoinList Pro: Account → Reports.',
  layouts: [
    {
      layout: 'history',
      required: ['Date', 'Description', 'Asset', 'Amount', 'Balance'],
      identity: ['Date', 'Asset', 'Amount'],
      time: ['Date'],
      open,
    },
    {
      layout: 'Pro account',
      required: ['portfolio', 'type', 'time', 'amount', 'balance', 'amount/balance unit', 'transaction_id'],
      id: ['transaction_id'],
      tag: 'pro',
      identity: ['portfolio', 'type', 'time', 'amount', 'amount/balance unit'],
      time: ['time'],
      record: 'entry',
      open: openPro,
    },
  ],
})
