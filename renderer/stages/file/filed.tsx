import { Text } from '@mantine/core'
import type { Filing } from '../../../shared/contract/tax.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Money } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { momentText } from '../../components/time-text.ts'
import { TAX_TOPICS } from '../../views/tax/tax-topics.ts'
import styles from './file.module.css'
import { type DiffLine, figureName, figureText, inOrder } from './filed-words.ts'

/** A frozen year: its figure, its hashes, and what has changed since. */
export function Filed({ filing, newest }: { readonly filing: Filing; readonly newest: boolean }) {
  const { profile } = useSession()
  return (
    <div className={styles.frozen}>
      <div>
        Frozen on {momentText(filing.frozen, profile.zone)} with a net gain of{' '}
        <Money value={filing.gain} currency={profile.currency} gain />
        {filing.openPoints > 0 ? `, ${filing.openPoints} points left open` : ''}.
      </div>
      {newest ? <Difference year={filing.year} /> : null}
      <div className={styles.hashes}>
        engine {filing.engine} · inputs {filing.inputHash} · result {filing.resultHash}
      </div>
    </div>
  )
}

function Told({ line, value }: { readonly line: DiffLine; readonly value: string }) {
  return <span title={value}>{figureText(line, value, LOCALE)}</span>
}

function Difference({ year }: { readonly year: number }) {
  const { profile } = useSession()
  const diff = useRead({
    topics: [...TAX_TOPICS, 'filings'],
    name: 'check.diff',
    input: year,
    read: ({ engine }, signal) => engine.check.diff({ year }, { signal }),
  })
  return (
    <Loaded of={diff} waiting={<Text c="dimmed">Comparing with today’s figures…</Text>}>
      {(data) =>
        data.same ? (
          <Text c="dimmed">Nothing has changed since.</Text>
        ) : (
          <>
            <Text className={styles.differs ?? ''}>
              Your records have changed since. What was filed stays; this is the difference.
            </Text>
            <DataTable
              label={`Changes since ${year} was frozen`}
              columns={[
                {
                  id: 'label',
                  header: `Figure, ${profile.currency}`,
                  wrap: true,
                  cell: (line) => figureName(line.label),
                },
                {
                  id: 'filed',
                  header: 'Frozen',
                  align: 'right',
                  cell: (line) => <Told line={line} value={line.filed} />,
                },
                { id: 'now', header: 'Now', align: 'right', cell: (line) => <Told line={line} value={line.now} /> },
              ]}
              rows={inOrder(data.lines)}
              rowKey={(line) => line.label}
            />
          </>
        )
      }
    </Loaded>
  )
}
