/* biome-ignore-all lint/a11y/useSemanticElements: a list of which only the rows in view exist is laid out by position */
/* biome-ignore-all lint/a11y/noStaticElementInteractions: the whole row is a larger target for the button in its first cell */
import { memo } from 'react'
import type { EventRow, LegView } from '../../../shared/contract/events.ts'
import { LOCALE } from '../../app/session.ts'
import { amountText, exactText } from '../../components/decimal-text.ts'
import { Money } from '../../components/figure.tsx'
import { Icon } from '../../components/icon.tsx'
import { exactMomentText, momentText } from '../../components/time-text.ts'
import { kindWords } from '../../components/words.ts'
import styles from './ledger.module.css'

interface EventLineProps {
  readonly index: number
  readonly event: EventRow | undefined
  readonly zone: string
  readonly open: boolean
  readonly here: boolean
  readonly onOpen: (index: number) => void
  readonly ticked?: boolean
  readonly onTick?: (index: number) => void
}

/** One event in one line of 32 px; a dash where its page is still on its way. */
export const EventLine = memo(function EventLine(props: EventLineProps) {
  const { index, event, zone, open, here, onOpen, ticked, onTick } = props
  const common = { className: `${styles.grid} ${styles.row}`, role: 'row', 'aria-rowindex': index + 2 } as const
  if (!event)
    return (
      <div {...common}>
        <span role="cell" />
        <span className={`${styles.cell} ${styles.wait}`} role="cell">
          …
        </span>
      </div>
    )
  const value = worthOf(event.legs)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in the first cell and the list's keys do the same
    <div
      {...common}
      data-open={open || undefined}
      data-here={here || undefined}
      data-ignored={event.ignored || undefined}
      onClick={() => onOpen(index)}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: ticking must not open the row; the list's key x does the same */}
      <span className={styles.tick} role="cell" onClick={(click) => click.stopPropagation()}>
        {onTick ? (
          <input
            type="checkbox"
            tabIndex={-1}
            checked={ticked ?? false}
            aria-label={`Tick ${kindWords(event.kind)} of ${momentText(event.time, zone)}`}
            onChange={() => onTick(index)}
          />
        ) : null}
      </span>
      <span
        className={styles.cell}
        role="cell"
        title={`${exactMomentText(event.time, zone)} · in the source: ${event.timeText}`}
      >
        <button type="button" className={styles.time} aria-expanded={open} tabIndex={-1}>
          {event.precision === 'day' ? momentText(event.time, zone).split(',')[0] : momentText(event.time, zone)}
        </button>
      </span>
      <span
        className={styles.cell}
        role="cell"
        title={
          event.sourceKind ? `${kindWords(event.kind)} · in the source: ${event.sourceKind}` : kindWords(event.kind)
        }
      >
        {kindWords(event.kind)}
        {event.group ? <span className={styles.more}>{event.group.name}</span> : null}
      </span>
      <span className={styles.cell} role="cell" title={event.accountNames.join(' to ')}>
        {event.accountNames.join(' to ')}
      </span>
      <span className={`${styles.cell} ${styles.right}`} role="cell">
        <Side legs={event.legs.filter((leg) => leg.role === 'out')} sign={'\u2212'} />
      </span>
      <span className={`${styles.cell} ${styles.right}`} role="cell">
        <Side legs={event.legs.filter((leg) => leg.role === 'in' || leg.role === 'rebate')} sign="+" />
      </span>
      <span className={`${styles.cell} ${styles.right}`} role="cell">
        {value === null ? <span className={styles.wait}>–</span> : <Money value={value} />}
      </span>
      <span className={styles.marks} role="cell">
        <Marks event={event} />
      </span>
    </div>
  )
})

function Side({ legs, sign }: { readonly legs: readonly LegView[]; readonly sign: string }) {
  const leg = legs[0]
  if (!leg) return null
  return (
    <span title={legs.map((each) => `${sign}${exactText(each.amount, LOCALE)} ${each.symbol}`).join('\n')}>
      {sign}
      {amountText(leg.amount, LOCALE)} {leg.symbol}
      {legs.length > 1 ? <span className={styles.more}>+{legs.length - 1}</span> : null}
    </span>
  )
}

function Marks({ event }: { readonly event: EventRow }) {
  if (event.open.length > 0)
    return (
      <span role="img" aria-label="open point" title={event.open.join(', ').replaceAll('-', ' ')}>
        <Icon name="dot" />
      </span>
    )
  if (event.decided)
    return (
      <span className={styles.decided} role="img" aria-label="decided" title="Decided by you or by a rule">
        <Icon name="check" size={14} />
      </span>
    )
  return null
}

/** What an event is worth: the value of what came in, otherwise of what went out. */
function worthOf(legs: readonly LegView[]): string | null {
  const valued = (role: LegView['role']): string | null =>
    legs.find((leg) => leg.role === role && leg.value !== null)?.value ?? null
  const moved = legs.some((leg) => leg.role === 'in' || leg.role === 'out')
  return valued('in') ?? valued('out') ?? (moved ? null : valued('fee'))
}
