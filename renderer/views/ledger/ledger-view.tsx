/* biome-ignore-all lint/a11y/useSemanticElements: a list of which only the rows in view exist is laid out by position */
/* biome-ignore-all lint/a11y/useFocusableInteractive: a header takes no focus, the button in it does */
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { belongsToField } from '../../app/keyboard.tsx'
import { goTo } from '../../app/screens.ts'
import { useSession } from '../../app/session.ts'
import { Icon } from '../../components/icon.tsx'
import { LongList, type LongListHandle } from '../../components/long-list.tsx'
import { Empty, Page, ReadFailed } from '../../components/page.tsx'
import { AddEvent } from './add-event.tsx'
import { askedToAddTaken, useAskedToAdd } from './add-start.ts'
import changes from './change.module.css'
import { ChangeMany } from './change-many.tsx'
import { EventDetail } from './event-detail.tsx'
import { EventLine } from './event-line.tsx'
import { type EventSort, useEventPages } from './event-pages.ts'
import styles from './ledger.module.css'
import { useLedgerFilter } from './ledger-filter.ts'
import { LedgerPages } from './ledger-pages.tsx'
import { LedgerTools } from './ledger-tools.tsx'
import { toggleSelected, useSelection } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'

const ROW_HEIGHT = 32
const COLUMNS = 8

/** Every event, a million of them: filter, search, order, and each row opens in place on its facts. */
export function LedgerView() {
  const { profile } = useSession()
  const filter = useLedgerFilter()
  const [order, setOrder] = useState<{ sort: EventSort; descending: boolean }>({ sort: 'time', descending: true })
  const [view, setView] = useState({ first: 0, last: 60 })
  const [asked] = useDebouncedValue(view, 60)
  const [opened, setOpened] = useState<{ readonly index: number; readonly id: string } | null>(null)
  const [here, setHere] = useState<number | null>(null)
  const [panel, setPanel] = useState<'add' | 'many' | null>(null)
  const [note, setNote] = useState('')
  const askedToAdd = useAskedToAdd()
  useEffect(() => {
    if (askedToAdd === null) return
    setNote(askedToAdd)
    setPanel('add')
    askedToAddTaken()
  }, [askedToAdd])
  const ticked = useSelection()
  const selected = useMemo(() => [...ticked.values()], [ticked])
  const show = (next: 'add' | 'many'): void => {
    setNote('')
    setPanel(panel === next ? null : next)
  }
  const list = useRef<LongListHandle>(null)
  const pages = useEventPages({ filter, ...order }, asked.first, asked.last)
  const total = pages.total ?? 0
  const queryKey = JSON.stringify([filter, order])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another query has other rows, so none is open or current
  useEffect(() => {
    setOpened(null)
    setHere(null)
  }, [queryKey])

  const standing = opened === null ? undefined : pages.rowAt(opened.index)
  const gone = opened !== null && standing !== undefined && standing.id !== opened.id
  const place = useRef<number | null>(null)
  useEffect(() => {
    if (gone && opened !== null) {
      place.current = opened.index
      setHere(opened.index)
      setOpened(null)
      return
    }
    if (opened !== null || place.current === null) return
    // The row is plain again: what it held no longer keeps the place, so the list is brought back to it.
    const index = place.current
    place.current = null
    requestAnimationFrame(() => list.current?.reveal(index))
  }, [gone, opened])

  const rowAt = useRef(pages.rowAt)
  rowAt.current = pages.rowAt
  const toggle = useCallback((index: number): void => {
    const id = rowAt.current(index)?.id
    setHere(index)
    setOpened((before) => (id === undefined || before?.id === id ? null : { index, id }))
  }, [])
  const tick = useCallback((index: number): void => {
    const row = rowAt.current(index)
    if (row) toggleSelected(row)
  }, [])
  const onRange = useCallback((first: number, last: number) => setView({ first, last }), [])

  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  keys.current = (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || belongsToField(event) || total === 0) return
    const go = (index: number): void => {
      setHere(index)
      list.current?.focus()
      list.current?.reveal(index)
    }
    if (event.key === 'j') go(Math.min(total - 1, (here ?? -1) + 1))
    else if (event.key === 'k') go(Math.max(0, (here ?? 1) - 1))
    else if (event.key === 'x' && here !== null) tick(here)
    else if (event.key === 'Enter' && here !== null && !onControl(event.target)) toggle(here)
    else return
    event.preventDefault()
  }
  useEffect(() => {
    const press = (event: KeyboardEvent): void => keys.current(event)
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])

  const sortBy = (sort: EventSort): void =>
    setOrder({ sort, descending: order.sort === sort ? !order.descending : sort === 'time' })
  const nothing = pages.total === 0
  return (
    <Page
      title="Ledger"
      why="Tick events to change, merge or group them; open one to see its rows and decide."
      actions={
        <>
          <Button variant="default" aria-expanded={panel === 'add'} onClick={() => show('add')}>
            Add an event…
          </Button>
          <Button
            variant="default"
            aria-expanded={panel === 'many'}
            disabled={total === 0}
            onClick={() => show('many')}
          >
            Change many…
          </Button>
        </>
      }
      fill
    >
      <LedgerPages />
      {panel === null ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <div className={changes.above} tabIndex={0}>
          {panel === 'add' ? <AddEvent key={note} note={note} onDone={() => setPanel(null)} /> : null}
          {panel === 'many' ? (
            <ChangeMany
              key={selected.length > 0 ? 'ticked' : 'list'}
              selected={selected}
              filter={filter}
              total={total}
              onDone={() => setPanel(null)}
            />
          ) : null}
        </div>
      )}
      {selected.length > 0 && panel === null ? (
        <SelectionBar rows={selected} onChangeMany={() => setPanel('many')} />
      ) : null}
      <LedgerTools total={pages.total} sort={order.sort} onSort={sortBy} />
      {pages.error ? <ReadFailed error={pages.error} retry={pages.refetch} /> : null}
      {nothing ? (
        <Empty
          title={Object.keys(filter).length > 0 ? 'No event fits these filters' : 'No events yet'}
          action={
            Object.keys(filter).length > 0 ? null : <Button onClick={() => goTo('/read-in')}>Read in files</Button>
          }
        >
          {Object.keys(filter).length > 0
            ? 'Take a filter away, or search for part of an account, an asset, a note or a transaction hash.'
            : 'Every trade, transfer, reward and fee is listed here once its file is read in.'}
        </Empty>
      ) : (
        <div className={styles.list}>
          <LongList
            label="Events"
            count={total}
            rowHeight={ROW_HEIGHT}
            columns={COLUMNS}
            handle={list}
            openRow={opened?.index ?? null}
            resetKey={queryKey}
            onRange={onRange}
            head={<Head order={order} onSort={sortBy} />}
            row={(index, measure) => {
              const event = pages.rowAt(index)
              const open = event !== undefined && opened?.index === index && opened.id === event.id
              return (
                <div key={index} data-index={index} ref={open ? measure : undefined} role="presentation">
                  <EventLine
                    index={index}
                    event={event}
                    zone={profile.zone}
                    open={open}
                    here={here === index}
                    onOpen={toggle}
                    ticked={event !== undefined && ticked.has(event.id)}
                    onTick={tick}
                  />
                  {open ? (
                    <div role="row" aria-rowindex={index + 2}>
                      <div role="cell" aria-colspan={COLUMNS}>
                        <EventDetail event={event.id} />
                      </div>
                    </div>
                  ) : null}
                </div>
              )
            }}
          />
        </div>
      )}
    </Page>
  )
}

function onControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="button"]') !== null
}

const HEADS: readonly { readonly label: string; readonly sort?: EventSort; readonly right?: boolean }[] = [
  { label: 'Time', sort: 'time' },
  { label: 'Kind', sort: 'kind' },
  { label: 'Account', sort: 'account' },
  { label: 'Out', right: true },
  { label: 'In', sort: 'amount', right: true },
  { label: 'Value', sort: 'value', right: true },
]

function Head({
  order,
  onSort,
}: {
  readonly order: { readonly sort: EventSort; readonly descending: boolean }
  readonly onSort: (sort: EventSort) => void
}) {
  return (
    <div className={`${styles.grid} ${styles.head}`} role="row" aria-rowindex={1}>
      <span role="columnheader" aria-label="Ticked" />
      {HEADS.map(({ label, sort, right }) => {
        const sorted = sort !== undefined && sort === order.sort
        return (
          <span
            key={label}
            role="columnheader"
            className={`${styles.cell} ${right ? styles.right : ''}`}
            aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : undefined}
          >
            {sort ? (
              <button type="button" className={styles.sort} onClick={() => onSort(sort)}>
                {label}
                {sorted ? <Icon name={order.descending ? 'down' : 'up'} size={12} /> : null}
              </button>
            ) : (
              label
            )}
          </span>
        )
      })}
      <span role="columnheader" aria-label="Marks" />
    </div>
  )
}
