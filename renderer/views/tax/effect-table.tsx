import { Text } from '@mantine/core'
import { useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { signOf } from '../../components/decimal-text.ts'
import { Difference } from '../../components/difference.tsx'
import styles from './positions.module.css'
import type { Effects } from './positions-view.tsx'
import { refusalText } from './tax-words.ts'

type Alternative = Effects[number]['alternatives'][number]
type Year = Alternative['years'][number]

/** What each other answer would change, year by year, against what is in force. */
export function EffectTable({ effect }: { readonly effect: Effects[number] }) {
  const { profile } = useSession()
  const years = [
    ...new Map(effect.alternatives.flatMap((each) => each.years).map((each) => [each.year, each.label])),
  ].sort(([left], [right]) => right - left)
  return (
    <div>
      <DataTable<Alternative>
        label="What other answers would change"
        columns={[
          {
            id: 'answer',
            header: `Instead of “${effect.label}”`,
            wrap: true,
            cell: (each) => each.label,
          },
          ...(years.length === 0
            ? [
                {
                  id: 'none',
                  header: 'Every open year',
                  cell: (each: Alternative) => <Unchanged alternative={each} />,
                },
              ]
            : years.map(([year, label]) => ({
                id: String(year),
                header: label,
                align: 'right' as const,
                wrap: true,
                cell: (each: Alternative) => {
                  const changed = each.years.find((one) => one.year === year)
                  return changed === undefined ? <Unchanged alternative={each} /> : <Changes year={changed} />
                },
              }))),
        ]}
        rows={effect.alternatives}
        rowKey={(each) => each.choice}
      />
      <Text size="xs" c="dimmed" pt={4}>
        Differences in {profile.currency}, against what is in force now. Filed years are not touched.
      </Text>
    </div>
  )
}

function Unchanged({ alternative }: { readonly alternative: Alternative }) {
  return alternative.refused.length > 0 ? (
    <span className={styles.open}>{alternative.refused.map(refusalText).join(' ')}</span>
  ) : (
    <span className={styles.quiet}>the same</span>
  )
}

/** What differs in one year: what is taxable first, then income and tax; the gain where nothing else differs. */
function Changes({ year }: { readonly year: Year }) {
  const parts = [
    { of: 'taxable gain', value: year.taxable },
    { of: 'income', value: year.income },
    ...(year.tax === null ? [] : [{ of: 'tax', value: year.tax }]),
  ].filter(({ value }) => signOf(value) !== 'zero')
  const shown = parts.length > 0 ? parts : [{ of: 'net gain', value: year.gain }]
  return (
    <>
      {shown.map((part) => (
        <div key={part.of}>
          <Difference value={part.value} of={part.of} />
        </div>
      ))}
    </>
  )
}
