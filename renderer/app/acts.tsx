import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { type Clients, useClients } from './client.ts'
import { wordsOf } from './errors.ts'

const CLOSE = { 'aria-label': 'Close' } as const

/** Says in a corner what happened, with a way back where there is one. */
export function say(text: string, undo?: () => void): void {
  const id = notifications.show({
    message: undo ? (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{text}</Text>
        <Button
          variant="default"
          size="compact-xs"
          flex="none"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          Undo
        </Button>
      </Group>
    ) : (
      text
    ),
    autoClose: undo ? 8_000 : 5_000,
    withBorder: true,
    closeButtonProps: CLOSE,
  })
}

/** Sentences the engine has to say about a ledger it opened; they stay until they are closed. */
export function sayNotices(notices: readonly string[]): void {
  for (const message of notices)
    notifications.show({ message, autoClose: false, withBorder: true, closeButtonProps: CLOSE })
}

/** A sentence, and after it which files are read again because an import that held rows of theirs was taken back. */
export function withReadingAgain(sentence: string, files: readonly string[]): string {
  const [first] = files
  if (first === undefined) return sentence
  const more =
    files.length === 1
      ? `${first} holds rows of it too and is being read again.`
      : `${files.length} other files hold rows of it too and are being read again.`
  return `${sentence}${sentence.endsWith('.') ? '' : '.'} ${more}`
}

/** Says what failed, what was kept and what to do. Stays until it is closed. */
export function sayFailure(error: unknown): void {
  sayRefusal(wordsOf(error))
}

/** Says in a sentence why something was not done. Stays until it is closed. */
export function sayRefusal(message: string): void {
  notifications.show({
    title: 'That was not done',
    message,
    color: 'red',
    autoClose: false,
    withBorder: true,
    closeButtonProps: CLOSE,
  })
}

/** What is said where the engine will not take an act back. */
export const CANNOT_REVOKE = 'That cannot be taken back any more: something later was built on it.'

/** Revokes one act; where later ones hang on it, says so instead. */
async function revokeAct({ engine }: Clients, act: string): Promise<void> {
  try {
    const first = await engine.live.revoke({ act, confirmed: false })
    if (!first.revoked && first.dependants.length > 0) {
      const later =
        first.dependants.length === 1 ? 'A later decision depends' : `${first.dependants.length} later decisions depend`
      say(`${later} on this one. Open Settings, History, to undo them together.`)
      return
    }
    const last = first.revoked ? first : await engine.live.revoke({ act, confirmed: true })
    say(last.revoked ? withReadingAgain('Undone.', last.readingAgain) : CANNOT_REVOKE)
  } catch (error) {
    sayFailure(error)
  }
}

/** Undo and redo of the latest act, as Ctrl/Cmd-Z does. */
export function useUndo(): { undo: () => Promise<void>; redo: () => Promise<void> } {
  const { engine } = useClients()
  const undo = useCallback(async () => {
    try {
      const { undone, readingAgain } = await engine.live.undo()
      notifications.clean()
      say(undone === null ? 'There is nothing to undo.' : withReadingAgain(`Undone: ${undone}`, readingAgain))
    } catch (error) {
      sayFailure(error)
    }
  }, [engine])
  const redo = useCallback(async () => {
    try {
      const { redone, readingAgain } = await engine.live.redo()
      notifications.clean()
      say(redone === null ? 'There is nothing to redo.' : withReadingAgain(`Done again: ${redone}`, readingAgain))
    } catch (error) {
      sayFailure(error)
    }
  }, [engine])
  return { undo, redo }
}

/**
 * Runs a write and says its outcome, or nothing where `said` gives null; `undefined` where it failed. The result's `act`
 * is what Undo takes back.
 */
export function useAct() {
  const clients = useClients()
  return useCallback(
    async <Output,>(
      call: (clients: Clients) => Promise<Output>,
      said?: (output: Output) => string | null,
    ): Promise<Output | undefined> => {
      try {
        const output = await call(clients)
        const act = actOf(output)
        const sentence = said?.(output) ?? null
        if (sentence !== null) say(sentence, act === null ? undefined : () => void revokeAct(clients, act))
        return output
      } catch (error) {
        sayFailure(error)
        return undefined
      }
    },
    [clients],
  )
}

function actOf(output: unknown): string | null {
  if (typeof output !== 'object' || output === null || !('act' in output)) return null
  return typeof output.act === 'string' ? output.act : null
}
