import { Text } from '@mantine/core'
import { useRead } from '../../app/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Money } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import styles from './tax.module.css'
import { TAX_TOPICS } from './tax-topics.ts'

/** The same year under each method the law still allows. */
export function CompareMethods({ year }: { readonly year: number }) {
  const compared = useRead({
    topics: TAX_TOPICS,
    name: 'tax.compare',
    input: year,
    read: ({ engine }, signal) => engine.tax.compare({ year }, { signal }),
    keep: true,
  })
  return (
    <Loaded of={compared} waiting={<Text c="dimmed">Working the year out under each method…</Text>}>
      {(data) => (
        <>
          <DataTable
            label={`Methods compared for ${year}`}
            columns={[
              {
                id: 'name',
                header: 'Method',
                cell: (row) => (
                  <span className={row.chosen ? styles.chosen : ''}>
                    {row.chosen ? `${row.name}, yours` : row.name}
                  </span>
                ),
              },
              { id: 'gain', header: 'Net gain', align: 'right', cell: (row) => <Money value={row.gain} gain /> },
              {
                id: 'short',
                header: 'Short term',
                align: 'right',
                cell: (row) => (row.shortTerm === null ? '' : <Money value={row.shortTerm} gain />),
              },
              {
                id: 'long',
                header: 'Long term',
                align: 'right',
                cell: (row) => (row.longTerm === null ? '' : <Money value={row.longTerm} gain />),
              },
              { id: 'note', header: '', wrap: true, cell: (row) => row.note },
            ]}
            rows={data.rows}
            rowKey={(row) => row.method}
          />
          <Text c="dimmed" pt="sm">
            Changing the method is done in Your books. Some methods must have been chosen before the disposal.
          </Text>
        </>
      )}
    </Loaded>
  )
}
