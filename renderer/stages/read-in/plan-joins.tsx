import { useRead } from '../../app/queries.ts'
import { counted } from '../../components/words.ts'
import styles from './read-in.module.css'

interface PlanJoinsProps {
  readonly batch: string
  /** The plan as it stands; another one is looked at anew. */
  readonly hash: string
}

/** Transactions that several files tell of: one event each, and what of the books, filed years too, changes by that. */
export function PlanJoins({ batch, hash }: PlanJoinsProps) {
  const { data } = useRead({
    topics: ['batches', 'links'],
    name: 'intake.previewJoins',
    input: { batch, hash },
    read: ({ engine }, signal) => engine.intake.previewJoins({ batch }, { signal }),
  })
  if (!data || data.transactions + data.waiting === 0) return null
  const sentences = [
    data.transactions > 0
      ? `${counted(data.transactions, 'transaction')} told by several records will be one event each, by the transaction hash.`
      : '',
    data.before > 0 ? `${counted(data.before, 'of them takes', 'of them take')} up records that are in the books.` : '',
    ...data.filed.map(
      ({ year, count }) => `${count} in the filed year ${year}: its filing stays as it is and shows the difference.`,
    ),
    data.waiting > 0
      ? `${counted(data.waiting, 'transaction')} will wait for you, because you have spoken of one of the records.`
      : '',
  ]
  return (
    <section className={styles.summary} aria-label="Told by several records of one transaction">
      <p>{sentences.filter(Boolean).join(' ')}</p>
    </section>
  )
}
