import { Button, Text } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Position } from '../../../shared/contract/tax-choices.ts'
import { codeOf } from '../../app/errors.ts'
import { belongsToField } from '../../app/keyboard.tsx'
import { LOCALE, useTaxYear } from '../../app/session.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { compareDecimals, countText, magnitudeOf, signOf } from '../../components/decimal-text.ts'
import { Difference } from '../../components/difference.tsx'
import { JobProgress } from '../../components/job-progress.tsx'
import { Loaded, ReadFailed, Section } from '../../components/page.tsx'
import { PositionDetail } from './position-detail.tsx'
import styles from './positions.module.css'
import { TaxPage } from './tax-frame.tsx'
import { useEffects, usePositions } from './tax-reads.ts'

export type Effects = NonNullable<ReturnType<typeof useEffects>['data']>['rows']

/** The register: what the law leaves open, what was answered, and what another answer would change. */
export function PositionsView() {
  const positions = usePositions()
  const [askedAt, setAskedAt] = useState<number | null>(null)
  const revision = positions.data?.revision ?? 0
  const asked = askedAt === revision
  const effects = useEffects(asked, revision, null)
  const working = asked && effects.isFetching
  const rows = positions.data?.rows ?? []
  const touched = rows.filter((each) => each.events > 0)
  const others = rows.filter((each) => each.events === 0)
  return (
    <TaxPage
      title="Positions"
      why="Where the law is unsettled, you choose. Each answer is kept with your reason, printed on the reports, and can be undone."
      actions={
        <Button
          variant={askedAt === null ? 'filled' : 'default'}
          loading={working}
          disabled={touched.length === 0}
          onClick={() => {
            setAskedAt(revision)
            if (asked) void effects.refetch()
          }}
        >
          Show what each answer would change
        </Button>
      }
    >
      {working ? <JobProgress name="positions" saying="Working the years out under each answer…" /> : null}
      {effects.error && asked && !working ? (
        codeOf(effects.error) === 'CANCELLED' ? (
          <Text c="dimmed" pb="sm" role="status">
            Cancelled. Nothing was changed.
          </Text>
        ) : (
          <ReadFailed error={effects.error} retry={() => void effects.refetch()} />
        )
      ) : null}
      {askedAt !== null && !asked ? (
        <Text pb="sm" className={styles.open ?? ''} role="status">
          The books have changed since the effects were worked out. Ask again to see them as they are now.
        </Text>
      ) : null}
      <Loaded of={positions} waiting={<Text c="dimmed">Looking for what the law leaves open…</Text>}>
        {(data) => (
          <>
            <Section title="They touch your records">
              {touched.length === 0 ? (
                <Text c="dimmed">None of the open questions touches anything in these books.</Text>
              ) : (
                <Questions
                  label="Questions that touch your records"
                  rows={touched}
                  effects={asked ? (effects.data?.rows ?? null) : null}
                  revision={data.revision}
                />
              )}
            </Section>
            {others.length === 0 ? null : (
              <Section title="Nothing of yours hangs on these yet">
                <Questions
                  label="Questions that touch nothing yet"
                  rows={others}
                  effects={null}
                  revision={data.revision}
                />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </TaxPage>
  )
}

interface QuestionsProps {
  readonly label: string
  readonly rows: readonly Position[]
  readonly effects: Effects | null
  readonly revision: number
}

function Questions({ label, rows, effects, revision }: QuestionsProps) {
  const [opened, setOpened] = useState<string | null>(null)
  const [year] = useTaxYear()
  const list = useRef<HTMLDivElement>(null)
  useWalk(list)
  const effectColumn: Column<Position> = {
    id: 'effect',
    header: `Another answer, ${year}`,
    align: 'right',
    cell: (row) => {
      const most = largestEffect(effects, row.id, year)
      if (effects === null) return ''
      return most === null ? (
        <span className={styles.quiet}>no effect</span>
      ) : (
        <Difference value={most.value} of={most.of} />
      )
    },
  }
  return (
    <div ref={list}>
      <DataTable<Position>
        label={label}
        columns={[
          {
            id: 'question',
            header: 'Question',
            wrap: true,
            cell: (row) => (
              <button
                type="button"
                className={styles.question}
                data-question
                aria-expanded={opened === row.id}
                onClick={(event) => {
                  event.stopPropagation()
                  setOpened(opened === row.id ? null : row.id)
                }}
              >
                {row.question}
              </button>
            ),
          },
          { id: 'answer', header: 'In force', wrap: true, cell: (row) => <InForce position={row} /> },
          { id: 'events', header: 'Events', align: 'right', cell: (row) => countText(row.events, LOCALE) },
          ...(effects === null ? [] : [effectColumn]),
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        opened={opened}
        onOpen={setOpened}
        ownOpener
        inside={(row) => (
          <PositionDetail
            key={row.id}
            position={row}
            effect={effects?.find(({ id }) => id === row.id) ?? null}
            revision={revision}
          />
        )}
      />
    </div>
  )
}

function InForce({ position }: { readonly position: Position }) {
  const { chosen, choices } = position
  const standard = choices.find(({ isDefault }) => isDefault)?.label ?? ''
  const everywhere = chosen.some(
    ({ scope, from, to }) => Object.keys(scope).length === 0 && from === null && to === null,
  )
  return (
    <>
      {chosen.map((one) => (
        <div key={`${one.scopeLabel} ${one.from} ${one.to}`} className={styles.chosen}>
          {one.label}
          <span className={styles.quiet}>
            {' '}
            your answer{one.scopeLabel === 'everything' ? '' : ` for ${one.scopeLabel}`}
          </span>
        </div>
      ))}
      {everywhere ? null : (
        <div>
          {standard}
          <span className={styles.quiet}> {chosen.length > 0 ? 'else, the standard' : 'the standard'}</span>
        </div>
      )}
    </>
  )
}

interface Effect {
  readonly of: string
  readonly value: string
}

/** The largest thing that another answer would change in a year; null where it changes nothing. */
function largestEffect(effects: Effects | null, id: string, year: number): Effect | null {
  const years = effects?.find((each) => each.id === id)?.alternatives.flatMap((each) => each.years) ?? []
  const changes: Effect[] = years
    .filter((each) => each.year === year)
    .flatMap((each) => [
      { of: 'taxable', value: each.taxable },
      { of: 'income', value: each.income },
    ])
  return changes.reduce<Effect | null>(
    (most, each) =>
      signOf(each.value) === 'zero' ||
      (most !== null && compareDecimals(magnitudeOf(each.value), magnitudeOf(most.value)) <= 0)
        ? most
        : each,
    null,
  )
}

/** `j` and `k` walk the questions; Enter opens the one with the focus. */
function useWalk(list: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (belongsToField(event) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key !== 'j' && event.key !== 'k') return
      const all = [...document.querySelectorAll<HTMLElement>('[data-question]')]
      const mine = all.filter((each) => list.current?.contains(each))
      const at = all.indexOf(document.activeElement as HTMLElement)
      const next = all[event.key === 'j' ? at + 1 : Math.max(0, at - 1)]
      if (next && mine.includes(next)) next.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [list])
}
