/**
 * KuCoin's spot orders: what each order came to, all its fills together. The archive has the same trades as filled splits
 * (`kucoin.ts`): where both are imported, one of each counts. Partly filled orders that were cancelled did trade.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { KUCOIN_FILLED, openKucoinFills } from './kucoin.ts'
import { withoutOffset, zoneUnlessNamed } from './table-clocks.ts'
import { type OpenTable, tableSource } from './table-source.ts'

const openFilled = openKucoinFills('Filled Time')

function open(table: OpenTable) {
  table.sink.warn('the filled orders (splitting) of the same archive hold these trades too; import one of the two')
  return openFilled(table)
}

export const kucoinOrders = tableSource({
  id: 'kucoin-orders' as SourceId,
  name: 'KuCoin spot orders',
  venue: 'KuCoin',
  version: 1,
  account: { name: 'KuCoin', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'KuCoin: Orders → Spot orders → Export. Better: the billing statement with filled orders.',
  plainName: withoutOffset,
  layouts: [
    {
      layout: 'orders',
      required: [
        'UID',
        'Account Type',
        'Order ID',
        'Order Time',
        ...KUCOIN_FILLED,
        'Order Price',
        'Order Amount',
        'Filled Time',
        'Status',
      ],
      optional: ['Filled Volume (USDT)', 'Tax', 'Account Mode'],
      id: ['Order ID'],
      identity: ['Order ID'],
      time: ['Filled Time'],
      zone: zoneUnlessNamed,
      record: 'order',
      open,
    },
  ],
})
