import { Button, Select, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { EventRow } from '../../../shared/contract/events.ts'
import type { Kind } from '../../../shared/events/kinds.ts'
import { useAct } from '../../app/acts.tsx'
import { useSession } from '../../app/session.ts'
import { LegsLine } from '../../components/legs.tsx'
import { momentText } from '../../components/time-text.ts'
import { counted, kindWords } from '../../components/words.ts'
import { writeRule } from '../rules/rule-start.ts'
import styles from './change.module.css'
import { isKind, KIND_CHOICES } from './condition-fields.tsx'
import { mergedLegs, mergedTime } from './merged-legs.ts'
import { clearSelection } from './selection.ts'

interface SelectionBarProps {
  readonly rows: readonly EventRow[]
  readonly onChangeMany: () => void
}

/** What can be done with the ticked events. */
export function SelectionBar({ rows, onChangeMany }: SelectionBarProps) {
  const act = useAct()
  const [asked, setAsked] = useState<'merge' | 'group' | null>(null)
  const ids = rows.map(({ id }) => id)
  return (
    <section className={styles.selection} aria-label="Ticked events">
      <div className={styles.acts}>
        <strong role="status">{counted(rows.length, 'event')} ticked</strong>
        <Button variant="default" onClick={onChangeMany}>
          Change them…
        </Button>
        <Button
          variant="default"
          disabled={rows.length < 2}
          aria-expanded={asked === 'merge'}
          onClick={() => setAsked(asked === 'merge' ? null : 'merge')}
        >
          Merge…
        </Button>
        <Button
          variant="default"
          aria-expanded={asked === 'group'}
          onClick={() => setAsked(asked === 'group' ? null : 'group')}
        >
          Group…
        </Button>
        {rows.some(({ group }) => group) ? (
          <Button
            variant="default"
            onClick={() =>
              void act(
                ({ engine }) => engine.hand.ungroup({ events: ids }),
                () => 'Taken out of their groups.',
              )
            }
          >
            Ungroup
          </Button>
        ) : null}
        <Button variant="default" onClick={() => writeRule(ruleFrom(rows))}>
          Rule from these…
        </Button>
        <Button
          variant="default"
          disabled={rows.length < 2}
          title="The first that was ticked is the fact, the others corroborate it"
          onClick={() =>
            void act(
              ({ engine }) => engine.links.link({ fact: ids[0] ?? '', corroborating: ids.slice(1) }),
              () => 'Linked: the same movement, counted once.',
            ).then((done) => done && clearSelection())
          }
        >
          Link as told twice
        </Button>
        <Button variant="subtle" onClick={clearSelection}>
          Untick all
        </Button>
      </div>
      {asked === 'merge' ? <Merge rows={rows} /> : null}
      {asked === 'group' ? <Group rows={rows} onDone={() => setAsked(null)} /> : null}
    </section>
  )
}

function Merge({ rows }: { readonly rows: readonly EventRow[] }) {
  const act = useAct()
  const { profile } = useSession()
  const [kind, setKind] = useState<Kind>(rows[0]?.kind ?? 'trade')
  const [note, setNote] = useState('')
  return (
    <div className={styles.fields}>
      <Select
        label="Together they are"
        size="xs"
        w={220}
        data={KIND_CHOICES}
        value={kind}
        searchable
        onChange={(next) => isKind(next) && setKind(next)}
      />
      <TextInput
        label="Note"
        size="xs"
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        onClick={() =>
          void act(
            ({ engine }) =>
              engine.hand.merge({
                events: rows.map(({ id }) => id),
                kind,
                ...(note.trim() === '' ? {} : { note: note.trim() }),
              }),
            () => `${counted(rows.length, 'event')} became one. Their rows stay behind it.`,
          ).then((done) => done && clearSelection())
        }
      >
        Merge {rows.length} into one
      </Button>
      <section className={styles.merged} aria-label="What it becomes">
        <span className={styles.meta}>It becomes</span>
        <strong>{kindWords(kind)}</strong>
        <span>{momentText(mergedTime(rows), profile.zone)}</span>
        <LegsLine legs={mergedLegs(rows)} />
        {new Set(rows.map(({ date }) => date)).size > 1 ? (
          <span className={styles.warn}>They are of different days; the one event stands at the earliest.</span>
        ) : null}
      </section>
    </div>
  )
}

function Group({ rows, onDone }: { readonly rows: readonly EventRow[]; readonly onDone: () => void }) {
  const act = useAct()
  const [name, setName] = useState(rows.find(({ group }) => group)?.group?.name ?? '')
  return (
    <div className={styles.fields}>
      <TextInput
        label="Name of the group"
        size="xs"
        value={name}
        maxLength={120}
        placeholder="Trip to Lisbon"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        disabled={name.trim() === ''}
        onClick={() =>
          void act(
            ({ engine }) => engine.hand.group({ events: rows.map(({ id }) => id), name: name.trim() }),
            () => `${counted(rows.length, 'event')} stand together as “${name.trim()}”.`,
          ).then((done) => done && onDone())
        }
      >
        Group {rows.length}
      </Button>
      <Text size="xs" c="dimmed">
        A group changes no figure.
      </Text>
    </div>
  )
}

/** A rule with what all the ticked events share. */
function ruleFrom(rows: readonly EventRow[]): Parameters<typeof writeRule>[0] {
  const same = <Value,>(of: (row: EventRow) => Value | null | undefined): Value | null => {
    const first = rows[0] ? of(rows[0]) : null
    return first !== null && first !== undefined && rows.every((row) => of(row) === first) ? first : null
  }
  const moved = (row: EventRow) =>
    row.legs.find(({ role }) => role === 'in') ?? row.legs.find(({ role }) => role === 'out') ?? null
  const asset = same((row) => moved(row)?.asset)
  const account = same((row) => moved(row)?.account)
  const direction = same((row) => moved(row)?.role)
  const words = same((row) => row.sourceKind)
  return {
    name: '',
    enabled: true,
    effect: {},
    when: {
      ...(asset === null ? {} : { asset }),
      ...(account === null ? {} : { account }),
      ...(direction === 'in' || direction === 'out' ? { direction } : {}),
      ...(words === null ? {} : { sourceKinds: [words] }),
    },
  }
}
