/**
 * stake.tax’s default export of Cosmos chains, Solana, Algorand … Facts:
 * - Times are UTC. Several rows may share a `txid`; the fee is on one of them. Types that begin with `_` are messages the tool
 *   did not recognise.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { tableSource } from './table-source.ts'
import { toolReader } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['received_amount', 'received_currency', 'sent_amount', 'sent_currency', 'fee', 'fee_currency']

export const stakeTax = tableSource({
  id: 'staketax' as SourceId,
  name: 'stake.tax',
  venue: 'stake.tax',
  version: 1,
  account: { name: 'stake tax import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'stake.tax: your address → Export → default CSV.',
  layouts: [
    {
      layout: 'default export',
      required: ['timestamp', 'tx_type', ...SIDES, 'txid'],
      optional: ['comment', 'url', 'exchange', 'wallet_address'],
      identity: ['timestamp', ...SIDES, 'txid', 'wallet_address'],
      time: ['timestamp'],
      record: 'transaction',
      open: (table) =>
        toolReader(
          table,
          {
            sent: [['sent_amount'], ['sent_currency']],
            received: [['received_amount'], ['received_currency']],
            fee: [['fee'], ['fee_currency']],
            words: [['tx_type']],
            wallet: ['wallet_address'],
            hash: ['txid'],
            note: ['comment'],
          },
          vocabulary({
            in: { 'lp withdraw': 'lp_remove' },
            out: { 'lp deposit': 'lp_add', 'transaction fee': 'network_fee' },
            both: { 'lp deposit': 'lp_add', 'lp withdraw': 'lp_remove' },
          }),
        ),
    },
  ],
})
