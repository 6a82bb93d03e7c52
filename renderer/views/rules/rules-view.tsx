import { ActionIcon, Button, Switch, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { RuleView } from '../../../shared/contract/rules.ts'
import { useAct } from '../../app/acts.tsx'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Icon } from '../../components/icon.tsx'
import { Loaded, Page } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { counted, decisionsChanged, kindWords } from '../../components/words.ts'
import changes from '../ledger/change.module.css'
import { EventSample } from '../ledger/change-effect.tsx'
import { useFacets } from '../ledger/condition-fields.tsx'
import { LedgerPages } from '../ledger/ledger-pages.tsx'
import { RuleForm } from './rule-form.tsx'
import { endRule, NEW_RULE, type RuleDraft, useRuleDraft, writeRule } from './rule-start.ts'

const PAGE = 20
const LIST = 'Rules, from general to special'

/** Rules over past and future events, general first; each shows what it caught. */
export function RulesView() {
  const draft = useRuleDraft()
  const [opened, setOpened] = useState<string | null>(null)
  const rules = useRead({
    topics: ['rules', 'events', 'decisions', 'batches'],
    name: 'rules.list',
    read: ({ engine }, signal) => engine.rules.list(undefined, { signal }),
  })
  return (
    <Page
      title="Rules"
      why="A rule says once what holds for many. They stand from general to special: of two that fit, the later one wins. What you decided by hand stands above all of them."
      actions={draft === null ? <Button onClick={() => writeRule(NEW_RULE)}>New rule</Button> : null}
    >
      <LedgerPages />
      {draft ? <RuleForm key={`${draft.id ?? 'new'} ${draft.name}`} first={draft} /> : null}
      <Loaded of={rules}>{(data) => <Rules rules={data.rules} opened={opened} onOpen={setOpened} />}</Loaded>
    </Page>
  )
}

interface RulesProps {
  readonly rules: readonly RuleView[]
  readonly opened: string | null
  readonly onOpen: (id: string | null) => void
}

function Rules({ rules, opened, onOpen }: RulesProps) {
  const { accounts } = useFacets()
  const nameOf = (id: string): string => accounts.find(({ value }) => value === id)?.label ?? id
  const ordered = [...rules].sort((left, right) => left.position - right.position)
  const own = ordered.filter(({ builtIn }) => !builtIn)
  const focusNext = useFocusAfter(ordered.map(({ id }) => id).join(' '))
  return (
    <DataTable<RuleView>
      label={LIST}
      columns={[
        {
          id: 'place',
          header: '',
          align: 'right',
          cell: (rule) => countText(ordered.indexOf(rule) + 1, LOCALE),
        },
        {
          id: 'name',
          header: 'Rule',
          names: true,
          wrap: true,
          cell: (rule) => (
            <span className={rule.enabled ? undefined : changes.off}>
              {rule.name}
              {rule.builtIn ? <span className={changes.meta}> comes with Tallystick</span> : null}
            </span>
          ),
        },
        { id: 'caught', header: 'Caught', align: 'right', cell: (rule) => counted(rule.caught, 'event') },
        { id: 'on', header: 'On', cell: (rule) => <OnOff rule={rule} /> },
        { id: 'when', header: 'When', wrap: true, cell: (rule) => rule.words },
        { id: 'does', header: 'Decides', wrap: true, cell: (rule) => effectWords(rule, nameOf) },
        {
          id: 'acts',
          header: '',
          align: 'right',
          pinned: true,
          cell: (rule) => <Acts rule={rule} own={own} onFocus={focusNext} />,
        },
      ]}
      rows={ordered}
      rowKey={(rule) => rule.id}
      opened={opened}
      onOpen={onOpen}
      inside={(rule) => <Caught rule={rule} />}
    />
  )
}

