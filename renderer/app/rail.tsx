import { ActionIcon, Menu, Progress, Tooltip } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import type { StageState } from '../../shared/contract/tax.ts'
import { countText } from '../components/decimal-text.ts'
import { stakeText } from '../components/effect.ts'
import { Icon } from '../components/icon.tsx'
import { jobWords, progressText } from '../components/job-text.ts'
import { momentText } from '../components/time-text.ts'
import { counted } from '../components/words.ts'
import { useClients } from './client.ts'
import { startAnew } from './door.ts'
import { useJobs } from './live.ts'
import { lockLedger } from './lock.ts'
import styles from './rail.module.css'
import { goTo, SCREENS } from './screens.ts'
import { LOCALE, useSession, useTaxYear } from './session.ts'
import { problemCount, useStages } from './stages.ts'

/** The file, the spine with its state and the money at stake, the views, and running work. It never changes place. */
export function Rail() {
  const session = useSession()
  const [year] = useTaxYear()
  const clients = useClients()
  const here = useRouterState({ select: (state) => state.location.pathname })
  const stages = useStages().data?.stages ?? []
  const country = session.profile.jurisdiction === 'none' ? 'no country' : session.profile.jurisdiction.toUpperCase()

  return (
    <nav className={styles.rail} aria-label="Stages and views">
      <Menu position="bottom-start" width={216}>
        <Menu.Target>
          <button type="button" className={styles.file}>
            <span className={styles.fileText}>
              <div className={styles.fileName}>{session.name}</div>
              <div className={styles.meta}>
                {year} · {country}
                {session.sample ? ' · sample' : ''}
              </div>
            </span>
            <Icon name="down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="lock" />} onClick={() => void lockLedger(clients)}>
            Lock
          </Menu.Item>
          <Menu.Item onClick={() => goTo('/settings')}>Settings</Menu.Item>
          <Menu.Item onClick={() => void clients.engine.session.close().finally(startAnew)}>
            Close and open another
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ol className={styles.list}>
        {SCREENS.filter((screen) => screen.stage !== null).map((screen, index) => (
          <li key={screen.path}>
            <StageLink
              path={screen.path}
              place={index}
              name={screen.name}
              here={here === screen.path}
              stage={stages.find((stage) => stage.id === screen.stage)}
            />
          </li>
        ))}
      </ol>
      <ul className={styles.list}>
        {SCREENS.filter((screen) => screen.stage === null).map((screen) => (
          <li key={screen.path}>
            <Link
              to={screen.path}
              className={styles.link}
              data-here={here === screen.path || here.startsWith(`${screen.path}/`) || undefined}
            >
              <span />
              {screen.name}
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.bottom}>
        <RunningJobs />
      </div>
    </nav>
  )
}

interface StageLinkProps {
  readonly path: (typeof SCREENS)[number]['path']
  readonly place: number
  readonly name: string
  readonly here: boolean
  readonly stage: StageState | undefined
}

function StageLink({ path, place, name, here, stage }: StageLinkProps) {
  const { profile } = useSession()
  const count = stage ? problemCount(stage) : 0
  const stake = stage && stage.state !== 'done' ? stakeText(stage.atStake, profile.currency, LOCALE) : ''
  const state = !stage
    ? ''
    : stage.state === 'done'
      ? 'done'
      : stage.state === 'empty'
        ? 'not begun'
        : counted(count, 'open point')
  const checked = stage?.checked ? momentText(stage.checked, profile.zone) : null
  const link = (
    <Link to={path} className={styles.link} data-here={here || undefined} aria-current={here ? 'page' : undefined}>
      <span className={styles.place} aria-hidden="true">
        {place}
      </span>
      <span>{name}</span>
      {stage ? (
        <span className={styles.mark} role="img" aria-label={state}>
          <StateMark stage={stage} count={count} />
        </span>
      ) : null}
      {stake ? <span className={styles.stake}>{stake} at stake</span> : null}
    </Link>
  )
  const problems = stage?.problems.map((problem) => problem.text).join(' · ')
  const said = [problems || (stage?.state === 'done' ? 'Done' : ''), checked ? `Checked ${checked}` : '']
    .filter(Boolean)
    .join('. ')
  return said ? (
    <Tooltip label={said} position="right" openDelay={600} disabled={here}>
      {link}
    </Tooltip>
  ) : (
    link
  )
}

function StateMark({ stage, count }: { readonly stage: StageState; readonly count: number }) {
  if (stage.state === 'done')
    return (
      <span className={styles.done}>
        <Icon name="check" size={14} />
      </span>
    )
  if (stage.state === 'empty')
    return (
      <span className={styles.none}>
        <Icon name="ring" size={14} />
      </span>
    )
  return <span className={styles.open}>{count > 0 ? countText(count, LOCALE) : <Icon name="dot" size={14} />}</span>
}

function RunningJobs() {
  const { engine } = useClients()
  const jobs = useJobs().filter((job) => job.state === 'running')
  if (jobs.length === 0) return null
  return (
    <section className={styles.jobs} aria-label="Running">
      {jobs.map((job) => (
        <div key={job.id}>
          <div className={styles.jobHead}>
            <span>{jobWords(job)}</span>
            <ActionIcon
              size="xs"
              onClick={() => void engine.live.cancel({ job: job.id })}
              aria-label={`Cancel: ${jobWords(job)}`}
            >
              <Icon name="close" size={12} />
            </ActionIcon>
          </div>
          <Progress
            size={4}
            my={4}
            value={job.total ? Math.min(100, (job.done / job.total) * 100) : 100}
            animated={job.total === null}
            aria-label={jobWords(job)}
          />
          <div className={styles.meta}>{progressText(job)}</div>
        </div>
      ))}
    </section>
  )
}
