import { Text } from '@mantine/core'
import { useRead } from '../../app/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Money, Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { civilText } from '../../components/time-text.ts'
import { RowFilters, useRowChoice } from './row-filters.tsx'
import { TAX_TOPICS } from './tax-topics.ts'

/** The lots and pools still held, with their cost and the day they become long-term. */
export function Lots() {
  const choice = useRowChoice({})
  const lots = useRead({
    topics: TAX_TOPICS,
    name: 'tax.lots',
    input: choice.query,
    read: ({ engine }, signal) => engine.tax.lots(choice.query, { signal }),
    keep: true,
  })
  return (
    <>
      <RowFilters of={choice} />
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
                cell: (lot) => acquiredText(lot),
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
                cell: (lot) => (
                  <Money
                    value={lot.cost}
                    label={`Cost of ${lot.symbol}`}
                    {...(lot.origin === null ? {} : { trace: `event:${lot.origin}` })}
                  />
                ),
              },
            ]}
            rows={data.rows}
            rowKey={(lot) => `${lot.account}:${lot.asset}:${lot.origin}:${lot.acquired}:${lot.amount}:${lot.cost}`}
            more={<Pager total={data.total} page={choice.page} size={choice.size} one="lot" onPage={choice.turn} />}
          />
        )}
      </Loaded>
    </>
  )
}

function acquiredText({ acquired, origin }: { acquired: string | null; origin: string | null }): string {
  if (acquired !== null) return civilText(acquired)
  return origin === null ? 'pooled' : 'not known'
}
