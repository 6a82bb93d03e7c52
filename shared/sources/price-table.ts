/** A table of prices: date (or instant), asset, currency, price of one unit. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { isProblem, moneyIn, symbolIn, timeIn } from './cells.ts'
import { bestLayout, Columns, cell } from './header.ts'
import { detached, RowIdentities } from './identity.ts'
import type { ReadContext, ReadSink, SourceFormat, SourceRow, TableReader } from './source-format.ts'

const IDENTITY = ['date', 'asset', 'currency', 'price']
const LAYOUTS = [{ layout: 'prices', required: IDENTITY, optional: ['source', 'note'] }]

function open(context: ReadContext, sink: ReadSink): TableReader {
  const columns = new Columns(context.header)
  const [dateAt, assetAt, currencyAt, priceAt] = IDENTITY.map((name) => columns.at(name)) as [
    number,
    number,
    number,
    number,
  ]
  const identities = new RowIdentities(context.sha256)
  return {
    row({ row, cells }: SourceRow) {
      const texts = [dateAt, assetAt, currencyAt, priceAt].map((i) => cell(cells, i))
      const { identity } = identities.byText(texts)
      const refuse = (problem: { reason: string; column?: string }) =>
        sink.row({ row, outcome: 'not-understood', identity, ...problem })
      const [date, asset, currency] = texts as [string, string, string]
      const time = timeIn(date, 'date', context, sink)
      if (isProblem(time)) return refuse(time)
      const symbol = symbolIn(asset, 'asset')
      if (isProblem(symbol)) return refuse(symbol)
      if (!/^[A-Za-z]{3}$/.test(currency))
        return refuse({ reason: 'the currency is no code of three letters', column: 'currency' })
      const price = moneyIn(texts[3] as string, 'price', context.mark)
      if (isProblem(price)) return refuse(price)
      if (price === null) {
        sink.row({ row, outcome: 'skipped', identity, reason: 'no price is given' })
        return
      }
      if (price < 0n) return refuse({ reason: 'a price cannot be negative', column: 'price' })
      sink.row({ row, outcome: 'price', identity })
      sink.price({
        asset: { symbol: detached(symbol) },
        currency: currency.toUpperCase(),
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
