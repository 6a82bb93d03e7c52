import { parseMoney } from '../../shared/amount/decimal.ts'
import type { AssetId, CivilDate, CurrencyCode, Instant } from '../../shared/events/identifiers.ts'
import type { PriceEntry } from '../../shared/events/interchange-types.ts'
import type { ReadableLedger } from './handles.ts'

interface PriceRow {
  readonly asset: AssetId
  readonly currency: CurrencyCode
  readonly day: CivilDate | null
  readonly time: number | null
  readonly price: string
  readonly source: string
}

/** Prices in force, by asset, then time: of live batches and live acts. Of several for one time the newest one counts. */
export function readPrices(ledger: ReadableLedger): PriceEntry[] {
  const rows = ledger.rows<PriceRow>(
    `SELECT a.key AS asset, p.currency, p.day, p.time, p.price, p.source, max(p.id)
     FROM price p JOIN asset a ON a.id = p.asset_id
     LEFT JOIN batch b ON b.id = p.batch_id LEFT JOIN act t ON t.id = p.act_id
     WHERE b.state = 'live' OR t.live = 1
     GROUP BY p.asset_id, p.currency, p.day, p.time ORDER BY a.key, p.currency, p.day, p.time`,
  )
  return rows.map((row) => {
    const price = parseMoney(row.price)
    if (typeof price !== 'bigint') throw new Error(`a price in the ledger is not canonical: ${price.error}`)
    return {
      asset: row.asset,
      currency: row.currency,
      time: row.day ?? (row.time as Instant),
      price,
      source: row.source,
    }
  })
}

/** Whether prices, or what they are read by (imports, assets, the profile), may differ since a revision. */
export const pricesTouchedSince = (ledger: ReadableLedger, revision: number): boolean =>
  ledger.value<number>(
    `SELECT 1 FROM touched WHERE revision > ? AND what IN ('prices', 'batch', 'assets', 'profile') LIMIT 1`,
    revision,
  ) !== undefined
