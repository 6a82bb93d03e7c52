import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { LedgerFile } from '../../../shared/contract/session.ts'
import { sizeText } from '../../components/size-text.ts'
import { dayText } from '../../components/time-text.ts'
import { useClients } from '../client.ts'
import { wordsOf } from '../errors.ts'
import { useRead } from '../queries.ts'
import { LOCALE } from '../session.ts'
import styles from './entry.module.css'
import { EntryFrame } from './entry-frame.tsx'
import { UnlockForm } from './unlock-form.tsx'
import { ownZone } from './zones.ts'

/** The ledgers this computer knows, then the key to the one that was picked. */
export function OpenLedger({ onBack }: { readonly onBack: () => void }) {
  const { host } = useClients()
  const [picked, setPicked] = useState<Pick<LedgerFile, 'ref' | 'name' | 'keychain'> | null>(null)
  const ledgers = useRead({
    topics: ['session'],
    name: 'session.ledgers',
    read: ({ engine }, signal) => engine.session.ledgers(undefined, { signal }),
  })
  const about = useRead({
    topics: [],
    name: 'host.about',
    read: (clients, signal) => clients.host.about(undefined, { signal }),
  })

  if (picked)
    return (
      <EntryFrame>
        <UnlockForm
          ledger={picked.ref}
          title={`Open ${picked.name}`}
          keychain={picked.keychain}
          onBack={() => setPicked(null)}
        />
      </EntryFrame>
    )

  const elsewhere = async (): Promise<void> => {
    const { ref } = await host.pickLedger()
    if (ref !== null) setPicked({ ref, name: 'ledger', keychain: false })
  }
  const files = ledgers.data ?? []
  return (
    <EntryFrame>
      <div className={styles.fields}>
        <Title order={1}>Open ledger</Title>
        {ledgers.error ? <Alert color="red">{wordsOf(ledgers.error)}</Alert> : null}
        {ledgers.data && files.length === 0 ? (
          <Text c="dimmed">
            There is no ledger on this computer yet. Make a new one, or put a <code>.tally</code> file into the
            Tallystick folder and come back.
          </Text>
        ) : null}
        {files.length > 0 ? (
          <ul className={styles.files}>
            {files.map((file) => (
              <li key={file.ref}>
                <button type="button" className={styles.file} onClick={() => setPicked(file)}>
                  <span className={styles.fileName}>{file.name}</span>
                  <span className={styles.fileMeta}>{sizeText(file.bytes, LOCALE)}</span>
                  <span className={styles.fileMeta}>
                    {file.place}
                    {file.sample ? ' · sample' : ''}
                  </span>
                  <span className={styles.fileMeta}>{dayText(file.modified, ownZone())}</span>
                </button>
              </li>
            ))}
          </ul>
        ) : null}
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
          {about.data?.canPickLedger ? (
            <Button variant="default" onClick={() => void elsewhere()}>
              Choose another file…
            </Button>
          ) : null}
        </Group>
      </div>
    </EntryFrame>
  )
}
