import type { Country, PositionScope } from '../../../shared/contract/tax-choices.ts'
import { useRead } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { TAX_TOPICS } from './tax-topics.ts'

/** Every year under the profile's law. */
export function useYears() {
  return useRead({
    topics: TAX_TOPICS,
    name: 'tax.years',
    read: ({ engine }, signal) => engine.tax.years(undefined, { signal }),
    keep: true,
  })
}

/** The countries with a rule pack. They do not change while the app runs. */
export function useCountries() {
  return useRead({
    topics: [],
    name: 'tax.countries',
    read: ({ engine }, signal) => engine.tax.countries(undefined, { signal }),
  })
}

/** The profile's country, once it is known. */
export function useCountry(): Country | null {
  const { profile } = useSession()
  return useCountries().data?.find((each) => each.code === profile.jurisdiction) ?? null
}

/** The register of questions for these books. */
export function usePositions() {
  return useRead({
    topics: TAX_TOPICS,
    name: 'tax.positions',
    read: ({ engine }, signal) => engine.tax.positions(undefined, { signal }),
    keep: true,
  })
}

/** The person's facts, what was carried in, the methods by day. */
export function useFacts() {
  return useRead({
    topics: [...TAX_TOPICS, 'session', 'filings'],
    name: 'tax.facts',
    read: ({ engine }, signal) => engine.tax.facts(undefined, { signal }),
    keep: true,
  })
}

/**
 * What other answers would change, for some questions or all, at one revision of the books. It is a long job, so it runs
 * only once it is asked for, and is not run again by itself when the books change.
 */
export function useEffects(asked: boolean, revision: number, ids: readonly string[] | null, scope: PositionScope = {}) {
  const input = { ...(ids === null ? {} : { ids: [...ids] }), ...(Object.keys(scope).length === 0 ? {} : { scope }) }
  return useRead({
    topics: [],
    name: 'tax.positionEffects',
    cancellable: true,
    input: { ...input, revision },
    read: ({ engine }) => engine.tax.positionEffects(input),
    enabled: asked,
  })
}
