import { Button, Progress, Text } from '@mantine/core'
import { useState } from 'react'
import type { FilePlan, ImportPlan } from '../../../shared/contract/intake.ts'
import { say, sayFailure, useAct, withReadingAgain } from '../../app/acts.tsx'
import { type Clients, useClients } from '../../app/client.ts'
import { codeOf } from '../../app/errors.ts'
import { useJob } from '../../app/live.ts'
import { useCall, useRead } from '../../app/queries.ts'
import { progressText } from '../../components/job-text.ts'
import { Loaded } from '../../components/page.tsx'
import { counted, listed } from '../../components/words.ts'
import { FilePlanView } from './file-plan-view.tsx'
import { discardIntake, intakeDone } from './intake-store.ts'
import { PlanJoins } from './plan-joins.tsx'
import { PlanLinks } from './plan-links.tsx'
import { PlanSummary } from './plan-summary.tsx'
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
  const left = plan.files.filter(givesNothing).map(({ file }) => file)
  const run = (): void =>
    execute.mutate(plan.hash, {
      onSuccess: ({ batch }) => {
        intakeDone()
        const without = left.length === 0 ? '' : ` Nothing was read of ${listed(left)}.`
        say(
          `Read in: ${batch.title}, ${counted(batch.events, 'event')}.${without}`,
          () => void revert(clients, batch.id),
        )
      },
      onError: (error) => {
        sayFailure(error)
        if (codeOf(error) === 'PLAN_CHANGED') refresh()
      },
    })
  return (
    <section aria-label="What would be read in">
      <PlanSummary files={plan.files} />
      {plan.state === 'ready' ? <PlanJoins batch={plan.batch} hash={plan.hash} /> : null}
      {plan.state === 'ready' ? <PlanLinks batch={plan.batch} hash={plan.hash} /> : null}
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
        <Text c="dimmed">{whatToKnow(plan, left)}</Text>
        <div className={styles.planActs}>
          <Button variant="default" onClick={() => void discardIntake(clients)}>
            Discard
          </Button>
          <Button
            onClick={run}
            loading={execute.isPending}
            disabled={plan.state === 'failed' || left.length === plan.files.length}
            data-primary
          >
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

/** A file nothing is read of as things stand: damaged, unknown, or its source not said yet. */
function givesNothing(file: FilePlan): boolean {
  return file.problem !== null || file.source === null
}

function addsNothing({ added, changed, linked, prices, brokerForms }: FilePlan): boolean {
  return added + changed + linked + prices + (brokerForms ?? 0) === 0
}

/** The one sentence beside the buttons: what stands open, or that nothing has happened yet. */
function whatToKnow({ files }: ImportPlan, left: readonly string[]): string {
  if (left.length === files.length)
    return files.length === 1
      ? 'Nothing of this file can be read as it is.'
      : 'Nothing of these files can be read as they are.'
  if (left.length > 0) return `Nothing is read of ${listed(left)}; the rest can be read in without.`
  const asked = files.filter(({ zoneAsked }) => zoneAsked).length
  if (asked > 0)
    return `${counted(asked, 'file')} ${asked === 1 ? 'does' : 'do'} not say the zone of ${asked === 1 ? 'its' : 'their'} times: answer first, or shift ${asked === 1 ? 'it' : 'them'} later.`
  if (files.every(addsNothing))
    return 'Nothing in it is new: the ledger has these rows already, or they were not understood.'
  return 'Nothing has been added yet. The whole batch can be taken back later.'
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
