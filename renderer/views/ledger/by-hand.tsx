import { Button, Loader, Text } from '@mantine/core'
import { useState } from 'react'
import type { EventDetail } from '../../../shared/contract/events.ts'
import { sayFailure, useAct } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { Loaded } from '../../components/page.tsx'
import { ROLE_WORDS } from '../../components/words.ts'
import { writeRule } from '../rules/rule-start.ts'
import styles from './by-hand.module.css'
import { changeOf, draftOf, type EventDraft, eventOf, leftOver, sharesOf } from './event-draft.ts'
import { EventEditor } from './event-editor.tsx'

type Work = 'copy' | 'split' | 'edit' | null
const MOST_PARTS = 20

/** Work on one event by hand: copy, split, change and remove one's own, rules from it. Facts stay untouched. */
export function ByHand({ detail }: { readonly detail: EventDetail }) {
  const act = useAct()
  const [work, setWork] = useState<Work>(null)
  const { row } = detail
  const own = row.source === 'hand'
  const made = detail.madeFrom?.length ?? 0
  const done = (): void => setWork(null)
  const putBack = (batch: string): Promise<unknown> =>
    act(
      ({ engine }) => engine.intake.revert({ batch }),
      () => (made === 1 ? 'The event it was made of counts again.' : `The ${made} events it was made of count again.`),
    )
  return (
    <section className={styles.byHand} aria-label="By hand">
      <div className={styles.acts}>
        <Button
          variant="default"
          aria-expanded={work === 'copy'}
          onClick={() => setWork(work === 'copy' ? null : 'copy')}
        >
          Copy…
        </Button>
        <Button
          variant="default"
          aria-expanded={work === 'split'}
          onClick={() => setWork(work === 'split' ? null : 'split')}
        >
          Split…
        </Button>
        {own ? (
          <>
            <Button
              variant="default"
              aria-expanded={work === 'edit'}
              onClick={() => setWork(work === 'edit' ? null : 'edit')}
            >
              Change…
            </Button>
            {made === 0 ? (
              <Button
                variant="default"
                onClick={() =>
                  void act(
                    ({ engine }) => engine.hand.remove({ event: row.id }),
                    () => 'The event you had added was removed.',
                  )
                }
              >
                Remove
              </Button>
            ) : row.batch === null ? null : (
              <Button variant="default" onClick={() => void putBack(row.batch ?? '')}>
                Put it back as it was
              </Button>
            )}
          </>
        ) : null}
        <Button variant="default" onClick={() => writeRule(ruleFrom(detail))}>
          Rule from this…
        </Button>
        {row.group ? (
          <span className={styles.group}>
            In the group “{row.group.name}”{' '}
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() =>
                void act(
                  ({ engine }) => engine.hand.ungroup({ events: [row.id] }),
                  () => 'Taken out of its group.',
                )
              }
            >
              Take out
            </Button>
          </span>
        ) : null}
      </div>
      {work === null ? null : <Work key={work} detail={detail} work={work} onDone={done} />}
    </section>
  )
}

interface WorkProps {
  readonly detail: EventDetail
  readonly onDone: () => void
}

/** The form for one piece of work, once all that the event holds is there. */
function Work({ detail, work, onDone }: WorkProps & { readonly work: Exclude<Work, null> }) {
  const { profile } = useSession()
  const event = detail.row.id
  const written = useRead({
    topics: [],
    name: 'hand.written',
    input: { event, time: detail.row.time, versions: detail.versions.length },
    read: ({ engine }, signal) => engine.hand.written({ event }, { signal }),
  })
  return (
    <Loaded of={written} waiting={<Loader size="xs" aria-label="Looking it up" />}>
      {(data) => {
        const whole = draftOf(data.event, profile.zone, LOCALE)
        return work === 'split' ? (
          <Split event={event} whole={whole} onDone={onDone} />
        ) : (
          <OneEvent event={event} first={whole} work={work} onDone={onDone} />
        )
      }}
    </Loaded>
  )
}

interface OneEventProps {
  readonly event: string
  readonly first: EventDraft
  readonly work: 'copy' | 'edit'
  readonly onDone: () => void
}

function OneEvent({ event, first: loaded, work, onDone }: OneEventProps) {
  const act = useAct()
  const { profile } = useSession()
  const [first] = useState(loaded)
  const [draft, setDraft] = useState(loaded)
  const [busy, setBusy] = useState(false)
  const change = changeOf(first, draft, profile.zone, LOCALE)
  const trouble =
    typeof change === 'string'
      ? change
      : work === 'edit' && Object.keys(change).length === 0
        ? 'Nothing is changed yet.'
        : null
  const save = async (): Promise<void> => {
    if (typeof change === 'string') return
    setBusy(true)
    const saved =
      work === 'copy'
        ? await act(
            ({ engine }) => engine.hand.copy({ event, change }),
            () => 'A second event like it was added.',
          )
        : await act(
            ({ engine }) => engine.hand.edit({ event, change }),
            () => 'Your event was changed.',
          )
    setBusy(false)
    if (saved) onDone()
  }
  return (
    <div className={styles.work}>
      <EventEditor draft={draft} onChange={setDraft} name={work === 'copy' ? 'Copy' : 'Change'} />
      <div className={styles.acts}>
        <Button onClick={() => void save()} loading={busy} disabled={trouble !== null}>
          {work === 'copy' ? 'Add the copy' : 'Save the change'}
        </Button>
        <Text size="xs" c="dimmed">
          {trouble}
        </Text>
      </div>
    </div>
  )
}

