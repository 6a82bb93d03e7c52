import { EventPublisher } from '@orpc/server'
import type { Change, Job, Topic } from '../../shared/contract/live.ts'

/** What every page is told without asking: what a write touched, and how the jobs are doing. */
export interface Live {
  changed(revision: number, topics: readonly Topic[]): void
  jobs(jobs: Job[]): void
  /** Ends by itself when the page goes away (`signal`). */
  changes(signal: AbortSignal | undefined): AsyncGenerator<Change>
  jobLists(signal: AbortSignal | undefined): AsyncGenerator<Job[]>
}

export function createLive(): Live {
  const publisher = new EventPublisher<{ change: Change; jobs: Job[] }>({ maxBufferedEvents: 1_000 })
  return {
    changed: (revision, topics) => publisher.publish('change', { revision, topics: [...new Set(topics)] }),
    jobs: (jobs) => publisher.publish('jobs', jobs),
    changes: (signal) => publisher.subscribe('change', signal === undefined ? {} : { signal }),
    jobLists: (signal) => publisher.subscribe('jobs', signal === undefined ? {} : { signal }),
  }
}
