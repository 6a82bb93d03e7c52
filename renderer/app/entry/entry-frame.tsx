import type { ReactNode } from 'react'
import { Mark } from '../../components/mark.tsx'
import styles from './entry.module.css'

/** The quiet page around everything that comes before an open ledger. */
export function EntryFrame({
  children,
  foot,
  wide,
}: {
  readonly children: ReactNode
  readonly foot?: ReactNode
  readonly wide?: boolean
}) {
  return (
    <main className={styles.ground}>
      <div className={styles.mark}>
        <Mark />
        Tallystick
      </div>
      <div className={`${styles.panel} ${wide ? styles.wide : ''}`}>{children}</div>
      {foot ? <p className={styles.foot}>{foot}</p> : null}
    </main>
  )
}
