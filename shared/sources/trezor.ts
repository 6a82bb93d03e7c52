/**
 * Trezor: Suite's exports, new and old, and those of the old web wallet. Facts:
 * - New Suite: comma or semicolon; `Timestamp` are seconds since 1970, date and time are text in the user's language. One row for
 *   each output: a send to two people is two rows of one transaction, of which one has the fee. `Fiat (EUR)` has its currency in
 *   the header.
 * - What was sent leaves the fee out. The fee of something received was the sender's. SELF and FAILED cost the fee alone.
 * - Units can be sat; tokens have their own, while their fee is in the coin of the chain.
 * - Old Suite and web wallet do not name the coin: it is in the name that the file was given (`export-btc-…`, `…_btc.csv`). Their
 *   times have no zone: asked. In the web wallet `TX total` has the fee inside, and is repeated in every row.
 */
import { kindOfSymbol } from '../assets/symbols.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { size as sizeOf, unknownType } from './cells.ts'
import type { Meaning, Part } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { clockInOrder } from './table-clocks.ts'
import { type JoinedRow, type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { movedAndFee, movementOf } from './wallet-rows.ts'
import { remembered, wordTable } from './word-table.ts'
import { readEpoch } from './written-times.ts'

const SATS = 100_000_000n
const isSat = remembered((unit) => /^(?:sats?|satoshis?)$/i.test(unit))

/** The coin of a unit, and an amount in its unit as units of the coin. */
const coinOf = (unit: string): string => (isSat(unit) ? 'BTC' : unit)
const inCoins = (amount: bigint, unit: string): bigint => (isSat(unit) ? amount / SATS : amount)

/** Which way the words of the types go. */
const WAYS: Readonly<Record<string, 'in' | 'out' | 'self' | 'failed'>> = wordTable({
  recv: 'in',
  in: 'in',
  sent: 'out',
  out: 'out',
  contract: 'out',
  self: 'self',
  joint: 'self',
  failed: 'failed',
})

/** The way that a type goes, however it is written; undefined of one that is not known. */
const wayOf = remembered((type) => WAYS[type.toLowerCase()])

function outputs(rows: readonly JoinedRow[]): Meaning {
  const made = movementOf(rows)
  if (made.kind !== 'network_fee' || !rows.some(({ word }) => wayOf(word) === 'failed')) return made
  return { kind: 'failed_fee', legs: made.legs }
}

function part(row: RowCursor, symbol: string, amount: bigint, value?: Part['value']): Part {
  const { asset, kind } = row.asset(symbol)
  const isFiat = kind === 'fiat'
  return value === undefined ? { symbol, asset, isFiat, amount } : { symbol, asset, isFiat, amount, value }
}

function feePart(row: RowCursor, symbol: string, amount: bigint): Part {
  const { asset, kind } = row.asset(symbol)
  return { symbol, asset, isFiat: kind === 'fiat', amount, isFee: true }
}

function factsOf(hash: string, note: string, toAddress: string): Partial<Meaning> {
  const facts: Writable<Partial<Meaning>> = { hash }
  if (note !== '') facts.note = note
  if (toAddress !== '') facts.toAddress = toAddress
  return facts
}

function openSuite({ column, nameInFile }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    id: column('Transaction ID'),
    fee: column('Fee'),
    feeUnit: column('Fee unit'),
    address: column('Address'),
    label: column('Label'),
    amount: column('Amount'),
    unit: column('Amount unit'),
    fiat: column('Fiat'),
  }
  const currency = /\(([A-Za-z]{3})\)/.exec(nameInFile(at.fiat))?.[1]?.toUpperCase() ?? ''
  return {
    time: readEpoch,
    read(row): Verdict {
      const type = row.word(at.type)
      const way = wayOf(type)
      if (way === undefined) return unknownType(type, 'Type')
      const hash = row.text(at.id)
      if (hash === '') return { reason: 'the transaction is missing', column: 'Transaction ID' }
      let moved: Part | null = null
      if (way === 'in' || way === 'out') {
        const written = row.needed(at.amount)
        const size = way === 'in' ? row.cameIn(written, at.amount) : sizeOf(written)
        const unit = row.symbol(at.unit)
        const amount = inCoins(size, unit)
        const { value } = row.worth(at.fiat, currency)
        moved = part(row, coinOf(unit), way === 'in' ? amount : -amount, value)
      }
      const charged = way === 'in' ? 0n : row.size(at.fee)
      let fee: Part | null = null
      if (charged !== 0n) {
        const unit = row.symbol(at.feeUnit)
        fee = feePart(row, coinOf(unit), inCoins(charged, unit))
      }
      const toAddress = way === 'out' ? row.text(at.address) : ''
      const facts = factsOf(hash, row.text(at.label), toAddress)
      return { join: `${way}.${hash}`, word: type, parts: movedAndFee(moved, fee), facts }
    },
    together: outputs,
  }
}

/** The coin in the name that Trezor gives its files: `export-btc-20220125.csv`, `trezor_btc.csv`. */
function coinIn(fileName: string): string {
  const found = /(?:^|[/\\_ -])export[-_]([a-z]{2,6})[-_.]/i.exec(fileName) ?? /[-_]([a-z]{2,6})\.csv$/i.exec(fileName)
  const coin = found?.[1]?.toUpperCase() ?? ''
  return kindOfSymbol(coin) === null ? '' : coin
}

