import { Button, Loader, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { countText } from '../../components/decimal-text.ts'
import { Empty, Loaded, Page } from '../../components/page.tsx'
import { LedgerPages } from '../ledger/ledger-pages.tsx'
import { AcceptLinks } from './accept-links.tsx'
import { LinkList } from './link-list.tsx'
import styles from './links.module.css'
import { WaitingJoins } from './waiting-joins.tsx'

const TABS = [
  {
    id: 'proposed',
    label: 'Proposed',
    says: 'They look like the same movement told twice. Nothing is linked until you say so.',
  },
  { id: 'linked', label: 'Linked', says: 'The fact counts. What corroborates it stays visible and counts nothing.' },
  {
    id: 'rejected',
    label: 'Rejected',
    says: 'Two movements after all. They are not proposed again; accepting takes that back.',
  },
] as const
export type LinkTab = (typeof TABS)[number]['id']
const saysOf = (tab: LinkTab): string => TABS.find(({ id }) => id === tab)?.says ?? ''

/** Movements told by two sources: which record is the fact, which corroborates it. */
export function LinksView() {
  const act = useAct()
  const [chosen, choose] = useState<LinkTab | null>(null)
  const counts = useRead({
    topics: ['links', 'events', 'batches'],
    name: 'links.counts',
    read: ({ engine }, signal) => engine.links.counts(undefined, { signal }),
  })
  const open: LinkTab = TABS.find(({ id }) => (counts.data?.[id] ?? 0) > 0)?.id ?? 'proposed'
  const tab = chosen ?? open
  return (
    <Page
      title="Told twice"
      why="Two exports of one account often tell of the same movement. One record is the fact and counts; the others corroborate it."
      actions={
        <Button
          variant="default"
          onClick={() =>
            void act(
              ({ engine }) => engine.links.propose(),
              () => 'Looking for movements that are told twice.',
            )
          }
        >
          Look for them
        </Button>
      }
    >
      <LedgerPages />
      <WaitingJoins />
      <Loaded of={counts} waiting={<Loader size="sm" aria-label="Counting" />}>
        {(data) =>
          TABS.every(({ id }) => data[id] === 0) ? (
            <Empty title="Nothing is told twice">
              When you read in two exports of one account, for example its ledger and its trades, movements that both
              tell are linked here: by the venue’s ids at once, by amount and time only if you agree.
            </Empty>
          ) : (
            <>
              <Tabs value={tab} onChange={(next) => choose(TABS.find(({ id }) => id === next)?.id ?? null)}>
                <Tabs.List aria-label="Links by their state">
                  {TABS.map(({ id, label }) => (
                    <Tabs.Tab key={id} value={id}>
                      {label} {countText(data[id], LOCALE)}
                    </Tabs.Tab>
                  ))}
                </Tabs.List>
              </Tabs>
              {tab === 'proposed' && data.proposed > 0 ? (
                <AcceptLinks says={saysOf(tab)} />
              ) : (
                <div className={styles.head}>
                  <Text c="dimmed">{saysOf(tab)}</Text>
                </div>
              )}
              <LinkList key={tab} tab={tab} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
