/** ZenLedger’s custom CSV. Times are UTC; fees are never part of the amounts; types in any case. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { tableSource } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { toolReader } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const WORDS = vocabulary({
  in: { payment: 'business_income', 'misc reward': 'other_income', 'loan received': 'loan_borrow' },
  plain: ['purchase'],
})

const SIDES = ['IN Amount', 'IN Currency', 'Out Amount', 'Out Currency', 'Fee Amount', 'Fee Currency']

export const zenLedger = tableSource({
  id: 'zenledger' as SourceId,
  name: 'ZenLedger',
  venue: 'ZenLedger',
  version: 1,
  account: { name: 'ZenLedger import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'ZenLedger: your own file after the custom CSV template.',
  plainName: (name) => name.replace(/\s*\(optional\)\s*$/i, ''),
  layouts: [
    {
      layout: 'custom CSV',
      required: ['Timestamp', 'Type', ...SIDES],
      optional: ['Exchange', 'US Based'],
      identity: ['Timestamp', ...SIDES, 'Exchange'],
      time: ['Timestamp'],
      record: 'transaction',
      open: (table) => ({
        ...documentedClock(table, table.column('Timestamp'), 'mdy'),
        ...toolReader(
          table,
          {
            sent: [['Out Amount'], ['Out Currency']],
            received: [['IN Amount'], ['IN Currency']],
            fee: [['Fee Amount'], ['Fee Currency']],
            words: [['Type']],
            wallet: ['Exchange'],
          },
          WORDS,
        ),
      }),
    },
  ],
})
