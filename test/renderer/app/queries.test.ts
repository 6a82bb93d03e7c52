import { ORPCError } from '@orpc/client'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { invalidateTopics, laterAnswer } from '../../../renderer/app/queries.ts'

describe('an answer that comes late', () => {
  it('is dropped when a newer revision is known already', () => {
    const known = { revision: 8, total: 3 }
    expect(laterAnswer(known, { revision: 7, total: 2 })).toBe(known)
  })

  it('is taken when it is as new or newer', () => {
    expect(laterAnswer({ revision: 8, total: 3 }, { revision: 8, total: 4 }).total).toBe(4)
    expect(laterAnswer({ revision: 8, total: 3 }, { revision: 9, total: 5 }).total).toBe(5)
  })

  it('is taken when nothing was known, or answers have no revision', () => {
    expect(laterAnswer(undefined, { revision: 1 })).toEqual({ revision: 1 })
    expect(laterAnswer(['old'], ['new'])).toEqual(['new'])
  })
})

describe('a change of the ledger', () => {
  it('makes the reads of its topics stale and leaves the others', () => {
    const queries = new QueryClient()
    queries.setQueryData([['tax', 'events'], 'tax.years', null], 1)
    queries.setQueryData([['accounts'], 'intake.accounts', null], 2)
    invalidateTopics(queries, ['events'])
    expect(queries.getQueryState([['tax', 'events'], 'tax.years', null])?.isInvalidated).toBe(true)
    expect(queries.getQueryState([['accounts'], 'intake.accounts', null])?.isInvalidated).toBe(false)
  })

  it('does not begin again what a person has cancelled, and does what failed otherwise', async () => {
    for (const [code, calls] of [
      ['CANCELLED', 1],
      ['NO_LEDGER', 2],
    ] as const) {
      const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
      let called = 0
      const observer = new QueryObserver(queries, {
        queryKey: [['tax'], 'tax.compareMethods', null],
        meta: { cancellable: true },
        queryFn: () => {
          called += 1
          throw new ORPCError(code, { defined: true })
        },
      })
      const leave = observer.subscribe(() => undefined)
      await expect.poll(() => observer.getCurrentResult().isError).toBe(true)
      invalidateTopics(queries, ['tax'])
      await expect.poll(() => called).toBe(calls)
      await expect.poll(() => queries.isFetching()).toBe(0)
      expect(called).toBe(calls)
      leave()
      queries.clear()
    }
  })
})
