import { Button, Progress, Text } from '@mantine/core'
import { useClients } from '../app/client.ts'
import { useJobs } from '../app/live.ts'
import styles from './job-progress.module.css'
import { progressText } from './job-text.ts'

/** What is shown while a long job of this name runs: a sentence, how far it is, and Cancel. */
export function JobProgress({ name, saying }: { readonly name: string; readonly saying: string }) {
  const { engine } = useClients()
  const job = useJobs().find((each) => each.name === name && each.state === 'running')
  return (
    <div className={styles.progress} role="status" aria-label={saying}>
      <Text>{saying}</Text>
      {job ? (
        <>
          <Progress
            size={4}
            value={job.total ? Math.min(100, (job.done / job.total) * 100) : 100}
            animated={job.total === null}
            aria-label={saying}
          />
          <div className={styles.foot}>
            <span>{progressText(job)}</span>
            <Button variant="default" size="compact-xs" onClick={() => void engine.live.cancel({ job: job.id })}>
              Cancel
            </Button>
          </div>
        </>
      ) : null}
    </div>
  )
}
