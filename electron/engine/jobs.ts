import { randomUUID } from 'node:crypto'
import type { Job } from '../../shared/contract/live.ts'
import { Cancelled, newSignalBuffer, readProgress, requestCancel } from './job-signal.ts'

/** A job that ignores its cancel flag is ended with its worker after this long. */
const PATIENCE_MS = 2_000
const REPORT_EVERY_MS = 120
/** A quiet job is told after this long. */
const QUIET_MS = 250
/** Finished jobs stay listed this long, so that a page sees how they ended. */
const KEEP_MS = 30_000

interface RunningJob {
  job: Job
  readonly signal: SharedArrayBuffer
  readonly terminate: () => void
  deadline: ReturnType<typeof setTimeout> | null
  /** Not told to pages yet: a job that ends at once is not worth a line on the screen. */
  quiet: boolean
}

export interface JobRun<T> {
  readonly id: string
  readonly finished: Promise<T>
}

export interface Jobs {
  /** Starts a job. `work` gets the buffer to share with its worker; `terminate` ends that worker the hard way. */
  start<T>(
    what: { name: string; unit: string; terminate: () => void; quiet?: boolean },
    work: (signal: SharedArrayBuffer) => Promise<T>,
  ): JobRun<T>
  cancel(id: string): boolean
  cancelAll(): void
  list(): Job[]
  running(name: string): string | null
}

/** The jobs of an engine: what runs, how far it is, how long it may still take. `report` gets the whole list at each change. */
export function createJobs(report: (jobs: Job[]) => void, now: () => number = Date.now): Jobs {
  const jobs = new Map<string, RunningJob>()
  let timer: ReturnType<typeof setInterval> | null = null
  let lastText = ''

  const list = () => [...jobs.values()].filter((entry) => !entry.quiet).map((entry) => entry.job)
  const publish = () => {
    const text = JSON.stringify(list())
    if (text === lastText) return
    lastText = text
    report(list())
  }
  const measure = () => {
    for (const entry of jobs.values()) {
      if (entry.job.state !== 'running') continue
      const { done, total } = readProgress(entry.signal)
      const elapsed = now() - entry.job.started
      const remaining =
        total !== null && done > 0 && elapsed > 500 ? Math.max(0, Math.round((elapsed * (total - done)) / done)) : null
      entry.job = {
        ...entry.job,
        done: Math.round(done),
        total: total === null ? null : Math.round(total),
        remaining,
      }
    }
    publish()
    if (timer !== null && ![...jobs.values()].some((entry) => entry.job.state === 'running')) {
      clearInterval(timer)
      timer = null
    }
  }
  const finish = (entry: RunningJob, state: Job['state'], message: string | null) => {
    if (entry.deadline !== null) clearTimeout(entry.deadline)
    const { done, total } = readProgress(entry.signal)
    entry.job = { ...entry.job, state, message, done: Math.round(done), total, remaining: null }
    setTimeout(
      () => {
        jobs.delete(entry.job.id)
        publish()
      },
      entry.quiet ? 0 : KEEP_MS,
    ).unref()
    publish()
  }
  const cancel = (id: string): boolean => {
    const entry = jobs.get(id)
    if (entry === undefined || entry.job.state !== 'running') return false
    requestCancel(entry.signal)
    entry.deadline ??= setTimeout(() => {
      entry.terminate()
      if (entry.job.state === 'running') finish(entry, 'cancelled', null)
    }, PATIENCE_MS)
    return true
  }

  return {
    start(what, work) {
      const signal = newSignalBuffer()
      const job: Job = {
        id: randomUUID(),
        name: what.name,
        state: 'running',
        done: 0,
        total: null,
        unit: what.unit,
        started: now(),
        remaining: null,
        message: null,
      }
      const entry: RunningJob = { job, signal, terminate: what.terminate, deadline: null, quiet: what.quiet === true }
      if (entry.quiet)
        setTimeout(() => {
          entry.quiet = false
          publish()
        }, QUIET_MS).unref()
      jobs.set(job.id, entry)
      publish()
      timer ??= setInterval(measure, REPORT_EVERY_MS).unref()
      const finished = work(signal).then(
        (output) => {
          if (entry.job.state === 'running') finish(entry, 'done', null)
          return output
        },
        (error: unknown) => {
          if (entry.job.state === 'running') {
            if (error instanceof Cancelled) finish(entry, 'cancelled', null)
            else finish(entry, 'failed', error instanceof Error ? error.message : String(error))
          }
          throw error
        },
      )
      return { id: job.id, finished }
    },
    cancel,
    cancelAll() {
      for (const id of jobs.keys()) cancel(id)
    },
    list,
    running(name) {
      for (const { job } of jobs.values()) if (job.name === name && job.state === 'running') return job.id
      return null
    },
  }
}
