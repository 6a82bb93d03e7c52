import { Button, Stack, Text, Title } from '@mantine/core'
import type { Connection } from './door.ts'
import { EntryFrame } from './entry/entry-frame.tsx'

const WORDS = {
  'no-link': {
    title: 'This page needs its link',
    text: 'Tallystick opens this page with a link that works once. Start Tallystick again, or use the link its window printed.',
  },
  'link-used': {
    title: 'This link was used already',
    text: 'Each link opens one tab. Start Tallystick again to get a new one. Your ledger is closed and unharmed.',
  },
  unreachable: {
    title: 'Tallystick has stopped',
    text: 'The program behind this page is no longer running. What was saved is safe in the ledger file. Start Tallystick again and open the ledger.',
  },
} as const

/** Shown when there is no door to talk to, or there no longer is. */
export function DoorClosed({ why }: { readonly why: Extract<Connection, { ok: false }>['why'] }) {
  const words = WORDS[why]
  return (
    <EntryFrame>
      <Stack gap="md">
        <Title order={1}>{words.title}</Title>
        <Text>{words.text}</Text>
        <div>
          <Button variant="default" onClick={() => location.reload()}>
            Try again
          </Button>
        </div>
      </Stack>
    </EntryFrame>
  )
}
