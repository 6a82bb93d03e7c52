import type { Migration } from 'kysely'
import * as ledger from './0001_ledger.ts'
import * as readingIn from './0002_reading_in.ts'
import * as brokerForms from './0003_broker_forms.ts'
import * as joins from './0004_joins.ts'
import * as assetNames from './0005_asset_names.ts'

/** Every migration, oldest first, contiguous; forward only. A release that changes the schema adds one line here. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_ledger': ledger,
  '0002_reading_in': readingIn,
  '0003_broker_forms': brokerForms,
  '0004_joins': joins,
  '0005_asset_names': assetNames,
}
