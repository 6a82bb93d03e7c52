import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useClients } from '../client.ts'
import { wordsOf } from '../errors.ts'
import { keepFile } from '../keep-file.ts'
import { useCall } from '../queries.ts'
import styles from './entry.module.css'

interface RecoveryStepsProps {
  readonly passphrase: string
  readonly onDone: () => void
  readonly onLater?: () => void
}

/** Saves the printable sheet, then asks for the word printed on it. */
export function RecoverySteps({ passphrase, onDone, onLater }: RecoveryStepsProps) {
  const clients = useClients()
  const [saved, setSaved] = useState<string | null>(null)
  const [word, setWord] = useState('')
  const [wrong, setWrong] = useState(false)
  const sheet = useCall(async ({ engine }, _: null) => {
    const { fileName, base64 } = await engine.session.recoverySheet({ passphrase })
    return keepFile(clients, { fileName, mediaType: 'application/pdf', base64 })
  })
  const confirm = useCall(({ engine }, checkWord: string) => engine.session.confirmRecovery({ checkWord }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    confirm.mutate(word.trim(), { onSuccess: ({ ok }) => (ok ? onDone() : setWrong(true)) })
  }
  const failure = sheet.error ?? confirm.error
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div>
          <Title order={1}>Your recovery sheet</Title>
          <Text c="dimmed">
            One page with the key of your ledger. It opens the file without the passphrase, so keep it on paper, where
            you keep your passport.
          </Text>
        </div>
        {failure ? <Alert color="red">{wordsOf(failure)}</Alert> : null}
        <Group gap="sm">
          <Button
            variant={saved === null ? 'filled' : 'default'}
            loading={sheet.isPending}
            onClick={() => sheet.mutate(null, { onSuccess: (name) => name !== null && setSaved(name) })}
          >
            {saved === null ? 'Save the sheet' : 'Save it again'}
          </Button>
          {saved === null ? null : (
            <Text size="sm" c="dimmed">
              Saved as {saved}. Print it, then delete the file.
            </Text>
          )}
        </Group>
        <div className={styles.section}>
          <TextInput
            label="Check word"
            description="The word at the foot of the sheet. It proves that you can read your copy."
            value={word}
            onChange={(event) => {
              setWord(event.currentTarget.value)
              setWrong(false)
            }}
            error={wrong ? 'That is not the word on the latest sheet.' : undefined}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
        <Group justify="space-between">
          {onLater ? (
            <Button variant="subtle" color="gray" onClick={onLater}>
              Later
            </Button>
          ) : (
            <span />
          )}
          <Button type="submit" disabled={word.trim() === ''} loading={confirm.isPending}>
            Confirm
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
