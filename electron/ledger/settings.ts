import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'
import { wellFormed } from './well-formed.ts'

/** A setting and the civil date from which it holds; empty where it always did. */
export interface Setting {
  readonly key: string
  readonly validFrom?: string
  readonly value: JsonValue
}

/**
 * Appends settings as one act that can be undone. Keys that begin with `profile` are the taxpayer's (what the tax result
 * depends on), any other is a preference of this ledger. The newest one in force counts, per key and date.
 */
export function putSettings(
  ledger: WritableLedger,
  settings: readonly Setting[],
  act: {
    readonly summary: string
    readonly who: string
    readonly at: number
    readonly why?: string
    readonly undoable?: boolean
  },
): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'settings', ...act }, (write, scope) => {
    writeSettings(write, scope, settings)
    return null
  })
}

/** The same inside another act. */
export function writeSettings(write: LedgerWrite, scope: ActScope, settings: readonly Setting[]): void {
  for (const setting of settings) {
    write.run(
      query.insertInto('setting').values({
        act_id: scope.id,
        key: setting.key,
        valid_from: setting.validFrom ?? '',
        value: canonicalJson(wellFormed(setting.value)),
      }),
    )
    scope.touch(setting.key.startsWith('profile') ? 'profile' : 'settings')
  }
}

/** Settings in force whose key begins with `prefix`, by key, then date. */
export function readSettings(ledger: ReadableLedger, prefix = ''): Setting[] {
  const rows = ledger.rows<{ key: string; valid_from: string; value: string }>(
    `SELECT s.key, s.valid_from, s.value FROM setting s JOIN act a ON a.id = s.act_id
     WHERE a.live = 1 AND substr(s.key, 1, ?) = ? AND NOT EXISTS (
       SELECT 1 FROM setting n JOIN act na ON na.id = n.act_id
       WHERE n.key = s.key AND n.valid_from = s.valid_from AND n.id > s.id AND na.live = 1)
     ORDER BY s.key, s.valid_from`,
    prefix.length,
    prefix,
  )
  return rows.map((row) => ({
    key: row.key,
    ...(row.valid_from === '' ? {} : { validFrom: row.valid_from }),
    value: JSON.parse(row.value) as JsonValue,
  }))
}

/** The value of a setting in force on a civil date (latest `validFrom` not after it); without a date, of the one that always held. */
export function readSetting(ledger: ReadableLedger, key: string, on = ''): JsonValue | undefined {
  const value = ledger.value<string>(
    `SELECT s.value FROM setting s JOIN act a ON a.id = s.act_id
     WHERE a.live = 1 AND s.key = ? AND s.valid_from <= ? ORDER BY s.valid_from DESC, s.id DESC LIMIT 1`,
    key,
    on,
  )
  return value === undefined ? undefined : (JSON.parse(value) as JsonValue)
}
