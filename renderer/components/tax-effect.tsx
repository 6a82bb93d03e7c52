import { Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import type { TaxEffectView } from '../../shared/contract/primitives.ts'
import { LOCALE, useSession } from '../app/session.ts'
import { countText } from './decimal-text.ts'
import { Money } from './figure.tsx'
import styles from './tax-effect.module.css'
import { listed } from './words.ts'

type Year = TaxEffectView['years'][number]

interface Sum {
  readonly name: string
  readonly show: (year: Year, when: 'Before' | 'After') => ReactNode
  readonly moves: (year: Year) => boolean
}

/** What may move in a year; the net gain is told in any case, the others where they move. */
const SUMS: readonly Sum[] = [
  {
    name: 'Net gain',
    show: (year, when) => <Money value={year[`gain${when}`]} gain />,
    moves: () => true,
  },
  {
    name: 'Taxable gain',
    show: (year, when) => <Money value={year[`taxable${when}`]} />,
    moves: (year) => year.taxableBefore !== year.taxableAfter && year.taxableAfter !== year.gainAfter,
  },
  {
    name: 'Income',
    show: (year, when) => <Money value={year[`income${when}`]} />,
    moves: (year) => year.incomeBefore !== year.incomeAfter,
  },
  {
    name: 'Open points',
    show: (year, when) => countText(year[`open${when}`], LOCALE),
    moves: (year) => year.openBefore !== year.openAfter,
  },
]

/** What a change that is only thought of would do: one line for each year that moves, before and after; filed years as such. */
export function TaxEffect({ effect }: { readonly effect: TaxEffectView }) {
  const { profile } = useSession()
  const { years } = effect
  if (years.length === 0) return <Text c="dimmed">No figure of any year moves.</Text>
  const sums = SUMS.filter((sum) => years.some(sum.moves))
  const filed = years.filter((year) => year.filed).map(({ year }) => String(year))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.effect} aria-label="What it does to the years" tabIndex={0}>
      <table className={styles.years}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {profile.currency}
            </th>
            {sums.map(({ name }) => (
              <th key={name} scope="colgroup" colSpan={2}>
                {name}
              </th>
            ))}
          </tr>
          <tr>
            {sums.map(({ name }) => (
              <Fragment key={name}>
                <th scope="col">before</th>
                <th scope="col">after</th>
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {years.map((year) => (
            <tr key={year.year}>
              <th scope="row">
                {year.year}
                {year.filed ? <span className={styles.filed}> filed</span> : null}
              </th>
              {sums.map(({ name, show }) => (
                <Fragment key={name}>
                  <td>{show(year, 'Before')}</td>
                  <td>{show(year, 'After')}</td>
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {filed.length > 0 ? (
        <p className={styles.filed}>
          {listed(filed, filed.length)}{' '}
          {filed.length === 1 ? 'is filed and stays as filed' : 'are filed and stay as filed'}; only the difference to
          the filing grows.
        </p>
      ) : null}
    </section>
  )
}
