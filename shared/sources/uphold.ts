/**
 * Uphold's transaction history, new and old. Facts:
 * - `in`: the same currency on both sides is a deposit; where the origin is Uphold itself it can be a reward, which is left open; different ones are a
 *   purchase (`credit-card`). `transfer` is a trade between own cards, or a move inside.
 * - `out` with two currencies sells the origin's coin and sends what it bought: an exchange and a withdrawal in one row.
 * - Where origin and destination differ by just the fee, the fee is inside the origin's amount; otherwise it stands beside, at
 *   times in a third currency.
 * - Dates are `Tue May 26 2020 18:06:28 GMT+0000`. The old file has the user's currency in two headers.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { deposit, feeLegs, insideMove, type Meaning, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { type Side, twoSided } from './two-sided.ts'
import { remembered } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const DONE = new Set(['completed'])
const FROM_UPHOLD = 'it came from Uphold itself, perhaps as a reward: change the kind where it was one'

const smallLetters = remembered((type) => type.toLowerCase())

function noted(made: Writable<Meaning>, note: string): Writable<Meaning> {
  addFact(made, 'note', note)
  return made
}

/** The verdict, with the type as Uphold writes it where it is an event. */
function named(read: Verdict, type: string): Verdict {
  if (!('legs' in read)) return read
  const made: Writable<Meaning> = read
  made.sourceKind = type
  return made
}

const NO_PLACES = { from: '', to: '' } as const

/** The row's movement, of `origin` to `destination`. */
function moved(
  row: RowCursor,
  type: string,
  origin: Side,
  destination: Side,
  fee: Side | null,
  places: { readonly from: string; readonly to: string },
): Verdict {
  const isSame = origin.symbol === destination.symbol
  const isFiat = row.isFiat(destination.symbol)
  if (type === 'transfer')
    return isSame ? insideMove(origin.symbol, origin.amount) : twoSided(row, origin, destination, fee)
  if (type === 'in' || type === 'deposit') {
    if (!isSame) return twoSided(row, origin, destination, fee)
    if (places.from === 'uphold') {
      const got = deposit(destination.symbol, destination.amount, isFiat)
      return { ...got, counterparty: 'Uphold', warnings: [FROM_UPHOLD] }
    }
    const inside = fee !== null && fee.symbol === origin.symbol && origin.amount - destination.amount === fee.amount
    const fees =
      fee === null || inside ? [] : feeLegs(fee.symbol, fee.amount, fee.symbol === origin.symbol ? 'in' : undefined)
    return noted(deposit(destination.symbol, destination.amount, isFiat, fees), places.from)
  }
  if (type !== 'out' && type !== 'withdrawal') return unknownType(type, 'Type')
  if (isSame) {
    const inside = fee !== null && fee.symbol === origin.symbol && origin.amount - destination.amount === fee.amount
    const fees = fee === null ? [] : feeLegs(fee.symbol, fee.amount, fee.symbol === origin.symbol ? 'out' : undefined)
    return noted(withdrawal(origin.symbol, inside ? destination.amount : origin.amount, isFiat, fees), places.to)
  }
  const sentOn = noted(withdrawal(destination.symbol, destination.amount, isFiat), places.to)
  sentOn.sourceKind = type
  return { ...twoSided(row, origin, destination, fee), further: [{ meaning: sentOn }] }
}

function open({ column, context }: OpenTable): RowReader {
  const at = {
    destination: column('Destination'),
    destinationAmount: column('Destination Amount'),
    destinationCurrency: column('Destination Currency'),
    fee: column('Fee Amount'),
    feeCurrency: column('Fee Currency'),
    origin: column('Origin'),
    originAmount: column('Origin Amount'),
    originCurrency: column('Origin Currency'),
    status: column('Status'),
    type: column('Type'),
  }
  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const undone = unlessDone(row.text(at.status), DONE, 'Status')
      if (undone !== null) return undone
      const type = row.word(at.type)
      const origin = { symbol: row.symbol(at.originCurrency), amount: row.neededSize(at.originAmount) }
      const destination = { symbol: row.symbol(at.destinationCurrency), amount: row.neededSize(at.destinationAmount) }
      const charged = row.size(at.fee)
      const fee = charged === 0n ? null : { symbol: row.symbol(at.feeCurrency), amount: charged }
      const places = { from: row.text(at.origin), to: row.text(at.destination) }
      return named(moved(row, smallLetters(type), origin, destination, fee, places), type)
    },
  }
}

function openOld({ column, context }: OpenTable): RowReader {
  const at = {
    type: column('type'),
    originCurrency: column('origin_currency'),
    originAmount: column('origin_amount'),
    originFee: column('origin_commission'),
    destinationCurrency: column('destination_currency'),
    destinationAmount: column('destination_amount'),
    destinationFee: column('destination_commission'),
  }
  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const type = row.word(at.type)
      const origin = { symbol: row.symbol(at.originCurrency), amount: row.neededSize(at.originAmount) }
      const destination = { symbol: row.symbol(at.destinationCurrency), amount: row.neededSize(at.destinationAmount) }
      const originFee = row.size(at.originFee)
      const destinationFee = row.size(at.destinationFee)
      const fee =
        originFee !== 0n
          ? { symbol: origin.symbol, amount: originFee }
          : destinationFee !== 0n
            ? { symbol: destination.symbol, amount: destinationFee }
            : null
      return named(moved(row, smallLetters(type), origin, destination, fee, NO_PLACES), type)
    },
  }
}

export const uphold = tableSource({
  id: 'uphold' as SourceId,
  name: 'Uphold transaction history',
  venue: 'Uphold',
  version: 2,
  account: { name: 'Uphold', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Uphold: Activity → Transaction history → Export, CSV, all time.',
  plainName: (name) => name.replace(/^(value|commission)_in_[A-Za-z]{3}$/, '$1_in'),
  layouts: [
    {
      layout: 'transactions',
      required: [
        'Date',
        'Destination',
        'Destination Amount',
        'Destination Currency',
        'Fee Amount',
        'Fee Currency',
        'Id',
        'Origin',
        'Origin Amount',
        'Origin Currency',
        'Status',
        'Type',
      ],
      id: ['Id'],
      identity: ['Date', 'Type', 'Origin Amount', 'Origin Currency', 'Destination Amount', 'Destination Currency'],
      time: ['Date'],
      record: 'transaction',
      open,
    },
    {
      layout: 'old transactions',
      required: [
        'date',
        'id',
        'type',
        'value_in',
        'commission_in',
        'pair',
        'rate',
        'origin_currency',
        'origin_amount',
        'origin_commission',
        'destination_currency',
        'destination_amount',
        'destination_commission',
      ],
      id: ['id'],
      identity: ['date', 'type', 'origin_amount', 'origin_currency', 'destination_amount', 'destination_currency'],
      time: ['date'],
      record: 'transaction',
      open: openOld,
    },
  ],
})
