import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import type { DisposalView } from '../../../shared/contract/tax.ts'
import type { Engine } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { DataTable, type Sort } from '../../components/data-table.tsx'
import { Figure, Money, Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { civilText } from '../../components/time-text.ts'
import styles from './tax.module.css'
import { TAX_TOPICS } from './tax-topics.ts'

const PAGE = 50
type Query = Parameters<Engine['tax']['disposals']>[0]
type DisposalSort = Query['sort']
const SORTS: readonly DisposalSort[] = ['disposed', 'gain', 'proceeds', 'asset']

/** Every disposal of the year, a row per lot fraction or matching rule. */
export function Disposals({ year }: { readonly year: number }) {
  const [page, setPage] = useState(1)
  const [sort, setSort] = useState<Sort<DisposalSort>>({ by: 'disposed', descending: false })
  const [asset, setAsset] = useState<string | null>(null)
  const [term, setTerm] = useState<'short' | 'long' | null>(null)
  const facets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'events.facets',
    read: ({ engine }, signal) => engine.events.facets(undefined, { signal }),
  })
  const query: Query = {
    year,
    sort: sort.by,
    descending: sort.descending,
    offset: (page - 1) * PAGE,
    limit: PAGE,
    ...(asset ? { asset } : {}),
    ...(term ? { term } : {}),
  }
  const disposals = useRead({
    topics: TAX_TOPICS,
    name: 'tax.disposals',
    input: query,
    read: ({ engine }, signal) => engine.tax.disposals(query, { signal }),
    keep: true,
  })
  return (
    <>
      <div className={styles.tools}>
        <Select
          aria-label="Asset"
          size="xs"
          w={140}
          data={[
            { value: '', label: 'All assets' },
            ...(facets.data?.assets ?? []).map((each) => ({ value: each.id, label: each.symbol })),
          ]}
          value={asset ?? ''}
          onChange={(next) => {
            setAsset(next || null)
            setPage(1)
          }}
          searchable
        />
        <Select
          aria-label="Term"
          size="xs"
          w={140}
          data={[
            { value: '', label: 'Short and long' },
            { value: 'short', label: 'Short term' },
            { value: 'long', label: 'Long term' },
          ]}
          value={term ?? ''}
          onChange={(next) => {
            setTerm(next === 'short' || next === 'long' ? next : null)
            setPage(1)
          }}
        />
      </div>
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
              { id: 'term', header: 'Term', cell: (row) => (row.taxable ? (row.term ?? '') : 'not taxed') },
              {
                id: 'rule',
                header: 'Rule',
                cell: (row) => (
                  <span className={row.open.length > 0 ? styles.open : ''}>
                    {row.rule.replaceAll('-', ' ')}
                    {row.box ? ` · box ${row.box}` : ''}
                  </span>
                ),
              },
            ]}
            rows={data.rows}
            rowKey={(row) => row.id}
            sort={sort}
            onSort={(next) => {
              const by = SORTS.find((each) => each === next.by)
              if (by) setSort({ by, descending: next.descending })
            }}
            more={<Pager total={data.total} page={page} size={PAGE} one="row" onPage={setPage} />}
          />
        )}
      </Loaded>
    </>
  )
}

function traced(row: DisposalView, part: string, value: string) {
  return <Money value={value} trace={`disposal:${row.id}`} label={`${part} of ${row.symbol}`} />
}
