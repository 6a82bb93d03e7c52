import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import type { DisposalView } from '../../../shared/contract/tax.ts'
import type { Engine } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable, type Sort } from '../../components/data-table.tsx'
import { magnitudeOf, moneyText, signOf } from '../../components/decimal-text.ts'
import { Figure, Money, Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { civilText } from '../../components/time-text.ts'
import { RowFilters, useRowChoice } from './row-filters.tsx'
import styles from './tax.module.css'
import { TAX_TOPICS } from './tax-topics.ts'

type DisposalSort = Parameters<Engine['tax']['disposals']>[0]['sort']
const SORTS: readonly DisposalSort[] = ['disposed', 'gain', 'proceeds', 'asset']
type Term = { readonly term?: 'short' | 'long' }

/** Every disposal of the year, a row per lot fraction or matching rule. */
export function Disposals({ year }: { readonly year: number }) {
  const [sort, setSort] = useState<Sort<DisposalSort>>({ by: 'disposed', descending: false })
  const choice = useRowChoice<Term>({})
  const query = { ...choice.query, year, sort: sort.by, descending: sort.descending }
  const disposals = useRead({
    topics: TAX_TOPICS,
    name: 'tax.disposals',
    input: query,
    read: ({ engine }, signal) => engine.tax.disposals(query, { signal }),
    keep: true,
  })
  return (
    <>
      <RowFilters of={choice}>
        <Select
          aria-label="Term"
          size="xs"
          w={140}
          data={[
            { value: '', label: 'Short and long' },
            { value: 'short', label: 'Short term' },
            { value: 'long', label: 'Long term' },
          ]}
          value={choice.more.term ?? ''}
          onChange={(next) => choice.set({ more: next === 'short' || next === 'long' ? { term: next } : {} })}
        />
      </RowFilters>
      <Loaded of={disposals} waiting={<Text c="dimmed">Working out the disposals…</Text>}>
        {(data) => (
          <DataTable<DisposalView>
            label={`Disposals of ${year}`}
            columns={[
              { id: 'disposed', header: 'Disposed', sortable: true, cell: (row) => civilText(row.disposed) },
              {
                id: 'asset',
                header: 'What',
                align: 'right',
                sortable: true,
                cell: (row) => (
                  <Figure
                    trace={`disposal:${row.id}`}
                    label={`Disposal of ${row.symbol}`}
                    title={`${row.amount} ${row.symbol}`}
                  >
                    <Units value={row.amount} symbol={row.symbol} />
                  </Figure>
                ),
              },
              {
                id: 'acquired',
                header: 'Acquired',
                cell: (row) => (row.acquired === null ? '' : civilText(row.acquired)),
              },
              { id: 'account', header: 'Account', cell: (row) => row.accountName ?? 'all accounts' },
              {
                id: 'proceeds',
                header: 'Proceeds',
                align: 'right',
                sortable: true,
                cell: (row) => traced(row, 'proceeds', row.proceeds),
              },
              { id: 'cost', header: 'Cost basis', align: 'right', cell: (row) => traced(row, 'cost', row.cost) },
              {
                id: 'gain',
                header: 'Gain',
                align: 'right',
                sortable: true,
                cell: (row) => (
                  <Money value={row.gain} gain trace={`disposal:${row.id}`} label={`Gain on ${row.symbol}`} />
                ),
              },
              { id: 'term', header: 'Term', cell: (row) => termWords(row) },
              {
                id: 'rule',
                header: 'Rule',
                wrap: true,
                cell: (row) => <span className={row.open.length > 0 ? styles.open : ''}>{ruleWords(row)}</span>,
              },
            ]}
            rows={data.rows}
            rowKey={(row) => row.id}
            sort={sort}
            onSort={(next) => {
              const by = SORTS.find((each) => each === next.by)
              if (by) setSort({ by, descending: next.descending })
            }}
            more={<Pager total={data.total} page={choice.page} size={choice.size} one="row" onPage={choice.turn} />}
          />
        )}
      </Loaded>
    </>
  )
}

function traced(row: DisposalView, part: string, value: string) {
  return <Money value={value} trace={`disposal:${row.id}`} label={`${part} of ${row.symbol}`} />
}

function termWords({ term, taxable }: DisposalView): string {
  if (taxable) return term ?? ''
  return term === null ? 'exempt' : `${term}, exempt`
}

function ruleWords({ rule, box, denied }: DisposalView): string {
  return [
    rule.replaceAll('-', ' '),
    ...(box === null ? [] : [`box ${box}`]),
    ...(signOf(denied) === 'zero' ? [] : [`${moneyText(magnitudeOf(denied), LOCALE)} of the loss denied`]),
  ].join(' · ')
}
