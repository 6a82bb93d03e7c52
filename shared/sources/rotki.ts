/**
 * rotki’s generic import files: events and trades (both ages). Facts:
 * - Times are milliseconds since 1970. Amounts are without fees.
 * - Assets are symbols, or tokens by chain and contract (`eip155:1/erc20:0x…`).
 * - Trades of which nothing was received occur, and unknown types.
 * - A place that rotki has no name for is `external`. Our own files for rotki then name the account in the description
 *   (`deposit: in Ledger: …`), and are read back so; both halves of a transfer say so there, at one instant.
 */
import { chainNumbered } from '../assets/chains.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { KINDS } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { LegDraft } from './source-format.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { joinedHalves, NO_PARTS } from './tool-joins.ts'
import { sideIn, toolMeaning, type WalletSide } from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'
import { remembered } from './word-table.ts'
import { readEpoch } from './written-times.ts'

const WORDS = vocabulary({ out: { spending: 'spend', loss: 'lost' } })
const COMES_IN = new Set(['deposit', 'income', 'staking'])
const GOES_OUT = new Set(['withdrawal', 'loss', 'spending'])

/** Which way an event of the type goes; null of a type that is not known. */
const wayOf = remembered((type): 'in' | 'out' | null => {
  const folded = foldWord(type)
  return COMES_IN.has(folded) ? 'in' : GOES_OUT.has(folded) ? 'out' : null
})

const SHORTEST_TOKEN = 'eip155:1/erc20:0x'.length + 40

/** A token by chain and contract; null for a plain symbol. */
const mentionOf = remembered((text): LegDraft['asset'] | null => {
  const match = /^eip155:(\d+)\/erc20:(0x[0-9a-f]{40})$/i.exec(text)
  const chain = match === null ? null : chainNumbered(match[1] as string)
  const contract = match?.[2]
  return chain === null || contract === undefined ? null : { symbol: contract, chain, contract }
})

const OWN_KINDS: ReadonlySet<string> = new Set(KINDS.map((kind) => kind.replaceAll('_', ' ')))

/** The account that our own export names beside `external`; nothing for descriptions of others. */
function accountIn(description: string): string {
  if (!description.includes(': in ')) return ''
  const [kind = '', place = ''] = description.split(': ')
  return OWN_KINDS.has(kind) && place.startsWith('in ') ? place.slice(3) : ''
}

const walletOf = (location: string, description: string): string =>
  location === 'external' ? accountIn(description) || location : location

function side(
  row: RowCursor,
  amountAt: Column,
  symbolAt: Column,
  wallet: string,
  isReceived = false,
): WalletSide | null {
  const amount = isReceived ? row.receipt(amountAt) : row.size(amountAt)
  if (amount === 0n) return null
  const text = row.text(symbolAt)
  const mention = text.length < SHORTEST_TOKEN ? null : mentionOf(text)
  if (mention === null) return sideIn(row.symbol(symbolAt), amount, wallet)
  const made = sideIn(mention.symbol, amount, wallet)
  made.mention = mention
  return made
}

const time = (text: string): SourceTime | null => readEpoch(text) ?? readTime(text, 'UTC' as ZoneName)

const TOLD_OF_EVENT = { amount: 'Amount', type: 'Type' } as const
const TOLD_OF_TRADE = { amount: 'Receive Amount', type: 'Type' } as const

function openEvents({ column }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    location: column('Location'),
    currency: column('Currency'),
    amount: column('Amount'),
    fee: column('Fee'),
    feeCurrency: column('Fee Currency'),
    note: column('Description'),
    time: column('Timestamp'),
  }
  return {
    time,
    together: joinedHalves,
    read(row) {
      const type = row.word(at.type)
      const way = wayOf(type)
      if (way === null) return unknownType(type, 'Type')
      const note = row.text(at.note)
      const wallet = walletOf(row.text(at.location), note)
      const comesIn = way === 'in'
      const one = side(row, at.amount, at.currency, wallet, comesIn)
      const fee = side(row, at.fee, at.feeCurrency, wallet)
      const tool = { sent: comesIn ? null : one, received: comesIn ? one : null, fee, words: [type] }
      const made = toolMeaning(row, tool, WORDS, TOLD_OF_EVENT)
      if ('reason' in made) return made
      addFact(made, 'note', note)
      if (note !== 'transfer' && !note.startsWith('transfer: ')) return made
      return { join: ['transfer', row.text(at.time), row.text(at.currency)], word: type, parts: NO_PARTS, facts: made }
    },
  }
}

function openTrades({ column }: OpenTable): RowReader {
  const at = {
    location: column('Location'),
    spend: column('Spend Currency'),
    receive: column('Receive Currency'),
    spent: column('Spend Amount', 'Sell Amount'),
    received: column('Receive Amount', 'Buy Amount'),
    base: column('Base Currency'),
    quote: column('Quote Currency'),
    type: column('Type'),
    fee: column('Fee'),
    feeCurrency: column('Fee Currency'),
    note: column('Description'),
  }
  const isOld = at.base.at >= 0
  return {
    time,
    read(row) {
      const type = row.word(at.type)
      const folded = foldWord(type)
      if (isOld && folded !== 'buy' && folded !== 'sell') return unknownType(type, 'Type')
      const note = row.text(at.note)
      const wallet = walletOf(row.text(at.location), note)
      const isBuy = folded === 'buy'
      const received = side(row, at.received, isOld ? (isBuy ? at.base : at.quote) : at.receive, wallet)
      const sent = side(row, at.spent, isOld ? (isBuy ? at.quote : at.base) : at.spend, wallet)
      if (received === null) return { reason: 'nothing was received in this trade', column: at.received.name }
      if (sent === null) return { reason: 'nothing was given in this trade', column: at.spent.name }
      const fee = side(row, at.fee, at.feeCurrency, wallet)
      const made = toolMeaning(row, { sent, received, fee, words: [type] }, WORDS, TOLD_OF_TRADE)
      if (!('reason' in made)) addFact(made, 'note', note)
      return made
    },
  }
}

const EVENT = ['Location', 'Currency', 'Amount', 'Fee', 'Fee Currency', 'Timestamp']
const TRADE = [
  'Location',
  'Spend Currency',
  'Receive Currency',
  'Receive Amount',
  'Spend Amount',
  'Fee',
  'Fee Currency',
]
const OLD_TRADE = [
  'Location',
  'Base Currency',
  'Quote Currency',
  'Type',
  'Buy Amount',
  'Sell Amount',
  'Fee',
  'Fee Currency',
]
const common = { time: ['Timestamp'], optional: ['Description'] } as const
const layouts: readonly TableLayout[] = [
  {
    ...common,
    layout: 'generic events',
    required: ['Type', ...EVENT],
    identity: ['Type', ...EVENT],
    tag: 'event',
    open: openEvents,
  },
  {
    ...common,
    layout: 'generic trades',
    required: [...TRADE, 'Timestamp'],
    identity: [...TRADE, 'Timestamp'],
    tag: 'trade',
    open: openTrades,
  },
  {
    ...common,
    layout: 'generic trades, older',
    required: [...OLD_TRADE, 'Timestamp'],
    identity: [...OLD_TRADE, 'Timestamp'],
    tag: 'trade',
    open: openTrades,
  },
]

export const rotki = tableSource({
  id: 'rotki' as SourceId,
  name: 'rotki generic files',
  venue: 'rotki',
  version: 1,
  account: { name: 'rotki import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Files after rotki’s generic import templates of events and of trades.',
  layouts,
})
