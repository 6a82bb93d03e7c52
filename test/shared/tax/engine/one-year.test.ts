/** A report of one year is that year of the whole: lots bought long before it and sold long after are cut as they are there. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PACKS } from '../../../../shared/tax/packs/pack-list.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import { histories, inputOf, pricesFor, profileFor, resultOf } from './history.ts'

const LISTS = ['disposals', 'income', 'transfersOut'] as const
type Rows = readonly { readonly taxYear: number }[]

describe.each(PACKS.map(({ id }) => id))('%s', (id) => {
  const profile = profileFor(id)

  test('the documents of single years are the years of the whole document', () => {
    fc.assert(
      fc.property(histories(profile.currency), (events) => {
        const result = resultOf(inputOf(profile, events, pricesFor(profile.currency, events)))
        const whole = toResultDocument(result)
        for (const year of result.totals.keys()) {
          const part = toResultDocument(result, { year })
          for (const list of LISTS) {
            expect(part[list]).toEqual((whole[list] as unknown as Rows).filter(({ taxYear }) => taxYear === year))
          }
          expect(part.totals).toEqual({ [year]: (whole.totals as Record<string, unknown>)[year] })
          expect(part.lots).toEqual(whole.lots)
        }
      }),
      { numRuns: 10 },
    )
  })
})
