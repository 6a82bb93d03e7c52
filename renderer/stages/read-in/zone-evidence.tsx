import { Button } from '@mantine/core'
import { useRead } from '../../app/queries.ts'
import { Loaded } from '../../components/page.tsx'
import styles from './read-in.module.css'

const SHOWN = 4

interface ZoneEvidenceProps {
  readonly batch: string
  readonly file: string
  readonly onZone: (zone: string) => void
}

/** What speaks for which zone, best first, each with a button that takes it. */
export function ZoneEvidence({ batch, file, onZone }: ZoneEvidenceProps) {
  const evidence = useRead({
    topics: ['batches', 'events'],
    name: 'zones.evidence',
    input: { batch, file },
    read: ({ engine }, signal) => engine.zones.evidence({ batch, file }, { signal }),
  })
  return (
    <Loaded of={evidence} waiting={<p className={styles.meta}>Comparing with the other records…</p>}>
      {(data) => (
        <section className={styles.evidence} aria-label="What speaks for which zone">
          {data.evidence.length === 0 ? (
            <p className={styles.meta}>
              No movement of this file is told by another source yet, so nothing speaks for one zone. The place’s help
              pages, or the hour of an order you remember, tell it.
            </p>
          ) : (
            <ul className={styles.evidence}>
              {data.evidence.slice(0, SHOWN).map((each) => (
                <li key={each.zone}>
                  <Button
                    variant="default"
                    size="compact-xs"
                    disabled={each.zone === data.zone && data.asked}
                    onClick={() => onZone(each.zone)}
                  >
                    {each.zone === data.zone && data.asked ? `${each.zone}, as now` : each.zone}
                  </Button>
                  <span>{each.text}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </Loaded>
  )
}
