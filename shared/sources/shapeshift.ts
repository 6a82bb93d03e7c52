/**
 * ShapeShift's exchanges. Facts:
 * - ShapeShift held nothing: the input came from a wallet of the user and the output went to one, each under its own hash. A row is
 *   told as three events, so that each half can be matched with the wallet's own: arrival, exchange, departure.
 * - `minerFee` has been taken from the output already. A returned exchange sent its coins back.
 * - `timestamp` is ISO or seconds since 1970, UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { deposit, present, swap, withdrawal } from './legs.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { readEpoch, readWrittenTime } from './written-times.ts'

const DONE = new Set(['complete', 'completed'])

function open({ column, context }: OpenTable): RowReader {
  const at = {
    status: column('status'),
    given: column('inputAmount'),
    givenCurrency: column('inputCurrency'),
    givenId: column('inputTxid'),
    got: column('outputAmount'),
    gotCurrency: column('outputCurrency'),
    gotAddress: column('outputAddress'),
    gotId: column('outputTxid'),
  }
  return {
    time: (text) => readEpoch(text) ?? readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const status = row.word(at.status)
      if (status.toLowerCase() === 'returned') return { skip: 'its coins were sent back: nothing was exchanged' }
      const undone = unlessDone(status, DONE, 'status')
      if (undone !== null) return undone
      const given = row.symbol(at.givenCurrency)
      const got = row.symbol(at.gotCurrency)
      const givenAmount = row.neededSize(at.given)
      const gotAmount = row.neededSize(at.got)
      const arrived = { ...deposit(given, givenAmount, false), ...present({ hash: row.text(at.givenId) }) }
      const traded = swap(given, givenAmount, got, gotAmount, (symbol) => row.isFiat(symbol))
      const facts = present({ hash: row.text(at.gotId), toAddress: row.text(at.gotAddress) })
      const left = { ...withdrawal(got, gotAmount, false), ...facts }
      return { ...traded, sourceKind: status, further: [{ meaning: arrived }, { meaning: left }] }
    },
  }
}

export const shapeshift = tableSource({
  id: 'shapeshift' as SourceId,
  name: 'ShapeShift exchanges',
  venue: 'ShapeShift',
  version: 1,
  account: { name: 'ShapeShift', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'ShapeShift’s exchange closed; its history was a CSV in the account. Use the file you kept.',
  layouts: [
    {
      layout: 'exchanges',
      required: [
        'id',
        'status',
        'timestamp',
        'inputAmount',
        'inputCurrency',
        'inputTxid',
        'outputAmount',
        'outputCurrency',
        'outputTxid',
      ],
      optional: ['rate', 'minerFee', 'inputAddress', 'outputAddress', 'refundAddress', 'refundCurrency', 'refundTxid'],
      id: ['id'],
      identity: ['timestamp', 'inputAmount', 'inputCurrency', 'inputTxid', 'outputCurrency'],
      time: ['timestamp'],
      record: 'exchange',
      open,
    },
  ],
})
