/**
 * MEXC's spot order history: what each order came to, without fees. The trade history (`mexc.ts`) holds the same with fees: where
 * both are imported, one of each counts. The zone is that of the account.
 */
import type { SourceId } from '../events/identifiers.ts'
import { openMexcTrades } from './mexc.ts'
import { withoutOffset, zoneUnlessNamed } from './table-clocks.ts'
import { tableSource } from './table-source.ts'

const COLUMNS = [
  'Pairs',
  'Time',
  'Type',
  'Direction',
  'Average Filled Price',
  'Order Price',
  'Filled Quantity',
  'Order Quantity',
  'Order Amount',
]

export const mexcOrders = tableSource({
  id: 'mexc-orders' as SourceId,
  name: 'MEXC spot orders',
  venue: 'MEXC',
  version: 1,
  account: { name: 'MEXC', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'MEXC: Orders → Spot order history → Export. Better: the trade history, which has fees.',
  plainName: withoutOffset,
  layouts: [
    {
      layout: 'spot orders',
      required: [...COLUMNS, 'Status'],
      optional: ['UID'],
      identity: COLUMNS,
      time: ['Time'],
      zone: zoneUnlessNamed,
      open: openMexcTrades(true),
    },
  ],
})
