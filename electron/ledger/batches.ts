import { addToBalances, BalanceSums, storedAmount } from './balance-sums.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import { stageWrite } from './files.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { holdSpokenOf, spokenOf } from './join-acts.ts'
import { hasTransactions, keysOfBatch, keysOfEvents, wholeKeysOfBatch } from './joins.ts'
import { entangledWith, hasEntanglement } from './link-targets.ts'
import { planOf } from './plan.ts'
import { importOf, isStillSo, type PreparedJoins, settledBeside } from './prepared-joins.ts'
import { dropPrepared } from './prepared-rows.ts'
import { FILE_EVENTS, FILE_RECORDS } from './ranges.ts'
import { rejoining } from './rejoining.ts'
import { isRereading, isRereadingWanted, settleOverlaps } from './rereading.ts'
import { addDifference, outdatePlans, resettle } from './resettle.ts'
import { importCount } from './settle-file.ts'
import type { DiskFull } from './sqlite.ts'
import type { BatchRow } from './staged.ts'
import { clearRows } from './unstage.ts'
import { entangledIds, judgedIds, rewriteHidden, VISIBLE, visibleVersions } from './visibility.ts'

/** The ledger changed since the plan was made, or the plan is another: make and show a new one. */
export interface PlanChanged {
  readonly status: 'plan-changed'
  readonly text: string
}
export interface Refused {
  readonly status: 'refused'
  readonly text: string
}
export interface Doer {
  readonly who: string
  readonly at: number
}

/**
 * Makes a staged batch live: batch state, what its restated and corroborating events hide, balances, audit line, all in
 * one small transaction whose size does not grow with the rows added. `planHash` is the hash of the plan that was shown;
 * `also` writes in the same act, before anything is settled; `prepared` are its joined events, where they were worked out before
 * (`prepareJoins`): those of another revision are not used.
 */
export function executeBatch(
  ledger: WritableLedger,
  batch: BatchRow,
  planHash: string,
  by: Doer & { readonly summary?: string },
  also?: (write: LedgerWrite, scope: ActScope) => void,
  prepared: PreparedJoins | null = null,
): Committed<{ readonly events: number }> | PlanChanged | Refused | DiskFull {
  const plan = planOf(ledger, batch)
  if (plan?.state !== 'staged') return { status: 'refused', text: 'This import is not waiting to be executed.' }
  if (plan.hash === null) return { status: 'refused', text: 'This import is still being read. Wait for its plan.' }
  const sealedAt = ledger.value<number>('SELECT sealed_at_import FROM batch WHERE id = ?', batch)
  if (plan.hash !== planHash || (sealedAt !== null && sealedAt !== importCount(ledger))) {
    return {
      status: 'plan-changed',
      text: 'The ledger has changed since this plan was made. Nothing was imported; look at the new plan.',
    }
  }
  const title = ledger.value<string>('SELECT title FROM batch WHERE id = ?', batch) ?? ''
  const isReadAgain = isRereading(ledger, batch)
  if (isReadAgain && !isRereadingWanted(ledger, batch))
    return { status: 'refused', text: 'The import that this file belongs to was taken back.' }
  const summary = by.summary ?? (isReadAgain ? title : `import ${title}`)
  const isReady = prepared !== null && prepared.for === importOf(batch) && isStillSo(ledger, prepared)
  const act = { kind: 'import', who: by.who, at: by.at, summary, undoable: !isReadAgain } as const
  return commit(ledger, act, (write, scope) => {
    const events =
      write.value<number>('SELECT coalesce(sum(events), 0) FROM source_file WHERE batch_id = ?', batch) ?? 0
    write.exec(
      `UPDATE batch SET state = 'live', executed_at = ?, act_id = ?, plan_hash = ?, events = ? WHERE id = ?`,
      by.at,
      scope.id,
      planHash,
      events,
      batch,
    )
    const sums = new BalanceSums()
    also?.(write, scope)
    const ready = isReady ? prepared : null
    const keys = ready?.touched ?? keysTouched(write, batch)
    holdSpokenOf(write, ready?.held ?? spokenOf(write, batch, keys), scope)
    const settle = (): void => {
      hideReplaced(write, batch, sums)
      for (const id of settleJudged(write, batch, sums)) scope.touch('event', id)
    }
    rejoining(write, keys, sums, scope, settle, ready)
    addFileBalances(write, batch, sums, 1)
    addToBalances(write, sums)
    if (isReadAgain) settleOverlaps(write, batch)
    countImport(write, batch, scope)
    return { events }
  })
}

