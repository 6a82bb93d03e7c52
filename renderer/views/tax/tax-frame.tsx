import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { TAX_PAGES } from '../../app/screens.ts'
import { Page } from '../../components/page.tsx'
import styles from './tax.module.css'
import { useCountry } from './tax-reads.ts'

interface TaxPageProps {
  readonly title: string
  readonly why?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page of the Tax view, with the way to the others at its top. */
export function TaxPage({ title, why, actions, children }: TaxPageProps) {
  const country = useCountry()
  return (
    <Page
      title={title}
      why={why}
      actions={actions}
      nav={
        <nav className={styles.pages} aria-label="Pages of Tax">
          {TAX_PAGES.filter(({ asks }) => asks === null || country?.positions.includes(asks)).map((page) => (
            <Link key={page.path} to={page.path} activeOptions={{ exact: true }}>
              {page.name}
            </Link>
          ))}
        </nav>
      }
    >
      {children}
    </Page>
  )
}
