import { Button, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { YearUnder } from '../../../shared/contract/tax-choices.ts'
import { codeOf } from '../../app/errors.ts'
import { LOCALE } from '../../app/session.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { countText, subtractDecimals } from '../../components/decimal-text.ts'
import { Difference } from '../../components/difference.tsx'
import { Money } from '../../components/figure.tsx'
import { JobProgress } from '../../components/job-progress.tsx'
import { ReadFailed } from '../../components/page.tsx'
import styles from './compare.module.css'

export type Measure = 'taxable' | 'gain' | 'shortTerm' | 'longTerm' | 'exempt' | 'income' | 'tax'
export const MEASURES: readonly { readonly id: Measure; readonly label: string }[] = [
  { id: 'taxable', label: 'Taxable gain' },
  { id: 'gain', label: 'Net gain' },
  { id: 'shortTerm', label: 'Short term' },
  { id: 'longTerm', label: 'Long term' },
  { id: 'exempt', label: 'Exempt' },
  { id: 'income', label: 'Income' },
  { id: 'tax', label: 'Tax' },
]

export interface ComparedRow {
  readonly key: string
  readonly name: string
  /** Under the name, in small. */
  readonly about: ReactNode
  readonly currency: string
  readonly chosen: boolean
  readonly cells: readonly YearUnder[]
}

interface CompareTableProps {
  readonly label: string
  readonly first: string
  readonly years: readonly { readonly year: number; readonly label: string; readonly note: string }[]
  readonly rows: readonly ComparedRow[]
  readonly measure: Measure
  /** What opens under a row that is not the chosen one. */
  readonly choose: (row: ComparedRow, done: () => void) => ReactNode
}

/** Rows of choices, columns of years, one figure; differences against what is in force, by colour and word. */
export function CompareTable({ label, first, years, rows, measure, choose }: CompareTableProps) {
  const [opened, setOpened] = useState<string | null>(null)
  const mine = rows.find((row) => row.chosen)
  const column = ({ year, label: name, note }: CompareTableProps['years'][number]): Column<ComparedRow> => ({
    id: String(year),
    header: note === '' ? name : `${name}, ${note}`,
    align: 'right',
    wrap: true,
    cell: (row) => {
      const cell = row.cells.find((each) => each.year === year)
      if (cell === undefined) return <span className={styles.quiet}>{note === '' ? 'nothing' : note}</span>
      const value = cell[measure]
      if (value === null) return <span className={styles.quiet}>not worked out</span>
      const base = mine?.cells.find((each) => each.year === year)?.[measure] ?? null
      const compared = !row.chosen && base !== null && mine?.currency === row.currency
      return (
        <>
          <div>
            <Money value={value} gain={measure !== 'taxable' && measure !== 'tax' && measure !== 'income'} />
          </div>
          {compared ? (
            <div className={styles.under}>
              <Difference value={subtractDecimals(value, base)} />
            </div>
          ) : null}
          {cell.openPoints > 0 ? (
            <div className={styles.under}>
              <span className={styles.open}>{countText(cell.openPoints, LOCALE)} open</span>
            </div>
          ) : null}
        </>
      )
    },
  })
  return (
    <DataTable<ComparedRow>
      label={label}
      columns={[
        {
          id: 'name',
          header: first,
          wrap: true,
          cell: (row) => (
            <>
              <div className={`${styles.name} ${row.chosen ? styles.chosen : ''}`}>
                {row.chosen ? `${row.name}, yours` : row.name}
              </div>
              <div className={styles.quiet}>{row.about}</div>
            </>
          ),
        },
        ...years.map(column),
        {
          id: 'act',
          header: '',
          align: 'right',
          pinned: true,
          cell: (row) =>
            row.chosen ? null : (
              <Button
                variant="default"
                size="compact-xs"
                aria-label={`Choose ${row.name}`}
                aria-expanded={opened === row.key}
                onClick={() => setOpened(opened === row.key ? null : row.key)}
              >
                Choose this…
              </Button>
            ),
        },
      ]}
      rows={rows}
      rowKey={(row) => row.key}
      opened={opened}
      inside={(row) => choose(row, () => setOpened(null))}
    />
  )
}

interface ComparedProps<Output> {
  readonly of: UseQueryResult<Output, Error>
  readonly saying: string
  readonly children: (data: Output) => ReactNode
}

/** The answer of a comparing job; while it runs its progress with Cancel, and after Cancel the way to start it again. */
export function Compared<Output>({ of, saying, children }: ComparedProps<Output>) {
  if (of.isFetching) return <JobProgress name="compare" saying={saying} />
  if (of.error && codeOf(of.error) === 'CANCELLED')
    return (
      <div className={styles.again} role="status">
        <Text c="dimmed">Cancelled. Nothing was changed.</Text>
        <Button variant="default" onClick={() => void of.refetch()}>
          Compare again
        </Button>
      </div>
    )
  if (of.error) return <ReadFailed error={of.error} retry={() => void of.refetch()} />
  return of.data === undefined ? null : children(of.data)
}

/** A sentence without the name of the rule in brackets, which the hover keeps. */
function withoutCode(why: string): string {
  return why.replaceAll(/ \([a-z]+(?:-[a-z]+)+\)/g, '')
}

/** What cannot be chosen, with the reason; the same reason is said once. */
export function NotPossible({
  title,
  of,
}: {
  readonly title: string
  readonly of: readonly { name: string; why: string }[]
}) {
  if (of.length === 0) return null
  const groups = new Map<string, string[]>()
  for (const { name, why } of of) groups.set(why, [...(groups.get(why) ?? []), name])
  return (
    <section className={styles.not} aria-label={title}>
      <h2>{title}</h2>
      <dl>
        {[...groups].map(([why, names]) => (
          <div key={why}>
            <dt>{names.join(', ')}</dt>
            <dd title={why}>{withoutCode(why)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
