import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Money, Units } from '../../components/figure.tsx'
import { Loaded, Section } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { civilText } from '../../components/time-text.ts'
import styles from './tax.module.css'
import { TAX_TOPICS } from './tax-topics.ts'
import { plainWords } from './tax-words.ts'

const PAGE = 50

/** What was earned in the year, by income head, and each earning. */
export function Income({ year }: { readonly year: number }) {
  const [page, setPage] = useState(1)
  const [head, setHead] = useState<string | null>(null)
  const query = { year, offset: (page - 1) * PAGE, limit: PAGE, ...(head === null ? {} : { head }) }
  const income = useRead({
    topics: TAX_TOPICS,
    name: 'tax.income',
    input: query,
    read: ({ engine }, signal) => engine.tax.income(query, { signal }),
    keep: true,
  })
  return (
    <Loaded of={income} waiting={<Text c="dimmed">Working out the income…</Text>}>
      {(data) =>
        data.heads.length === 0 ? (
          <Text c="dimmed" pt="md">
            No income in {year}.
          </Text>
        ) : (
          <>
            <Section title="By head">
              <DataTable
                label="Income by head"
                columns={[
                  { id: 'head', header: 'Head', cell: (row) => plainWords(row.head) },
                  { id: 'count', header: 'Events', align: 'right', cell: (row) => countText(row.count, LOCALE) },
                  {
                    id: 'value',
                    header: 'Value',
                    align: 'right',
                    cell: (row) => (
                      <Money value={row.value} trace={row.ref} label={`Income, ${plainWords(row.head)}`} />
                    ),
                  },
                ]}
                rows={data.heads}
                rowKey={(row) => row.head}
              />
            </Section>
            <Section title="Each earning">
              <div className={styles.tools}>
                <Select
                  aria-label="Head"
                  size="xs"
                  w={200}
                  data={[
                    { value: '', label: 'All heads' },
                    ...data.heads.map((each) => ({ value: each.head, label: plainWords(each.head) })),
                  ]}
                  value={head ?? ''}
                  onChange={(next) => {
                    setHead(next || null)
                    setPage(1)
                  }}
                />
              </div>
              <DataTable
                label={`Income of ${year}`}
                columns={[
                  { id: 'date', header: 'Date', cell: (row) => civilText(row.date) },
                  { id: 'head', header: 'Head', cell: (row) => plainWords(row.head) },
                  {
                    id: 'amount',
                    header: 'Amount',
                    align: 'right',
                    cell: (row) => <Units value={row.amount} symbol={row.symbol} />,
                  },
                  {
                    id: 'value',
                    header: 'Value',
                    align: 'right',
                    cell: (row) => (
                      <Money value={row.value} trace={`event:${row.event}`} label={`Income in ${row.symbol}`} />
                    ),
                  },
                ]}
                rows={data.rows}
                rowKey={(row) => `${row.event}:${row.asset}:${row.amount}`}
                more={<Pager total={data.total} page={page} size={PAGE} one="earning" onPage={setPage} />}
              />
            </Section>
          </>
        )
      }
    </Loaded>
  )
}
