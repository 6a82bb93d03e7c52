import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { Job } from '../../shared/contract/live.ts'
import { type Clients, useClients } from './client.ts'
import { invalidateTopics } from './queries.ts'

/** Runs `each` for every item until the returned function is called; a broken stream is taken up again. */
export function follow<Item>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<Item>>,
  each: (item: Item) => void,
): () => void {
  const stop = new AbortController()
  void (async () => {
    while (!stop.signal.aborted) {
      try {
        for await (const item of await open(stop.signal)) {
          if (stop.signal.aborted) return
          each(item)
        }
      } catch {
        if (stop.signal.aborted) return
      }
      await new Promise((resume) => setTimeout(resume, 500))
    }
  })()
  return () => stop.abort()
}

/** Follows the ledger's changes and makes the reads they touch stale. */
export function useLiveChanges(): void {
  const { engine } = useClients()
  const queries = useQueryClient()
  useEffect(
    () =>
      follow(
        (signal) => engine.live.changes(undefined, { signal }),
        (change) => invalidateTopics(queries, change.topics),
      ),
    [engine, queries],
  )
}

let jobs: readonly Job[] = []
const listeners = new Set<() => void>()

function setJobs(next: readonly Job[]): void {
  jobs = next
  for (const listener of listeners) listener()
}

/** Follows the engine's jobs for `useJobs`. */
export function followJobs({ engine }: Clients): () => void {
  return follow((signal) => engine.live.jobs(undefined, { signal }), setJobs)
}

/** Jobs as the engine last told them, running ones first to last. */
export function useJobs(): readonly Job[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => jobs,
  )
}

/** The job of this id, while the engine still tells of it. */
export function useJob(id: string | null): Job | null {
  return useJobs().find((job) => job.id === id) ?? null
}
