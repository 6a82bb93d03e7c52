import type { Migration } from 'kysely'
import * as ledger from './0001_ledger.ts'

/** Every migration, oldest first, contiguous; forward only. A release that changes the schema adds one line here. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_ledger': ledger,
}

/** How many migrations this program knows; a ledger that has had more was written by a newer one. */
export const LEDGER_VERSION = Object.keys(MIGRATIONS).length
