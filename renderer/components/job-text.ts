import type { Job } from '../../shared/contract/live.ts'
import { LOCALE } from '../app/session.ts'
import { countText } from './decimal-text.ts'

const JOBS: Readonly<Record<string, string>> = {
  allocation: 'Working out a plan',
  compare: 'Comparing',
  compute: 'Working out the figures',
  export: 'Writing everything out',
  link: 'Looking for movements told twice',
  match: 'Looking for pairs',
  positions: 'Trying other answers',
  read: 'Reading files',
  'read again': 'Reading files again',
  render: 'Writing a report',
  settle: 'Linking and applying rules',
  shift: 'Shifting times',
  verify: 'Checking the books',
}

/** What a job does, in words. */
export const jobWords = ({ name }: Job): string => JOBS[name] ?? name

/** `12,000 of 100,000 rows · about 8 s left` */
export function progressText(job: Job): string {
  const of = job.total === null ? '' : ` of ${countText(job.total, LOCALE)}`
  const left =
    job.remaining === null ? '' : job.remaining < 1_500 ? ' · nearly done' : ` · about ${leftText(job.remaining)} left`
  return `${countText(job.done, LOCALE)}${of} ${job.unit}${left}`
}

function leftText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
