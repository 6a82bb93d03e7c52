import { Select } from '@mantine/core'
import { useRead } from '../app/queries.ts'
import { useSession, useTaxYear } from '../app/session.ts'

/** The tax year the screens are about. */
export function YearSelect() {
  const [year, choose] = useTaxYear()
  const { profile } = useSession()
  const facets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'events.facets',
    read: ({ engine }, signal) => engine.events.facets(undefined, { signal }),
  })
  const years = [...new Set([...(facets.data?.years ?? []), profile.taxYear, year])].sort((left, right) => right - left)
  return (
    <Select
      aria-label="Tax year"
      size="xs"
      w={88}
      data={years.map(String)}
      value={String(year)}
      onChange={(next) => next !== null && choose(Number.parseInt(next, 10))}
    />
  )
}
