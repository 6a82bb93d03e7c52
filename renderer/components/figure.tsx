import type { ReactNode } from 'react'
import { LOCALE } from '../app/session.ts'
import { openTrace } from '../app/trace-store.ts'
import { amountText, exactText, moneyText, signOf } from './decimal-text.ts'
import styles from './figure.module.css'

interface FigureProps {
  /** What the trace drawer opens. */
  readonly trace: string
  /** What the figure is, for those who do not see the column it stands in. */
  readonly label: string
  readonly children: ReactNode
  readonly title?: string
}

/** A figure that can be asked where it comes from: a button that opens the trace drawer. */
export function Figure({ trace, label, children, title }: FigureProps) {
  return (
    <button
      type="button"
      className={styles.figure}
      title={title}
      aria-label={`${label}: ${title ?? ''}. Show where it comes from`}
      onClick={(event) => {
        event.stopPropagation()
        openTrace(trace, event.currentTarget)
      }}
    >
      {children}
    </button>
  )
}

interface MoneyProps {
  readonly value: string
  readonly currency?: string
  /** Says gain or loss in colour, sign and word. */
  readonly gain?: boolean
  readonly trace?: string
  readonly label?: string
}

/** A sum of money, two decimals, every digit on hover. */
export function Money({ value, currency, gain, trace, label }: MoneyProps) {
  const sign = signOf(value)
  const exact = `${exactText(value, LOCALE)}${currency ? ` ${currency}` : ''}`
  const text = moneyText(value, LOCALE)
  const shown = gain && sign === 'positive' && /[1-9]/.test(text) ? `+${text}` : text
  const tone = gain && sign !== 'zero' ? (sign === 'negative' ? styles.loss : styles.gain) : ''
  const body = (
    <span className={`${styles.number} ${tone}`} title={trace ? undefined : exact}>
      {shown}
      {currency ? <span className={styles.unit}> {currency}</span> : null}
      {gain && sign !== 'zero' ? <span className={styles.word}> {sign === 'negative' ? 'loss' : 'gain'}</span> : null}
    </span>
  )
  return trace ? (
    <Figure trace={trace} label={label ?? 'Figure'} title={exact}>
      {body}
    </Figure>
  ) : (
    body
  )
}

interface UnitsProps {
  readonly value: string
  readonly symbol?: string
  /** Pads the fraction so that the points of a column stand under each other. */
  readonly aligned?: boolean
  readonly sign?: '+' | '\u2212'
}

/** An amount of an asset, up to eight decimals, every digit on hover. */
export function Units({ value, symbol, aligned, sign }: UnitsProps) {
  const text = amountText(value, LOCALE)
  const digits = text.length - (Math.max(text.lastIndexOf('.'), text.lastIndexOf(',')) + 1)
  const hasPoint = value.includes('.')
  const missing = aligned ? Math.max(0, 8 - (hasPoint ? digits : 0)) : 0
  return (
    <span className={styles.number} title={`${exactText(value, LOCALE)}${symbol ? ` ${symbol}` : ''}`}>
      {sign}
      {text}
      {missing > 0 ? (
        <span className={styles.pad} aria-hidden="true">
          {hasPoint ? '' : '.'}
          {'0'.repeat(missing)}
        </span>
      ) : null}
      {symbol ? <span className={styles.unit}> {symbol}</span> : null}
    </span>
  )
}
