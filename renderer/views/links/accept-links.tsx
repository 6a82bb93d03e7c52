import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { ReadFailed } from '../../components/page.tsx'
import { TaxEffect } from '../../components/tax-effect.tsx'
import { counted } from '../../components/words.ts'
import { EventSample } from '../ledger/change-effect.tsx'
import styles from './links.module.css'

/** Accepts every likely link as one act, after showing which records would count no more and what that does to the years. */
export function AcceptLinks({ says }: { readonly says: string }) {
  const act = useAct()
  const [asked, setAsked] = useState(false)
  const [running, setRunning] = useState(false)
  const effect = useRead({
    topics: ['links', 'events', 'batches', 'decisions', 'tax'],
    name: 'links.effect',
    input: 'likely',
    read: ({ engine }, signal) => engine.links.effect({ grade: 'likely' }, { signal }),
    enabled: asked,
  })
  const accept = async (): Promise<void> => {
    setRunning(true)
    await act(
      ({ engine }) => engine.links.accept({ grade: 'likely' }),
      ({ linked }) =>
        `${counted(linked, 'record')} linked: ${linked === 1 ? 'it counts' : 'they count'} no more by ${linked === 1 ? 'itself' : 'themselves'}.`,
    )
    setRunning(false)
    setAsked(false)
  }
  const { data } = effect
  if (!asked)
    return (
      <div className={styles.head}>
        <Text c="dimmed">{says}</Text>
        <Button variant="default" onClick={() => setAsked(true)}>
          Accept all likely ones…
        </Button>
      </div>
    )
  return (
    <section className={styles.bulk} aria-label="Accept all likely links">
      {effect.error ? (
        <ReadFailed error={effect.error} retry={() => void effect.refetch()} />
      ) : data === undefined ? (
        <Text c="dimmed">Working out what this does…</Text>
      ) : data.links === 0 ? (
        <Text c="dimmed">None of these is likely enough to be accepted with others: look at each one.</Text>
      ) : (
        <>
          <p role="status">
            <strong>{counted(data.records, 'record')}</strong> would stand behind{' '}
            {data.links === 1 ? 'another' : 'others'} and count no more. {data.records === 1 ? 'It stays' : 'They stay'}{' '}
            visible, and a link can be ended again.
          </p>
          {data.tax === null ? (
            <Text c="dimmed" size="xs">
              These are too many to say at once what it does to the years; Tax shows it afterwards, and Undo takes it
              back.
            </Text>
          ) : (
            <TaxEffect effect={data.tax} />
          )}
          {data.sample.length > 0 ? <EventSample label="Records that would count no more" rows={data.sample} /> : null}
        </>
      )}
      <div className={styles.acts}>
        <Button variant="default" onClick={() => setAsked(false)}>
          Not now
        </Button>
        <Button
          onClick={() => void accept()}
          loading={running}
          disabled={!data || data.links === 0 || effect.isFetching}
        >
          Accept {data ? counted(data.links, 'link') : 'them'}
        </Button>
      </div>
    </section>
  )
}
