import { Button, Pagination } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { PairProposal } from '../../../shared/contract/transfers.ts'
import { useAct } from '../../app/acts.tsx'
import { belongsToField } from '../../app/keyboard.tsx'
import { useRead } from '../../app/queries.ts'
import { Loaded } from '../../components/page.tsx'
import { counted } from '../../components/words.ts'
import { MovementLine } from './movement-line.tsx'
import styles from './transfers.module.css'

const PAGE = 100

interface PairListProps {
  readonly tab: 'certain' | 'likely' | 'unclear' | 'accepted' | 'rejected'
}

/** Pairs of one tab: out left, in right, reason beneath. j/k walk, Enter accepts, Backspace rejects. */
export function PairList({ tab }: PairListProps) {
  const act = useAct()
  const [page, setPage] = useState(1)
  const [here, setHere] = useState(0)
  const [opened, setOpened] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const answer = useRead({
    topics: ['transfers', 'events', 'batches', 'decisions'],
    name: 'transfers.list',
    input: { tab, page },
    read: ({ engine }, signal) => engine.transfers.list({ tab, offset: (page - 1) * PAGE, limit: PAGE }, { signal }),
    keep: true,
  })
  const pairs = answer.data?.pairs ?? []
  const place = Math.min(here, Math.max(0, pairs.length - 1))
  const accept = (pair: PairProposal): void => {
    if (tab !== 'accepted')
      void act(
        ({ engine }) => engine.transfers.accept({ pairs: [pair.id] }),
        () => 'Transfer accepted.',
      )
  }
  const reject = (pair: PairProposal): void => {
    if (tab !== 'rejected')
      void act(
        ({ engine }) => engine.transfers.reject({ pairs: [pair.id] }),
        () => 'Rejected. It will not be proposed again.',
      )
  }
  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  keys.current = (event) => {
    const pair = pairs[place]
    if (!pair || event.metaKey || event.ctrlKey || event.altKey || belongsToField(event)) return
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null
    if (event.key === 'j' || event.key === 'ArrowDown') setHere(Math.min(pairs.length - 1, place + 1))
    else if (event.key === 'k' || event.key === 'ArrowUp') setHere(Math.max(0, place - 1))
    else if (event.key === 'Enter' && !onButton) accept(pair)
    else if (event.key === 'Backspace') reject(pair)
    else return
    list.current?.focus({ preventScroll: true })
    event.preventDefault()
  }
  useEffect(() => {
    const press = (event: KeyboardEvent): void => keys.current(event)
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  useEffect(() => {
    list.current?.querySelector(`[data-place="${place}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [place])

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={styles.list} ref={list} tabIndex={0}>
      <Loaded of={answer}>
        {(data) => (
          <>
            {data.pairs.length === 0 ? <p className={styles.meta}>None here.</p> : null}
            {data.pairs.map((pair, index) => (
              <article
                key={pair.id}
                className={styles.pair}
                data-place={index}
                data-here={index === place || undefined}
                aria-label={pair.reason}
              >
                <div className={styles.side}>
                  {pair.outs.map((out) => (
                    <MovementLine key={`${out.event}:${out.leg}`} movement={out} />
                  ))}
                </div>
                <div className={styles.side}>
                  {pair.ins.map((into) => (
                    <MovementLine key={`${into.event}:${into.leg}`} movement={into} />
                  ))}
                </div>
                <div className={styles.reason}>
                  <span className={styles.reasonText}>
                    {pair.reason}
                    {pair.acceptedBy === null ? '' : ` · accepted by ${ACCEPTED_BY[pair.acceptedBy]}`}
                  </span>
                  <span className={styles.acts}>
                    <Button
                      variant="subtle"
                      color="gray"
                      aria-expanded={opened === pair.id}
                      onClick={() => setOpened(opened === pair.id ? null : pair.id)}
                    >
                      Why
                    </Button>
                    {tab === 'rejected' ? null : (
                      <Button variant="default" onClick={() => reject(pair)}>
                        Reject
                      </Button>
                    )}
                    {tab === 'accepted' ? null : (
                      <Button variant={index === place ? 'light' : 'default'} onClick={() => accept(pair)}>
                        Accept
                      </Button>
                    )}
                  </span>
                </div>
                {opened === pair.id ? <Parts pair={pair} /> : null}
              </article>
            ))}
            {data.total > PAGE ? (
              <Pagination
                mt="md"
                size="xs"
                total={Math.ceil(data.total / PAGE)}
                value={page}
                onChange={setPage}
                getControlProps={(control) => ({ 'aria-label': `${control} page of ${counted(data.total, 'pair')}` })}
              />
            ) : null}
          </>
        )}
      </Loaded>
    </div>
  )
}

const ACCEPTED_BY = { default: 'default, because it is certain', user: 'you', source: 'the source itself' } as const

function Parts({ pair }: { readonly pair: PairProposal }) {
  return (
    <div className={styles.parts}>
      {pair.parts.map((part) => (
        <div key={part.name} className={styles.part}>
          <span>{part.name}</span>
          <span className={styles.score}>{part.score.toFixed(2)}</span>
          <span>{part.why}</span>
        </div>
      ))}
      <div className={styles.part}>
        <span>Together</span>
        <span className={styles.score}>{pair.score.toFixed(2)}</span>
        <span />
      </div>
    </div>
  )
}
