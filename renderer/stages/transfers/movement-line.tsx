import type { Movement } from '../../../shared/contract/transfers.ts'
import { useSession } from '../../app/session.ts'
import { Figure, Units } from '../../components/figure.tsx'
import { exactMomentText, momentText } from '../../components/time-text.ts'
import styles from './transfers.module.css'

/** One half of a movement: where, when, how much. */
export function MovementLine({ movement }: { readonly movement: Movement }) {
  const { profile } = useSession()
  const side = movement.direction === 'out' ? 'Out' : 'In'
  return (
    <div className={styles.movement}>
      <span className={styles.direction}>{side}</span>
      <span className={styles.account}>{movement.accountName}</span>
      <Figure
        trace={`event:${movement.event}`}
        label={`${side}, ${movement.accountName}`}
        title={`${movement.amount} ${movement.symbol}`}
      >
        <Units value={movement.amount} symbol={movement.symbol} />
      </Figure>
      <span className={styles.meta}>
        <time title={exactMomentText(movement.time, profile.zone)}>{momentText(movement.time, profile.zone)}</time>
        {movement.fee === null ? null : (
          <>
            {' · fee '}
            <Units value={movement.fee} symbol={movement.symbol} />
          </>
        )}
        {movement.sourceKind ? ` · ${movement.sourceKind}` : ''}
        {movement.hash ? <span title={movement.hash}>{` · ${short(movement.hash)}`}</span> : null}
        {movement.address ? <span title={movement.address}>{` · ${short(movement.address)}`}</span> : null}
      </span>
    </div>
  )
}

function short(text: string): string {
  return text.length > 16 ? `${text.slice(0, 8)}…${text.slice(-6)}` : text
}
