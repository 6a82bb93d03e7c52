import { useState } from 'react'
import type { YearUnder } from '../../../shared/contract/tax-choices.ts'
import type { Engine } from '../../app/client.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Difference } from '../../components/difference.tsx'
import { Money, Units } from '../../components/figure.tsx'
import { Pager } from '../../components/pager.tsx'
import { civilText } from '../../components/time-text.ts'
import styles from './changeover.module.css'

const PAGE = 20
type Rows = Awaited<ReturnType<Engine['tax']['proposeAllocation']>>['rows']

interface ProposalProps {
  readonly rows: Rows
  readonly years: readonly YearUnder[]
  readonly currency: string
}

/** What a plan gives: each lot with where it lay and where it goes, and what that changes in each year. */
export function Proposal({ rows, years, currency }: ProposalProps) {
  const [page, setPage] = useState(1)
  return (
    <div className={styles.inside}>
      <DataTable<YearUnder>
        label="What the plan changes"
        columns={[
          { id: 'year', header: 'Year', cell: (year) => year.label },
          {
            id: 'gain',
            header: `Net gain then, ${currency}`,
            align: 'right',
            cell: (year) => <Money value={year.gain} gain />,
          },
          {
            id: 'taxable',
            header: 'Taxable gain then',
            align: 'right',
            cell: (year) => <Money value={year.taxable} />,
          },
          {
            id: 'difference',
            header: 'Against now',
            align: 'right',
            cell: (year) => <Difference value={year.difference} />,
          },
        ]}
        rows={years}
        rowKey={(year) => String(year.year)}
      />
      <DataTable<Rows[number]>
        label="Where the plan puts each lot"
        columns={[
          { id: 'asset', header: 'Asset', cell: (row) => row.symbol },
          {
            id: 'acquired',
            header: 'Acquired',
            cell: (row) => (row.acquired === null ? 'not known' : civilText(row.acquired)),
          },
          { id: 'amount', header: 'Amount', align: 'right', cell: (row) => <Units value={row.amount} aligned /> },
          {
            id: 'cost',
            header: `Cost, ${currency}`,
            align: 'right',
            cell: (row) => <Money value={row.cost} trace={row.ref} label={`Cost of ${row.symbol}`} />,
          },
          { id: 'from', header: 'Lay in', cell: (row) => row.fromName },
          {
            id: 'to',
            header: 'Goes to',
            cell: (row) => (row.from === row.account ? 'stays there' : row.accountName),
          },
        ]}
        rows={rows.slice((page - 1) * PAGE, page * PAGE)}
        rowKey={(row) => `${row.lot} ${row.account} ${row.amount} ${rows.indexOf(row)}`}
        more={<Pager total={rows.length} page={page} size={PAGE} one="lot" onPage={setPage} />}
      />
    </div>
  )
}
