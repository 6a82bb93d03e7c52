import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface NoticeProps {
  readonly title: string
  readonly children: ReactNode
  /** `open`: something to look at. `refused`: something that stands in the way. */
  readonly tone?: 'plain' | 'open' | 'refused'
  readonly actions?: ReactNode
}

/** A boxed note with a title: what to look at, or what stands in the way. */
export function Notice({ title, children, tone = 'plain', actions }: NoticeProps) {
  return (
    <section className={styles.notice} data-tone={tone} aria-label={title}>
      <h2>{title}</h2>
      {children}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </section>
  )
}

/** Sentences under each other; each once. */
export function Sentences({ of }: { readonly of: readonly string[] }) {
  return (
    <ul className={styles.sentences}>
      {[...new Set(of)].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