/** The transactions whose joined events a batch can change: those it tells of, and those of records that it settles. */
function keysTouched(ledger: ReadableLedger, batch: BatchRow): Set<string> {
  if (!hasTransactions(ledger)) return new Set()
  const told = new Set([...keysOfBatch(ledger, batch), ...wholeKeysOfBatch(ledger, batch)])
  const others = new Set(settledBeside(ledger, batch))
  return others.size === 0 ? told : new Set([...told, ...keysOfEvents(ledger, [...others])])
}

/** What the files of a batch move, as their plans say. */
function addFileBalances(write: LedgerWrite, batch: BatchRow, sums: BalanceSums, sign: 1 | -1): void {
  for (const [account, asset, amount] of write.tuples<[number, number, string]>(
    `SELECT b.account_id, b.asset_id, b.amount FROM file_balance b JOIN source_file f ON f.id = b.file_id WHERE f.batch_id = ?`,
    batch,
  )) {
    sums.add(account, asset, sign === 1 ? storedAmount(amount) : -storedAmount(amount))
  }
}

/**
 * Hides what a batch's plan says it replaces or corroborates, and events that corroborate facts which this batch brings
 * back after a revert; those last leave the balances. The same as `rewriteHidden` finds, without looking at every event.
 */
function hideReplaced(write: LedgerWrite, batch: BatchRow, sums: BalanceSums): void {
  write.exec(
    `INSERT OR REPLACE INTO event_hidden (event_id, reason)
     SELECT c.event_id, h.reason FROM batch_change c JOIN event_hidden h ON h.event_id = c.replaces
     WHERE c.batch_id = ? AND h.reason <> 'replaced'`,
    batch,
  )
  write.exec(
    `INSERT OR REPLACE INTO event_hidden (event_id, reason)
     SELECT replaces, 'replaced' FROM batch_change WHERE batch_id = ?`,
    batch,
  )
  write.exec(
    `INSERT OR REPLACE INTO event_hidden (event_id, reason)
     SELECT c.event_id, 'corroborates' FROM corroboration c WHERE c.batch_id = ? AND EXISTS (
       SELECT 1 FROM event_identity i JOIN event e ON e.id = i.event_id
       WHERE i.stable_id = c.fact AND e.batch_id IN (SELECT id FROM batch WHERE state = 'live'))`,
    batch,
  )
  const back = write.column<number>(
    `SELECT c.event_id FROM corroboration c JOIN event e ON e.id = c.event_id
     JOIN event_identity i ON i.stable_id = c.fact JOIN event f ON f.id = i.event_id
     WHERE f.batch_id = ? AND ${VISIBLE}`,
    batch,
  )
  for (const event of back) write.exec(`INSERT INTO event_hidden (event_id, reason) VALUES (?, 'corroborates')`, event)
  sums.addEvents(write, back, -1)
}

/** Settles what people linked or made by hand earlier, where events of it come back with the batch; gives those ids. */
function settleJudged(write: LedgerWrite, batch: BatchRow, sums: BalanceSums): string[] {
  if (!hasEntanglement(write)) return []
  const ids = entangledWith(write, judgedIds(write, batch))
  if (ids.length > 0) resettle(write, ids, sums, () => rewriteHidden(write, ids))
  return ids
}

function countImport(write: LedgerWrite, batch: BatchRow, scope: ActScope): void {
  outdatePlans(write)
  scope.touch('batch', String(batch))
}

/**
 * Moves batches between live and reverted inside an act: versions before them come back, what they corroborated or were
 * corroborated by is settled anew, balances follow. Rows are neither changed nor deleted. `prepared` are the joined events, where
 * they were worked out before (`prepareSetting`) and hold for this revision.
 */
export function setBatchesLive(
  write: LedgerWrite,
  batches: readonly BatchRow[],
  live: boolean,
  scope: ActScope,
  prepared: PreparedJoins | null,
): void {
  if (batches.length === 0) return
  const entangled = batches.map((batch) => [batch, entangledIds(write, batch)] as const)
  const sums = new BalanceSums()
  const keys =
    prepared?.touched ??
    new Set(entangled.flatMap(([batch, ids]) => [...keysTouched(write, batch), ...keysOfEvents(write, ids)]))
  const settle = (): void => {
    for (const [batch, ids] of entangled) setBatchLive(write, batch, ids, live, sums)
  }
  rejoining(write, keys, sums, scope, settle, prepared)
  addToBalances(write, sums)
  for (const [batch, ids] of entangled) {
    countImport(write, batch, scope)
    for (const id of ids) scope.touch('event', id)
  }
}

