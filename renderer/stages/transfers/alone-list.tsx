import { Button, Pagination, Text } from '@mantine/core'
import { useState } from 'react'
import type { Movement } from '../../../shared/contract/transfers.ts'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Figure, Units } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { exactMomentText, momentText } from '../../components/time-text.ts'
import { MovementLine } from './movement-line.tsx'
import styles from './transfers.module.css'

const PAGE = 100

/** Movements without a partner. A row opens on its candidates, for pairing by hand. */
export function AloneList() {
  const { profile } = useSession()
  const [page, setPage] = useState(1)
  const [opened, setOpened] = useState<string | null>(null)
  const answer = useRead({
    topics: ['transfers', 'events', 'batches', 'decisions'],
    name: 'transfers.list',
    input: { tab: 'alone', page },
    read: ({ engine }, signal) =>
      engine.transfers.list({ tab: 'alone', offset: (page - 1) * PAGE, limit: PAGE }, { signal }),
    keep: true,
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={styles.list} tabIndex={0}>
      <Loaded of={answer}>
        {(data) => (
          <DataTable<Movement>
            label="Movements without a partner"
            columns={[
              {
                id: 'time',
                header: 'Time',
                cell: (movement) => (
                  <time title={exactMomentText(movement.time, profile.zone)}>
                    {momentText(movement.time, profile.zone)}
                  </time>
                ),
              },
              { id: 'direction', header: '', cell: (movement) => (movement.direction === 'out' ? 'Out of' : 'Into') },
              { id: 'account', header: 'Account', cell: (movement) => movement.accountName },
              {
                id: 'amount',
                header: 'Amount',
                align: 'right',
                cell: (movement) => (
                  <Figure
                    trace={`event:${movement.event}`}
                    label={movement.accountName}
                    title={`${movement.amount} ${movement.symbol}`}
                  >
                    <Units value={movement.amount} symbol={movement.symbol} />
                  </Figure>
                ),
              },
              { id: 'said', header: 'In the source', cell: (movement) => movement.sourceKind ?? '' },
              { id: 'to', header: 'Address', cell: (movement) => movement.address ?? '' },
            ]}
            rows={data.alone}
            rowKey={(movement) => `${movement.event}:${movement.leg}`}
            opened={opened}
            onOpen={setOpened}
            inside={(movement) => <Candidates of={movement} />}
            more={
              data.total > PAGE ? (
                <Pagination size="xs" total={Math.ceil(data.total / PAGE)} value={page} onChange={setPage} />
              ) : undefined
            }
          />
        )}
      </Loaded>
    </div>
  )
}

function Candidates({ of }: { readonly of: Movement }) {
  const act = useAct()
  const candidates = useRead({
    topics: ['transfers', 'events', 'decisions'],
    name: 'transfers.candidates',
    input: { event: of.event, leg: of.leg },
    read: ({ engine }, signal) => engine.transfers.candidates({ event: of.event, leg: of.leg }, { signal }),
  })
  const pair = (other: Movement): void => {
    const mine = [{ event: of.event, leg: of.leg }]
    const theirs = [{ event: other.event, leg: other.leg }]
    void act(
      ({ engine }) =>
        engine.transfers.pair(of.direction === 'out' ? { outs: mine, ins: theirs } : { outs: theirs, ins: mine }),
      () => 'Paired by hand.',
    )
  }
  return (
    <Loaded of={candidates} waiting={<Text c="dimmed">Looking for partners…</Text>}>
      {(list) =>
        list.length === 0 ? (
          <Text c="dimmed">
            {of.direction === 'out'
              ? 'No deposit fits. If it went to a place of your own, read in that place’s export. If it paid for something or was a gift, say so in the Ledger view.'
              : 'No withdrawal fits. If it came from a place of your own, read in that place’s export. If it was bought, earned or given, say so in the Ledger view.'}
          </Text>
        ) : (
          list.map(({ movement, reason }) => (
            <div key={`${movement.event}:${movement.leg}`} className={styles.pair}>
              <div className={styles.side}>
                <MovementLine movement={movement} />
              </div>
              <div className={`${styles.side} ${styles.acts}`}>
                <Text c="dimmed" flex={1}>
                  {reason}
                </Text>
                <Button variant="default" onClick={() => pair(movement)}>
                  Pair these two
                </Button>
              </div>
            </div>
          ))
        )
      }
    </Loaded>
  )
}
