import { Button, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Position, PositionChosen } from '../../../shared/contract/tax-choices.ts'
import { useAct } from '../../app/acts.tsx'
import { goTo } from '../../app/screens.ts'
import { useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { civilText, dayText } from '../../components/time-text.ts'
import { counted } from '../../components/words.ts'
import { PositionForm } from './position-form.tsx'
import styles from './positions.module.css'
import type { Effects } from './positions-view.tsx'

interface PositionDetailProps {
  readonly position: Position
  readonly effect: Effects[number] | null
  readonly revision: number
}

/** One question: what hangs on it, the answers with their authority, what was answered, and a form to answer it. */
export function PositionDetail({ position, effect, revision }: PositionDetailProps) {
  return (
    <div className={styles.detail}>
      <Text maw={720}>
        {position.about}{' '}
        {position.events === 0
          ? 'Nothing in these books is touched by it.'
          : `It touches ${counted(position.events, 'event')} in ${position.years.join(', ')}.`}
      </Text>
      {position.chosen.length === 0 ? null : <Chosen position={position} />}
      {position.locked === null ? (
        <PositionForm position={position} effect={effect} revision={revision} />
      ) : (
        <>
          <Answers position={position} />
          <Text role="note">
            {position.locked}{' '}
            {position.id === 'P15' ? (
              <Button variant="default" size="compact-xs" onClick={() => goTo('/tax/changeover')}>
                Go there
              </Button>
            ) : null}
          </Text>
        </>
      )}
    </div>
  )
}

function Chosen({ position }: { readonly position: Position }) {
  const act = useAct()
  const { profile } = useSession()
  const [reason, setReason] = useState('')
  const clear = (one: PositionChosen): void =>
    void act(
      ({ engine }) =>
        engine.tax.clearPosition({
          id: position.id,
          scope: one.scope,
          ...(one.from === null ? {} : { from: one.from }),
          ...(one.to === null ? {} : { to: one.to }),
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        }),
      () => `Your answer for ${one.scopeLabel} was taken back.`,
    )
  return (
    <div>
      <DataTable<PositionChosen>
        label="Your answers"
        columns={[
          { id: 'label', header: 'Your answer', wrap: true, cell: (one) => one.label },
          { id: 'scope', header: 'For', cell: (one) => one.scopeLabel },
          { id: 'span', header: 'When', cell: spanText },
          { id: 'reason', header: 'Reason', wrap: true, cell: (one) => one.reason },
          {
            id: 'at',
            header: 'Answered',
            cell: (one) => (one.at === null ? 'with imported books' : dayText(one.at, profile.zone)),
          },
          {
            id: 'act',
            header: '',
            align: 'right',
            cell: (one) => (
              <Button
                variant="default"
                size="compact-xs"
                aria-label={`Take back the answer for ${one.scopeLabel}`}
                onClick={() => clear(one)}
              >
                Take back
              </Button>
            ),
          },
        ]}
        rows={position.chosen}
        rowKey={(one) => `${JSON.stringify(one.scope)} ${one.from} ${one.to}`}
      />
      <TextInput
        label="Why an answer is taken back"
        description="Kept with the act; may stay empty."
        size="xs"
        mt="xs"
        maw={480}
        value={reason}
        maxLength={2000}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </div>
  )
}

function spanText({ from, to }: PositionChosen): string {
  if (from === null && to === null) return 'always'
  if (from === null) return `up to ${civilText(to ?? '')}`
  return to === null ? `from ${civilText(from)}` : `${civilText(from)} to ${civilText(to)}`
}

/** The answers of a question that can no longer be answered here. */
function Answers({ position }: { readonly position: Position }) {
  return (
    <ul className={styles.answers} aria-label="Answers">
      {position.choices.map((choice) => (
        <li key={choice.id}>
          <span className={styles.answer}>{choice.label}</span>
          {choice.isDefault ? <span className={styles.mark}>standard</span> : null}
          {choice.cautious ? <span className={styles.mark}>cautious</span> : null}
          {choice.authority === '' ? null : <span className={styles.quiet}>{choice.authority}</span>}
        </li>
      ))}
    </ul>
  )
}
