import styles from './books.module.css'

interface RefusalProps {
  /** Why a change was refused, with the rule's name; null where nothing was. */
  readonly text: string | null
  /** Brings it into view, where it stands far from the button that was pressed. */
  readonly comesIntoView?: boolean
}

export function Refusal({ text, comesIntoView = false }: RefusalProps) {
  if (text === null) return null
  return (
    <p
      className={styles.refused}
      role="alert"
      ref={comesIntoView ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
    >
      {text}
    </p>
  )
}
