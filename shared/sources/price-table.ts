/** A table of prices: date (or instant), asset, currency, price of one unit. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type CellProblem, isProblem, moneyIn, symbolIn, timeIn } from './cells.ts'
import { CutRow, cutRow, TextColumns } from './cut-row.ts'
import { bestLayout, Columns, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { outcomeOfRepeated, RowIdentities, shared } from './identity.ts'
import type { ReadContext, ReadSink, SourceFormat, SourceRow, TableReader } from './source-format.ts'
import { remembered } from './word-table.ts'

const IDENTITY = ['date', 'asset', 'currency', 'price']
const LAYOUTS = [{ layout: 'prices', required: IDENTITY, optional: ['source', 'note'] }]

const NO_CODE: CellProblem = { reason: 'the currency is no code of three letters', column: 'currency' }
const NEGATIVE: CellProblem = { reason: 'a price cannot be negative', column: 'price' }

/** The code of a currency in capitals; null where it is none. */
const codeIn = remembered((text) => (/^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : null))

function open(context: ReadContext, sink: ReadSink): TableReader {
  const columns = new Columns(context.header)
  const [dateAt, assetAt, currencyAt, priceAt] = IDENTITY.map((name) => columns.at(name)) as [
    number,
    number,
    number,
    number,
  ]
  const identities = new RowIdentities(context.sha256)
  const headerCell = context.header.names[dateAt]
  const identifying = new TextColumns([dateAt, assetAt, currencyAt, priceAt])
  const own = new CutRow()
  const refuse = (row: number, identity: string, { reason, column }: CellProblem): void =>
    sink.row({ row, outcome: 'not-understood', identity, reason, column })
  return {
    row(source: SourceRow) {
      const cells = cutRow(source, own)
      const { row } = source
      const date = cells.cell(dateAt)
      const found = identities.byColumns(cells, identifying)
      const { identity } = found
      if (date === headerCell && isHeaderAgain(cells.cells, context.header)) {
        identities.beginStatement()
        return sink.row({ row, outcome: 'skipped', identity, reason: HEADER_AGAIN })
      }
      const repeated = outcomeOfRepeated(row, found, 'price')
      if (repeated !== null) return sink.row(repeated)
      const time = timeIn(date, 'date', context, sink)
      if (isProblem(time)) return refuse(row, identity, time)
      const symbol = symbolIn(cells.cell(assetAt), 'asset')
      if (isProblem(symbol)) return refuse(row, identity, symbol)
      const currency = codeIn(cells.cell(currencyAt))
      if (currency === null) return refuse(row, identity, NO_CODE)
      const price = moneyIn(cells.cell(priceAt), 'price', context.mark)
      if (isProblem(price)) return refuse(row, identity, price)
      if (price === null) {
        sink.row({ row, outcome: 'skipped', identity, reason: 'no price is given' })
        return
      }
      if (price < 0n) return refuse(row, identity, NEGATIVE)
      sink.row({ row, outcome: 'price', identity })
      sink.price({
        asset: { symbol: shared(symbol) },
        currency,
        time: time.precision === 'day' ? { day: date.slice(0, 10) } : { instant: time.time },
        price,
        row,
      })
    },
    end() {},
  }
}

export const priceTable: SourceFormat = {
  id: 'price-table' as SourceId,
  name: 'Price table',
  venue: 'your own',
  version: 1,
  account: { name: 'Prices', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  decimals: 'file',
  identityColumns: { prices: IDENTITY },
  howToGet: 'A CSV with the columns date, asset, currency, price: one price of one unit on each line.',
  recognise: (header) => bestLayout(header, LAYOUTS),
  open,
}
