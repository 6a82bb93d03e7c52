import { Button, PasswordInput, Switch, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { say, sayFailure } from '../../app/acts.tsx'
import { PassphraseFields } from '../../app/entry/passphrase-fields.tsx'
import { strengthOf } from '../../app/entry/passphrase-strength.ts'
import { invalidateTopics, useCall } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import styles from './settings.module.css'

/** A new passphrase, and the keychain of this computer as a quicker way in. */
export function KeyCard() {
  const session = useSession()
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const change = useCall(({ engine }, input: { current: string; next: string }) =>
    engine.session.changePassphrase(input),
  )
  const keychain = useCall(({ engine }, enabled: boolean) => engine.session.keychain({ enabled }))
  const ready = current !== '' && strengthOf(next).enough && next === again
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    change.mutate(
      { current, next },
      {
        onSuccess: ({ keychainVoid }) => {
          setAsked(false)
          setCurrent('')
          setNext('')
          setAgain('')
          say(
            `The passphrase is changed. The old recovery sheet${keychainVoid ? ' and the keychain entry are' : ' is'} void; make a new sheet.`,
          )
          invalidateTopics(queries, ['session', 'stages'])
        },
        onError: sayFailure,
      },
    )
  }
  return (
    <div className={styles.card}>
      {asked ? (
        <form onSubmit={submit} className={styles.form}>
          <PasswordInput
            label="Passphrase until now"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            autoComplete="current-password"
          />
          <PassphraseFields
            label="New passphrase"
            passphrase={next}
            again={again}
            onPassphrase={setNext}
            onAgain={setAgain}
          />
          <Text size="xs" c="dimmed">
            A new file is written, checked and put in place of the old one. The recovery sheet and the keychain entry
            are void afterwards.
          </Text>
          <div>
            <Button type="submit" disabled={!ready} loading={change.isPending}>
              Change the passphrase
            </Button>
            <Button variant="default" ml="xs" onClick={() => setAsked(false)}>
              Not now
            </Button>
          </div>
        </form>
      ) : (
        <div className={styles.row}>
          <Text>The passphrase encrypts the file. Nobody can reset it.</Text>
          <Button variant="default" onClick={() => setAsked(true)}>
            Change it…
          </Button>
        </div>
      )}
      <Switch
        label="Open with the keychain of this computer"
        description="Whoever is signed in to this computer can then open the ledger without the passphrase."
        checked={session.keychain}
        disabled={keychain.isPending}
        onChange={(event) =>
          keychain.mutate(event.currentTarget.checked, {
            onSuccess: ({ enabled }) => {
              say(enabled ? 'The keychain opens this ledger from now on.' : 'The keychain entry was deleted.')
              invalidateTopics(queries, ['session'])
            },
            onError: sayFailure,
          })
        }
      />
    </div>
  )
}
