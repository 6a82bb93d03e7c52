import { Button, Radio, Select, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Position, PositionScope } from '../../../shared/contract/tax-choices.ts'
import { useAct } from '../../app/acts.tsx'
import { codeOf, wordsOf } from '../../app/errors.ts'
import { ALWAYS, DaySpan, runsBackwards } from '../../components/day-field.tsx'
import { JobProgress } from '../../components/job-progress.tsx'
import { EffectTable } from './effect-table.tsx'
import styles from './positions.module.css'
import type { Effects } from './positions-view.tsx'
import { useEffects } from './tax-reads.ts'

type Part = keyof PositionScope
const PARTS: readonly {
  readonly part: Part
  readonly label: string
  readonly all: string
  readonly found: keyof Position['found']
}[] = [
  { part: 'asset', label: 'Asset', all: 'Every asset', found: 'assets' },
  { part: 'protocol', label: 'Protocol', all: 'Every protocol', found: 'protocols' },
  { part: 'account', label: 'Account', all: 'Every account', found: 'accounts' },
]

interface PositionFormProps {
  readonly position: Position
  /** What the answers change for everything, where it was worked out already. */
  readonly effect: Effects[number] | null
  readonly revision: number
}

/** Answers a question for everything or for a part, with a reason; what it changes can be looked at first. */
export function PositionForm({ position, effect, revision }: PositionFormProps) {
  const act = useAct()
  const [choice, setChoice] = useState(position.chosen[0]?.choice ?? position.default)
  const [scope, setScope] = useState<PositionScope>({})
  const [days, setDays] = useState(ALWAYS)
  const [reason, setReason] = useState('')
  const [askedFor, setAskedFor] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const key = JSON.stringify([scope, revision])
  const asked = askedFor === key
  const effects = useEffects(asked, revision, [position.id], scope)
  const known = effect !== null && Object.keys(scope).length === 0
  const shown = known ? [effect] : asked ? effects.data?.rows : undefined
  const label = position.choices.find(({ id }) => id === choice)?.label ?? choice
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    await act(
      ({ engine }) =>
        engine.tax.setPosition({
          id: position.id,
          choice,
          scope,
          reason: reason.trim(),
          ...(days.from === '' ? {} : { from: days.from }),
          ...(days.to === '' ? {} : { to: days.to }),
        }),
      () => `Answered: ${label}.`,
    )
    setBusy(false)
  }
  const narrow = (part: Part, value: string | null): void => {
    const { [part]: _before, ...others } = scope
    setScope(value ? { ...others, [part]: value } : others)
  }
  return (
    <form className={styles.form} aria-label={`Answer: ${position.question}`} onSubmit={(event) => void submit(event)}>
      <Radio.Group label="Your answer" value={choice} onChange={setChoice}>
        <div className={styles.radios}>
          {position.choices.map((each) => (
            <Radio
              key={each.id}
              value={each.id}
              size="xs"
              label={
                <>
                  {each.label}
                  {each.isDefault ? <span className={styles.mark}>standard</span> : null}
                  {each.cautious ? <span className={styles.mark}>cautious</span> : null}
                </>
              }
              description={each.authority === '' ? undefined : each.authority}
            />
          ))}
        </div>
      </Radio.Group>
      <div className={styles.fields}>
        {PARTS.filter(({ part, found }) => position.scopes.includes(part) && position.found[found].length > 0).map(
          ({ part, label: name, all, found }) => (
            <Select
              key={part}
              label={name}
              size="xs"
              w={180}
              searchable
              data={[
                { value: '', label: all },
                ...position.found[found].map((each) => ({ value: each.id, label: `${each.label} (${each.events})` })),
              ]}
              value={scope[part] ?? ''}
              onChange={(value) => narrow(part, value)}
            />
          ),
        )}
        {position.scopeWords.includes('day') ? <DaySpan days={days} onDays={setDays} /> : null}
        <TextInput
          label="Reason"
          size="xs"
          className={styles.reason ?? ''}
          value={reason}
          maxLength={2000}
          placeholder="kept with the answer and printed on the reports"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      {asked && effects.isFetching ? <JobProgress name="positions" saying="Working out what it changes…" /> : null}
      {asked && !effects.isFetching && effects.error ? (
        <Text role="status" c={codeOf(effects.error) === 'CANCELLED' ? 'dimmed' : 'red'}>
          {codeOf(effects.error) === 'CANCELLED' ? 'Cancelled. Nothing was changed.' : wordsOf(effects.error)}
        </Text>
      ) : null}
      {shown?.map((row) => (
        <EffectTable key={row.id} effect={row} />
      ))}
      {shown?.length === 0 ? (
        <Text c="dimmed" role="status">
          Nothing in these books is touched by it, so no answer changes a figure.
        </Text>
      ) : null}
      <div className={styles.acts}>
        {known ? null : (
          <Button
            variant="default"
            disabled={asked && effects.isFetching}
            onClick={() => {
              setAskedFor(key)
              if (asked) void effects.refetch()
            }}
          >
            Show what it changes
          </Button>
        )}
        <Button type="submit" loading={busy} disabled={reason.trim() === '' || runsBackwards(days)}>
          Set this answer
        </Button>
        {reason.trim() === '' ? (
          <Text size="xs" c="dimmed">
            Give a reason first: whoever checks your books will ask for it.
          </Text>
        ) : null}
      </div>
    </form>
  )
}