/** A row that moves or goes takes the focus with it: once the order has changed, the named control gets it. */
function useFocusAfter(order: string): (names: readonly string[]) => void {
  const wanted = useRef<readonly string[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the order that is waited for
  useEffect(() => {
    const held = document.activeElement
    // A button that has just been disabled keeps the focus for a moment, though nothing can be done with it.
    if (held === null || held === document.body || held.matches(':disabled')) {
      const named = wanted.current.flatMap((name) => [
        ...document.querySelectorAll<HTMLElement>(`main [aria-label="${CSS.escape(name)}"]`),
      ])
      named.find((each) => !each.hasAttribute('disabled'))?.focus()
    }
    wanted.current = []
  }, [order])
  return (names) => {
    wanted.current = names
  }
}

function effectWords({ effect }: RuleView, nameOf: (account: string) => string): string {
  const parts = [
    effect.kind === undefined ? null : kindWords(effect.kind),
    effect.ignore === undefined ? null : `does not count: ${effect.ignore}`,
    effect.note === undefined ? null : `note “${effect.note}”`,
    effect.counterparty === undefined ? null : `own transfer with ${nameOf(effect.counterparty)}`,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

const draftOf = ({ id, name, when, effect, enabled }: RuleView): RuleDraft & { readonly id: string } => ({
  id,
  name,
  when,
  effect,
  enabled,
})

function OnOff({ rule }: { readonly rule: RuleView }) {
  const act = useAct()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: switching must not open the row
    <span onClick={(event) => event.stopPropagation()}>
      <Switch
        size="xs"
        aria-label={`Rule ${rule.name} is on`}
        checked={rule.enabled}
        onChange={(event) => {
          const enabled = event.currentTarget.checked
          void act(
            ({ engine }) => engine.rules.save({ ...draftOf(rule), enabled }),
            ({ changed }) => `“${rule.name}” is ${enabled ? 'on' : 'off'}. ${decisionsChanged(changed)}`,
          )
        }}
      />
    </span>
  )
}

interface ActsProps {
  readonly rule: RuleView
  readonly own: readonly RuleView[]
  /** Names of controls of which the first that can be used takes the focus once the order has changed. */
  readonly onFocus: (names: readonly string[]) => void
}

function Acts({ rule, own, onFocus }: ActsProps) {
  const act = useAct()
  const draft = useRuleDraft()
  if (rule.builtIn) return null
  const place = own.findIndex(({ id }) => id === rule.id)
  const move = (to: number): void => {
    const ids = own.map(({ id }) => id).filter((id) => id !== rule.id)
    ids.splice(to, 0, rule.id)
    const up = `More general: ${rule.name}`
    const down = `More special: ${rule.name}`
    onFocus(to < place ? [up, down] : [down, up])
    void act(
      ({ engine }) => engine.rules.reorder({ ids }),
      ({ changed }) =>
        `“${rule.name}” is ${to < place ? 'more general' : 'more special'} now. ${decisionsChanged(changed)}`,
    )
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: these acts must not open the row
    <span className={changes.rowActs} onClick={(event) => event.stopPropagation()}>
      <ActionIcon
        size="sm"
        aria-label={`More general: ${rule.name}`}
        title="More general"
        disabled={place <= 0}
        onClick={() => move(place - 1)}
      >
        <Icon name="up" size={14} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label={`More special: ${rule.name}`}
        title="More special"
        disabled={place >= own.length - 1}
        onClick={() => move(place + 1)}
      >
        <Icon name="down" size={14} />
      </ActionIcon>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`Change the rule ${rule.name}`}
        onClick={() => writeRule(draftOf(rule))}
      >
        Change
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`Delete the rule ${rule.name}`}
        onClick={() => {
          if (draft?.id === rule.id) endRule()
          onFocus([LIST])
          void act(
            ({ engine }) => engine.rules.remove({ id: rule.id }),
            ({ changed }) => `“${rule.name}” was deleted. ${decisionsChanged(changed)}`,
          )
        }}
      >
        Delete
      </Button>
    </span>
  )
}

function Caught({ rule }: { readonly rule: RuleView }) {
  const [page, setPage] = useState(1)
  const caught = useRead({
    topics: ['rules', 'events', 'decisions', 'batches'],
    name: 'rules.caught',
    input: { id: rule.id, page },
    read: ({ engine }, signal) =>
      engine.rules.caught({ id: rule.id, offset: (page - 1) * PAGE, limit: PAGE }, { signal }),
    keep: true,
  })
  return (
    <Loaded of={caught} waiting={<Text c="dimmed">Looking it up…</Text>}>
      {(data) =>
        data.total === 0 ? (
          <Text c="dimmed">
            {!rule.enabled
              ? 'It is off.'
              : rule.builtIn
                ? 'It has caught nothing yet. What a source marks as spam itself is listed under Sources.'
                : 'It has caught nothing yet. It holds for what will be read in, too.'}
          </Text>
        ) : (
          <>
            <EventSample label={`Caught by ${rule.name}`} rows={data.rows} />
            <div className={changes.panelHead}>
              <Pager total={data.total} page={page} size={PAGE} one="event" onPage={setPage} />
            </div>
          </>
        )
      }
    </Loaded>
  )
}
