import { Alert } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { sayNotices } from '../acts.tsx'
import { wordsOf } from '../errors.ts'
import { invalidateTopics, useCall } from '../queries.ts'
import styles from './entry.module.css'
import { EntryFrame } from './entry-frame.tsx'

/** Three things to do on a new machine, and nothing else. */
export function FirstScreen({ onCreate, onOpen }: { readonly onCreate: () => void; readonly onOpen: () => void }) {
  const queries = useQueryClient()
  const sample = useCall(({ engine }, _: null) => engine.session.createSample())
  return (
    <EntryFrame foot="Your records stay on this computer, in one encrypted file. Nothing is sent anywhere.">
      <h1 hidden>Tallystick</h1>
      {sample.error ? (
        <Alert color="red" mb="md" title="The sample was not made">
          {wordsOf(sample.error)}
        </Alert>
      ) : null}
      <div className={styles.choices}>
        <button type="button" className={styles.choice} onClick={onCreate}>
          <div className={styles.choiceName}>New ledger</div>
          <div className={styles.choiceAbout}>Start your books: one encrypted file for one person.</div>
        </button>
        <button type="button" className={styles.choice} onClick={onOpen}>
          <div className={styles.choiceName}>Open ledger</div>
          <div className={styles.choiceAbout}>Go on with books you have already.</div>
        </button>
        <button
          type="button"
          className={styles.choice}
          disabled={sample.isPending}
          onClick={() =>
            sample.mutate(null, {
              onSuccess: ({ notices }) => {
                sayNotices(notices)
                invalidateTopics(queries, ['session'])
              },
            })
          }
        >
          <div className={styles.choiceName}>{sample.isPending ? 'Making the sample…' : 'Try the sample'}</div>
          <div className={styles.choiceAbout}>Look around in the books of a made-up client.</div>
        </button>
      </div>
    </EntryFrame>
  )
}
