import { Autocomplete, Button, Select, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { FilePlan } from '../../../shared/contract/intake.ts'
import { zoneChoices } from '../../app/entry/zones.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { countText } from '../../components/decimal-text.ts'
import { RECIPE_PREFIX } from '../../components/source-names.ts'
import { dayText } from '../../components/time-text.ts'
import { counted } from '../../components/words.ts'
import { isBackFrom, startMapping } from './mapping/mapping-store.ts'
import { PlanChoices } from './plan-choices.tsx'
import { PlanEvents } from './plan-events.tsx'
import { type NoticeOutcome, PlanNotices } from './plan-notices.tsx'
import { idOfFile } from './plan-summary.tsx'
import { PlanSymbols } from './plan-symbols.tsx'
import styles from './read-in.module.css'
import { ZoneEvidence } from './zone-evidence.tsx'

export interface Replan {
  readonly source?: string
  readonly account?: string
  readonly newAccountName?: string
  readonly zone?: string
}

interface QuestionsProps {
  readonly batch: string
  readonly plan: FilePlan
  readonly onReplan: (change: Replan) => void
}

interface FilePlanViewProps extends QuestionsProps {
  readonly choicesTaken: boolean
  readonly onTakeChoices: (take: boolean) => void
}

type Shown = 'events' | NoticeOutcome | 'change' | null

/** What one file would do: its source, account, rows by outcome, and what cannot be read. */
export function FilePlanView({ batch, plan, onReplan, choicesTaken, onTakeChoices }: FilePlanViewProps) {
  const { profile } = useSession()
  const [shown, setShown] = useState<Shown>(null)
  const show = (next: Shown): void => setShown(shown === next ? null : next)
  const dates =
    plan.first !== null && plan.last !== null
      ? `${dayText(plan.first, profile.zone)} to ${dayText(plan.last, profile.zone)}`
      : null
  const element = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!isBackFrom(batch, plan.file)) return
    element.current?.scrollIntoView({ block: 'start' })
    element.current?.focus({ preventScroll: true })
  }, [batch, plan.file])
  const asked = plan.problem === null && (plan.source === null || plan.zoneAsked)
  return (
    <article ref={element} id={idOfFile(plan.file)} className={styles.plan} aria-label={plan.file} tabIndex={-1}>
      <div className={styles.planHead}>
        <span className={styles.planName}>{plan.file}</span>
        <span>{plan.sourceName ?? 'Not recognised'}</span>
        {plan.layout && plan.accounts === undefined ? <span className={styles.meta}>{plan.layout}</span> : null}
        {plan.accounts ? (
          <span className={styles.meta} title={plan.accounts.map(({ name }) => name).join(', ')}>
            into {counted(plan.accounts.length, 'account')}
            {plan.accounts.some(({ isNew }) => isNew)
              ? ` (${plan.accounts.filter(({ isNew }) => isNew).length} of them new)`
              : ''}
          </span>
        ) : plan.account ? (
          <span className={styles.meta}>
            into {plan.account.name}
            {plan.account.isNew ? ' (new account)' : ''}
          </span>
        ) : null}
        {dates ? <span className={styles.meta}>{dates}</span> : null}
        <MappingButton batch={batch} plan={plan} />
        {plan.problem === null || plan.mappable ? (
          <Button
            variant="subtle"
            size="compact-xs"
            ml="auto"
            onClick={() => show('change')}
            aria-label={`Change how ${plan.file} is read`}
            aria-expanded={shown === 'change'}
          >
            Change
          </Button>
        ) : null}
      </div>
      {plan.problem && !plan.mappable ? (
        <div className={styles.part}>
          <p className={styles.problem} role="alert">
            {plan.problem}
          </p>
        </div>
      ) : plan.problem ? null : (
        <div className={styles.counts}>
          <Count label="added" of={plan.added} open={shown === 'events'} onShow={() => show('events')} />
          <Count label="changed" of={plan.changed} open={shown === 'changed'} onShow={() => show('changed')} />
          <Count label="linked" of={plan.linked} open={shown === 'linked'} onShow={() => show('linked')} />
          <Count label="skipped" of={plan.skipped} open={shown === 'skipped'} onShow={() => show('skipped')} />
          <Count
            label="not understood"
            of={plan.notUnderstood}
            warn
            open={shown === 'not-understood'}
            onShow={() => show('not-understood')}
          />
          {plan.prices > 0 ? <Count label="prices" of={plan.prices} /> : null}
          <Count label="rows in all" of={plan.rows} />
        </div>
      )}
      {plan.warnings.length > 0 ? (
        <ul className={`${styles.part} ${styles.warnings}`}>
          {plan.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      ) : null}
      {plan.mappable ? (
        <div className={styles.asks}>
          <Text size="sm" className={styles.note ?? ''}>
            {plan.source === null ? 'No reader knows this table.' : 'No reader knows one of the tables of this file.'}{' '}
            Say once what its columns are, and every file like it is read by itself.
          </Text>
          <Button onClick={() => startMapping({ batch, file: plan.file, recipe: null })} data-primary>
            Map this table
          </Button>
        </div>
      ) : null}
      {(asked && (!plan.mappable || plan.source !== null)) || shown === 'change' ? (
        <Questions batch={batch} plan={plan} onReplan={onReplan} />
      ) : null}
      <PlanChoices plan={plan} taken={choicesTaken} onTake={onTakeChoices} />
      <PlanSymbols plan={plan} onReplan={() => onReplan({})} />
      {shown === 'events' ? <PlanEvents batch={batch} file={plan.file} /> : null}
      {shown === 'changed' || shown === 'linked' || shown === 'skipped' || shown === 'not-understood' ? (
        <PlanNotices batch={batch} plan={plan} outcome={shown} />
      ) : null}
    </article>
  )
}

