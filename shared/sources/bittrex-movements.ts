/** Bittrex's deposits and withdrawals: seven layouts. Ids are unique; dates are US style or ISO, UTC. */
import { unlessNever, usTime } from './bittrex-rows.ts'
import { type CellProblem, unknownType } from './cells.ts'
import { deposit, feeLegs, present, withdrawal } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { neverMoved, unlessDone } from './statuses.ts'
import type { OpenTable, RowReader, TableLayout } from './table-source.ts'

const MOVED: ReadonlySet<string> = new Set(['completed', 'complete', 'confirmed', 'credited'])
const NEVER = /^(?:requested|authorized|error_invalid_address|orphaned|invalidated)$/i

/** By the column of states: some files have numbers there, which say nothing to us. */
function unlessMoved(state: string): { readonly skip: string } | CellProblem | null {
  if (/^\d*$/.test(state)) return null
  return NEVER.test(state) ? neverMoved(state) : unlessDone(state, MOVED, 'State')
}

const unlessAuthorized = (row: RowCursor, column: Column): { readonly skip: string } | null =>
  /^false$/i.test(row.text(column)) ? { skip: 'it was not authorised: nothing was moved' } : null

const openMovement =
  (goesOut: boolean) =>
  ({ column, context }: OpenTable): RowReader => {
    const at = {
      currency: column('Currency'),
      amount: column('Amount'),
      fee: column('TxFee', 'TxCost'),
      address: column('Address'),
      hash: column('TxId'),
      canceled: column('Canceled'),
      pending: column('PendingPayment', 'Pending'),
      authorized: column('Authorized'),
      invalid: column('InvalidAddress'),
      state: column('State'),
    }
    return {
      time: (text) => usTime(text, context.zone),
      read(row: RowCursor) {
        const never =
          unlessNever(row, at.canceled, 'it was cancelled') ??
          unlessNever(row, at.pending, 'it was pending') ??
          unlessNever(row, at.invalid, 'its address was invalid') ??
          unlessAuthorized(row, at.authorized) ??
          unlessMoved(row.text(at.state))
        if (never !== null) return never
        const currency = row.symbol(at.currency)
        const amount = row.neededSize(at.amount)
        const isFiat = row.isFiat(currency)
        const hash = present({ hash: row.text(at.hash) })
        if (!goesOut) return { ...deposit(currency, amount, isFiat), ...hash }
        const fees = feeLegs(currency, row.size(at.fee), 'out')
        return {
          ...withdrawal(currency, amount, isFiat, fees),
          ...hash,
          ...present({ toAddress: row.text(at.address) }),
        }
      },
    }
  }

function openTransfers({ column, context }: OpenTable): RowReader {
  const at = {
    currency: column('Currency'),
    type: column('Type'),
    address: column('Address'),
    hash: column('TxId'),
    amount: column('Amount'),
  }
  return {
    time: (text) => usTime(text, context.zone),
    read(row: RowCursor) {
      const type = row.word(at.type)
      const goesOut = /withdraw/i.test(type)
      if (!goesOut && !/deposit/i.test(type)) return unknownType(type, 'Type')
      const currency = row.symbol(at.currency)
      const amount = row.neededSize(at.amount)
      const isFiat = row.isFiat(currency)
      const facts = { ...present({ hash: row.text(at.hash) }), sourceKind: type }
      if (!goesOut) return { ...deposit(currency, amount, isFiat), ...facts }
      return { ...withdrawal(currency, amount, isFiat), ...facts, ...present({ toAddress: row.text(at.address) }) }
    },
  }
}

const moved = (
  layout: string,
  tag: 'deposit' | 'withdrawal',
  [id, time]: readonly [string, string],
  required: readonly string[],
  optional: readonly string[] = [],
): TableLayout => ({
  layout,
  required: [id, time, ...required],
  optional,
  id: [id],
  tag,
  identity: [id],
  time: [time],
  record: tag,
  open: openMovement(tag === 'withdrawal'),
})

const DEPOSIT = ['Currency', 'Amount', 'TxId', 'CryptoAddress']
const WITHDRAWAL = ['Currency', 'Amount', 'Address', 'TxId']

export const BITTREX_MOVEMENTS: readonly TableLayout[] = [
  {
    layout: 'transfers of 2023',
    required: ['Date', 'Currency', 'Type', 'Address', 'Memo/Tag', 'TxId', 'Amount'],
    tag: 'transfer',
    identity: ['Date', 'Currency', 'Type', 'Address', 'TxId', 'Amount'],
    time: ['Date'],
    open: openTransfers,
  },
  moved(
    'deposits',
    'deposit',
    ['Id', 'LastUpdatedDate'],
    [...DEPOSIT, 'Confirmations'],
    ['Source', 'PropertyBagError', 'BankInfo', 'DepositUuid', 'State'],
  ),
  moved('older deposits', 'deposit', ['Id', 'LastUpdated'], [...DEPOSIT, 'Confirmations']),
  moved('old deposits', 'deposit', ['UUID', 'LASTUPDATED'], [...DEPOSIT, 'CONFIRMATIONS', 'SOURCE', 'STATE']),
  moved(
    'withdrawals',
    'withdrawal',
    ['PaymentUuid', 'OpenedDate'],
    [...WITHDRAWAL, 'Authorized', 'Pending', 'TxFee', 'Canceled'],
    ['Target', 'BankInfo'],
  ),
  moved(
    'older withdrawals',
    'withdrawal',
    ['PaymentUuid', 'Opened'],
    [...WITHDRAWAL, 'Authorized', 'PendingPayment', 'TxCost', 'Canceled', 'InvalidAddress'],
  ),
  moved(
    'old withdrawals',
    'withdrawal',
    ['UUID', 'OPENED'],
    [...WITHDRAWAL, 'LASTUPDATED', 'CLOSED', 'TXCOST', 'STATE'],
  ),
]
