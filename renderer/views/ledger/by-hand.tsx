import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { EventDetail } from '../../../shared/contract/events.ts'
import { useAct } from '../../app/acts.tsx'
import { LOCALE, useSession } from '../../app/session.ts'
import { ROLE_WORDS } from '../../components/words.ts'
import { writeRule } from '../rules/rule-start.ts'
import styles from './by-hand.module.css'
import { draftOf, type EventDraft, eventOf, leftOver } from './event-draft.ts'
import { EventEditor } from './event-editor.tsx'

type Work = 'copy' | 'split' | 'edit' | null
const MOST_PARTS = 20

/** Work on one event by hand: copy, split, change and remove one's own, rules from it. Facts stay untouched. */
export function ByHand({ detail }: { readonly detail: EventDetail }) {
  const act = useAct()
  const [work, setWork] = useState<Work>(null)
  const { row } = detail
  const own = row.source === 'hand'
  const done = (): void => setWork(null)
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
      {work === 'copy' || work === 'edit' ? <OneEvent key={work} detail={detail} work={work} onDone={done} /> : null}
      {work === 'split' ? <Split detail={detail} onDone={done} /> : null}
    </section>
  )
}

interface WorkProps {
  readonly detail: EventDetail
  readonly onDone: () => void
}

function OneEvent({ detail, work, onDone }: WorkProps & { readonly work: 'copy' | 'edit' }) {
  const act = useAct()
  const { profile } = useSession()
  const [draft, setDraft] = useState(() => draftOf(detail.row, profile.zone, LOCALE))
  const [busy, setBusy] = useState(false)
  const event = eventOf(draft, profile.zone, LOCALE)
  const save = async (): Promise<void> => {
    if (typeof event === 'string') return
    setBusy(true)
    const saved =
      work === 'copy'
        ? await act(
            ({ engine }) => engine.hand.add({ events: [event] }),
            () => 'A second event like it was added.',
          )
        : await act(
            ({ engine }) => engine.hand.edit({ event: detail.row.id, to: event }),
            () => 'Your event was changed.',
          )
    setBusy(false)
    if (saved) onDone()
  }
  return (
    <div className={styles.work}>
      <EventEditor draft={draft} onChange={setDraft} name={work === 'copy' ? 'Copy' : 'Change'} />
      <div className={styles.acts}>
        <Button onClick={() => void save()} loading={busy} disabled={typeof event === 'string'}>
          {work === 'copy' ? 'Add the copy' : 'Save the change'}
        </Button>
        <Text size="xs" c="dimmed">
          {typeof event === 'string' ? event : ''}
        </Text>
      </div>
    </div>
  )
}

function Split({ detail, onDone }: WorkProps) {
  const act = useAct()
  const { profile } = useSession()
  const [whole] = useState(() => draftOf(detail.row, profile.zone, LOCALE))
  const bare = (): EventDraft => ({ ...whole, legs: whole.legs.map((leg) => ({ ...leg, amount: '', value: '' })) })
  const [parts, setParts] = useState<readonly EventDraft[]>(() => [whole, bare()])
  const [busy, setBusy] = useState(false)
  const rest = leftOver(whole, parts, LOCALE)
  const events = parts.map((part) => eventOf(part, profile.zone, LOCALE))
  const trouble = events.map((event, place) => (typeof event === 'string' ? `Part ${place + 1}: ${event}` : null))
  const first = trouble.find((each) => each !== null) ?? null
  const save = async (): Promise<void> => {
    setBusy(true)
    const saved = await act(
      ({ engine }) =>
        engine.hand.split({ event: detail.row.id, parts: events.filter((event) => typeof event !== 'string') }),
      () => `Split into ${parts.length} events. The rows of the file stay behind them.`,
    )
    setBusy(false)
    if (saved) onDone()
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
        {rest.length === 0
          ? 'The parts move what the whole moves.'
          : `Not yet shared out: ${rest.map((leg) => `${ROLE_WORDS[leg.role]} ${leg.amount} ${leg.asset}`).join(', ')}`}
      </div>
      <div className={styles.acts}>
        <Button variant="default" disabled={parts.length >= MOST_PARTS} onClick={() => setParts([...parts, bare()])}>
          One more part
        </Button>
        {rest.length > 0 && rest.every(({ amount }) => /^\d/.test(amount)) ? (
          <Button variant="default" onClick={restIntoLast}>
            The rest into part {parts.length}
          </Button>
        ) : null}
        <Button onClick={() => void save()} loading={busy} disabled={rest.length > 0 || first !== null}>
          Split into {parts.length}
        </Button>
        <Text size="xs" c="dimmed">
          {rest.length > 0 ? '' : first}
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
