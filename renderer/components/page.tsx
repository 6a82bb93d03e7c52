import { ActionIcon, Button, Kbd, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import type { ReactNode } from 'react'
import { wordsOf } from '../app/errors.ts'
import { MOD } from '../app/platform.ts'
import { Icon } from './icon.tsx'
import styles from './page.module.css'
import { YearSelect } from './year-select.tsx'

interface PageProps {
  readonly title: string
  /** One line: why this comes now, or what is seen here. */
  readonly why?: ReactNode
  readonly actions?: ReactNode
  /** The way to the other pages of the same view, right under the title. */
  readonly nav?: ReactNode
  readonly children: ReactNode
  /** The content scrolls within itself (a list that fills the page). */
  readonly fill?: boolean
}

/** The middle of the frame: one title, one line of why, one thing to look at, one primary action. */
export function Page({ title, why, actions, nav, children, fill }: PageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <h1>{title}</h1>
        <YearSelect />
        <button type="button" className={styles.palette} onClick={spotlight.open} aria-label="Command palette">
          <Icon name="search" size={14} />
          <Kbd size="xs">{MOD} K</Kbd>
        </button>
        <ThemeToggle />
      </header>
      {nav ? <div className={styles.nav}>{nav}</div> : null}
      {why || actions ? (
        <div className={styles.lead}>
          <p className={styles.why}>{why}</p>
          {actions ? <div className={styles.actions}>{actions}</div> : null}
        </div>
      ) : null}
      <div className={`${styles.body} ${fill ? styles.fill : ''}`} tabIndex={fill ? undefined : 0}>
        {children}
      </div>
    </div>
  )
}

function ThemeToggle() {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const next = scheme === 'dark' ? 'light' : 'dark'
  return (
    <Tooltip label={`Switch to the ${next} theme`}>
      <ActionIcon onClick={() => setColorScheme(next)} aria-label={`Switch to the ${next} theme`}>
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </ActionIcon>
    </Tooltip>
  )
}

interface SectionProps {
  readonly title: string
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** A titled part of a page. */
export function Section({ title, note, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {note ? <p>{note}</p> : null}
      </div>
      {children}
    </section>
  )
}

interface EmptyProps {
  readonly title: string
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** An empty state that teaches: what belongs here, where to get it, one button. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  )
}

/** A read that failed: what happened, and a way to try again. */
export function ReadFailed({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  return (
    <div className={styles.error} role="alert">
      <span>{wordsOf(error)}</span>
      <Button variant="default" onClick={retry}>
        Try again
      </Button>
    </div>
  )
}

interface LoadedProps<Output> {
  readonly of: { readonly data: Output | undefined; readonly error: Error | null; readonly refetch: () => unknown }
  readonly children: (data: Output) => ReactNode
  readonly waiting?: ReactNode
}

/** The answer of a read once it is there, or what stands in its way; that it is awaited is said once it takes a moment. */
export function Loaded<Output>({ of, children, waiting }: LoadedProps<Output>) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.error) return <ReadFailed error={of.error} retry={() => void of.refetch()} />
  return <>{waiting ?? <p className={styles.waiting}>Looking it up…</p>}</>
}
