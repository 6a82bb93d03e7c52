import { Button, Progress, Text } from '@mantine/core'
import { useState } from 'react'
import type { ImportPlan } from '../../../shared/contract/intake.ts'
import { say, sayFailure, useAct, withReadingAgain } from '../../app/acts.tsx'
import { type Clients, useClients } from '../../app/client.ts'
import { codeOf } from '../../app/errors.ts'
import { useJob } from '../../app/live.ts'
import { useCall, useRead } from '../../app/queries.ts'
import { progressText } from '../../components/job-text.ts'
import { Loaded } from '../../components/page.tsx'
import { counted } from '../../components/words.ts'
import { FilePlanView } from './file-plan-view.tsx'
import { discardIntake, intakeDone } from './intake-store.ts'
import styles from './read-in.module.css'

/** The preview of a staged batch. What is seen here is what is executed: the same batch, the same hash. */
export function PlanView({ batch }: { readonly batch: string }) {
  const plan = useRead({
    topics: ['batches', 'jobs', 'events'],
    name: 'intake.plan',
    input: batch,
    read: ({ engine }, signal) => engine.intake.plan({ batch }, { signal }),
    refetchEvery: 400,
  })
  return (
    <Loaded of={plan} waiting={<Text c="dimmed">Looking at the files…</Text>}>
      {(data) =>
        data.state === 'reading' ? <Reading plan={data} /> : <Planned plan={data} refresh={() => void plan.refetch()} />
      }
    </Loaded>
  )
}

function Reading({ plan }: { readonly plan: ImportPlan }) {
  const clients = useClients()
  const job = useJob(plan.job)
  return (
    <section className={styles.sending} aria-label="Reading the files" aria-live="polite">
      <div className={styles.sendingFile}>
        <span>{job?.name ?? 'Reading the files'}</span>
        <span className={styles.meta}>{job ? progressText(job) : ''}</span>
        <Progress
          size={4}
          value={job?.total ? Math.min(100, (job.done / job.total) * 100) : 100}
          animated={!job?.total}
          aria-label="Rows read"
        />
      </div>
      <div>
        <Button variant="default" onClick={() => void discardIntake(clients)}>
          Cancel
        </Button>
      </div>
    </section>
  )
}

function Planned({ plan, refresh }: { readonly plan: ImportPlan; readonly refresh: () => void }) {
  const clients = useClients()
  const act = useAct()
  const [choicesOf, setChoicesOf] = useState<string | null>(null)
  const execute = useCall(({ engine }, hash: string) =>
    engine.intake.execute({
      batch: plan.batch,
      hash,
      ...(choicesOf === null ? {} : { takeChoicesOf: choicesOf }),
    }),
  )
  const rows = plan.files.reduce((sum, file) => sum + file.added + file.changed, 0)
  const prices = plan.files.reduce((sum, file) => sum + file.prices, 0)
  const undecided = plan.files.filter(needsAnswer)
  const run = (): void =>
    execute.mutate(plan.hash, {
      onSuccess: ({ batch }) => {
        intakeDone()
        say(`Read in: ${batch.title}, ${counted(batch.events, 'event')}.`, () => void revert(clients, batch.id))
      },
      onError: (error) => {
        sayFailure(error)
        if (codeOf(error) === 'PLAN_CHANGED') refresh()
      },
    })
  return (
    <section aria-label="What would be read in">
      {plan.files.map((file) => (
        <FilePlanView
          key={file.file}
          batch={plan.batch}
          plan={file}
          choicesTaken={choicesOf === file.file}
          onTakeChoices={(take) => setChoicesOf(take ? file.file : null)}
          onReplan={(change) =>
            void act(({ engine }) => engine.intake.replan({ batch: plan.batch, file: file.file, ...change })).then(
              refresh,
            )
          }
        />
      ))}
      <div className={styles.planBar}>
        <Text c="dimmed">
          {undecided.length > 0
            ? `${counted(undecided.length, 'file')} cannot be read until you answer its question; the others can.`
            : plan.files.some(({ zoneAsked, problem }) => zoneAsked && problem === null)
              ? 'A file does not say the zone of its times: answer its question first. It can be shifted later, too.'
              : 'Nothing has been added yet. The whole batch can be taken back later.'}
        </Text>
        <div>
          <Button variant="default" mr="xs" onClick={() => void discardIntake(clients)}>
            Discard
          </Button>
          <Button onClick={run} loading={execute.isPending} disabled={plan.state === 'failed'} data-primary>
            {rows > 0
              ? `Read in ${counted(rows, 'row')}`
              : prices > 0
                ? `Read in ${counted(prices, 'price')}`
                : 'Read in'}
          </Button>
        </div>
      </div>
    </section>
  )
}

function needsAnswer(file: ImportPlan['files'][number]): boolean {
  return file.problem === null && file.source === null
}

/** Takes a whole batch back, and says so. */
export async function revert({ engine }: Clients, batch: string): Promise<void> {
  try {
    const { events, readingAgain } = await engine.intake.revert({ batch })
    say(withReadingAgain(`The batch was taken back: ${counted(events, 'event')} left the ledger.`, readingAgain))
  } catch (error) {
    sayFailure(error)
  }
}
