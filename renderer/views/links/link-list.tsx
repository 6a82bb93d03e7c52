import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { EventRow } from '../../../shared/contract/events.ts'
import type { LinkView } from '../../../shared/contract/links.ts'
import { useAct } from '../../app/acts.tsx'
import { belongsToField } from '../../app/keyboard.tsx'
import { useRead } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { LegsLine } from '../../components/legs.tsx'
import { Loaded } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { useSourceNames } from '../../components/source-names.ts'
import { exactMomentText, momentText } from '../../components/time-text.ts'
import { kindWords } from '../../components/words.ts'
import styles from './links.module.css'

const PAGE = 50
const GRADES: Readonly<Record<LinkView['grade'], string>> = {
  proved: 'proved',
  likely: 'likely',
  unclear: 'unclear',
}

/** Links of one state: the fact left, what corroborates it right, the evidence beneath. j/k, Enter, Backspace. */
export function LinkList({ tab }: { readonly tab: LinkView['state'] }) {
  const act = useAct()
  const [page, setPage] = useState(1)
  const [here, setHere] = useState(0)
  const list = useRead({
    topics: ['links', 'events', 'batches', 'decisions'],
    name: 'links.list',
    input: { tab, page },
    read: ({ engine }, signal) => engine.links.list({ state: tab, offset: (page - 1) * PAGE, limit: PAGE }, { signal }),
    keep: true,
  })
  const links = list.data?.links ?? []
  const place = Math.min(here, Math.max(0, links.length - 1))
  const accept = (link: LinkView): void =>
    void act(
      ({ engine }) => engine.links.accept({ ids: [link.id] }),
      () => 'Linked: it counts once.',
    )
  const reject = (link: LinkView): void =>
    void act(
      ({ engine }) => engine.links.reject({ ids: [link.id] }),
      () => 'Two movements. They are not proposed again.',
    )
  const unlink = (link: LinkView): void =>
    void act(
      ({ engine }) => engine.links.unlink({ events: link.corroborating.map(({ id }) => id) }),
      () => 'The link is ended: each record counts by itself again.',
    )
  const swap = (event: string): void =>
    void act(
      ({ engine }) => engine.links.swap({ event }),
      () => 'The other record is the fact now.',
    )
  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  keys.current = (event) => {
    const link = links[place]
    if (!link || event.metaKey || event.ctrlKey || event.altKey || belongsToField(event)) return
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null
    if (event.key === 'j') setHere(Math.min(links.length - 1, place + 1))
    else if (event.key === 'k') setHere(Math.max(0, place - 1))
    else if (event.key === 'Enter' && !onButton && tab !== 'linked') accept(link)
    else if (event.key === 'Backspace' && tab === 'proposed') reject(link)
    else return
    event.preventDefault()
  }
  useEffect(() => {
    const press = (event: KeyboardEvent): void => keys.current(event)
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <Loaded of={list}>
      {(data) => (
        <>
          {data.links.length === 0 ? <p className={styles.meta}>None here.</p> : null}
          {data.links.map((link, index) => (
            <article
              key={link.id}
              className={styles.link}
              data-here={index === place || undefined}
              aria-label={link.reason}
            >
              <Side title={tab === 'linked' ? 'The fact' : 'Would be the fact'} rows={link.facts} />
              <Side
                title={tab === 'linked' ? 'Corroborates it' : 'Would corroborate it'}
                rows={link.corroborating}
                {...(tab === 'linked' ? { onSwap: swap } : {})}
              />
              <div className={styles.foot}>
                <span>
                  {link.reason} <span className={styles.meta}>· {GRADES[link.grade]}</span>
                </span>
                <span className={styles.acts}>
                  {tab === 'linked' ? (
                    <Button variant="default" onClick={() => unlink(link)}>
                      End the link
                    </Button>
                  ) : null}
                  {tab === 'proposed' ? (
                    <Button variant="default" onClick={() => reject(link)}>
                      Reject
                    </Button>
                  ) : null}
                  {tab === 'linked' ? null : (
                    <Button variant={index === place ? 'light' : 'default'} onClick={() => accept(link)}>
                      Accept
                    </Button>
                  )}
                </span>
              </div>
            </article>
          ))}
          {data.total === 0 ? null : (
            <div className={styles.pager}>
              <Pager total={data.total} page={page} size={PAGE} one="link" onPage={setPage} />
            </div>
          )}
        </>
      )}
    </Loaded>
  )
}

interface SideProps {
  readonly title: string
  readonly rows: readonly EventRow[]
  readonly onSwap?: (event: string) => void
}

function Side({ title, rows, onSwap }: SideProps) {
  const { profile } = useSession()
  const { nameOf } = useSourceNames()
  return (
    <div className={styles.side}>
      <div className={styles.meta}>{title}</div>
      {rows.map((row) => (
        <div key={row.id} className={styles.record}>
          <div>
            <span title={exactMomentText(row.time, profile.zone)}>{momentText(row.time, profile.zone)}</span>{' '}
            {kindWords(row.kind)}
          </div>
          <LegsLine legs={row.legs} />
          <div className={styles.meta}>
            {[row.source === null ? null : nameOf(row.source), row.accountNames.join(' to ')]
              .filter(Boolean)
              .join(' · ')}
          </div>
          {onSwap ? (
            <div>
              <Button variant="subtle" size="compact-xs" onClick={() => onSwap(row.id)}>
                Let this be the fact
              </Button>
            </div>
          ) : null}
        </div>
      ))}
    </div>
  )
}
