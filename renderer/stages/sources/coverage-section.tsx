import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AccountCoverage, Excuse } from '../../../shared/contract/coverage.ts'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Loaded, Section } from '../../components/page.tsx'
import { civilText } from '../../components/time-text.ts'
import { counted } from '../../components/words.ts'
import styles from './coverage.module.css'
import { placeOnLine, yearMarks } from './timeline.ts'

type Gap = AccountCoverage['gaps'][number]
interface Line {
  readonly from: string
  readonly to: string
}

const WHY: readonly { readonly value: Excuse['why']; readonly label: string }[] = [
  { value: 'quiet', label: 'nothing happened' },
  { value: 'complete', label: 'opened or closed then' },
  { value: 'lost', label: 'the records are lost' },
  { value: 'elsewhere', label: 'another account tells of it' },
]
const whyWords = (why: Excuse['why']): string => WHY.find(({ value }) => value === why)?.label ?? why

/** Per account: which days which import covers, where the gaps are, and what the source's look-back hides. */
export function CoverageSection() {
  const [opened, setOpened] = useState<string | null>(null)
  const coverage = useRead({
    topics: ['coverage', 'accounts', 'batches', 'events'],
    name: 'coverage.timeline',
    read: ({ engine }, signal) => engine.coverage.timeline({}, { signal }),
  })
  return (
    <Loaded of={coverage}>
      {(data) => {
        if (data.from === null || data.to === null) return null
        const line = { from: data.from, to: data.to }
        return (
          <Section
            title="Coverage"
            note={
              <span className={styles.key}>
                <span className={styles.keyOf} data-of="span" /> covered by a file
                <span className={styles.keyOf} data-of="gap" /> gap
                <span className={styles.keyOf} data-of="excused" /> excused
              </span>
            }
          >
            <DataTable<AccountCoverage>
              label="Coverage by account"
              columns={[
                { id: 'name', header: 'Account', cell: (account) => account.name },
                {
                  id: 'line',
                  header: `${civilText(line.from)} to ${civilText(line.to)}`,
                  cell: (account) => <Timeline account={account} line={line} named={account === data.accounts[0]} />,
                },
                { id: 'state', header: 'State', cell: (account) => <State account={account} /> },
              ]}
              rows={data.accounts}
              rowKey={(account) => account.account}
              opened={opened}
              onOpen={setOpened}
              inside={(account) => <Detail account={account} />}
            />
          </Section>
        )
      }}
    </Loaded>
  )
}

interface TimelineProps {
  readonly account: AccountCoverage
  readonly line: Line
  /** Whether its years are written out; on the lines below they are only marked. */
  readonly named: boolean
}

/** The days of one account on the line of all: files as bars, gaps hatched, years marked. */
function Timeline({ account, line, named }: TimelineProps) {
  const at = (days: Line) => {
    const { left, width } = placeOnLine(days, line)
    return { left: `${left}%`, width: `${width}%` }
  }
  return (
    <div className={styles.line} aria-hidden="true">
      {yearMarks(line).map(({ year, left }) => (
        <div key={year} className={styles.year} style={{ left: `${left}%` }}>
          {named ? year : null}
        </div>
      ))}
      {account.gaps.map((gap) => (
        <div
          key={`${gap.where} ${gap.from}`}
          className={styles.gap}
          data-excused={gap.excuse !== null || undefined}
          style={at(gap)}
        />
      ))}
      {account.spans.map((span) => (
        <div
          key={`${span.batch} ${span.file} ${span.from}`}
          className={styles.span}
          style={at(span)}
          title={`${span.file}: ${civilText(span.from)} to ${civilText(span.to)}`}
        />
      ))}
    </div>
  )
}

function State({ account }: { readonly account: AccountCoverage }) {
  const open = account.gaps.filter(({ excuse }) => excuse === null)
  if (account.state === 'no-records') return <span className={styles.open}>no records yet</span>
  if (open.length > 0) return <span className={styles.open}>{counted(open.length, 'gap')}</span>
  return <>{account.state === 'excused' ? 'gaps excused' : 'complete'}</>
}

