import { MultiSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { RuleConditionView, RuleEffectView } from '../../../shared/contract/rules.ts'
import { KINDS, type Kind } from '../../../shared/events/kinds.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DaySpan } from '../../components/day-field.tsx'
import { parseTyped } from '../../components/decimal-text.ts'
import { useSourceNames } from '../../components/source-names.ts'
import { kindWords } from '../../components/words.ts'
import styles from './change.module.css'

export const KIND_CHOICES = KINDS.map((kind) => ({ value: kind, label: kindWords(kind) }))
export const isKind = (text: string | null): text is Kind =>
  text !== null && (KINDS as readonly string[]).includes(text)

/** Accounts and assets of the books, as choices. */
export function useFacets() {
  const facets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'events.facets',
    read: ({ engine }, signal) => engine.events.facets(undefined, { signal }),
  })
  return {
    accounts: (facets.data?.accounts ?? []).map(({ id, name }) => ({ value: id, label: name })),
    assets: (facets.data?.assets ?? []).map(({ id, symbol }) => ({ value: id, label: symbol })),
  }
}

type Without<Whole> = { readonly [Key in keyof Whole]?: Whole[Key] | undefined }

/** The object with some members set; undefined ones are left out. */
function withMembers<Whole extends object>(whole: Whole, change: Without<Whole>): Whole {
  return Object.fromEntries(
    Object.entries({ ...whole, ...change }).filter(([, value]) => value !== undefined && value !== ''),
  ) as Whole
}

interface ConditionFieldsProps {
  readonly when: RuleConditionView
  readonly onChange: (when: RuleConditionView) => void
}

/** A condition on events; all that is given must hold. */
export function ConditionFields({ when, onChange }: ConditionFieldsProps) {
  const { accounts, assets } = useFacets()
  const { sources } = useSourceNames()
  const set = (change: Without<RuleConditionView>): void => onChange(withMembers(when, change))
  return (
    <div className={styles.fields}>
      <TextInput
        label="From or to (address, other side)"
        size="xs"
        w={230}
        value={when.address ?? ''}
        maxLength={200}
        onChange={(event) => set({ address: event.currentTarget.value || undefined })}
      />
      <Pick label="Account" all="any" choices={accounts} value={when.account} onPick={(account) => set({ account })} />
      <Pick label="Asset" all="any" choices={assets} value={when.asset} onPick={(asset) => set({ asset })} />
      <Select
        label="Direction"
        size="xs"
        w={120}
        data={[
          { value: '', label: 'either' },
          { value: 'in', label: 'came in' },
          { value: 'out', label: 'went out' },
        ]}
        value={when.direction ?? ''}
        onChange={(next) => set({ direction: next === 'in' || next === 'out' ? next : undefined })}
      />
      <Amount label="At least" value={when.atLeast} onAmount={(atLeast) => set({ atLeast })} />
      <Amount label="At most" value={when.atMost} onAmount={(atMost) => set({ atMost })} />
      <MultiSelect
        label="Kind, as read"
        size="xs"
        w={220}
        data={KIND_CHOICES}
        value={when.kinds ?? []}
        searchable
        limit={100}
        hidePickedOptions
        comboboxProps={{ keepMounted: false }}
        onChange={(next) => {
          const kinds = next.filter(isKind)
          set({ kinds: kinds.length === 0 ? undefined : kinds })
        }}
      />
      <TagsInput
        label="In the source’s words"
        size="xs"
        w={180}
        value={when.sourceKinds ?? []}
        onChange={(next) => set({ sourceKinds: next.length === 0 ? undefined : next })}
      />
      <Pick
        label="Source"
        all="any"
        choices={sources.map(({ id, name }) => ({ value: id, label: name }))}
        value={when.source}
        onPick={(source) => set({ source })}
      />
      <TextInput
        label="Note has"
        size="xs"
        w={140}
        value={when.note ?? ''}
        maxLength={200}
        onChange={(event) => set({ note: event.currentTarget.value || undefined })}
      />
      <DaySpan
        days={{ from: when.from ?? '', to: when.to ?? '' }}
        onDays={({ from, to }) => set({ from: from || undefined, to: to || undefined })}
      />
      <Select
        label="Spam"
        size="xs"
        w={120}
        data={[
          { value: '', label: 'either' },
          { value: 'yes', label: 'looks like it' },
          { value: 'no', label: 'does not' },
        ]}
        value={when.spam === undefined ? '' : when.spam ? 'yes' : 'no'}
        onChange={(next) => set({ spam: next === 'yes' ? true : next === 'no' ? false : undefined })}
      />
    </div>
  )
}

interface EffectFieldsProps {
  readonly effect: RuleEffectView
  readonly onChange: (effect: RuleEffectView) => void
}

/** What is decided about the events that fit. */
export function EffectFields({ effect, onChange }: EffectFieldsProps) {
  const { accounts } = useFacets()
  const set = (change: Without<RuleEffectView>): void => onChange(withMembers(effect, change))
  return (
    <div className={styles.fields}>
      <Select
        label="It is"
        size="xs"
        w={220}
        data={[{ value: '', label: 'as it is' }, ...KIND_CHOICES]}
        value={effect.kind ?? ''}
        searchable
        onChange={(next) => set({ kind: isKind(next) ? next : undefined })}
      />
      <TextInput
        label="Does not count, because"
        size="xs"
        w={180}
        value={effect.ignore ?? ''}
        maxLength={500}
        placeholder="it counts"
        onChange={(event) => set({ ignore: event.currentTarget.value || undefined })}
      />
      <TextInput
        label="Set the note"
        size="xs"
        w={180}
        value={effect.note ?? ''}
        maxLength={2000}
        placeholder="leave it"
        onChange={(event) => set({ note: event.currentTarget.value || undefined })}
      />
      <Pick
        label="Own transfer with"
        all="not said"
        choices={accounts}
        value={effect.counterparty}
        onPick={(counterparty) => set({ counterparty })}
      />
    </div>
  )
}

interface PickProps {
  readonly label: string
  readonly all: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly value: string | undefined
  readonly onPick: (value: string | undefined) => void
}

/** One of a list, or none of them. */
export function Pick({ label, all, choices, value, onPick }: PickProps) {
  const known = value === undefined || choices.some((choice) => choice.value === value)
  return (
    <Select
      label={label}
      size="xs"
      w={150}
      data={[{ value: '', label: all }, ...choices, ...(known ? [] : [{ value: value ?? '', label: value ?? '' }])]}
      value={value ?? ''}
      searchable={choices.length > 12}
      limit={200}
      onChange={(next) => onPick(next || undefined)}
    />
  )
}

interface AmountProps {
  readonly label: string
  readonly value: string | undefined
  readonly onAmount: (value: string | undefined) => void
}

function Amount({ label, value, onAmount }: AmountProps) {
  const [text, setText] = useState(value ?? '')
  const wrong = text.trim() !== '' && parseTyped(text, LOCALE) === null
  return (
    <TextInput
      label={label}
      size="xs"
      w={96}
      inputMode="decimal"
      value={text}
      error={wrong ? 'Not one number' : undefined}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        onAmount(typed.trim() === '' ? undefined : (parseTyped(typed, LOCALE) ?? undefined))
      }}
    />
  )
}
