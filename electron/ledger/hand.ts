import { hash } from 'node:crypto'
import { discardBatch, executeBatch, type PlanChanged, type Refused } from './batches.ts'
import type { Committed } from './commit.ts'
import { drain } from './drain.ts'
import { appendFileChunk, beginBatch, beginFile, finishFile } from './files.ts'
import type { ReadableLedger, WritableLedger } from './handles.ts'
import { planOf } from './plan.ts'
import { type DiskFull, query } from './sqlite.ts'
import type { StagedAccount, StagedAsset, StagedEvent } from './staged.ts'
import { openStage } from './staging.ts'

/** The source of events that a person wrote. */
export const HAND_SOURCE = 'hand'

/** Where an event made by hand came from. With `replaces` the origin gives way to it; `event` null: to nothing. */
export interface HandOrigin {
  readonly event: string | null
  readonly origin: string
  readonly replaces: boolean
}

/** What one act of hand work makes. */
export interface HandWork {
  readonly title: string
  readonly summary: string
  /** With ids of `handId`, or of an event that was made by hand before: then this is a new version of it. */
  readonly events: readonly Omit<StagedEvent, 'rows'>[]
  readonly assets: readonly StagedAsset[]
  /** The account that the batch is about; every leg's account must exist. */
  readonly account: StagedAccount
  readonly origins: readonly HandOrigin[]
  /** A copy: that it has the transaction hash of what it was made of proves nothing. */
  readonly countsByItself?: boolean
}

/** The stable id of an event made by hand: `key` tells it from all others. */
export const handId = (account: string, key: string): string => `${HAND_SOURCE}:${account}:${key}`

const short = (text: string | Uint8Array): Uint8Array => new Uint8Array(hash('sha256', text, 'buffer').subarray(0, 16))

/**
 * Writes events by hand as a batch of their own, in one act that can be undone as any import: what a person wrote is the
 * raw record, kept as it was written. Facts stay untouched; replaced ones give way while the act is in force.
 */
export function workByHand(
  ledger: WritableLedger,
  work: HandWork,
  by: { readonly who: string; readonly at: number },
): Committed<{ readonly events: number }> | PlanChanged | Refused | DiskFull {
  const begun = beginBatch(ledger, { origin: 'manual', title: work.title, at: by.at })
  if (begun.status !== 'begun') return begun
  const { batch } = begun
  const staged = stageWork(ledger, batch, work)
  if (staged !== null) {
    drain(discardBatch(ledger, batch))
    return staged
  }
  const planned = planOf(ledger, batch)?.hash ?? ''
  const done = executeBatch(ledger, batch, planned, { ...by, summary: work.summary }, (write, scope) => {
    for (const { event, origin, replaces } of work.origins) {
      write.run(
        query
          .insertInto('hand_origin')
          .values({ act_id: scope.id, batch_id: batch, event, origin, replaces: replaces ? 1 : 0 }),
      )
      scope.touch('event', origin)
    }
  })
  if (done.status !== 'done') drain(discardBatch(ledger, batch))
  return done
}

/** Null when all is staged. */
function stageWork(ledger: WritableLedger, batch: number, work: HandWork): DiskFull | null {
  const lines = work.events.map((event) => Buffer.from(`${JSON.stringify(event)}\n`))
  const bytes = Buffer.concat(lines)
  const file = beginFile(ledger, batch, { name: 'by hand.jsonl', size: bytes.length })
  if (file.status !== 'begun') return file
  for (let at = 0; at < bytes.length; at += 1_048_576) {
    const kept = appendFileChunk(ledger, file.file, bytes.subarray(at, at + 1_048_576))
    if (kept.status !== 'kept') return kept
  }
  const finished = finishFile(ledger, file.file)
  if (finished.status !== 'uploaded') return finished
  const stage = openStage(ledger, file.file, {
    source: HAND_SOURCE,
    layout: HAND_SOURCE,
    readerVersion: 1,
    encoding: 'utf-8',
    account: work.account,
    zone: 'UTC',
    ...(work.countsByItself === true ? { countsByItself: true } : {}),
  })
  if (stage.status !== 'open') return stage
  let start = 0
  const records = work.events.map(({ id }, n) => {
    const line = lines[n] as Buffer
    const length = line.length - 1
    const record = {
      row: n + 1,
      start,
      length,
      identity: short(id),
      hash: short(line.subarray(0, length)),
      outcome: 'event' as const,
    }
    start += line.length
    return record
  })
  const added = stage.add({
    assets: work.assets,
    records,
    events: work.events.map((event, n) => ({ ...event, rows: [n + 1] })),
  })
  if (added.status !== 'staged') return added
  const sealed = drain(stage.seal())
  return sealed.status === 'sealed' ? null : sealed
}

/** Events that an event was made of by hand, and those that it gave way to, while those acts are in force. */
export function handTies(
  ledger: ReadableLedger,
  event: string,
): { readonly madeFrom: readonly string[]; readonly replacedBy: readonly string[] } {
  const live = `JOIN batch b ON b.id = h.batch_id AND b.state = 'live'`
  return {
    madeFrom: ledger.column<string>(`SELECT DISTINCT h.origin FROM hand_origin h ${live} WHERE h.event = ?`, event),
    replacedBy: ledger.column<string>(
      `SELECT DISTINCT h.event FROM hand_origin h ${live} WHERE h.origin = ? AND h.replaces = 1 AND h.event IS NOT NULL`,
      event,
    ),
  }
}
