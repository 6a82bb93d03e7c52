import type { LegView } from '../../shared/contract/events.ts'
import { Units } from './figure.tsx'
import styles from './legs.module.css'
import { ROLE_WORDS } from './words.ts'

const ORDER = ['out', 'in', 'fee', 'rebate', 'debt', 'collateral', 'info'] as const

/** The movements of an event in one line: `− 0.5 BTC  + 21,000 USD  fee 12 USD`. */
export function LegsLine({ legs }: { readonly legs: readonly LegView[] }) {
  const ordered = [...legs].sort((left, right) => ORDER.indexOf(left.role) - ORDER.indexOf(right.role))
  return (
    <span className={styles.line}>
      {ordered.map((leg, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: legs have no identity but their place
        <span key={index} className={leg.role === 'in' ? styles.in : leg.role === 'out' ? styles.out : styles.other}>
          {leg.role === 'in' || leg.role === 'out' || leg.role === 'rebate' ? null : <>{ROLE_WORDS[leg.role]} </>}
          <Units
            value={leg.amount}
            symbol={leg.symbol}
            {...(leg.role === 'out'
              ? { sign: '\u2212' as const }
              : leg.role === 'in' || leg.role === 'rebate'
                ? { sign: '+' as const }
                : {})}
          />
        </span>
      ))}
    </span>
  )
}
