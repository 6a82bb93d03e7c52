import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { RawTable, RecipePreview } from '../../../../shared/contract/recipes.ts'
import { LOCALE } from '../../../app/session.ts'
import { countText } from '../../../components/decimal-text.ts'
import { Units } from '../../../components/figure.tsx'
import { exactMomentText, momentText } from '../../../components/time-text.ts'
import { counted, kindWords, ROLE_WORDS } from '../../../components/words.ts'
import styles from './mapping.module.css'

type PreviewEvent = RecipePreview['events'][number]
type PreviewRow = RecipePreview['rows'][number]

interface MappingPreviewProps {
  readonly table: RawTable
  readonly preview: RecipePreview | undefined
  readonly zone: string
  readonly fresh: boolean
}

/** Each of the first rows as it stands in the file, and beside it what it becomes, or at which column it stops. */
export function MappingPreview({ table, preview, zone, fresh }: MappingPreviewProps) {
  const [troubled, setTroubled] = useState(false)
  const outcome = new Map((preview?.rows ?? []).map((row) => [row.row, row]))
  const events = new Map<number, PreviewEvent[]>()
  for (const event of preview?.events ?? [])
    for (const row of event.rows) events.set(row, [...(events.get(row) ?? []), event])
  const count = (of: PreviewRow['outcome']): number => (preview?.rows ?? []).filter((row) => row.outcome === of).length
  const stopped = count('not-understood')
  const rows = troubled ? table.rows.filter(({ row }) => outcome.get(row)?.outcome === 'not-understood') : table.rows
  return (
    <section className={styles.preview} aria-label="What the rows become" aria-busy={!fresh}>
      <div className={styles.previewHead}>
        <h2>What the rows become</h2>
        {preview ? (
          <span className={styles.meta} role="status">
            {counted(table.rows.length, 'row')} tried: {counted(preview.events.length, 'event')},{' '}
            {countText(count('skipped'), LOCALE)} left out,{' '}
            <span className={stopped > 0 ? styles.stopped : undefined}>
              {countText(stopped, LOCALE)} not understood
            </span>
          </span>
        ) : null}
        {stopped > 0 || troubled ? (
          <Checkbox
            size="xs"
            label="Only those"
            checked={troubled}
            onChange={(event) => setTroubled(event.currentTarget.checked)}
          />
        ) : null}
      </div>
      {preview && preview.problems.length > 0 ? (
        <ul className={styles.problems} role="alert">
          {preview.problems.map((problem) => (
            <li key={`${problem.path} ${problem.text}`}>
              {PARTS[problem.path.split('.')[0] ?? ''] ?? 'The mapping'}: {problem.text}
            </li>
          ))}
        </ul>
      ) : null}
      {preview && preview.warnings.length > 0 ? (
        <ul className={styles.warnings}>
          {preview.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      ) : null}
      <table className={styles.pairs}>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">In the file</th>
            <th scope="col">Becomes</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, cells }) => (
            <tr key={row}>
              <td className={styles.rowNumber}>{countText(row, LOCALE)}</td>
              <td>
                <div className={styles.cells}>
                  {cells.map((cell, index) => {
                    if (cell.trim() === '') return null
                    const name = table.header[index] ?? `column ${index + 1}`
                    const stops = outcome.get(row)?.column === name
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: cells are told apart by their place alone
                      <span key={index} className={styles.cell} data-stops={stops || undefined} title={name}>
                        {cell}
                      </span>
                    )
                  })}
                </div>
              </td>
              <td>
                <Became row={outcome.get(row)} events={events.get(row) ?? []} here={row} zone={zone} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const PARTS: Readonly<Record<string, string>> = {
  time: 'Time',
  legs: 'Amounts',
  word: 'Words',
  identity: 'What tells rows apart',
  header: 'Header',
  group: 'Rows that belong together',
  status: 'Which rows count',
  name: 'Name',
  venue: 'Name',
  account: 'Account',
}

interface BecameProps {
  readonly row: PreviewRow | undefined
  readonly events: readonly PreviewEvent[]
  readonly here: number
  readonly zone: string
}

function Became({ row, events, here, zone }: BecameProps) {
  if (row?.outcome === 'not-understood')
    return (
      <p className={styles.stopped}>
        {row.reason}
        {row.column ? ` (column ${row.column})` : ''}
      </p>
    )
  if (row?.outcome === 'skipped') return <p className={styles.meta}>Left out: {row.reason}</p>
  return (
    <>
      {events.map((event) =>
        event.rows[0] === here ? (
          <div key={event.id} className={styles.event}>
            <div className={styles.eventHead}>
              <strong>{kindWords(event.kind)}</strong>
              <span className={styles.meta} title={exactMomentText(event.time, zone)}>
                {momentText(event.time, zone)}
              </span>
            </div>
            {event.legs.map((leg, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: legs have no identity but their place
              <div key={index}>
                {leg.role === 'in' || leg.role === 'out' ? null : <>{ROLE_WORDS[leg.role]} </>}
                <Units
                  value={leg.amount}
                  symbol={leg.symbol}
                  {...(leg.role === 'out'
                    ? { sign: '\u2212' as const }
                    : leg.role === 'in'
                      ? { sign: '+' as const }
                      : {})}
                />
                {leg.included ? <span className={styles.meta}> within the amount</span> : null}
              </div>
            ))}
            {event.rows.length > 1 ? (
              <div className={styles.meta}>of rows {event.rows.map((each) => countText(each, LOCALE)).join(', ')}</div>
            ) : null}
            {event.warnings.map((warning) => (
              <div key={warning} className={styles.warning}>
                {warning}
              </div>
            ))}
          </div>
        ) : (
          <p key={event.id} className={styles.meta}>
            with row {countText(event.rows[0] ?? 0, LOCALE)}
          </p>
        ),
      )}
    </>
  )
}
