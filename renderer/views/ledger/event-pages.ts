import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { EventFilter, EventRow } from '../../../shared/contract/events.ts'
import type { Topic } from '../../../shared/contract/live.ts'
import { type Engine, useClients } from '../../app/client.ts'
import { laterAnswer, useRead } from '../../app/queries.ts'

export const PAGE_ROWS = 100
const TOPICS: readonly Topic[] = ['events', 'batches', 'decisions', 'transfers', 'accounts', 'tax']

export type EventSort = Parameters<Engine['events']['list']>[0]['sort']

export interface EventQuery {
  readonly filter: EventFilter
  readonly sort: EventSort
  readonly descending: boolean
}

/** How many events the query finds, and the one at a position where its page is here already. */
export interface EventPages {
  readonly total: number | null
  readonly error: Error | null
  readonly rowAt: (index: number) => EventRow | undefined
  readonly refetch: () => void
}

/** The events of a query, by pages of a hundred; only the pages in view are asked for. */
export function useEventPages(query: EventQuery, first: number, last: number): EventPages {
  const { engine } = useClients()
  const head = useRead({
    topics: TOPICS,
    name: 'events.list',
    input: { ...query, page: 0 },
    read: ({ engine: asked }, signal) => asked.events.list({ ...query, offset: 0, limit: PAGE_ROWS }, { signal }),
    keep: true,
  })
  const from = Math.max(1, Math.floor(first / PAGE_ROWS))
  const to = Math.max(0, Math.floor(last / PAGE_ROWS))
  const pages = useMemo(
    () => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index),
    [from, to],
  )
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: [TOPICS, 'events.list', { ...query, page }] as const,
      queryFn: async ({
        signal,
        client,
      }: {
        signal: AbortSignal
        client: { getQueryData(key: readonly unknown[]): unknown }
      }) => {
        const arrived = await engine.events.list({ ...query, offset: page * PAGE_ROWS, limit: PAGE_ROWS }, { signal })
        const known = client.getQueryData([TOPICS, 'events.list', { ...query, page }])
        return laterAnswer(known as typeof arrived | undefined, arrived)
      },
    })),
  })
  const loaded = new Map(pages.map((page, index) => [page, answers[index]?.data?.rows]))
  const headRows = head.data?.rows
  const rowAt = useCallback(
    (index: number): EventRow | undefined => {
      const page = Math.floor(index / PAGE_ROWS)
      const rows = page === 0 ? headRows : loaded.get(page)
      return rows?.[index % PAGE_ROWS]
    },
    [headRows, loaded],
  )
  return {
    total: head.data?.total ?? null,
    error: head.error ?? answers.find((answer) => answer.error)?.error ?? null,
    rowAt,
    refetch: () => void head.refetch(),
  }
}
