import { Text } from '@mantine/core'
import { useState } from 'react'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { moneyText } from '../../components/decimal-text.ts'
import { Figure } from '../../components/figure.tsx'
import { Loaded, Section } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { TAX_TOPICS } from '../tax/tax-topics.ts'
import styles from './reports.module.css'

const PAGE = 100

/** A form that was asked for is what is seen next, below the list of all. */
function comeIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'start' })
}

/** Sums in cents as the other screens show them; all else as the form has it. */
const cellText = (text: string): string => (/^-?\d+\.\d\d$/.test(text) ? moneyText(text, LOCALE) : text)

const mapped = (totals: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(totals).map(([key, text]) => [key, cellText(text)]))

/** A form as a table, each traceable cell a button that opens where it comes from. */
export function ReportPreview({ form, year }: { readonly form: string; readonly year: number }) {
  const [page, setPage] = useState(1)
  const table = useRead({
    topics: [...TAX_TOPICS, 'session'],
    name: 'reports.table',
    input: { form, year, page },
    read: ({ engine }, signal) =>
      engine.reports.table({ form, year, offset: (page - 1) * PAGE, limit: PAGE }, { signal }),
    keep: true,
  })
  return (
    <Loaded of={table} waiting={<Text c="dimmed">Filling in the form…</Text>}>
      {(data) => {
        const longest = data.sections.reduce((most, section) => Math.max(most, section.totalRows), 0)
        return (
          <div className={styles.shown} ref={comeIntoView}>
            <Section title={data.title}>
              {data.notes.length > 0 ? (
                <ul className={styles.notes}>
                  {data.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              ) : null}
            </Section>
            {data.sections.map((section) => (
              <Section key={section.title} title={section.title}>
                <DataTable
                  label={section.title}
                  columns={section.columns.map((column) => ({
                    id: column.key,
                    header: column.label,
                    align: column.align,
                    cell: (row: (typeof section.rows)[number]) => {
                      const text = row.cells[column.key] ?? ''
                      const ref = row.refs[column.key]
                      return ref && text !== '' ? (
                        <Figure trace={ref} label={column.label} title={text}>
                          {cellText(text)}
                        </Figure>
                      ) : (
                        cellText(text)
                      )
                    },
                  }))}
                  rows={section.rows}
                  rowKey={(row) => `${section.title} ${section.rows.indexOf(row)}`}
                  {...(Object.keys(section.totals).length > 0 ? { foot: mapped(section.totals) } : {})}
                  more={
                    section.totalRows > section.rows.length ? (
                      <Pager total={longest} page={page} size={PAGE} one="row" onPage={setPage} />
                    ) : undefined
                  }
                />
              </Section>
            ))}
          </div>
        )
      }}
    </Loaded>
  )
}
