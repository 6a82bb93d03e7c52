import { Button, Select, Text } from '@mantine/core'
import { useState } from 'react'
import type { FilePlan } from '../../../shared/contract/intake.ts'
import { useAct } from '../../app/acts.tsx'
import { zoneChoices } from '../../app/entry/zones.ts'
import { useRead } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { momentText } from '../../components/time-text.ts'
import { counted } from '../../components/words.ts'
import { shiftedTime, shiftText } from '../../components/zone-clock.ts'
import styles from './read-in.module.css'
import { ZoneEvidence } from './zone-evidence.tsx'

interface ShiftTimesProps {
  readonly batch: string
  readonly plan: FilePlan
}

/** Puts the times of an imported file into another zone, after showing where its first and last event would lie. */
export function ShiftTimes({ batch, plan }: ShiftTimesProps) {
  const [open, setOpen] = useState(false)
  const { file } = plan
  const evidence = useRead({
    topics: ['batches', 'events'],
    name: 'zones.evidence',
    input: { batch, file },
    read: ({ engine }, signal) => engine.zones.evidence({ batch, file }, { signal }),
  })
  const zone = evidence.data?.zone ?? null
  if (!evidence.data?.matters || zone === null) return null
  return (
    <div className={styles.part}>
      <div className={styles.shiftHead}>
        <span>
          Its times are read in <strong>{zone}</strong>
          {evidence.data.asked ? ', as you said.' : '.'}
        </span>
        <Button variant="subtle" size="compact-xs" aria-expanded={open} onClick={() => setOpen(!open)}>
          Shift its times…
        </Button>
      </div>
      {open ? <Shift batch={batch} plan={plan} zone={zone} onDone={() => setOpen(false)} /> : null}
    </div>
  )
}

interface ShiftProps extends ShiftTimesProps {
  readonly zone: string
  readonly onDone: () => void
}

function Shift({ batch, plan, zone, onDone }: ShiftProps) {
  const { profile } = useSession()
  const act = useAct()
  const [to, setTo] = useState(zone)
  const [busy, setBusy] = useState(false)
  const line = (name: string, instant: number | null) =>
    instant === null ? null : (
      <li>
        <span className={styles.meta}>{name}</span>
        <span>{momentText(instant, profile.zone)} becomes</span>
        <strong>{momentText(shiftedTime(instant, zone, to), profile.zone)}</strong>
        <span className={styles.meta}>{shiftText(shiftedTime(instant, zone, to) - instant)}</span>
      </li>
    )
  const shift = async (): Promise<void> => {
    setBusy(true)
    const done = await act(
      ({ engine }) => engine.zones.shift({ batch, file: plan.file, zone: to }),
      ({ changed }) => `${counted(changed, 'event')} of ${plan.file} moved: its times are read in ${to} now.`,
    )
    setBusy(false)
    if (done) onDone()
  }
  return (
    <div className={styles.shift}>
      <ZoneEvidence batch={batch} file={plan.file} onZone={setTo} />
      <div className={styles.shiftAsk}>
        <Select
          label="Read its times in"
          size="xs"
          data={zoneChoices()}
          value={to}
          onChange={(next) => next !== null && setTo(next)}
          searchable
          limit={100}
        />
        <Button onClick={() => void shift()} loading={busy} disabled={to === zone}>
          Shift {counted(plan.events, 'event')}
        </Button>
      </div>
      {to === zone ? null : (
        <ul className={styles.evidence} aria-label="What the shift does">
          {line('First', plan.first)}
          {line('Last', plan.last)}
        </ul>
      )}
      <Text size="xs" c="dimmed">
        Your decisions stay with their events. One Undo takes the shift back.
      </Text>
    </div>
  )
}
