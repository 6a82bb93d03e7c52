/**
 * Bitcoin Core and the wallets made of it (Litecoin, Dogecoin, Dash … “Qt”). Facts:
 * - The unit stands in the header (`Amount (mBTC)`) and follows the settings; amounts are signed.
 * - One row for each output; `ID` is the transaction with `-000` behind. The fee is inside the amount of the last output and is told
 *   nowhere: what was sent has it inside. A payment to oneself is its fee alone.
 * - Times are the machine's own: asked. Unconfirmed rows moved nothing yet.
 */
import type { SourceId } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { feeLegs, leg, present } from './legs.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { movementOf } from './wallet-rows.ts'
import { wordTable } from './word-table.ts'

const IN = new Set(['received with', 'received from', 'received on', 'received'])
const OUT = new Set(['sent to', 'sent', 'payment'])
/** How many of a unit are one coin. */
const UNITS: Readonly<Record<string, bigint>> = wordTable({
  mbtc: 1000n,
  µbtc: 1_000_000n,
  μbtc: 1_000_000n,
  ubtc: 1_000_000n,
  bits: 1_000_000n,
  sat: 100_000_000n,
  sats: 100_000_000n,
  satoshi: 100_000_000n,
})

const HYPHEN = 45

function open({ column, nameInFile }: OpenTable): RowReader {
  const at = {
    confirmed: column('Confirmed'),
    type: column('Type'),
    label: column('Label'),
    address: column('Address'),
    amount: column('Amount'),
    id: column('ID'),
  }
  const unit = /\(([^)]+)\)/.exec(nameInFile(at.amount))?.[1]?.trim() ?? 'BTC'
  const parts = UNITS[unit.toLowerCase()]
  const coin = parts === undefined ? unit.toUpperCase() : 'BTC'
  return {
    read(row): Verdict {
      if (row.text(at.confirmed).toLowerCase() === 'false')
        return { skip: 'it was not confirmed when the file was made' }
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      const amount = row.needed(at.amount) / (parts ?? 1n)
      const id = row.text(at.id)
      const hash = id.charCodeAt(id.length - 4) === HYPHEN ? id.replace(/-\d{3}$/, '') : id
      const facts = present({ hash, note: row.text(at.label) })
      if (folded === 'payment to yourself')
        return { kind: 'network_fee', legs: feeLegs(coin, amount < 0n ? -amount : amount), sourceKind: type, ...facts }
      if (folded === 'mined') return { kind: 'mining', legs: [leg('in', coin, amount)], sourceKind: type, ...facts }
      const isIn = IN.has(folded)
      if (!isIn && !OUT.has(folded)) return unknownType(type, 'Type')
      if (hash === '') return { reason: 'the transaction is missing', column: 'ID' }
      const { asset } = row.asset(coin)
      return {
        join: `${isIn ? 'in' : 'out'}.${hash}`,
        word: type,
        parts: [{ symbol: coin, asset, isFiat: false, amount }],
        facts: isIn ? facts : { ...facts, ...present({ toAddress: row.text(at.address) }) },
      }
    },
    together: (rows) => movementOf(rows),
  }
}

export const bitcoinCore = tableSource({
  id: 'bitcoin-core' as SourceId,
  name: 'Bitcoin Core transactions',
  venue: 'Bitcoin Core',
  version: 1,
  account: { name: 'Bitcoin Core', kind: 'wallet' },
  zone: 'ask',
  howToGet: 'Bitcoin Core (or a Qt wallet): Transactions → Export, CSV.',
  plainName: (name) => name.replace(/^Amount \([^)]+\)$/, 'Amount'),
  layouts: [
    {
      layout: 'transactions',
      required: ['Confirmed', 'Date', 'Type', 'Label', 'Address', 'Amount', 'ID'],
      optional: ['Watch-only'],
      identity: ['Type', 'Address', 'Amount', 'ID'],
      time: ['Date'],
      open,
    },
  ],
})
