import { type Committed, commit } from '../../../electron/ledger/commit.ts'
import { Directory } from '../../../electron/ledger/directory.ts'
import type { WritableLedger } from '../../../electron/ledger/handles.ts'
import { type DiskFull, query } from '../../../electron/ledger/sqlite.ts'
import { formatMoney } from '../../../shared/amount/decimal.ts'
import type { PriceEntry } from '../../../shared/events/interchange-types.ts'

/** Records prices as one act, as a ledger may hold them beside those of its imports. */
export function addPrices(
  ledger: WritableLedger,
  prices: readonly PriceEntry[],
  act: { readonly summary: string; readonly who: string; readonly at: number },
): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'prices', ...act }, (write, scope) => {
    const directory = new Directory()
    for (const price of prices) {
      write.run(
        query.insertInto('price').values({
          batch_id: null,
          act_id: scope.id,
          asset_id: directory.asset(write, { key: price.asset, kind: 'crypto' }),
          currency: price.currency,
          day: typeof price.time === 'string' ? price.time : null,
          time: typeof price.time === 'number' ? price.time : null,
          price: formatMoney(price.price),
          source: price.source ?? '',
          record_id: null,
        }),
      )
    }
    scope.touch('prices')
    return null
  })
}
