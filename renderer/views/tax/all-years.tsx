import { Button, Text } from '@mantine/core'
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

/** Every year in a row, blocked ones with them; and each country lived in, where there were several. */
export function AllYears({ of }: { readonly of: Years }) {
  const { profile } = useSession()
  return (
    <>
      <YearTable years={of.years} blocked={of.blocked} traced />
      {of.residence.slice(1).map((part) => (
        <Section
          key={`${part.jurisdiction} ${part.from}`}
          title={`${part.name}, ${part.currency}`}
          note={`lived in ${part.from === null ? 'from the beginning' : `from ${dayText(part.from, profile.zone)}`}${part.to === null ? '' : ` to ${dayText(part.to, profile.zone)}`}`}
        >
          <YearTable years={part.years} blocked={[]} traced={false} />
        </Section>
      ))}
      {of.residence.length > 1 ? (
        <Text c="dimmed" size="xs" pt="xs">
          You moved: the first table is {of.residence[0]?.name}, the others what each later country makes of your time
          there. Set the country in Your books to see one of them in full.
        </Text>
      ) : null}
    </>
  )
}

interface YearTableProps {
  readonly years: readonly YearTotals[]
  readonly blocked: Years['blocked']
  readonly traced: boolean
}

type Row = { readonly year: number; readonly label: string; readonly totals: YearTotals | null }

function YearTable({ years, blocked, traced }: YearTableProps) {
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
      label="Totals per year"
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
