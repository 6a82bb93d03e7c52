import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import { resultText } from '../../../../shared/tax/result-text.ts'
import { assetsFor, histories, inputOf, PROFILES, resultOf } from './history.ts'

describe.each(PROFILES)('%s', (_name, profile) => {
  test('the text written at once is the text of the document', () => {
    fc.assert(
      fc.property(histories(profile.currency), fc.constantFrom(undefined, 2023, 2024), (events, year) => {
        const result = resultOf(inputOf(profile, events))
        const assets = assetsFor(profile.currency).map((asset) => ({ ...asset, symbol: `“${asset.id}”\n` }))
        const options = { assets, ...(year === undefined ? {} : { year }) }
        expect(resultText(result, options)).toBe(JSON.stringify(toResultDocument(result, options)))
      }),
      { numRuns: 30 },
    )
  })
})
