import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import { LOCALE, useSession, useTaxYear } from '../../app/session.ts'
import styles from './change.module.css'
import { type EventDraft, emptyLeg, eventOf } from './event-draft.ts'
import { EventEditor } from './event-editor.tsx'

/** An event that no source tells of. What was written is kept as its record. */
export function AddEvent({ note, onDone }: { readonly note: string; readonly onDone: () => void }) {
  const act = useAct()
  const { profile } = useSession()
  const [year] = useTaxYear()
  const [draft, setDraft] = useState<EventDraft>({
    clock: `${year}-01-01T12:00:00`,
    precision: 'second',
    kind: 'buy',
    note,
    legs: [emptyLeg('', 'in'), emptyLeg('', 'out')],
  })
  const [busy, setBusy] = useState(false)
  const event = eventOf(draft, profile.zone, LOCALE)
  const add = async (): Promise<void> => {
    if (typeof event === 'string') return
    setBusy(true)
    const done = await act(
      ({ engine }) => engine.hand.add({ events: [event] }),
      () => 'The event was added.',
    )
    setBusy(false)
    if (done) onDone()
  }
  return (
    <section className={styles.panel} aria-label="Add an event">
      <div className={styles.panelHead}>
        <h2>Add an event</h2>
        <Text size="xs" c="dimmed">
          For what no file tells of. Attach the receipt to it afterwards.
        </Text>
      </div>
      <EventEditor draft={draft} onChange={setDraft} name="New event" />
      <div className={styles.sticky}>
        <Button variant="default" onClick={onDone}>
          Not now
        </Button>
        <Button onClick={() => void add()} loading={busy} disabled={typeof event === 'string'}>
          Add it
        </Button>
        <Text size="xs" c="dimmed">
          {typeof event === 'string' ? event : ''}
        </Text>
      </div>
    </section>
  )
}
