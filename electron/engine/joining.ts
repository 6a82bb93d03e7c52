/** Joined events are worked out and written before the act that lets them count, in steps that hold up nobody. */
import type { WritableLedger } from '../ledger/handles.ts'
import {
  isStillSo,
  type NothingPrepared,
  type PreparedJoins,
  prepareJoins,
  prepareSetting,
} from '../ledger/prepared-joins.ts'
import { dropPrepared } from '../ledger/prepared-rows.ts'
import type { DiskFull } from '../ledger/sqlite.ts'
import { inSteps } from './intake-jobs.ts'

/** Acts of others come rarely between two steps; then the joined events are worked out in the act itself. */
const TRIES = 3

/** Those of a staged batch; null where there is nothing to prepare, or the books moved each time. */
export const preparedJoins = (ledger: WritableLedger, batch: number): Promise<PreparedJoins | null> =>
  preparedBy(ledger, () => prepareJoins(ledger, batch))

/** Those of an act that is put in force or out of it, likewise. */
export const preparedSetting = (ledger: WritableLedger, act: number, live: boolean): Promise<PreparedJoins | null> =>
  preparedBy(ledger, () => prepareSetting(ledger, act, live))

async function preparedBy(
  ledger: WritableLedger,
  prepare: () => Generator<void, PreparedJoins | NothingPrepared | DiskFull>,
): Promise<PreparedJoins | null> {
  for (let n = 0; n < TRIES; n++) {
    const prepared = await inSteps(prepare())
    if (prepared.status === 'nothing') return null
    if (isStillSo(ledger, prepared)) return prepared
    await cleared(ledger, prepared)
  }
  return null
}

/**
 * To be called after the act, done or refused: deletes what it let go, or what was prepared in vain. What a lock or a full disk
 * leaves is deleted at the next open; nothing sees it before.
 */
export async function cleared(ledger: WritableLedger, prepared: PreparedJoins | null): Promise<void> {
  if (prepared !== null) await inSteps(dropPrepared(ledger, { note: prepared.note })).catch(() => {})
}