function Detail({ account }: { readonly account: AccountCoverage }) {
  return (
    <div className={styles.detail}>
      <section aria-label={`Files that cover ${account.name}`}>
        <h3>Covered by</h3>
        {account.spans.length === 0 ? <p className={styles.meta}>No file tells of this account.</p> : null}
        <ul className={styles.list}>
          {account.spans.map((span) => (
            <li key={`${span.batch} ${span.file} ${span.from}`}>
              <span>
                {civilText(span.from)} – {civilText(span.to)}
              </span>
              <span className={styles.meta}>
                {span.file}
                {span.sourceName ? ` · ${span.sourceName}` : ''} · {counted(span.events, 'event')}
              </span>
            </li>
          ))}
        </ul>
        {account.lookBacks.length > 0 ? (
          <>
            <h3>How far its exports reach</h3>
            <ul className={styles.list}>
              {account.lookBacks.map((each) => (
                <li key={each.source}>
                  <span className={styles.meta}>{each.text}</span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </section>
      <section aria-label={`Gaps of ${account.name}`}>
        <h3>Gaps</h3>
        {account.gaps.length === 0 ? <p className={styles.meta}>None between its first and its last day.</p> : null}
        <ul className={styles.list}>
          {account.gaps.map((gap) => (
            <GapLine key={`${gap.where} ${gap.from}`} account={account} gap={gap} />
          ))}
        </ul>
      </section>
    </div>
  )
}

/** What is amiss in a gap. The one before an account's first record has no length that anybody knows. */
function gapWords({ where, days }: Gap): string {
  if (where === 'before') return 'More left this account than ever came in: earlier records are missing.'
  const length = `${countText(days, LOCALE)} ${days === 1 ? 'day' : 'days'} without records`
  return where === 'between' ? `${length}, between two files.` : `${length}, after the last row, until today.`
}

function GapLine({ account, gap }: { readonly account: AccountCoverage; readonly gap: Gap }) {
  const act = useAct()
  const [why, setWhy] = useState<Excuse['why']>('quiet')
  const [note, setNote] = useState('')
  const { excuse } = gap
  const days =
    gap.where === 'before'
      ? `up to ${civilText(gap.to)}`
      : gap.from === gap.to
        ? civilText(gap.from)
        : `${civilText(gap.from)} – ${civilText(gap.to)}`
  return (
    <li>
      <span className={excuse ? undefined : styles.open}>{days}</span>
      <span className={styles.meta}>
        {gapWords(gap)}
        {gap.lookBack ? ` ${gap.lookBack}` : ''}
      </span>
      {excuse ? (
        <div className={styles.excuse}>
          <span>
            Excused: {whyWords(excuse.why)}
            {excuse.note ? ` (${excuse.note})` : ''}
          </span>
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Withdraw the excuse for ${days}`}
            onClick={() =>
              void act(
                ({ engine }) => engine.coverage.withdrawExcuse({ id: excuse.id }),
                () => 'The gap is open again.',
              )
            }
          >
            Withdraw
          </Button>
        </div>
      ) : (
        <div className={styles.excuse}>
          <Select
            aria-label={`Why ${days} is no mistake`}
            size="xs"
            w={190}
            data={[...WHY]}
            value={why}
            onChange={(next) => setWhy(WHY.find(({ value }) => value === next)?.value ?? 'quiet')}
          />
          <TextInput
            aria-label={`Note on ${days}`}
            size="xs"
            placeholder="note"
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button
            variant="default"
            aria-label={`Excuse ${days}`}
            onClick={() =>
              void act(
                ({ engine }) =>
                  engine.coverage.excuse({
                    account: account.account,
                    from: gap.from,
                    to: gap.to,
                    why,
                    note: note.trim(),
                  }),
                () => `The gap of ${account.name} is excused: ${whyWords(why)}.`,
              )
            }
          >
            Excuse
          </Button>
        </div>
      )}
    </li>
  )
}
