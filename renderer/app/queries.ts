import {
  keepPreviousData,
  type QueryClient,
  type QueryKey,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { Topic } from '../../shared/contract/live.ts'
import { type Clients, useClients } from './client.ts'
import { codeOf } from './errors.ts'

/** A read's key: the topics that make it stale, its name, its input. */
export type ReadKey = readonly [topics: readonly Topic[], name: string, input: unknown]

export interface Read<Output> {
  readonly topics: readonly Topic[]
  readonly name: string
  readonly input?: unknown
  readonly read: (clients: Clients, signal: AbortSignal) => Promise<Output>
  readonly enabled?: boolean
  /** Keep showing the last answer while the next one is on its way (paging, filtering). */
  readonly keep?: boolean
  readonly refetchEvery?: number | false
  /** The answer, where something else has read it just now. */
  readonly first?: Output | undefined
  /** Long work that a person may cancel: once cancelled, no change of the ledger begins it again, only the person does. */
  readonly cancellable?: boolean
}

function revisionOf(answer: unknown): number | null {
  if (typeof answer !== 'object' || answer === null || !('revision' in answer)) return null
  return typeof answer.revision === 'number' ? answer.revision : null
}

/** The later of two answers to one question: an answer of an older revision that comes late is dropped. */
export function laterAnswer<Output>(known: Output | undefined, arrived: Output): Output {
  const before = revisionOf(known)
  const now = revisionOf(arrived)
  return known !== undefined && before !== null && now !== null && now < before ? known : arrived
}

/** Reads from the engine under topic keys; live changes of a topic make it read again. */
export function useRead<Output>(read: Read<Output>): UseQueryResult<Output, Error> {
  const clients = useClients()
  const queries = useQueryClient()
  const queryKey: ReadKey = [read.topics, read.name, read.input ?? null]
  return useQuery<Output, Error, Output, QueryKey>({
    queryKey,
    queryFn: async ({ signal }) => {
      const arrived = await read.read(clients, signal)
      return laterAnswer(queries.getQueryData<Output>(queryKey), arrived)
    },
    enabled: read.enabled ?? true,
    ...(read.keep ? { placeholderData: keepPreviousData } : {}),
    ...(read.first === undefined ? {} : { initialData: read.first }),
    ...(read.cancellable ? { meta: { cancellable: true } } : {}),
    ...(read.refetchEvery ? { refetchInterval: read.refetchEvery } : {}),
  })
}

/** Marks every read that hangs on one of the topics as stale. */
export function invalidateTopics(queries: QueryClient, topics: readonly Topic[]): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey, meta, state }) => {
      if (meta?.cancellable === true && codeOf(state.error) === 'CANCELLED') return false
      const of = queryKey[0]
      return Array.isArray(of) && of.some((topic) => topics.includes(topic as Topic))
    },
  })
}

/** A call that writes, or runs long; never retried. */
export function useCall<Input, Output>(call: (clients: Clients, input: Input) => Promise<Output>) {
  const clients = useClients()
  return useMutation<Output, Error, Input>({ mutationFn: (input) => call(clients, input), retry: false })
}
