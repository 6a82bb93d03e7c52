import { Button, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { say, sayFailure } from '../../app/acts.tsx'
import { invalidateTopics, useCall, useRead } from '../../app/queries.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { sizeText } from '../../components/size-text.ts'
import { momentText } from '../../components/time-text.ts'
import styles from './settings.module.css'

/** A verified encrypted copy on demand, and the copies made so far. */
export function BackupCard() {
  const { profile } = useSession()
  const queries = useQueryClient()
  const backups = useRead({
    topics: ['session'],
    name: 'session.backups',
    read: ({ engine }, signal) => engine.session.backups(undefined, { signal }),
  })
  const backup = useCall(({ engine }, _: null) => engine.session.backup())
  const list = backups.data ?? []
  return (
    <div className={styles.card}>
      <div className={styles.row}>
        <Text>An encrypted copy beside the ledger, checked by opening it. The same passphrase opens it.</Text>
        <Button
          variant="default"
          loading={backup.isPending}
          onClick={() =>
            backup.mutate(null, {
              onSuccess: ({ fileName, bytes }) => {
                say(`Saved and checked: ${fileName}, ${sizeText(bytes, LOCALE)}.`)
                invalidateTopics(queries, ['session'])
              },
              onError: sayFailure,
            })
          }
        >
          Back up now
        </Button>
      </div>
      {list.length > 0 ? (
        <DataTable
          label="Backups"
          columns={[
            { id: 'made', header: 'Made', cell: (each) => momentText(each.made, profile.zone) },
            { id: 'file', header: 'File', cell: (each) => each.fileName },
            { id: 'size', header: 'Size', align: 'right', cell: (each) => sizeText(each.bytes, LOCALE) },
          ]}
          rows={list}
          rowKey={(each) => each.ref}
        />
      ) : null}
    </div>
  )
}
