import { Link, useRouterState } from '@tanstack/react-router'
import styles from './page-links.module.css'

interface PageLinksProps {
  /** What the pages belong to, for example “Pages of Tax”. */
  readonly label: string
  readonly pages: readonly { readonly path: string; readonly name: string }[]
}

/** The way to the other pages of a view. */
export function PageLinks({ label, pages }: PageLinksProps) {
  const here = useRouterState({ select: (state) => state.location.pathname })
  return (
    <nav className={styles.pages} aria-label={label}>
      {pages.map(({ path, name }) => (
        <Link key={path} to={path} activeOptions={{ exact: true }} aria-current={here === path ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}
