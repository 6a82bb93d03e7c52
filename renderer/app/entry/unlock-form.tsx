import { Alert, Anchor, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { sayNotices } from '../acts.tsx'
import { codeOf, wordsOf } from '../errors.ts'
import { invalidateTopics, useCall } from '../queries.ts'
import styles from './entry.module.css'
import { RestoreOffer } from './restore-offer.tsx'

interface UnlockFormProps {
  readonly ledger: string
  readonly title: string
  readonly keychain: boolean
  readonly onBack?: () => void
  readonly backLabel?: string
}

/** Passphrase, recovery key or keychain: the three ways into a ledger. */
export function UnlockForm({ ledger, title, keychain, onBack, backLabel }: UnlockFormProps) {
  const queries = useQueryClient()
  const [way, setWay] = useState<'passphrase' | 'recovery'>('passphrase')
  const [secret, setSecret] = useState('')
  const open = useCall(({ engine }, input: Parameters<typeof engine.session.open>[0]) => engine.session.open(input))
  const unlock = (input: Parameters<typeof open.mutate>[0]): void =>
    open.mutate(input, {
      onSuccess: ({ notices }) => {
        sayNotices(notices)
        invalidateTopics(queries, ['session'])
      },
    })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (secret === '') return
    unlock({
      ref: ledger,
      with:
        way === 'passphrase' ? { kind: 'passphrase', passphrase: secret } : { kind: 'recovery', key: secret.trim() },
    })
  }
  const switchTo = (next: typeof way): void => {
    setWay(next)
    setSecret('')
    open.reset()
  }
  const code = open.error ? codeOf(open.error) : null
  const damaged = code === 'DAMAGED' || code === 'WRONG_PASSPHRASE' || code === 'NOT_A_LEDGER'

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Title order={1}>{title}</Title>
        {open.error ? (
          <Alert color="red" title="It did not open" role="alert">
            {wordsOf(open.error)}
          </Alert>
        ) : null}
        {way === 'passphrase' ? (
          <PasswordInput
            label="Passphrase"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            autoComplete="current-password"
            data-autofocus
            autoFocus
          />
        ) : (
          <TextInput
            label="Recovery key"
            description="The groups of letters and digits on your recovery sheet. Spaces do not matter."
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
        )}
        <Group justify="space-between">
          <Group gap="xs">
            {onBack ? (
              <Button variant="default" onClick={onBack}>
                {backLabel ?? 'Back'}
              </Button>
            ) : null}
          </Group>
          <Group gap="xs">
            {keychain ? (
              <Button variant="default" onClick={() => unlock({ ref: ledger, with: { kind: 'keychain' } })}>
                Use the keychain
              </Button>
            ) : null}
            <Button type="submit" loading={open.isPending} disabled={secret === ''}>
              Open
            </Button>
          </Group>
        </Group>
        {damaged ? <RestoreOffer /> : null}
        <Text size="xs" c="dimmed" className={styles.section ?? ''}>
          {way === 'passphrase' ? (
            <>
              Forgotten it?{' '}
              <Anchor component="button" type="button" size="xs" onClick={() => switchTo('recovery')}>
                Open with the recovery sheet
              </Anchor>
            </>
          ) : (
            <Anchor component="button" type="button" size="xs" onClick={() => switchTo('passphrase')}>
              Open with the passphrase
            </Anchor>
          )}
        </Text>
      </Stack>
    </form>
  )
}
