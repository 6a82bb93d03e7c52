import { Button, PasswordInput, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { say } from '../../app/acts.tsx'
import { RecoverySteps } from '../../app/entry/recovery-steps.tsx'
import { invalidateTopics } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import styles from './books.module.css'

/** Whether the recovery sheet was confirmed, and a new one on proof of the passphrase. */
export function RecoveryCard() {
  const session = useSession()
  const queries = useQueryClient()
  const [passphrase, setPassphrase] = useState('')
  const [asked, setAsked] = useState(false)
  if (session.sample)
    return (
      <div className={styles.card}>
        <Text c="dimmed">The sample needs no recovery sheet: it can be made anew at any time.</Text>
      </div>
    )
  if (asked)
    return (
      <div className={styles.card}>
        <RecoverySteps
          passphrase={passphrase}
          onDone={() => {
            setAsked(false)
            setPassphrase('')
            say('The recovery sheet is confirmed.')
            invalidateTopics(queries, ['session', 'stages'])
          }}
          onLater={() => {
            setAsked(false)
            setPassphrase('')
          }}
        />
      </div>
    )
  return (
    <div className={styles.card}>
      <Text mb="sm">
        {session.recoveryConfirmed
          ? 'Confirmed: you hold a sheet that opens this ledger without the passphrase.'
          : 'Not confirmed yet. If you forget the passphrase, only the sheet opens this file.'}
      </Text>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
        }}
      >
        <PasswordInput
          label="Passphrase"
          w={280}
          size="xs"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="current-password"
        />
        <Button type="submit" variant={session.recoveryConfirmed ? 'default' : 'filled'} disabled={passphrase === ''}>
          {session.recoveryConfirmed ? 'Make the sheet again' : 'Make the sheet'}
        </Button>
      </form>
    </div>
  )
}
