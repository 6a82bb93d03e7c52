import { randomUUID } from 'node:crypto'
import { type ActScope, type Committed, commit } from './commit.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'

/** Why days of an account without records are all right. */
export interface StoredExcuse {
  readonly id: string
  readonly account: string
  readonly from: string
  readonly to: string
  readonly why: string
  readonly note: string
}

interface ActText {
  readonly summary: string
  readonly who: string
  readonly at: number
}

/** Excuses in force, by day. */
export const readExcuses = (ledger: ReadableLedger): StoredExcuse[] =>
  ledger.rows<StoredExcuse>(
    `SELECT x.key AS id, x.account, x.valid_from AS "from", x.valid_to AS "to", x.why, x.note
     FROM coverage_excuse x JOIN act a ON a.id = x.act_id AND a.live = 1
     WHERE x.removed = 0 AND NOT EXISTS (
       SELECT 1 FROM coverage_excuse n JOIN act na ON na.id = n.act_id WHERE n.key = x.key AND n.id > x.id AND na.live = 1)
     ORDER BY x.valid_from, x.id`,
  )

/** Says why days of an account have no records, as one act. */
export function excuseDays(
  ledger: WritableLedger,
  excuse: Omit<StoredExcuse, 'id'>,
  act: ActText,
): Committed<StoredExcuse> | DiskFull {
  return put(ledger, { id: randomUUID(), ...excuse }, 0, act)
}

/** Takes an excuse back, as one act. */
export const withdrawExcuse = (
  ledger: WritableLedger,
  excuse: StoredExcuse,
  act: ActText,
): Committed<StoredExcuse> | DiskFull => put(ledger, excuse, 1, act)

function put(
  ledger: WritableLedger,
  excuse: StoredExcuse,
  removed: 0 | 1,
  act: ActText,
): Committed<StoredExcuse> | DiskFull {
  return commit(ledger, { kind: 'coverage', ...act }, (write, scope) => {
    writeExcuse(write, scope, excuse, removed)
    return excuse
  })
}

/** Appends an excuse inside an act. */
export function writeExcuse(write: LedgerWrite, scope: ActScope, excuse: StoredExcuse, removed: 0 | 1): void {
  const { id: key, account, from, to, why, note } = excuse
  write.run(
    query
      .insertInto('coverage_excuse')
      .values({ act_id: scope.id, key, account, valid_from: from, valid_to: to, why, note, removed }),
  )
  scope.touch('coverage')
}
