import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useRead } from '../../app/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Money, Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { civilText } from '../../components/time-text.ts'
import styles from './tax.module.css'
import { TAX_TOPICS } from './tax-topics.ts'

const PAGE = 50

/** The lots still held, with their cost and the day they become long-term. */
export function Lots() {
  const [page, setPage] = useState(1)
  const [asset, setAsset] = useState<string | null>(null)
  const [account, setAccount] = useState<string | null>(null)
  const facets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'events.facets',
    read: ({ engine }, signal) => engine.events.facets(undefined, { signal }),
  })
  const query = {
    offset: (page - 1) * PAGE,
    limit: PAGE,
    ...(asset ? { asset } : {}),
    ...(account ? { account } : {}),
  }
  const lots = useRead({
    topics: TAX_TOPICS,
    name: 'tax.lots',
    input: query,
    read: ({ engine }, signal) => engine.tax.lots(query, { signal }),
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
          searchable
          onChange={(next) => {
            setAsset(next || null)
            setPage(1)
          }}
        />
        <Select
          aria-label="Account"
          size="xs"
          w={160}
          data={[
            { value: '', label: 'All accounts' },
            ...(facets.data?.accounts ?? []).map((each) => ({ value: each.id, label: each.name })),
          ]}
          value={account ?? ''}
          onChange={(next) => {
            setAccount(next || null)
            setPage(1)
          }}
        />
      </div>
      <Loaded of={lots} waiting={<Text c="dimmed">Working out the lots…</Text>}>
        {(data) => (
          <DataTable
            label="Lots held"
            columns={[
              { id: 'asset', header: 'Asset', cell: (lot) => lot.symbol },
              { id: 'amount', header: 'Amount', align: 'right', cell: (lot) => <Units value={lot.amount} aligned /> },
              { id: 'account', header: 'Account', cell: (lot) => lot.accountName ?? 'all accounts' },
              {
                id: 'acquired',
                header: 'Acquired',
                cell: (lot) => (lot.acquired === null ? 'pooled' : civilText(lot.acquired)),
              },
              {
                id: 'long',
                header: 'Long term from',
                cell: (lot) => (lot.longFrom === null ? '' : civilText(lot.longFrom)),
              },
              {
                id: 'cost',
                header: 'Cost basis',
                align: 'right',
                cell: (lot) =>
                  lot.origin === null ? (
                    <Money value={lot.cost} />
                  ) : (
                    <Money value={lot.cost} trace={`event:${lot.origin}`} label={`Cost of ${lot.symbol}`} />
                  ),
              },
            ]}
            rows={data.rows}
            rowKey={(lot) => `${lot.account}:${lot.asset}:${lot.origin}:${lot.acquired}:${lot.amount}:${lot.cost}`}
            more={<Pager total={data.total} page={page} size={PAGE} one="lot" onPage={setPage} />}
          />
        )}
      </Loaded>
    </>
  )
}
