import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Engine } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { counted } from '../../components/words.ts'
import styles from './read-in.module.css'

type Sample = Awaited<ReturnType<Engine['intake']['previewLinks']>>['sample'][number]

interface PlanLinksProps {
  readonly batch: string
  /** The plan as it stands; another one is looked at anew. */
  readonly hash: string
}

/** What the import tells a second time, by likeness: linked at once where it is proved, otherwise only proposed. */
export function PlanLinks({ batch, hash }: PlanLinksProps) {
  const [open, setOpen] = useState(false)
  const links = useRead({
    topics: ['batches', 'links'],
    name: 'intake.previewLinks',
    input: { batch, hash },
    read: ({ engine }, signal) => engine.intake.previewLinks({ batch }, { signal }),
  })
  const { data } = links
  if (!data || data.proved + data.likely + data.unclear === 0) return null
  const proposed = data.likely + data.unclear
  const sentences = [
    data.proved > 0
      ? `${counted(data.proved, 'movement')} of other records will be linked: the evidence proves it.`
      : '',
    proposed > 0
      ? `${counted(proposed, 'movement')} may be told twice (${data.likely} likely, ${data.unclear} unclear): proposed under Ledger, Told twice. Nothing is linked by likeness alone.`
      : '',
  ]
  return (
    <section className={styles.summary} aria-label="Told by other records too">
      <p>
        {sentences.filter(Boolean).join(' ')}{' '}
        {data.sample.length > 0 ? (
          <Button variant="subtle" size="compact-xs" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide them' : 'Show some'}
          </Button>
        ) : null}
      </p>
      {open ? (
        <DataTable<Sample>
          label="Some of them"
          columns={[
            { id: 'reason', header: 'Why', wrap: true, cell: (each) => each.reason },
            { id: 'grade', header: 'Grade', cell: (each) => each.grade },
          ]}
          rows={data.sample}
          rowKey={(each) => each.id}
        />
      ) : null}
    </section>
  )
}
