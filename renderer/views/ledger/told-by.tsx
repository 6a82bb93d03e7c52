import { Button } from '@mantine/core'
import type { EventDetail } from '../../../shared/contract/events.ts'
import { useAct } from '../../app/acts.tsx'
import styles from './ledger.module.css'

/** The other records of this movement: each with its reason, a button that makes it the fact, and one that ends the link. */
export function ToldBy({ records }: { readonly records: EventDetail['corroboratedBy'] }) {
  const act = useAct()
  return (
    <ul className={styles.told} aria-label="Also told by">
      {records.map((each) => (
        <li key={each.event}>
          <span>
            {each.source} ({each.reason})
          </span>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={`Let the record of ${each.source} be the fact`}
            onClick={() =>
              void act(
                ({ engine }) => engine.links.swap({ event: each.event }),
                () => `The record of ${each.source} is the fact now.`,
              )
            }
          >
            Let it be the fact
          </Button>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={`End the link with the record of ${each.source}`}
            onClick={() =>
              void act(
                ({ engine }) => engine.links.unlink({ events: [each.event] }),
                () => 'The link is ended: both records count.',
              )
            }
          >
            End the link
          </Button>
        </li>
      ))}
    </ul>
  )
}
