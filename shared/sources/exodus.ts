/**
 * Exodus: history of all assets (old), of one asset (new), and staking rewards. Facts:
 * - Dates are those of a browser: `Tue Mar 02 2021 10:11:12 GMT+0100 (Central European Standard Time)`; the offset counts, the name
 *   in parentheses is in the user's language.
 * - Amounts that leave and fees are negative. Of something failed only the fee was paid.
 * - Old: an exchange is one row with both sides. New: it is two rows in the files of two assets; amounts have their
 *   unit (`-0.5 ETH`), `EXCHANGE` names the other asset. Rows of one transaction are joined by the ledger (`transactions.ts`); an
 *   exchange by two transactions (one out, one in) has no id that both rows share, and nothing is joined by likeness.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { OTHER_SIDE } from './join-transaction.ts'
import { feeLegs, insideMove, leg, type Meaning, present } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import type { SourceTime } from './times.ts'
import { type Side, sideOf, twoSided } from './two-sided.ts'
import { readWrittenTime } from './written-times.ts'

/** A browser's date without what it says in parentheses. */
const browserTime =
  (zone: ZoneName) =>
  (text: string): SourceTime | null => {
    const end = text.indexOf('(')
    return readWrittenTime(end < 0 ? text : text.slice(0, end).trimEnd(), 'ymd', zone)
  }

const failed = (fee: Side | null): Verdict =>
  fee === null
    ? { skip: 'it failed and cost no fee: nothing was moved' }
    : { kind: 'failed_fee', legs: feeLegs(fee.symbol, fee.amount) }

function moved(row: RowCursor, type: string, sent: Side | null, received: Side | null, fee: Side | null): Verdict {
  const folded = type.toLowerCase()
  if (folded.endsWith('(failed)')) return failed(fee)
  switch (folded) {
    case 'deposit':
    case 'withdrawal':
    case 'exchange':
    case 'send':
    case 'receive':
      return twoSided(row, sent, received, fee)
    case 'staking':
    case 'staking reward':
    case 'reward': {
      if (sent === null || received !== null) return twoSided(row, sent, received, fee, { in: 'staking_reward' })
      const inside = insideMove(sent.symbol, sent.amount)
      return fee === null ? inside : { ...inside, legs: [...inside.legs, ...feeLegs(fee.symbol, fee.amount)] }
    }
    default:
      return unknownType(type, 'TYPE')
  }
}

function openOld({ column, context }: OpenTable): RowReader {
  const at = {
    type: column('TYPE'),
    out: [column('OUTAMOUNT'), column('OUTCURRENCY')],
    in: [column('INAMOUNT'), column('INCURRENCY')],
    fee: [column('FEEAMOUNT'), column('FEECURRENCY')],
    from: column('FROMADDRESS'),
    to: column('TOADDRESS'),
    outId: column('OUTTXID'),
    inId: column('INTXID'),
    note: column('PERSONALNOTE'),
  } as const
  return {
    time: browserTime(context.zone),
    read(row) {
      const type = row.word(at.type)
      const sent = sideOf(row, ...at.out)
      const read = moved(row, type, sent, sideOf(row, ...at.in), sideOf(row, ...at.fee))
      if (!('legs' in read)) return read
      const ids = { hash: row.text(at.outId) || row.text(at.inId), note: row.text(at.note) }
      const addresses = { fromAddress: row.text(at.from), toAddress: row.text(at.to) }
      return { ...read, sourceKind: type, ...present({ ...ids, ...addresses }) }
    },
  }
}

function openNew({ column, context }: OpenTable): RowReader {
  const at = {
    id: column('TXID'),
    type: column('TYPE'),
    amount: column('COINAMOUNT'),
    fee: column('FEE'),
    exchange: column('EXCHANGE'),
    note: column('PERSONALNOTE'),
  }
  return {
    time: browserTime(context.zone),
    read(row) {
      const type = row.word(at.type)
      const { symbol, amount } = row.neededGlued(at.amount)
      const charged = row.glued(at.fee, [symbol])
      const fee =
        charged === null || charged.amount === 0n ? null : { symbol: charged.symbol, amount: absolute(charged.amount) }
      const side = amount === 0n ? null : { symbol, amount: absolute(amount) }
      const isOut = amount < 0n
      const read = moved(row, type, isOut ? side : null, isOut ? null : side, fee)
      if (!('legs' in read)) return read
      const facts = { sourceKind: type, ...present({ hash: row.text(at.id), note: row.text(at.note) }) }
      const other = row.text(at.exchange)
      if (side === null || (type.toLowerCase() !== 'exchange' && other === '')) return { ...read, ...facts }
      const where = other === '' ? 'another asset' : other
      const warning = `${OTHER_SIDE} (${where.slice(0, 40)}) stands in the file of that asset; unless both rows name one transaction, nothing ties them: merge the two by hand`
      return { ...(read as Meaning), ...facts, kind: 'trade', warnings: [warning] }
    },
  }
}

const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

function openStaking({ column, context }: OpenTable): RowReader {
  const at = { type: column('Type'), amount: column('Buy'), symbol: column('Cur.') }
  return {
    time: browserTime(context.zone),
    read(row) {
      const type = row.word(at.type)
      if (!/^(?:staking|reward|staking reward)$/i.test(type)) return unknownType(type, 'Type')
      const reward = leg('in', row.symbol(at.symbol), row.neededSize(at.amount))
      return { kind: 'staking_reward', legs: [reward], sourceKind: type }
    },
  }
}

export const exodus = tableSource({
  id: 'exodus' as SourceId,
  name: 'Exodus history',
  venue: 'Exodus',
  version: 1,
  account: { name: 'Exodus', kind: 'wallet' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Exodus: History → Export (or asset → ⋯ → Export transactions), CSV, for every asset.',
  layouts: [
    {
      layout: 'history of all assets',
      required: [
        'DATE',
        'TYPE',
        'FROMPORTFOLIO',
        'TOPORTFOLIO',
        'OUTAMOUNT',
        'OUTCURRENCY',
        'FEEAMOUNT',
        'FEECURRENCY',
        'OUTTXID',
        'INAMOUNT',
        'INCURRENCY',
        'INTXID',
      ],
      optional: ['FROMADDRESS', 'TOADDRESS', 'OUTTXURL', 'INTXURL', 'ORDERID', 'PERSONALNOTE'],
      identity: ['DATE', 'TYPE', 'OUTAMOUNT', 'OUTCURRENCY', 'INAMOUNT', 'INCURRENCY', 'OUTTXID', 'INTXID'],
      time: ['DATE'],
      open: openOld,
    },
    {
      layout: 'history of one asset',
      required: ['TXID', 'DATE', 'TYPE', 'FROMPORTFOLIO', 'TOPORTFOLIO', 'COINAMOUNT', 'FEE', 'BALANCE'],
      optional: ['TXURL', 'EXCHANGE', 'PERSONALNOTE'],
      tag: 'asset',
      identity: ['TXID', 'DATE', 'TYPE', 'COINAMOUNT'],
      time: ['DATE'],
      open: openNew,
    },
    {
      layout: 'staking rewards',
      required: ['Type', 'Buy', 'Cur.', 'Exchange', 'Group', 'Comment', 'Date'],
      fits: ({ names }) => !names.some((name) => /^(?:sell|fee)$/i.test(name)),
      tag: 'staking',
      identity: ['Type', 'Buy', 'Cur.', 'Date'],
      time: ['Date'],
      zone: 'ask',
      open: openStaking,
    },
  ],
})
