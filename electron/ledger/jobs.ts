import type { JsonValue } from '../../shared/events/canonical-json.ts'
import { stageWrite } from './files.ts'
import type { ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'

export const JOB_STATES = ['running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

export interface StoredJob {
  readonly id: number
  readonly kind: string
  readonly state: JobState
  readonly startedAt: number
  readonly endedAt: number | null
  readonly body: JsonValue
}

/** Notes that a job began (a match, a sync): no act and no audit line, since a job alone changes nothing. */
export function beginJob(
  ledger: WritableLedger,
  job: { readonly kind: string; readonly at: number; readonly body: JsonValue },
): { readonly status: 'begun'; readonly id: number } | DiskFull {
  return stageWrite(ledger, (write) => ({
    status: 'begun',
    id: write.run(
      query.insertInto('job').values({
        kind: job.kind,
        state: 'running',
        started_at: job.at,
        ended_at: null,
        body: JSON.stringify(job.body),
      }),
    ),
  }))
}

/** Notes how a job ended. */
export function endJob(
  ledger: WritableLedger,
  id: number,
  end: { readonly state: Exclude<JobState, 'running'>; readonly at: number; readonly body: JsonValue },
): { readonly status: 'ended' } | DiskFull {
  return stageWrite(ledger, (write) => {
    write.exec(
      'UPDATE job SET state = ?, ended_at = ?, body = ? WHERE id = ?',
      end.state,
      end.at,
      JSON.stringify(end.body),
      id,
    )
    return { status: 'ended' } as const
  })
}

/** The latest job of each kind: when a stage was last checked. A job still `running` at opening was cut off by a crash. */
export const latestJobs = (ledger: ReadableLedger): StoredJob[] =>
  ledger
    .rows<Omit<StoredJob, 'body'> & { body: string }>(
      `SELECT id, kind, state, started_at AS startedAt, ended_at AS endedAt, body FROM job
       WHERE id IN (SELECT max(id) FROM job GROUP BY kind) ORDER BY id DESC`,
    )
    .map((row) => ({ ...row, body: JSON.parse(row.body) as JsonValue }))
