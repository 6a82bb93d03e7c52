import { LOCALE } from '../app/session.ts'
import { exactText, moneyText, signOf } from './decimal-text.ts'
import styles from './figure.module.css'

interface DifferenceProps {
  readonly value: string
  /** What it is a difference of, where the column does not say it. */
  readonly of?: string
}

/** How much more or less of something taxed: by sign, word and colour. */
export function Difference({ value, of }: DifferenceProps) {
  const sign = signOf(value)
  const text = moneyText(value, LOCALE)
  if (sign === 'zero' || !/[1-9]/.test(text)) return <span className={styles.word}>{of ? `${of} ` : ''}the same</span>
  return (
    <span
      className={`${styles.number} ${sign === 'positive' ? styles.loss : styles.gain}`}
      title={exactText(value, LOCALE)}
    >
      {of ? <span className={styles.of}>{of}</span> : null}
      {sign === 'positive' ? `+${text}` : text}
      <span className={styles.word}>{sign === 'positive' ? 'more' : 'less'}</span>
    </span>
  )
}
