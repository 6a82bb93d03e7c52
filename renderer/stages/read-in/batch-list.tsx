import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Batch } from '../../../shared/contract/intake.ts'
import { useClients } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { goTo } from '../../app/screens.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Loaded, Section } from '../../components/page.tsx'
import { momentText } from '../../components/time-text.ts'
import { showInLedger } from '../../views/ledger/ledger-filter.ts'
import { noticesOf, PlanNotices } from './plan-notices.tsx'
import { revert } from './plan-view.tsx'
import styles from './read-in.module.css'
import { ShiftTimes } from './shift-times.tsx'

/** What was read in so far, newest first; each batch can be taken back whole. */
export function BatchList() {
  const { profile } = useSession()
  const [opened, setOpened] = useState<string | null>(null)
  const batches = useRead({
    topics: ['batches', 'events'],
    name: 'intake.batches',
    read: ({ engine }, signal) => engine.intake.batches(undefined, { signal }),
  })
  return (
    <Loaded of={batches}>
      {(data) =>
        data.batches.length === 0 ? null : (
          <Section title="Read in so far" note="A batch can be taken back whole, and read in again.">
            <DataTable<Batch>
              label="Batches"
              columns={[
                { id: 'made', header: 'When', wrap: true, cell: (batch) => momentText(batch.made, profile.zone) },
                { id: 'title', header: 'What', wrap: true, names: true, cell: (batch) => batch.title },
                {
                  id: 'unknown',
                  header: 'Not understood',
                  align: 'right',
                  cell: (batch) => countText(batch.notUnderstood, LOCALE),
                },
                {
                  id: 'files',
                  header: 'Files',
                  align: 'right',
                  cell: (batch) => countText(batch.files.length, LOCALE),
                },
                { id: 'events', header: 'Events', align: 'right', cell: (batch) => countText(batch.events, LOCALE) },
                {
                  id: 'state',
                  header: 'State',
                  cell: (batch) => (batch.state === 'live' ? 'In the ledger' : 'Taken back'),
                },
                { id: 'act', header: '', align: 'right', pinned: true, cell: (batch) => <BatchActs batch={batch} /> },
              ]}
              rows={data.batches}
              rowKey={(batch) => batch.id}
              opened={opened}
              onOpen={setOpened}
              inside={(batch) => <BatchFiles batch={batch} />}
            />
          </Section>
        )
      }
    </Loaded>
  )
}

function BatchActs({ batch }: { readonly batch: Batch }) {
  const clients = useClients()
  if (batch.state !== 'live') return null
  return (
    <Button
      variant="default"
      size="compact-xs"
      aria-label={`Take back ${batch.title}`}
      onClick={(event) => {
        event.stopPropagation()
        void revert(clients, batch.id)
      }}
    >
      Take back
    </Button>
  )
}

/** The files of a batch, shown when their rows are there: nothing moves under the hand that is about to press a button. */
function BatchFiles({ batch }: { readonly batch: Batch }) {
  const told = batch.files.filter(({ notUnderstood }) => notUnderstood > 0).map(({ file }) => file)
  const notices = useRead({
    topics: ['batches'],
    name: 'intake.notices of files',
    input: { batch: batch.id, files: told },
    read: async (clients, signal) => {
      const outcome = 'not-understood'
      const read = async (file: string) =>
        [file, await noticesOf(clients, { batch: batch.id, file, outcome, page: 1 }, signal)] as const
      return new Map(await Promise.all(told.map(read)))
    },
    keep: true,
  })
  return <Loaded of={notices}>{(first) => <FilesOfBatch batch={batch} first={first} />}</Loaded>
}

interface FilesOfBatchProps {
  readonly batch: Batch
  /** The rows that were not understood of each file, the first page. */
  readonly first: ReadonlyMap<string, Awaited<ReturnType<typeof noticesOf>>>
}

function FilesOfBatch({ batch, first }: FilesOfBatchProps) {
  return (
    <>
      {batch.files.map((file) => (
        <div key={file.file} className={styles.plan}>
          <div className={styles.planHead}>
            <span className={styles.planName}>{file.file}</span>
            <span>{file.sourceName ?? 'Not recognised'}</span>
            {file.account ? <span className={styles.meta}>into {file.account.name}</span> : null}
            <span className={styles.meta}>
              {countText(file.rows, LOCALE)} rows: {countText(file.added, LOCALE)} added,{' '}
              {countText(file.changed, LOCALE)} changed, {countText(file.linked, LOCALE)} linked,{' '}
              {countText(file.skipped, LOCALE)} skipped, {countText(file.notUnderstood, LOCALE)} not understood
            </span>
          </div>
          {batch.state === 'live' && file.problem === null ? <ShiftTimes batch={batch.id} plan={file} /> : null}
          {file.notUnderstood > 0 ? (
            <PlanNotices
              batch={batch.id}
              plan={file}
              outcome="not-understood"
              live={batch.state === 'live'}
              first={first.get(file.file)}
            />
          ) : null}
        </div>
      ))}
      {batch.state === 'live' ? (
        <Button
          mt="xs"
          variant="default"
          onClick={() => {
            showInLedger({ batch: batch.id })
            goTo('/ledger')
          }}
        >
          Show its events
        </Button>
      ) : null}
    </>
  )
}
