/** Divly’s custom CSV. Date and time stand in two columns, UTC. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { tableSource } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { toolReader } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['sent_amount', 'sent_currency', 'received_amount', 'received_currency', 'fee_amount', 'fee_currency']

export const divly = tableSource({
  id: 'divly' as SourceId,
  name: 'Divly',
  venue: 'Divly',
  version: 1,
  account: { name: 'Divly import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Your own file after Divly’s custom CSV.',
  layouts: [
    {
      layout: 'custom CSV',
      required: ['date', 'time (UTC)', 'transaction_type', ...SIDES],
      optional: ['label', 'custom_description', 'tx_hash'],
      identity: ['date', 'time (UTC)', ...SIDES, 'tx_hash'],
      time: ['date'],
      record: 'transaction',
      open(table) {
        const date = table.column('date')
        const clock = table.column('time (UTC)')
        return {
          timeText: (row) => `${row.text(date)} ${row.text(clock)}`.trim(),
          ...documentedClock(table, date, 'dmy'),
          ...toolReader(
            table,
            {
              sent: [['sent_amount'], ['sent_currency']],
              received: [['received_amount'], ['received_currency']],
              fee: [['fee_amount'], ['fee_currency']],
              words: [['transaction_type']],
              labels: [['label']],
              hash: ['tx_hash'],
              note: ['custom_description'],
            },
            vocabulary(),
          ),
        }
      },
    },
  ],
})
