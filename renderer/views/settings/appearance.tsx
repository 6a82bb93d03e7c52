import { SegmentedControl, Select, Text, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { sayFailure } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { useRead } from '../../app/queries.ts'
import styles from './settings.module.css'

const MINUTES = [5, 15, 30, 60, 0] as const

/** Theme, and after how long the ledger locks itself. */
export function Appearance() {
  const { host } = useClients()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [minutes, setMinutes] = useState<number | null>(null)
  const about = useRead({
    topics: [],
    name: 'host.about',
    read: (clients, signal) => clients.host.about(undefined, { signal }),
  })
  const lockAfter = async (next: number): Promise<void> => {
    try {
      const answer = await host.idleLock({ minutes: next })
      setMinutes(answer.minutes)
    } catch (error) {
      sayFailure(error)
    }
  }
  const shown = minutes ?? about.data?.idleMinutes
  return (
    <div className={styles.card}>
      <div className={styles.row}>
        <Text id="theme-label">Theme</Text>
        <SegmentedControl
          aria-labelledby="theme-label"
          size="xs"
          value={colorScheme}
          onChange={(next) => (next === 'light' || next === 'dark' || next === 'auto') && setColorScheme(next)}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'auto', label: 'As the computer' },
          ]}
        />
      </div>
      <div className={styles.row}>
        <Text>Lock when nobody is at the computer</Text>
        <Select
          aria-label="Lock after"
          size="xs"
          w={180}
          placeholder="Choose"
          data={MINUTES.map((each) => ({
            value: String(each),
            label: each === 0 ? 'never by itself' : `after ${each} minutes`,
          }))}
          value={shown === undefined ? null : String(shown)}
          onChange={(next) => next !== null && void lockAfter(Number.parseInt(next, 10))}
        />
      </div>
      <Text size="xs" c="dimmed">
        {about.data
          ? `Tallystick ${about.data.version}, ${about.data.door === 'desktop' ? 'desktop window' : 'in your own browser'}.`
          : ''}
      </Text>
    </div>
  )
}