const NO_COIN = {
  reason: 'the file does not name its coin; give it back the name that Trezor gave it (export-btc-….csv)',
  column: 'file name',
}

function openOldSuite(table: OpenTable): RowReader {
  const { column, context } = table
  const coin = coinIn(context.fileName)
  const at = {
    type: column('Type'),
    id: column('Transaction ID'),
    addresses: column('Addresses'),
    fee: column('Fee'),
    total: column('Total'),
  }
  return {
    ...clockInOrder(table, column('Date & Time'), 'mdy'),
    read(row): Verdict {
      const type = row.word(at.type)
      const way = wayOf(type)
      if (way === undefined) return unknownType(type, 'Type')
      if (coin === '') return NO_COIN
      const hash = row.text(at.id)
      if (hash === '') return { reason: 'the transaction is missing', column: 'Transaction ID' }
      let moved: Part | null = null
      if (way === 'in' || way === 'out') {
        const total = row.neededSize(at.total)
        moved = part(row, coin, way === 'in' ? total : -total)
      }
      const charged = way === 'in' ? 0n : row.size(at.fee)
      const parts = movedAndFee(moved, charged === 0n ? null : feePart(row, coin, charged))
      const toAddress = way === 'out' ? row.text(at.addresses) : ''
      return { join: `${way}.${hash}`, word: type, parts, facts: factsOf(hash, '', toAddress) }
    },
    together: outputs,
  }
}

function openWeb({ column, context }: OpenTable): RowReader {
  const coin = coinIn(context.fileName)
  const at = {
    date: column('Date'),
    time: column('Time'),
    id: column('TX id'),
    address: column('Address'),
    label: column('Address Label'),
    type: column('TX type'),
    value: column('Value'),
    total: column('TX total'),
  }
  return {
    timeText: (row) => `${row.text(at.date)} ${row.text(at.time)}`,
    read(row): Verdict {
      const type = row.word(at.type)
      const way = wayOf(type)
      if (way === undefined) return unknownType(type, 'TX type')
      if (coin === '') return NO_COIN
      const hash = row.text(at.id)
      if (hash === '') return { reason: 'the transaction is missing', column: 'TX id' }
      const value = row.neededSize(at.value)
      const total = part(row, coin, row.neededSize(at.total))
      const moved = way === 'in' ? value : way === 'out' ? -value : 0n
      const toAddress = way === 'out' ? row.text(at.address) : ''
      const facts = factsOf(hash, row.text(at.label), toAddress)
      return {
        join: `${way}.${hash}`,
        word: type,
        parts: [part(row, coin, moved)],
        facts,
        missing: total,
      }
    },
    together(rows) {
      const total = rows[0]?.missing
      const isIn = rows.some(({ word }) => word.toLowerCase() === 'in')
      const sent = rows.flatMap((row) => row.parts).reduce((sum, { amount }) => sum - amount, 0n)
      const fee = isIn || total === undefined ? 0n : total.amount - sent
      if (total === undefined || fee <= 0n) return outputs(rows)
      const [first, ...others] = rows as [JoinedRow, ...JoinedRow[]]
      return outputs([{ ...first, parts: [...first.parts, { ...total, amount: fee, isFee: true }] }, ...others])
    },
  }
}

export const trezor = tableSource({
  id: 'trezor' as SourceId,
  name: 'Trezor transactions',
  venue: 'Trezor',
  version: 1,
  account: { name: 'Trezor', kind: 'wallet' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Trezor Suite: account → ⋯ → Export as CSV, once for each account, from the first day.',
  plainName: (name) => name.replace(/^Fiat \([A-Za-z]{3}\)$/, 'Fiat'),
  layouts: [
    {
      layout: 'Suite transactions',
      required: [
        'Timestamp',
        'Date',
        'Time',
        'Type',
        'Transaction ID',
        'Fee',
        'Fee unit',
        'Address',
        'Amount',
        'Amount unit',
      ],
      optional: ['Label', 'Fiat', 'Other'],
      identity: ['Timestamp', 'Type', 'Transaction ID', 'Address', 'Amount', 'Amount unit'],
      time: ['Timestamp'],
      open: openSuite,
    },
    {
      layout: 'old Suite transactions',
      required: ['Date & Time', 'Type', 'Transaction ID', 'Addresses', 'Fee', 'Total'],
      identity: ['Type', 'Transaction ID', 'Addresses', 'Total'],
      time: ['Date & Time'],
      zone: 'ask',
      tag: 'old',
      open: openOldSuite,
    },
    {
      layout: 'web wallet transactions',
      required: ['Date', 'Time', 'TX id', 'Address', 'TX type', 'Value', 'TX total', 'Balance'],
      optional: ['Address Label'],
      identity: ['Date', 'Time', 'TX id', 'Address', 'TX type', 'Value'],
      time: ['Date'],
      zone: 'ask',
      tag: 'web',
      open: openWeb,
    },
  ],
})
