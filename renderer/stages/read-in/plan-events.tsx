import { Pagination, Text } from '@mantine/core'
import { useState } from 'react'
import type { EventRow } from '../../../shared/contract/events.ts'
import { useRead } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { LegsLine } from '../../components/legs.tsx'
import { Loaded } from '../../components/page.tsx'
import { RawRow } from '../../components/raw-row.tsx'
import { momentText } from '../../components/time-text.ts'
import { counted, kindWords } from '../../components/words.ts'
import styles from './read-in.module.css'

const PAGE = 20

/** The events a file would add; a row opens on the rows of the file it was read from. */
export function PlanEvents({ batch, file }: { readonly batch: string; readonly file: string }) {
  const { profile } = useSession()
  const [page, setPage] = useState(1)
  const [opened, setOpened] = useState<string | null>(null)
  const events = useRead({
    topics: ['batches'],
    name: 'intake.previewEvents',
    input: { batch, file, page },
    read: ({ engine }, signal) =>
      engine.intake.previewEvents({ batch, file, offset: (page - 1) * PAGE, limit: PAGE }, { signal }),
    keep: true,
  })
  return (
    <div className={styles.part}>
      <Text size="sm" mb="xs">
        The events that would be added. Open one to see the rows it was read from.
      </Text>
      <Loaded of={events}>
        {(data) => (
          <DataTable<EventRow>
            label="Events that would be added"
            columns={[
              {
                id: 'time',
                header: 'Time',
                cell: (row) => <span title={row.timeText}>{momentText(row.time, profile.zone)}</span>,
              },
              { id: 'kind', header: 'Kind', cell: (row) => kindWords(row.kind) },
              { id: 'said', header: 'In the source', cell: (row) => row.sourceKind ?? '' },
              { id: 'legs', header: 'What moved', cell: (row) => <LegsLine legs={row.legs} /> },
            ]}
            rows={data.rows}
            rowKey={(row) => row.id}
            opened={opened}
            onOpen={setOpened}
            inside={(row) => <StagedRaw batch={batch} event={row.id} />}
            more={
              <>
                <span>{counted(data.total, 'event')}</span>
                {data.total > PAGE ? (
                  <Pagination
                    size="xs"
                    total={Math.ceil(data.total / PAGE)}
                    value={page}
                    onChange={setPage}
                    getControlProps={(control) => ({ 'aria-label': `${control} page` })}
                  />
                ) : null}
              </>
            }
          />
        )}
      </Loaded>
    </div>
  )
}

function StagedRaw({ batch, event }: { readonly batch: string; readonly event: string }) {
  const raw = useRead({
    topics: ['batches'],
    name: 'intake.previewRaw',
    input: { batch, event },
    read: ({ engine }, signal) => engine.intake.previewRaw({ batch, event }, { signal }),
  })
  return (
    <Loaded of={raw}>
      {(data) => (
        <div className={styles.split}>
          {data.rawRows.map((row) => (
            <RawRow key={row.record} {...row} />
          ))}
        </div>
      )}
    </Loaded>
  )
}
