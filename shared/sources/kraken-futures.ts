/**
 * Kraken Futures: the account log (`account-log.csv`), which is a product of its own beside Kraken's ledgers. Facts:
 * - One row for each change of a balance. The rows whose symbol is a contract (`pf_xbtusd`) tell the size of a position and move no
 *   money; the row beside them does. `change` = realised result − fee + realised funding, in the row's own symbol.
 * - `cross-exchange transfer` comes from or goes to the spot account, whose ledger has its other half. `transfer` moves between
 *   pockets of the account: two rows of one second.
 * - `conversion` is two rows of one second. Times are UTC; `uid` is the row's own.
 * - Files grew columns over the years (`contract`, `liquidation fee`, `conversion fee`); older ones name inverse contracts by their
 *   account (`f-eth:usd`) alone.
 */
import type { Amount } from '../amount/amount.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { size, unknownType } from './cells.ts'
import { deposit, feeLegs, leg, type Meaning, type Part, pockets, signed, together, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { type JoinedRow, type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { partsOf } from './wallet-rows.ts'
import { remembered } from './word-table.ts'

const RESULTS: ReadonlySet<string> = new Set([
  'futures trade',
  'futures liquidation',
  'futures partial liquidation',
  'futures assignor',
  'futures assignee',
  'futures unwind',
  'futures unwind bankrupt',
  'futures unwind counterparty',
  'covered liquidation',
  'settlement',
  'funding rate change',
])
const CONTRACT = /^(?:pf|pi|pv|fi|fv|ff|in|rr)_/i
const isContract = remembered((symbol) => CONTRACT.test(symbol))
const foldType = remembered((type) => type.toLowerCase().replaceAll('_', ' '))
/** A ten-thousandth of a unit: more than the rounding of the columns explains. */
const ROUNDING = 10n ** 20n

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('type'),
    symbol: column('symbol'),
    contract: column('contract'),
    time: column('dateTime'),
    change: column('change'),
    result: column('realized pnl'),
    fee: column('fee'),
    funding: column('realized funding'),
    liquidation: column('liquidation fee'),
  }

  /** The row's change parted into result, fee and funding; the change is what counts. */
  const results = (row: RowCursor, symbol: string, change: bigint): Verdict => {
    const fee = row.amount(at.fee) + row.amount(at.liquidation)
    const funding = row.amount(at.funding)
    const result = change + fee - funding
    const stated = row.amountOrNull(at.result) ?? result
    const warnings =
      size((result - stated) as Amount) > ROUNDING
        ? ['result, fee and funding of this row do not add up to its change; the change was taken']
        : []
    const fees = feeLegs(symbol, fee)
    const sourceKind = row.word(at.type)
    const note = row.word(at.contract)
    const said = ({ kind, legs }: Meaning): Writable<Meaning> =>
      note === '' ? { kind, legs, sourceKind } : { kind, legs, sourceKind, note }
    const paid = funding === 0n ? null : said(signed(symbol, funding, 'funding_in', 'funding_out'))
    let main: Writable<Meaning> | null = null
    if (result !== 0n) {
      const { kind, legs } = signed(symbol, result, 'realised_profit', 'realised_loss')
      main = said({ kind, legs: fees.length === 0 ? legs : [...legs, ...fees] })
    } else if (fee !== 0n) main = said({ kind: fee < 0n ? 'fee_rebate' : 'derivative_fee', legs: fees })
    const first = main ?? paid ?? said({ kind: 'informational', legs: [] })
    if (warnings.length > 0) first.warnings = warnings
    return main === null || paid === null ? first : { ...main, further: [{ meaning: paid }] }
  }

  return {
    read(row: RowCursor): Verdict {
      const word = row.word(at.type)
      const type = foldType(word)
      const symbol = row.symbol(at.symbol).toUpperCase()
      const contract = row.text(at.contract)
      if (isContract(symbol) || (contract !== '' && symbol === contract.toUpperCase()))
        return { skip: 'it tells the size of a position: its money stands in a row of its own' }
      const change = row.needed(at.change)
      if (RESULTS.has(type)) return results(row, symbol, change)
      const { asset, kind } = row.asset(symbol)
      const part: Part = { symbol, asset, isFiat: kind === 'fiat', amount: change }
      switch (type) {
        case 'cross-exchange transfer':
          return {
            kind: change < 0n ? 'unmatched_out' : 'unmatched_in',
            legs: [leg(change < 0n ? 'out' : 'in', symbol, change)],
            counterparty: 'Kraken',
            sourceKind: word,
          }
        case 'transfer':
        case 'subaccount transfer':
          return { join: [type, row.text(at.time), symbol], word, parts: [part] }
        case 'conversion':
          return { join: [type, row.text(at.time)], word, parts: [part] }
        case 'interest payment':
          return { ...signed(symbol, change, 'lending_interest', 'margin_interest'), sourceKind: word }
        default:
          return unknownType(word, 'type')
      }
    },
    together(rows: readonly JoinedRow[]) {
      const parts = partsOf(rows)
      if (rows[0]?.word.toLowerCase() === 'conversion') return together(parts)
      const sum = parts.reduce((all, part) => all + part.amount, 0n)
      if (sum === 0n) return pockets(parts)
      const { symbol, isFiat } = parts[0] as Part
      return sum < 0n ? withdrawal(symbol, sum, isFiat) : deposit(symbol, sum, isFiat)
    },
  }
}

export const krakenFutures = tableSource({
  id: 'kraken-futures' as SourceId,
  name: 'Kraken Futures account log',
  venue: 'Kraken Futures',
  version: 1,
  account: { name: 'Kraken Futures', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Kraken Futures: History → Account log → Download, all time, CSV.',
  layouts: [
    {
      layout: 'account log',
      required: [
        'uid',
        'dateTime',
        'account',
        'type',
        'symbol',
        'change',
        'new balance',
        'realized pnl',
        'fee',
        'realized funding',
      ],
      optional: [
        'contract',
        'new average entry price',
        'trade price',
        'mark price',
        'funding rate',
        'collateral',
        'conversion spread percentage',
        'liquidation fee',
        'position uid',
        'exchange rate',
        'exchange rate from',
        'conversion fee',
      ],
      id: ['uid'],
      identity: ['uid'],
      time: ['dateTime'],
      record: 'entry of the log',
      open,
    },
  ],
})
