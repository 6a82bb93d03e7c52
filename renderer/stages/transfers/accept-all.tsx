import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { countText } from '../../components/decimal-text.ts'
import { Money } from '../../components/figure.tsx'
import { Loaded } from '../../components/page.tsx'
import { counted } from '../../components/words.ts'
import styles from './transfers.module.css'

/** Accepts every pair of a grade as one act, after showing what that does to the year. */
export function AcceptAll({ grade, count }: { readonly grade: 'certain' | 'likely'; readonly count: number }) {
  const act = useAct()
  const { profile } = useSession()
  const [asked, setAsked] = useState(false)
  const [running, setRunning] = useState(false)
  const effect = useRead({
    topics: ['transfers', 'tax', 'events', 'decisions'],
    name: 'transfers.effect',
    input: grade,
    read: ({ engine }, signal) => engine.transfers.effect({ grade }, { signal }),
    enabled: asked,
  })
  const accept = async (): Promise<void> => {
    setRunning(true)
    await act(
      ({ engine }) => engine.transfers.accept({ grade }),
      ({ accepted }) => `${counted(accepted, 'transfer')} accepted.`,
    )
    setRunning(false)
    setAsked(false)
  }
  return (
    <>
      <Button onClick={() => setAsked(true)}>Accept all {countText(count, LOCALE)}…</Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={`Accept ${counted(count, `${grade} transfer`)}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Loaded of={effect} waiting={<Text c="dimmed">Working out what this does…</Text>}>
          {(data) => (
            <Stack gap="md">
              <div className={styles.effect}>
                <span />
                <Text c="dimmed">before</Text>
                <Text c="dimmed">after</Text>
                <span>Gain of {data.year}</span>
                <Money value={data.gainBefore} currency={profile.currency} gain />
                <Money value={data.gainAfter} currency={profile.currency} gain />
                <span>Open points</span>
                <span>{countText(data.openBefore, LOCALE)}</span>
                <span>{countText(data.openAfter, LOCALE)}</span>
              </div>
              <Text c="dimmed">They are accepted as one act, and one Undo takes them all back.</Text>
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setAsked(false)}>
                  Not now
                </Button>
                <Button onClick={() => void accept()} loading={running}>
                  Accept {countText(data.pairs, LOCALE)}
                </Button>
              </Group>
            </Stack>
          )}
        </Loaded>
      </Modal>
    </>
  )
}
