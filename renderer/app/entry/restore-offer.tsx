import { Button, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { sizeText } from '../../components/size-text.ts'
import { momentText } from '../../components/time-text.ts'
import { say, sayFailure } from '../acts.tsx'
import { invalidateTopics, useCall, useRead } from '../queries.ts'
import { LOCALE } from '../session.ts'
import styles from './entry.module.css'
import { ownZone } from './zones.ts'

/** Backups of this computer, each of which can be put beside the ledger under a new name. */
export function RestoreOffer() {
  const queries = useQueryClient()
  const backups = useRead({
    topics: ['session'],
    name: 'session.backups',
    read: ({ engine }, signal) => engine.session.backups(undefined, { signal }),
  })
  const restore = useCall(({ engine }, ref: string) => engine.session.restore({ ref }))
  const list = backups.data ?? []
  if (list.length === 0) return null
  return (
    <Stack gap="xs">
      <Text>If the file is damaged, a backup can be put beside it. Nothing is overwritten.</Text>
      <ul className={styles.files}>
        {list.map((backup) => (
          <li key={backup.ref} className={styles.file}>
            <span>
              <span className={styles.fileName}>{backup.fileName}</span>
              <br />
              <span className={styles.fileMeta}>
                {momentText(backup.made, ownZone())} · {sizeText(backup.bytes, LOCALE)}
              </span>
            </span>
            <Button
              variant="default"
              loading={restore.isPending && restore.variables === backup.ref}
              onClick={() =>
                restore.mutate(backup.ref, {
                  onSuccess: (file) => {
                    say(`The backup lies beside the ledger as ${file.name}. Open it from the list.`)
                    invalidateTopics(queries, ['session'])
                  },
                  onError: sayFailure,
                })
              }
            >
              Restore
            </Button>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
