import { Button, Pagination, Text } from '@mantine/core'
import { useState } from 'react'
import type { FilePlan, RowNotice } from '../../../shared/contract/intake.ts'
import type { Clients, Engine } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Loaded } from '../../components/page.tsx'
import { counted } from '../../components/words.ts'
import { addByHand } from '../../views/ledger/add-start.ts'
import styles from './read-in.module.css'

export type NoticeOutcome = 'skipped' | 'not-understood' | 'changed' | 'linked'

type Notice = RowNotice & { readonly file: string }
type Notices = Awaited<ReturnType<Engine['intake']['notices']>>

const PAGE = 20

/** One page of the rows of one outcome. */
export const noticesOf = (
  { engine }: Clients,
  of: { readonly batch: string; readonly file: string; readonly outcome: NoticeOutcome; readonly page: number },
  signal: AbortSignal,
): Promise<Notices> =>
  engine.intake.notices(
    { batch: of.batch, file: of.file, outcome: of.outcome, offset: (of.page - 1) * PAGE, limit: PAGE },
    { signal },
  )

const SAYS: Record<NoticeOutcome, string> = {
  skipped: 'These rows move nothing of their own, or are in the ledger already.',
  'not-understood':
    'These rows are kept as they stand, and nothing follows from them. What one of them moved can be added by hand.',
  changed: 'The venue restated these rows. Their events get a new version; your decisions stay.',
  linked: 'Another source told the same movement. It is counted once, and both rows stay visible.',
}

/** Rows of one outcome, each with its reason and its text in the file. */
export function PlanNotices({
  batch,
  plan,
  outcome,
  live = false,
  first,
}: {
  readonly batch: string
  readonly plan: FilePlan
  readonly outcome: NoticeOutcome
  /** The file is in the ledger, so that work by hand can stand beside it. */
  readonly live?: boolean
  /** The first page, where it was read before this is shown: what stands below does not move then. */
  readonly first?: Notices | undefined
}) {
  const [page, setPage] = useState(1)
  const notices = useRead({
    topics: ['batches'],
    name: 'intake.notices',
    input: { batch, file: plan.file, outcome, page },
    read: (clients, signal) => noticesOf(clients, { batch, file: plan.file, outcome, page }, signal),
    keep: true,
    first: page === 1 ? first : undefined,
  })
  return (
    <div className={styles.part}>
      <Text size="sm" mb="xs">
        {SAYS[outcome]}
      </Text>
      {outcome === 'not-understood' && live ? (
        <Button
          variant="default"
          size="compact-xs"
          mb="xs"
          aria-label={`Add an event that ${plan.file} tells of`}
          onClick={() => addByHand(`from ${plan.file}`)}
        >
          Add an event by hand…
        </Button>
      ) : null}
      {outcome === 'skipped' && plan.skippedReasons.length > 1 ? (
        <ul className={styles.meta}>
          {plan.skippedReasons.map((each) => (
            <li key={each.reason}>
              {counted(each.count, 'row')}: {each.reason}
            </li>
          ))}
        </ul>
      ) : null}
      <Loaded of={notices}>
        {(data) => (
          <DataTable<Notice>
            label={`Rows ${outcome.replace('-', ' ')}`}
            columns={[
              ...(data.rows.some(({ table }) => table !== null)
                ? [{ id: 'table', header: 'Table', wrap: true, cell: (notice: Notice) => notice.table ?? '' }]
                : []),
              { id: 'row', header: 'Row', align: 'right', cell: (notice) => countText(notice.row, LOCALE) },
              {
                id: 'reason',
                header: 'Why',
                wrap: true,
                cell: (notice) => (notice.column ? `${notice.reason} (column ${notice.column})` : notice.reason),
              },
              {
                id: 'text',
                header: 'In the file',
                wrap: true,
                cell: (notice) => <code>{notice.text.slice(0, 400)}</code>,
              },
            ]}
            rows={data.rows}
            rowKey={(notice) => `${notice.file}:${notice.table ?? ''}:${notice.row}`}
            more={
              data.total > PAGE ? (
                <>
                  <span>{counted(data.total, 'row')}</span>
                  <Pagination
                    size="xs"
                    total={Math.ceil(data.total / PAGE)}
                    value={page}
                    onChange={setPage}
                    getControlProps={(control) => ({ 'aria-label': `${control} page` })}
                  />
                </>
              ) : undefined
            }
          />
        )}
      </Loaded>
    </div>
  )
}
