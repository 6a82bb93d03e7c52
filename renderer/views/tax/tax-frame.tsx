import type { ReactNode } from 'react'
import { TAX_PAGES } from '../../app/screens.ts'
import { Page } from '../../components/page.tsx'
import { PageLinks } from '../../components/page-links.tsx'
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
        <PageLinks
          label="Pages of Tax"
          pages={TAX_PAGES.filter(({ asks }) => asks === null || country?.positions.includes(asks))}
        />
      }
    >
      {children}
    </Page>
  )
}
