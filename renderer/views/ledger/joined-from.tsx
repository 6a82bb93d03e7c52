import { Button } from '@mantine/core'
import type { EventDetail } from '../../../shared/contract/events.ts'
import { useAct } from '../../app/acts.tsx'
import { Figure, Units } from '../../components/figure.tsx'
import { ROLE_WORDS } from '../../components/words.ts'
import styles from './ledger.module.css'

type Transaction = NonNullable<EventDetail['transaction']>

/** What an event was joined from: each record with its legs and its trace, the reason, and the way to take it apart. */
export function JoinedFrom({
  transaction,
  records,
  reason,
}: {
  /** Null where a document of books tells of the whole: then there is nothing to take apart. */
  readonly transaction: Transaction | null
  readonly records: NonNullable<EventDetail['records']>
  readonly reason: string
}) {
  const act = useAct()
  return (
    <>
      <ul className={styles.told} aria-label="Joined from">
        {records.map((record) => (
          <li key={record.id}>
            <span>
              {record.legs.map((leg, index) => (
                <span key={`${leg.role} ${leg.asset}`}>
                  {index === 0 ? '' : ', '}
                  {ROLE_WORDS[leg.role]} <Units value={leg.amount} symbol={leg.symbol} />
                </span>
              ))}
            </span>
            <Figure trace={`record:${record.id}`} label="A record that it was joined from">
              its rows
            </Figure>
          </li>
        ))}
      </ul>
      <span>{reason === '' ? 'One transaction hash.' : `One transaction hash: ${reason}.`}</span>{' '}
      {transaction === null ? null : (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() =>
            void act(
              ({ engine }) => engine.joins.apart({ ids: [transaction.id] }),
              () => 'Taken apart: its records count by themselves.',
            )
          }
        >
          Take apart
        </Button>
      )}
    </>
  )
}

/** A record of a transaction whose records stand by themselves, and the way to make them one event. */
export function CouldBeJoined({ transaction }: { readonly transaction: Transaction }) {
  const act = useAct()
  return (
    <>
      {transaction.state === 'waiting'
        ? 'Other records tell of the same transaction. You have spoken of one of them, so that they were left apart. '
        : 'It was taken apart. '}
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={() =>
          void act(
            ({ engine }) => engine.joins.join({ ids: [transaction.id] }),
            () => 'Its records are one event.',
          )
        }
      >
        Make one event of them
      </Button>
    </>
  )
}
