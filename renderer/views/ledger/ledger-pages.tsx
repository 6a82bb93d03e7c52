import { LEDGER_PAGES } from '../../app/screens.ts'
import { PageLinks } from '../../components/page-links.tsx'
import styles from './ledger-pages.module.css'

/** The way to the other pages of the Ledger view. */
export const LedgerPages = () => (
  <div className={styles.pages}>
    <PageLinks label="Pages of Ledger" pages={LEDGER_PAGES} />
  </div>
)
