import { Button, Loader, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { goTo } from '../../app/screens.ts'
import { LOCALE } from '../../app/session.ts'
import { useStage } from '../../app/stages.ts'
import { countText } from '../../components/decimal-text.ts'
import { Empty, Loaded, Page } from '../../components/page.tsx'
import { AcceptAll } from './accept-all.tsx'
import { AloneList } from './alone-list.tsx'
import { PairList } from './pair-list.tsx'
import styles from './transfers.module.css'

const TABS = [
  {
    id: 'certain',
    label: 'Certain',
    says: 'Proved by a hash, a transfer id or an address of yours, or beyond reasonable doubt.',
  },
  { id: 'likely', label: 'Likely', says: 'Amount, asset and time fit. Look them through; most will be right.' },
  { id: 'unclear', label: 'Unclear', says: 'More than one partner would fit, or little speaks for this one.' },
  { id: 'alone', label: 'Alone', says: 'No partner was found. Often the export of the other place is missing.' },
  { id: 'accepted', label: 'Accepted', says: 'These move lots with their dates and cost; nothing is sold by them.' },
  { id: 'rejected', label: 'Rejected', says: 'Not proposed again. Accepting one takes the rejection back.' },
] as const
type Tab = (typeof TABS)[number]['id']

/** Stage 3: the two halves of every movement, paired with a reason. */
export function TransfersStage() {
  const stage = useStage('transfers')
  const act = useAct()
  const [chosen, choose] = useState<Tab | null>(null)
  const counts = useRead({
    topics: ['transfers', 'events', 'batches', 'decisions'],
    name: 'transfers.counts',
    read: ({ engine }, signal) => engine.transfers.counts(undefined, { signal }),
  })
  const propose = (): void =>
    void act(
      ({ engine }) => engine.transfers.propose(),
      () => 'Looking for pairs.',
    )
  const open: Tab = TABS.find((each) => (counts.data?.[each.id] ?? 0) > 0)?.id ?? 'certain'
  const tab = chosen ?? open
  const says = TABS.find((each) => each.id === tab)?.says ?? ''
  return (
    <Page
      title="Transfers"
      why={stage?.why ?? 'Pairing first clears most of what follows: a matched transfer is no sale and no income.'}
      actions={
        <Button variant="default" onClick={propose}>
          Look for pairs
        </Button>
      }
      fill
    >
      <Loaded of={counts} waiting={<Loader size="sm" aria-label="Counting" />}>
        {(data) =>
          TABS.every((each) => data[each.id] === 0) ? (
            <Empty
              title={data.checked === null ? 'No pairs were looked for yet' : 'There is nothing to pair'}
              action={
                data.checked === null ? (
                  <Button onClick={propose}>Look for pairs</Button>
                ) : (
                  <Button onClick={() => goTo('/read-in')}>Read in files</Button>
                )
              }
            >
              A withdrawal from one place and a deposit at another are two halves of one movement. Once both places are
              read in, the halves are brought together here, each pair with its reason.
            </Empty>
          ) : (
            <>
              <Tabs
                value={tab}
                onChange={(next) => choose(TABS.find((each) => each.id === next)?.id ?? null)}
                className={styles.tabs ?? ''}
              >
                <Tabs.List aria-label="Transfers by how sure they are">
                  {TABS.map((each) => (
                    <Tabs.Tab key={each.id} value={each.id}>
                      {each.label} {countText(data[each.id], LOCALE)}
                    </Tabs.Tab>
                  ))}
                </Tabs.List>
              </Tabs>
              {(tab === 'certain' || tab === 'likely') && data[tab] > 0 ? (
                <AcceptAll key={`all ${tab}`} grade={tab} count={data[tab]} says={says} />
              ) : (
                <div className={styles.head}>
                  <Text c="dimmed">{says}</Text>
                </div>
              )}
              {tab === 'alone' ? <AloneList /> : <PairList key={`pairs ${tab}`} tab={tab} />}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