interface SplitProps {
  readonly event: string
  readonly whole: EventDraft
  readonly onDone: () => void
}

function Split({ event, whole: loaded, onDone }: SplitProps) {
  const act = useAct()
  const clients = useClients()
  const { profile } = useSession()
  const [whole] = useState(loaded)
  const bare = (): EventDraft => ({ ...whole, legs: whole.legs.map((leg) => ({ ...leg, amount: '', value: '' })) })
  const [parts, setParts] = useState<readonly EventDraft[]>(() => [whole, bare()])
  const [busy, setBusy] = useState(false)
  const rest = leftOver(whole, parts, LOCALE)
  const shares = sharesOf(whole, parts, LOCALE)
  const events = parts.map((part) => eventOf(part, profile.zone, LOCALE))
  const untouched =
    parts.slice(1).every(({ legs }) => legs.every(({ amount }) => amount.trim() === '')) && rest.length === 0
  const trouble = events.map((each, place) => (typeof each === 'string' ? `Part ${place + 1}: ${each}` : null))
  const first = trouble.find((each) => each !== null) ?? null
  const save = async (): Promise<void> => {
    setBusy(true)
    const saved = await act(
      ({ engine }) => engine.hand.split({ event, parts: events.filter((each) => typeof each !== 'string') }),
      () => `Split into ${parts.length} events. The rows of the file stay behind them.`,
    )
    setBusy(false)
    if (saved) onDone()
  }
  const shareOut = async (amounts: string[]): Promise<void> => {
    try {
      const shared = await clients.engine.hand.shares({ event, amounts })
      setParts(shared.parts.map((part) => draftOf(part, profile.zone, LOCALE)))
    } catch (error) {
      sayFailure(error)
    }
  }
  const restIntoLast = (): void =>
    setParts(
      parts.map((part, place) =>
        place === parts.length - 1
          ? { ...part, legs: [...part.legs.filter(({ amount }) => amount.trim() !== ''), ...rest] }
          : part,
      ),
    )
  return (
    <div className={styles.work}>
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
        <fieldset key={place} className={styles.part}>
          <legend>Part {place + 1}</legend>
          <EventEditor
            draft={part}
            name={`Part ${place + 1}`}
            onChange={(next) => setParts(parts.map((each, at) => (at === place ? next : each)))}
          />
        </fieldset>
      ))}
      <div role="status" className={rest.length > 0 ? styles.open : styles.meta}>
        {untouched
          ? 'Say how much of it goes into part 1; the rest can then be shared out.'
          : rest.length === 0
            ? 'The parts move what the whole moves.'
            : `Not yet shared out: ${rest.map((leg) => `${ROLE_WORDS[leg.role]} ${leg.amount} ${leg.asset}`).join(', ')}`}
      </div>
      <div className={styles.acts}>
        <Button variant="default" disabled={parts.length >= MOST_PARTS} onClick={() => setParts([...parts, bare()])}>
          One more part
        </Button>
        {shares !== null && rest.length > 0 ? (
          <Button variant="default" onClick={() => void shareOut(shares)}>
            Share all out in this proportion
          </Button>
        ) : null}
        {rest.length > 0 && rest.every(({ amount }) => /^\d/.test(amount)) ? (
          <Button variant="default" onClick={restIntoLast}>
            The rest into part {parts.length}
          </Button>
        ) : null}
        <Button onClick={() => void save()} loading={busy} disabled={rest.length > 0 || first !== null}>
          Split into {parts.length}
        </Button>
        <Text size="xs" c="dimmed">
          {rest.length > 0 || untouched ? '' : first}
        </Text>
      </div>
    </div>
  )
}

/** A rule that this event would fit: by the address on the other side, or by what the source calls it. */
function ruleFrom({ row, fromAddress, toAddress }: EventDetail): Parameters<typeof writeRule>[0] {
  const leg = row.legs.find(({ role }) => role === 'in') ?? row.legs.find(({ role }) => role === 'out')
  const address = (leg?.role === 'in' ? fromAddress : toAddress) ?? fromAddress ?? toAddress
  return {
    name: '',
    enabled: true,
    effect: {},
    when: {
      ...(address ? { address } : row.sourceKind ? { sourceKinds: [row.sourceKind] } : {}),
      ...(leg ? { asset: leg.asset, account: leg.account } : {}),
      ...(leg?.role === 'in' || leg?.role === 'out' ? { direction: leg.role } : {}),
    },
  }
}
