import { Button } from '@mantine/core'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { LegsLine } from '../../components/legs.tsx'
import { kindWords } from '../../components/words.ts'
import styles from './links.module.css'

const MOST = 50

/** Transactions whose records were left apart because a person had spoken of one: each can be made one event. */
export function WaitingJoins() {
  const act = useAct()
  const { data } = useRead({
    topics: ['links', 'events', 'batches'],
    name: 'joins.list',
    input: 'waiting',
    read: ({ engine }, signal) => engine.joins.list({ state: 'waiting', offset: 0, limit: MOST }, { signal }),
  })
  if (!data || data.total === 0) return null
  return (
    <section aria-label="Transactions that wait for you">
      <p className={styles.head}>
        Several records tell of one transaction, and you had spoken of one of them before the others came.
      </p>
      {data.joins.map((join) => (
        <article key={join.id} className={styles.link} aria-label={join.id}>
          {join.records.map((record) => (
            <div key={record.id} className={styles.side}>
              <span>{kindWords(record.kind)}</span>
              <LegsLine legs={record.legs} />
            </div>
          ))}
          <div className={styles.foot}>
            <span className={styles.meta}>{join.id.replace(/^.*:tx\./, '')}</span>
            <Button
              variant="default"
              onClick={() =>
                void act(
                  ({ engine }) => engine.joins.join({ ids: [join.id] }),
                  () => 'Its records are one event.',
                )
              }
            >
              Make one event of them
            </Button>
          </div>
        </article>
      ))}
    </section>
  )
}
