import { ActionIcon } from '@mantine/core'
import { Icon } from '../../components/icon.tsx'
import styles from './changeover.module.css'

interface AccountOrderProps {
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
  readonly onOrder: (ids: readonly string[]) => void
}

/** The order in which accounts are filled; each can be moved up or down. */
export function AccountOrder({ accounts, onOrder }: AccountOrderProps) {
  const move = (at: number, by: number): void => {
    const ids = accounts.map(({ id }) => id)
    const [moved] = ids.splice(at, 1)
    if (moved === undefined) return
    ids.splice(at + by, 0, moved)
    onOrder(ids)
  }
  return (
    <section aria-label="Accounts are filled in this order">
      <div className={styles.quiet}>Accounts are filled in this order</div>
      <ol className={styles.order}>
        {accounts.map(({ id, name }, at) => (
          <li key={id}>
            <span>
              {at + 1}. {name}
            </span>
            <ActionIcon size="sm" disabled={at === 0} aria-label={`Move ${name} up`} onClick={() => move(at, -1)}>
              <Icon name="up" size={12} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              disabled={at === accounts.length - 1}
              aria-label={`Move ${name} down`}
              onClick={() => move(at, 1)}
            >
              <Icon name="down" size={12} />
            </ActionIcon>
          </li>
        ))}
      </ol>
    </section>
  )
}
