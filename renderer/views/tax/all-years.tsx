import { Button } from '@mantine/core'
import type { YearTotals } from '../../../shared/contract/tax.ts'
import { LOCALE, useSession, useTaxYear } from '../../app/session.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Money } from '../../components/figure.tsx'
import { Section } from '../../components/page.tsx'
import { dayText } from '../../components/time-text.ts'
import styles from './tax.module.css'
import type { Years } from './year-head.tsx'

type Field = 'proceeds' | 'cost' | 'fees' | 'gain' | 'income' | 'taxable' | 'tax'

/**
 * Every year in a row, blocked ones with them. Of a person who moved, each year stands under the country it is taxed in;
 * what another country makes of a year of moving stands below.
 */
export function AllYears({ of }: { readonly of: Years }) {
  const { profile } = useSession()
  const taxedIn = new Map(of.years.map(({ year, jurisdiction }) => [year, jurisdiction]))
  const names = new Map(of.residence.map(({ jurisdiction, name }) => [jurisdiction, name]))
  const moved = of.residence.flatMap((part) => {
    const years = part.years.filter(({ year }) => taxedIn.get(year) !== part.jurisdiction)
    return years.length === 0 ? [] : [{ ...part, years }]
  })
  return (
    <>
      <YearTable label="Totals per year" years={of.years} blocked={of.blocked} countries={names} traced />
      {moved.map((part) => (
        <Section
          key={`${part.jurisdiction} ${part.from}`}
          title={`${part.name}, in the year of the move`}
          note={`in ${part.currency}, lived there ${part.from === null ? 'from the beginning' : `from ${dayText(part.from, profile.zone)}`}${part.to === null ? '' : ` to ${dayText(part.to, profile.zone)}`}`}
        >
          <YearTable
            label={`${part.name}, in the year of the move`}
            years={part.years}
            blocked={[]}
            countries={names}
            traced={false}
          />
        </Section>
      ))}
    </>
  )
}

interface YearTableProps {
  readonly label: string
  readonly years: readonly YearTotals[]
  readonly blocked: Years['blocked']
  /** Names by jurisdiction of the countries lived in; empty where there was one alone. */
  readonly countries: ReadonlyMap<string, string>
  readonly traced: boolean
}

type Row = { readonly year: number; readonly label: string; readonly totals: YearTotals | null }

function YearTable({ label: name, years, blocked, countries, traced }: YearTableProps) {
  const [year, choose] = useTaxYear()
  const rows: readonly Row[] = [
    ...years.map((totals) => ({ year: totals.year, label: totals.label, totals })),
    ...blocked.map((each) => ({ year: each.year, label: each.label, totals: null })),
  ].sort((left, right) => right.year - left.year)
  const money = (id: Field, header: string, gain = false): Column<Row> => ({
    id,
    header,
    align: 'right',
    cell: ({ totals, label }) => {
      const value = totals?.[id] ?? null
      if (totals === null || value === null) return ''
      return traced ? (
        <Money value={value} gain={gain} trace={`total:${totals.year}:${id}`} label={`${header} of ${label}`} />
      ) : (
        <Money value={value} gain={gain} />
      )
    },
  })
  return (
    <DataTable<Row>
      label={name}
      columns={[
        {
          id: 'year',
          header: 'Year',
          cell: (row) => (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-pressed={row.year === year}
              onClick={() => choose(row.year)}
              className={row.year === year ? (styles.chosen ?? '') : ''}
            >
              {row.label}
              {row.totals === null ? ' · blocked' : row.totals.filed ? ' · filed' : ''}
            </Button>
          ),
        },
        ...(countries.size === 0
          ? []
          : [
              {
                id: 'country',
                header: 'Country',
                cell: ({ totals }: Row) =>
                  totals === null
                    ? ''
                    : `${countries.get(totals.jurisdiction) ?? totals.jurisdiction.toUpperCase()}, ${totals.currency}`,
              },
            ]),
        money('proceeds', 'Proceeds'),
        money('cost', 'Cost basis'),
        money('fees', 'Fees'),
        money('gain', 'Net gain', true),
        money('income', 'Income'),
        money('taxable', 'Taxable gain'),
        money('tax', 'Tax'),
        {
          id: 'open',
          header: 'Open',
          align: 'right',
          cell: ({ totals }) =>
            totals === null || totals.openPoints === 0 ? (
              ''
            ) : (
              <span className={styles.open}>{countText(totals.openPoints, LOCALE)}</span>
            ),
        },
      ]}
      rows={rows}
      rowKey={(row) => String(row.year)}
    />
  )
}
