import type { Topic } from '../../shared/contract/live.ts'
import { actContentHash } from './act-content.ts'
import { appendAudit } from './audit.ts'
import { gateOf, type LedgerWrite, type WritableLedger } from './handles.ts'
import { DISK_FULL, type DiskFull, isDiskFull } from './sqlite.ts'

const ACT_KINDS = [
  'create',
  'import',
  'decide',
  'match',
  'settings',
  'accounts',
  'assets',
  'prices',
  'filing',
  'rules',
  'recipes',
  'links',
  'coverage',
  'attach',
  'undo',
  'redo',
] as const
export type ActKind = (typeof ACT_KINDS)[number]

/** One act of a person or a rule, however many rows it writes: one line of the audit trail, one step of undo. */
export interface Act {
  readonly kind: ActKind
  /** What was done, as the undo list shows it: “accept 42 transfers”. No amounts, no addresses. */
  readonly summary: string
  readonly who: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly why?: string
  /** Default: yes, except for `create`, `filing`, `undo` and `redo`. */
  readonly undoable?: boolean
  /** The act this one takes back; `acts.ts` sets it. */
  readonly revokes?: number
}

/** What a write can touch besides single events; `changesSince` answers with these. */
const SUBJECTS = [
  'event',
  'batch',
  'profile',
  'accounts',
  'assets',
  'prices',
  'settings',
  'filings',
  'links',
  'rules',
  'recipes',
  'coverage',
  'attachments',
] as const
export type Subject = (typeof SUBJECTS)[number]

/** The act being committed, for the rows that belong to it. */
export interface ActScope {
  readonly id: number
  /** Says what readers must load again: a stable event id, a batch's row id, or a whole subject (`key` empty). */
  touch(subject: Subject, key?: string): void
}

export interface Committed<Value> {
  readonly status: 'done'
  readonly revision: number
  readonly act: number
  readonly topics: readonly Topic[]
  readonly value: Value
}

const UNDOABLE: Readonly<Record<ActKind, boolean>> = {
  create: false,
  import: true,
  decide: true,
  match: true,
  settings: true,
  accounts: true,
  assets: true,
  prices: true,
  filing: false,
  rules: true,
  recipes: true,
  links: true,
  coverage: true,
  attach: true,
  undo: false,
  redo: false,
}

const TOPICS_OF: Readonly<Record<Subject, readonly Topic[]>> = {
  event: ['events', 'decisions', 'transfers', 'tax', 'stages'],
  batch: ['batches', 'accounts', 'events', 'transfers', 'prices', 'tax', 'stages', 'links', 'coverage'],
  profile: ['session', 'tax', 'stages'],
  accounts: ['accounts', 'events', 'tax'],
  assets: ['events', 'tax'],
  prices: ['prices', 'tax', 'stages'],
  settings: ['session', 'stages'],
  filings: ['filings', 'stages'],
  links: ['links', 'stages'],
  rules: ['rules', 'stages'],
  recipes: ['recipes'],
  coverage: ['coverage', 'stages'],
  attachments: ['attachments'],
}

/** The topics of a set of touched subjects, each once. */
const topicsOf = (subjects: Iterable<Subject>): Topic[] => [
  ...new Set([...subjects].flatMap((subject) => TOPICS_OF[subject])),
]

/**
 * The one gate through which a ledger is written: transaction, act, audit line and `revision + 1`, all or nothing and on
 * the disk when this returns. `fn` must be synchronous; what it throws rolls everything back and is thrown on, except a
 * full disk, which is a value.
 */
export function commit<Value>(
  ledger: WritableLedger,
  act: Act,
  fn: (write: LedgerWrite, act: ActScope) => Value,
): Committed<Value> | DiskFull {
  const { connection, write, setSync } = gateOf(ledger)
  const touched = new Map<string, readonly [Subject, string]>()
  const run = connection.transaction((): Committed<Value> => {
    const revision = write.revision() + 1
    const undoable = act.undoable ?? UNDOABLE[act.kind]
    write.exec(
      `INSERT INTO act (at, who, kind, summary, why, undoable, live, revokes, content_hash) VALUES (?, ?, ?, ?, ?, ?, 1, ?, '')`,
      act.at,
      act.who,
      act.kind,
      act.summary,
      act.why ?? null,
      undoable ? 1 : 0,
      act.revokes ?? null,
    )
    const id = write.value<number>('SELECT last_insert_rowid()') as number
    const touch = (subject: Subject, key = ''): void => {
      touched.set(`${subject}:${key}`, [subject, key])
    }
    const value = fn(write, { id, touch })
    const content = actContentHash(write, id)
    write.exec('UPDATE act SET content_hash = ? WHERE id = ?', content, id)
    // At once and in the order of their index: an act may touch thousands.
    write.exec(
      `INSERT INTO touched (revision, what, subject)
       SELECT ?, value ->> 0, value ->> 1 FROM json_each(?) ORDER BY value ->> 0, value ->> 1`,
      revision,
      JSON.stringify([...touched.values()]),
    )
    appendAudit(write, act.at, id, {
      act: id,
      content,
      kind: act.kind,
      revision,
      revokes: act.revokes ?? null,
      summary: act.summary,
      who: act.who,
      why: act.why ?? null,
    })
    write.exec(
      `INSERT INTO meta (key, value) VALUES ('revision', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      String(revision),
    )
    return {
      status: 'done',
      revision,
      act: id,
      topics: topicsOf([...touched.values()].map(([subject]) => subject)),
      value,
    }
  })
  setSync('FULL')
  try {
    return run.immediate()
  } catch (error) {
    if (isDiskFull(error)) return DISK_FULL
    throw error
  }
}
