import { Text } from '@mantine/core'
import { useRead } from '../../app/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { signOf } from '../../components/decimal-text.ts'
import { Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { TAX_TOPICS } from '../../views/tax/tax-topics.ts'
import styles from './file.module.css'

/** Per asset: opening, in, out, fees, closing, and the difference that must be nothing. */
export function RollForward({ year }: { readonly year: number }) {
  const rolled = useRead({
    topics: TAX_TOPICS,
    name: 'check.rollForward',
    input: year,
    read: ({ engine }, signal) => engine.check.rollForward({ year }, { signal }),
    keep: true,
  })
  return (
    <Loaded of={rolled} waiting={<Text c="dimmed">Adding up the year…</Text>}>
      {(data) =>
        data.rows.length === 0 ? (
          <Text c="dimmed">Nothing was held in {year}.</Text>
        ) : (
          <DataTable
            label={`Roll-forward of ${year}`}
            columns={[
              { id: 'asset', header: 'Asset', cell: (row) => row.symbol },
              {
                id: 'opening',
                header: 'Opening',
                align: 'right',
                cell: (row) => <Units value={row.opening} aligned />,
              },
              { id: 'in', header: 'In', align: 'right', cell: (row) => <Units value={row.in} aligned /> },
              { id: 'out', header: 'Out', align: 'right', cell: (row) => <Units value={row.out} aligned /> },
              { id: 'fees', header: 'Fees', align: 'right', cell: (row) => <Units value={row.fees} aligned /> },
              {
                id: 'closing',
                header: 'Closing',
                align: 'right',
                cell: (row) => <Units value={row.closing} aligned />,
              },
              {
                id: 'difference',
                header: 'Difference',
                align: 'right',
                cell: (row) =>
                  signOf(row.difference) === 'zero' ? (
                    'none'
                  ) : (
                    <span className={styles.bad}>
                      <Units value={row.difference} aligned />
                    </span>
                  ),
              },
            ]}
            rows={data.rows}
            rowKey={(row) => row.asset}
          />
        )
      }
    </Loaded>
  )
}
