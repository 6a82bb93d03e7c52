import { Text } from '@mantine/core'
import type { TaxEffectView } from '../../shared/contract/primitives.ts'
import { LOCALE, useSession } from '../app/session.ts'
import { countText } from './decimal-text.ts'
import { Money } from './figure.tsx'
import styles from './tax-effect.module.css'

type Year = TaxEffectView['years'][number]

const SUMS: readonly {
  readonly name: string
  readonly gain?: true
  readonly before: (year: Year) => string
  readonly after: (year: Year) => string
}[] = [
  { name: 'Net gain', gain: true, before: ({ gainBefore }) => gainBefore, after: ({ gainAfter }) => gainAfter },
  { name: 'Taxable gain', before: ({ taxableBefore }) => taxableBefore, after: ({ taxableAfter }) => taxableAfter },
  { name: 'Income', before: ({ incomeBefore }) => incomeBefore, after: ({ incomeAfter }) => incomeAfter },
]

/** What a change that is only thought of would do: each year that moves, its figures before and after; filed years as such. */
export function TaxEffect({ effect }: { readonly effect: TaxEffectView }) {
  const { profile } = useSession()
  if (effect.years.length === 0) return <Text c="dimmed">No figure of any year moves.</Text>
  return (
    <div className={styles.effect}>
      <table className={styles.years} aria-label="What it does to the years">
        <thead>
          <tr>
            <th scope="col">{profile.currency}</th>
            <th scope="col">before</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        {effect.years.map((year) => (
          <tbody key={year.year}>
            {SUMS.filter((sum) => sum.gain || sum.before(year) !== sum.after(year)).map((sum) => (
              <tr key={sum.name}>
                <th scope="row">
                  {sum.name} {year.year}
                </th>
                <td>
                  <Money value={sum.before(year)} gain={sum.gain ?? false} />
                </td>
                <td>
                  <Money value={sum.after(year)} gain={sum.gain ?? false} />
                </td>
              </tr>
            ))}
            {year.openBefore === year.openAfter ? null : (
              <tr>
                <th scope="row">Open points {year.year}</th>
                <td>{countText(year.openBefore, LOCALE)}</td>
                <td>{countText(year.openAfter, LOCALE)}</td>
              </tr>
            )}
            {year.filed ? (
              <tr>
                <td colSpan={3} className={styles.filed}>
                  {year.year} is filed and stays as filed; only the difference to the filing grows.
                </td>
              </tr>
            ) : null}
          </tbody>
        ))}
      </table>
    </div>
  )
}
