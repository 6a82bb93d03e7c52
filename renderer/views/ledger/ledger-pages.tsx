import { Link, useRouterState } from '@tanstack/react-router'
import { LEDGER_PAGES } from '../../app/screens.ts'
import styles from './ledger-pages.module.css'

/** The way to the other pages of the Ledger view. */
export function LedgerPages() {
  const here = useRouterState({ select: (state) => state.location.pathname })
  return (
    <nav className={styles.pages} aria-label="Pages of Ledger">
      {LEDGER_PAGES.map((page) => (
        <Link
          key={page.path}
          to={page.path}
          activeOptions={{ exact: true }}
          aria-current={here === page.path ? 'page' : undefined}
        >
          {page.name}
        </Link>
      ))}
    </nav>
  )
}
