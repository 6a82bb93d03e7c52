import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Decision, EventRow } from '../../../shared/contract/events.ts'
import { KINDS, type Kind } from '../../../shared/events/kinds.ts'
import { useAct } from '../../app/acts.tsx'
import { LOCALE, useSession } from '../../app/session.ts'
import { parseTyped } from '../../components/decimal-text.ts'
import { kindWords } from '../../components/words.ts'
import styles from './ledger.module.css'

const CHOICES = KINDS.map((kind) => ({ value: kind, label: kindWords(kind) }))

/** What the person may say about an event: its kind, a value, a note, or that it does not count. */
export function DecideForm({ row }: { readonly row: EventRow }) {
  const { profile } = useSession()
  const act = useAct()
  const [kind, setKind] = useState<Kind>(row.kind)
  const [leg, setLeg] = useState(String(firstValued(row)))
  const [value, setValue] = useState('')
  const [note, setNote] = useState(row.note)
  const [reason, setReason] = useState('')
  const typed = value === '' ? null : parseTyped(value, LOCALE)
  const decide = (decision: Decision, said: string): void =>
    void act(
      ({ engine }) => engine.events.decide({ decisions: [decision] }),
      () => said,
    )
  return (
    <section className={styles.decide} aria-label="Decide">
      <div className={styles.decideRow}>
        <Select
          label="What it is"
          size="xs"
          data={CHOICES}
          value={kind}
          onChange={(next) => setKind(KINDS.find((each) => each === next) ?? row.kind)}
          searchable
        />
        <Button
          variant="default"
          disabled={kind === row.kind}
          onClick={() => decide({ what: 'kind', event: row.id, kind }, `It counts as: ${kindWords(kind)}.`)}
        >
          Set kind
        </Button>
      </div>
      <div className={styles.decideRow}>
        <Select
          label="Value of"
          size="xs"
          data={row.legs.map((each, index) => ({ value: String(index), label: `${each.role} ${each.symbol}` }))}
          value={leg}
          onChange={(next) => next !== null && setLeg(next)}
        />
        <TextInput
          label={`in ${profile.currency}`}
          size="xs"
          w={112}
          value={value}
          inputMode="decimal"
          onChange={(event) => setValue(event.currentTarget.value)}
          error={value !== '' && typed === null ? 'Not one number' : undefined}
        />
        <Button
          variant="default"
          disabled={typed === null}
          onClick={() =>
            typed !== null &&
            decide(
              { what: 'value', event: row.id, leg: Number.parseInt(leg, 10), value: typed },
              'Your value counts now.',
            )
          }
        >
          Set value
        </Button>
      </div>
      <div className={styles.decideRow}>
        <TextInput
          label="Note"
          size="xs"
          value={note}
          maxLength={2000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={note === row.note}
          onClick={() => decide({ what: 'note', event: row.id, note }, 'The note was saved.')}
        >
          Save note
        </Button>
      </div>
      {row.ignored ? (
        <Button variant="default" onClick={() => decide({ what: 'unignore', event: row.id }, 'It counts again.')}>
          Let it count again
        </Button>
      ) : (
        <div className={styles.decideRow}>
          <TextInput
            label="Why it does not count"
            size="xs"
            value={reason}
            maxLength={500}
            placeholder="spam, a test, told twice"
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={reason.trim() === ''}
            onClick={() => decide({ what: 'ignore', event: row.id, reason: reason.trim() }, 'It no longer counts.')}
          >
            Ignore
          </Button>
        </div>
      )}
    </section>
  )
}

function firstValued(row: EventRow): number {
  const index = row.legs.findIndex((leg) => leg.value === null && leg.role !== 'info')
  return Math.max(0, index)
}
