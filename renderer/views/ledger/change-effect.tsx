import { Text } from '@mantine/core'
import type { EventRow } from '../../../shared/contract/events.ts'
import type { ChangeEffect } from '../../../shared/contract/rules.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { LegsLine } from '../../components/legs.tsx'
import { TaxEffect } from '../../components/tax-effect.tsx'
import { momentText } from '../../components/time-text.ts'
import { counted, kindWords } from '../../components/words.ts'
import styles from './change.module.css'

/** What a change of many events would do, before it is done: how many fit, which, and what it does to the year. */
export function ChangeEffectView({ effect, lines }: { readonly effect: ChangeEffect; readonly lines?: number }) {
  const { tax } = effect
  return (
    <section className={styles.effect} aria-label="What it would do">
      <p role="status">
        <strong>{counted(effect.changes, 'event')}</strong> would change, of {countText(effect.fits, LOCALE)} that fit.
        {effect.kept > 0
          ? ` ${counted(effect.kept, 'event')} ${effect.kept === 1 ? 'is' : 'are'} left alone: you decided there yourself, or a more special rule does.`
          : ''}
        {lines !== undefined && lines < effect.fits ? ' An own transfer in one line of the list is two events.' : ''}
      </p>
      {tax ? (
        <TaxEffect effect={tax} />
      ) : effect.changes > 0 ? (
        <Text c="dimmed" size="xs">
          These are too many to say at once what it does to the year; Tax shows it afterwards, and Undo takes it back.
        </Text>
      ) : null}
      {effect.sample.length > 0 ? <EventSample label="Some of them" rows={effect.sample} /> : null}
    </section>
  )
}

/** Some events in short lines. */
export function EventSample({ label, rows }: { readonly label: string; readonly rows: readonly EventRow[] }) {
  const { profile } = useSession()
  return (
    <DataTable<EventRow>
      label={label}
      columns={[
        { id: 'time', header: 'Time', cell: (row) => momentText(row.time, profile.zone) },
        { id: 'kind', header: 'Kind', cell: (row) => kindWords(row.kind) },
        { id: 'account', header: 'Account', cell: (row) => row.accountNames.join(' to ') },
        { id: 'legs', header: 'What moved', cell: (row) => <LegsLine legs={row.legs} /> },
        ...(rows.some(({ note }) => note !== '')
          ? [{ id: 'note', header: 'Note', wrap: true, cell: (row: EventRow) => row.note }]
          : []),
      ]}
      rows={rows}
      rowKey={(row) => row.id}
    />
  )
}
