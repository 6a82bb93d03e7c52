import { Text } from '@mantine/core'
import { useRead } from '../../app/queries.ts'
import { useSession, useTaxYear } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Loaded, Section } from '../../components/page.tsx'
import { CarryInForm } from '../../stages/books/carry-in-form.tsx'
import { MethodDates } from '../../stages/books/method-dates.tsx'
import { PersonForm } from '../../stages/books/person-form.tsx'
import { TaxPage } from './tax-frame.tsx'
import { useCountry, useFacts } from './tax-reads.ts'

/** What the law needs to know that is not in the books: facts of the person by year, sums carried in, methods by day. */
export function PersonView() {
  const [year] = useTaxYear()
  const { profile } = useSession()
  const country = useCountry()
  const facts = useFacts()
  const facets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'events.facets',
    read: ({ engine }, signal) => engine.events.facets(undefined, { signal }),
  })
  if (country === null) return <TaxPage title="About you">{null}</TaxPage>
  const label = country.years.find((each) => each.year === year)?.label ?? String(year)
  const firstYear = Math.min(year, ...(facets.data?.years ?? []))
  const nameOf = (id: string): string => country.facts.find((fact) => fact.id === id)?.label ?? id
  return (
    <TaxPage
      title="About you"
      why="Some rules need to know more than your records hold. What is missing is an open point, with what is assumed meanwhile."
    >
      <Loaded of={facts}>
        {(data) => {
          const known = data.person.find((each) => each.year === year)
          const values = known?.values ?? {}
          const stored = data.person.filter((each) => Object.keys(each.values).length > 0)
          return (
            <>
              <Section title={`${country.name}, ${label}`}>
                <PersonForm
                  key={`${country.code} ${year} ${JSON.stringify(values)}`}
                  country={country}
                  currency={data.currency}
                  year={year}
                  label={label}
                  values={values}
                />
                {data.filedYears.includes(year) ? (
                  <Text c="dimmed" size="xs" pt="xs">
                    {label} is filed: its figures stay as they are, whatever is entered here.
                  </Text>
                ) : null}
              </Section>
              {stored.length === 0 ? null : (
                <Section title="Years with facts">
                  <DataTable
                    label="Years with facts"
                    columns={[
                      { id: 'year', header: 'Year', cell: (each) => each.label },
                      {
                        id: 'missing',
                        header: 'Missing',
                        wrap: true,
                        cell: (each) => each.missing.map(nameOf).join(', ') || 'nothing',
                      },
                    ]}
                    rows={stored}
                    rowKey={(each) => String(each.year)}
                  />
                </Section>
              )}
              <Section
                title="Carried in from before these books"
                note="As your last return without Tallystick says it."
              >
                <CarryInForm
                  key={`${country.code} ${JSON.stringify(data.carryIn)} ${firstYear}`}
                  country={country}
                  currency={data.currency}
                  carryIn={data.carryIn}
                  firstYear={firstYear}
                />
              </Section>
              <Section title="Methods by date" note={country.methodRule}>
                <MethodDates key={country.code} country={country} first={profile.method} methods={data.methods} />
              </Section>
            </>
          )
        }}
      </Loaded>
    </TaxPage>
  )
}
