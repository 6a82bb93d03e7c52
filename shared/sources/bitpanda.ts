/**
 * Bitpanda's transactions. Facts:
 * - Some lines of disclaimer and user data stand above the header. `-` stands for nothing. Times have an offset.
 * - Deposits: gross = amount + fee. Withdrawals: the fee comes on top. The fee's asset can be BEST.
 * - `transfer` without more is a reward, an airdrop, a gift or a move, which is left open; `transfer(stake)` and `transfer(unstake)` stay inside.
 * - Stocks, ETFs, metals and commodities are mixed in; they are told by `Asset class` and left out with that reason.
 * - Older files (`ID,Type,In/Out,…,Status,Created at`) repeat their header between several tables.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, insideMove, type Meaning, swap, withdrawal } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { remembered } from './word-table.ts'

const DONE = new Set(['finished', 'completed'])
const KEPT = new Set(['cryptocurrency', 'fiat', ''])
const OTHER_CLASSES = new Set(['metal', 'stock (derivative)', 'stock', 'etf', 'etc', 'commodity', 'index', 'leverage'])

const foldType = remembered((type) => type.toLowerCase().replaceAll(' ', ''))

const textIn = (row: RowCursor, column: Column): string => {
  const text = row.word(column)
  return text === '-' ? '' : text
}

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('Transaction Type', 'Type'),
    way: column('In/Out'),
    fiatAmount: column('Amount Fiat'),
    fiat: column('Fiat'),
    amount: column('Amount Asset'),
    asset: column('Asset'),
    assetClass: column('Asset class'),
    fee: column('Fee'),
    feeAsset: column('Fee asset'),
    status: column('Status'),
  }

  const moved = (row: RowCursor, type: string, comesIn: boolean, feeSymbol: string, fee: bigint): Verdict => {
    const asset = textIn(row, at.asset)
    const fiat = textIn(row, at.fiat)
    const isFiat = asset === '' || asset === fiat
    const symbol = isFiat ? row.symbol(at.fiat) : asset
    const amount = isFiat ? row.neededSize(at.fiatAmount) : row.neededSize(at.amount)
    const value = isFiat ? undefined : row.worth(at.fiatAmount, fiat).value
    const valued = (read: Writable<Meaning>): Writable<Meaning> => {
      if (value !== undefined)
        read.legs = read.legs.map((one) => (one.role === 'in' || one.role === 'out' ? { ...one, value } : one))
      return read
    }
    if (type === 'deposit') {
      const isSame = feeSymbol === symbol
      return valued(
        deposit(symbol, isSame ? amount + fee : amount, isFiat, feeLegs(feeSymbol, fee, isSame ? 'in' : undefined)),
      )
    }
    if (type === 'withdrawal') {
      return valued(
        withdrawal(symbol, amount, isFiat, feeLegs(feeSymbol, fee, feeSymbol === symbol ? 'out' : undefined)),
      )
    }
    if (type === 'transfer(stake)' || type === 'transfer(unstake)') return insideMove(symbol, amount)
    if (comesIn) {
      const read = valued(deposit(symbol, amount, isFiat))
      read.warnings = [
        'Bitpanda does not say whether this is a reward, an airdrop, a gift or a move: change the kind where it is known',
      ]
      return read
    }
    return valued(withdrawal(symbol, amount, isFiat))
  }

  return {
    read(row: RowCursor) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const assetClass = textIn(row, at.assetClass)
      if (!KEPT.has(assetClass.toLowerCase())) {
        return OTHER_CLASSES.has(assetClass.toLowerCase())
          ? { skip: `its asset class is “${assetClass}”: no crypto asset and no money` }
          : unknownType(assetClass, 'Asset class')
      }
      const word = row.word(at.type)
      const type = foldType(word)
      const way = row.word(at.way).toLowerCase()
      const fee = row.size(at.fee)
      const feeSymbol = fee === 0n ? '' : at.feeAsset.at < 0 ? row.symbol(at.fiat) : textIn(row, at.feeAsset)
      if (fee !== 0n && feeSymbol === '') return { reason: 'the asset is missing', column: 'Fee asset' }
      if (type === 'buy' || type === 'sell') {
        const money = [row.symbol(at.fiat), row.neededSize(at.fiatAmount)] as const
        const coins = [row.symbol(at.asset), row.neededSize(at.amount)] as const
        const [out, income] = type === 'buy' ? [money, coins] : [coins, money]
        return { ...swap(...out, ...income, (symbol) => row.isFiat(symbol), fee, feeSymbol), sourceKind: word }
      }
      if (!['deposit', 'withdrawal', 'transfer', 'transfer(stake)', 'transfer(unstake)'].includes(type)) {
        return unknownType(word, 'Transaction Type')
      }
      if (way !== 'incoming' && way !== 'outgoing') return unknownType(row.text(at.way), 'In/Out')
      const read = moved(row, type, way === 'incoming', feeSymbol, fee)
      return 'legs' in read ? { ...read, sourceKind: word } : read
    },
  }
}

export const bitpanda = tableSource({
  id: 'bitpanda' as SourceId,
  name: 'Bitpanda transactions',
  venue: 'Bitpanda',
  version: 2,
  account: { name: 'Bitpanda', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Bitpanda: profile → History → Export transaction history, CSV.',
  layouts: [
    {
      layout: 'transactions',
      required: [
        'Transaction ID',
        'Timestamp',
        'Transaction Type',
        'In/Out',
        'Amount Fiat',
        'Fiat',
        'Amount Asset',
        'Asset',
        'Asset class',
        'Fee',
        'Fee asset',
      ],
      optional: [
        'Asset market price',
        'Asset market price currency',
        'Product ID',
        'Spread',
        'Spread Currency',
        'Tax Fiat',
      ],
      id: ['Transaction ID'],
      identity: ['Transaction ID'],
      time: ['Timestamp'],
      record: 'transaction',
      open,
    },
    {
      layout: 'older transactions',
      required: ['ID', 'Type', 'In/Out', 'Amount Fiat', 'Fee', 'Fiat', 'Amount Asset', 'Asset', 'Status', 'Created at'],
      id: ['ID'],
      identity: ['ID'],
      time: ['Created at'],
      record: 'transaction',
      open,
    },
  ],
})