interface CountProps {
  readonly label: string
  readonly of: number
  readonly warn?: boolean
  readonly open?: boolean
  readonly onShow?: () => void
}

function Count({ label, of, warn, open, onShow }: CountProps) {
  const body = (
    <>
      <div className={styles.number} data-none={of === 0 || undefined} data-open={(warn && of > 0) || undefined}>
        {countText(of, LOCALE)}
      </div>
      <div className={styles.meta}>{label}</div>
    </>
  )
  if (!onShow || of === 0) return <div className={styles.count}>{body}</div>
  return (
    <button type="button" className={styles.count} data-open={open || undefined} aria-expanded={open} onClick={onShow}>
      {body}
    </button>
  )
}

/** Opens the mapping of a file that a recipe reads, to change it. */
function MappingButton({ batch, plan }: { readonly batch: string; readonly plan: FilePlan }) {
  const recipes = useRead({
    topics: ['recipes', 'batches'],
    name: 'recipes.list',
    read: ({ engine }, signal) => engine.recipes.list(undefined, { signal }),
    enabled: plan.source?.startsWith(RECIPE_PREFIX) ?? false,
  })
  const found = recipes.data?.recipes.find(({ id }) => `${RECIPE_PREFIX}${id}` === plan.source)
  if (!found) return null
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      onClick={() => startMapping({ batch, file: plan.file, recipe: found.recipe })}
    >
      Change the mapping
    </Button>
  )
}

function Questions({ batch, plan, onReplan }: QuestionsProps) {
  const sources = useRead({
    topics: [],
    name: 'intake.sources',
    read: ({ engine }, signal) => engine.intake.sources(undefined, { signal }),
  })
  const accounts = useRead({
    topics: ['accounts', 'batches'],
    name: 'intake.accounts',
    read: ({ engine }, signal) => engine.intake.accounts(undefined, { signal }),
  })
  const [source, setSource] = useState(plan.source)
  const [zone, setZone] = useState(plan.zone)
  const [account, setAccount] = useState(plan.account?.name ?? '')
  const known = accounts.data?.accounts ?? []
  const likely = new Set(plan.candidates.map((candidate) => candidate.source))
  // A recipe's source is not among those that come with the program.
  const own =
    plan.source === null || sources.data?.some(({ id }) => id === plan.source)
      ? []
      : [{ id: plan.source, name: plan.sourceName ?? plan.source }]
  const choices = [...own, ...(sources.data ?? [])].sort(
    (left, right) => Number(likely.has(right.id)) - Number(likely.has(left.id)),
  )
  const apply = (): void => {
    const existing = known.find((each) => each.name === account.trim())
    onReplan({
      ...(source !== null && source !== plan.source ? { source } : {}),
      ...(zone !== null && (zone !== plan.zone || plan.zoneAsked) ? { zone } : {}),
      ...(account.trim() === '' || account.trim() === plan.account?.name
        ? {}
        : existing
          ? { account: existing.id }
          : { newAccountName: account.trim() }),
    })
  }
  return (
    <div className={styles.asks}>
      <Text size="sm" w="100%">
        {question(plan)}
      </Text>
      <Select
        label="Source"
        size="xs"
        data={choices.map((each) => ({ value: each.id, label: each.name }))}
        value={source}
        onChange={setSource}
        searchable
      />
      <Autocomplete
        label="Account"
        size="xs"
        data={known.map((each) => each.name)}
        value={account}
        onChange={setAccount}
      />
      <Select
        label="Times are in"
        size="xs"
        data={zoneChoices()}
        value={zone}
        onChange={setZone}
        searchable
        limit={100}
        placeholder="as the source says"
      />
      <Button variant="default" onClick={apply}>
        Read again
      </Button>
      {plan.source !== null && plan.zoneAsked ? (
        <ZoneEvidence batch={batch} file={plan.file} onZone={(next) => onReplan({ zone: next })} />
      ) : null}
    </div>
  )
}

function question(plan: FilePlan): string {
  if (plan.source === null && plan.candidates.length > 1)
    return `This could be ${plan.candidates.map((candidate) => candidate.name).join(' or ')}. Which one is it?`
  if (plan.source === null)
    return 'No known header was found in this file. If you know where it comes from, choose the source.'
  if (plan.zoneAsked)
    return `This source does not say the zone of its times. Which one is it? Until you say, they are read in ${plan.zone ?? 'UTC'}.`
  return `${counted(plan.events, 'event')} would come of it. Read it again with another source, account or zone.`
}
