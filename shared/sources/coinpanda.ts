/**
 * Coinpanda’s generic file (since August 2022; CSV or XLSX). Nearly Koinly’s template, with a `Type` (Trade, Send, Receive)
 * before the sides. Times are UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { tableSource } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { toolReader } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['Sent Amount', 'Sent Currency', 'Received Amount', 'Received Currency', 'Fee Amount', 'Fee Currency']

export const coinpanda = tableSource({
  id: 'coinpanda' as SourceId,
  name: 'Coinpanda',
  venue: 'Coinpanda',
  version: 1,
  account: { name: 'Coinpanda import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Coinpanda: Transactions → Export; or your own file after the generic template.',
  layouts: [
    {
      layout: 'generic file',
      required: ['Timestamp (UTC)', 'Type', ...SIDES, 'Label'],
      optional: ['Net Worth Amount', 'Net Worth Currency', 'Description', 'TxHash'],
      identity: ['Timestamp (UTC)', ...SIDES, 'TxHash'],
      time: ['Timestamp (UTC)'],
      record: 'transaction',
      open: (table) => ({
        ...documentedClock(table, table.column('Timestamp (UTC)'), 'dmy'),
        ...toolReader(
          table,
          {
            sent: [['Sent Amount'], ['Sent Currency']],
            received: [['Received Amount'], ['Received Currency']],
            fee: [['Fee Amount'], ['Fee Currency']],
            words: [['Type']],
            labels: [['Label']],
            worth: [['Net Worth Amount'], ['Net Worth Currency']],
            hash: ['TxHash'],
            note: ['Description'],
          },
          vocabulary({
            in: { collateral: 'collateral_return', 'staking pool': 'stake_unlock' },
            out: { 'staking pool': 'stake_lock' },
            remarks: {
              cost: 'Coinpanda’s “Cost” holds fees of the chain and expenses alike: look at what this was; it was read as an expense',
            },
          }),
        ),
      }),
    },
  ],
})