function setBatchLive(
  write: LedgerWrite,
  batch: BatchRow,
  ids: readonly string[],
  live: boolean,
  sums: BalanceSums,
): void {
  const state = live ? 'live' : 'reverted'
  if (ids.length === 0) {
    write.exec('UPDATE batch SET state = ? WHERE id = ?', state, batch)
    addFileBalances(write, batch, sums, live ? 1 : -1)
    return
  }
  const shown = (own: boolean): Set<number> =>
    new Set([...(own ? visibleOf(write, batch) : []), ...visibleVersions(write, ids)])
  const before = shown(!live)
  write.exec('UPDATE batch SET state = ? WHERE id = ?', state, batch)
  rewriteHidden(write, ids)
  addDifference(write, sums, before, shown(live))
}

const visibleOf = (ledger: ReadableLedger, batch: BatchRow): number[] =>
  ledger.column<number>(
    `SELECT e.id FROM ${FILE_EVENTS} WHERE f.batch_id = ? AND NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id)`,
    batch,
  )

/**
 * Rejects a preview: what it was is remembered (title, files, counts, plan), its rows and bytes are deleted, in steps of
 * at most 20 ms.
 */
export function* discardBatch(
  ledger: WritableLedger,
  batch: BatchRow,
): Generator<void, { readonly status: 'discarded' } | Refused | DiskFull> {
  const state = ledger.value<string>('SELECT state FROM batch WHERE id = ?', batch)
  if (state !== 'staged') return { status: 'refused', text: 'Only a preview can be discarded. An import is reverted.' }
  const rejected = stageWrite(ledger, (write) => {
    write.exec(
      `UPDATE batch SET state = 'rejected', plan_hash = ? WHERE id = ?`,
      planOf(write, batch)?.hash ?? null,
      batch,
    )
    return { status: 'discarded' } as const
  })
  if (rejected.status !== 'discarded') return rejected
  const cleared = yield* clearBatch(ledger, batch)
  return cleared.status === 'cleared' ? rejected : cleared
}

function* clearBatch(
  ledger: WritableLedger,
  batch: BatchRow,
): Generator<void, { readonly status: 'cleared' } | DiskFull> {
  const prepared = yield* dropPrepared(ledger, { for: importOf(batch) })
  if (prepared.status !== 'cleared') return prepared
  const rows = yield* clearRows(ledger, batch)
  if (rows.status !== 'cleared') return rows
  for (;;) {
    const done = stageWrite(ledger, (write) => ({
      status: 'cleared' as const,
      chunks: write.exec(
        `DELETE FROM file_chunk WHERE id IN (
           SELECT c.id FROM file_chunk c JOIN source_file f ON f.id = c.file_id WHERE f.batch_id = ? LIMIT 4)`,
        batch,
      ),
    }))
    if (done.status !== 'cleared') return done
    if (done.chunks === 0) return done
    yield
  }
}

/**
 * Deletes previews that a crash or a closed window left, what is left of discarded ones, and joined events that count no more,
 * in steps of at most 20 ms.
 * To be drained after opening; nothing sees those rows meanwhile.
 */
export function* clearLeftovers(ledger: WritableLedger): Generator<void, { readonly status: 'cleared' } | DiskFull> {
  const batches = ledger.rows<{ id: number; state: string }>(
    `SELECT id, state FROM batch b WHERE state = 'staged' OR (state = 'rejected' AND (
       EXISTS (SELECT 1 FROM ${FILE_EVENTS} WHERE f.batch_id = b.id)
       OR EXISTS (SELECT 1 FROM source_file f JOIN file_chunk c ON c.file_id = f.id WHERE f.batch_id = b.id)
       OR EXISTS (SELECT 1 FROM ${FILE_RECORDS} WHERE f.batch_id = b.id)))`,
  )
  const lying = yield* dropPrepared(ledger, 'all')
  if (lying.status !== 'cleared') return lying
  for (const { id, state } of batches) {
    const cleared = yield* clearBatch(ledger, id)
    if (cleared.status !== 'cleared') return cleared
    if (state !== 'staged') continue
    const gone = stageWrite(ledger, (write) => {
      write.exec('DELETE FROM source_file WHERE batch_id = ?', id)
      write.exec('DELETE FROM batch WHERE id = ?', id)
      return { status: 'cleared' } as const
    })
    if (gone.status !== 'cleared') return gone
    yield
  }
  return { status: 'cleared' }
}
