import { Button, Select, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Country, PersonFact, PersonYear } from '../../../shared/contract/tax-choices.ts'
import { LOCALE } from '../../app/session.ts'
import { exactText, parseTyped } from '../../components/decimal-text.ts'
import styles from './books.module.css'
import { useFactsAct } from './use-facts-act.ts'

interface PersonFormProps {
  readonly country: Country
  readonly currency: string
  readonly year: number
  readonly label: string
  readonly values: PersonYear
}

type Draft = Readonly<Record<string, string>>

/** What the country's year needs to know of the person: one field a fact, with what is assumed while it is missing. */
export function PersonForm({ country, currency, year, label, values }: PersonFormProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(country.facts, values))
  const { save, busy, refused } = useFactsAct()
  const next = valuesOf(country.facts, draft, values)
  const changed = country.facts.some(({ id }) => draft[id] !== draftOf(country.facts, values)[id])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (next === null) return
    const empty = Object.keys(next).length === 0
    void save({ person: { [String(year)]: empty ? null : next } }, `Facts of ${label} saved.`)
  }
  if (country.facts.length === 0)
    return <Text c="dimmed">{country.name} asks for nothing about you beyond what is in these books.</Text>
  return (
    <form className={styles.form} onSubmit={submit} aria-label={`Facts of ${label}`}>
      {country.facts.map((fact) => (
        <FactField
          key={fact.id}
          fact={fact}
          currency={currency}
          value={draft[fact.id] ?? ''}
          onChange={(value) => setDraft({ ...draft, [fact.id]: value })}
        />
      ))}
      <div className={styles.save}>
        <Button type="submit" disabled={!changed || next === null} loading={busy}>
          Save the facts of {label}
        </Button>
      </div>
      {refused === null ? null : (
        <p className={styles.refused} role="alert">
          {refused}
        </p>
      )}
    </form>
  )
}

interface FactFieldProps {
  readonly fact: PersonFact
  readonly currency: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function FactField({ fact, currency, value, onChange }: FactFieldProps) {
  const about = `${fact.about} While missing: ${fact.assumed}.`
  if (fact.kind === 'yes-no' || (fact.kind === 'choice' && fact.choices.length > 0))
    return (
      <Select
        label={fact.label}
        description={about}
        data={[
          { value: '', label: 'Not said' },
          ...(fact.kind === 'yes-no'
            ? [
                { value: 'yes', label: 'Yes' },
                { value: 'no', label: 'No' },
              ]
            : fact.choices.map((each) => ({ value: each.id, label: each.label }))),
        ]}
        value={value}
        onChange={(next) => onChange(next ?? '')}
      />
    )
  const money = fact.kind === 'money'
  return (
    <TextInput
      label={money ? `${fact.label}, ${currency}` : fact.label}
      description={about}
      value={value}
      maxLength={60}
      {...(money ? { inputMode: 'decimal' as const } : {})}
      error={money && value.trim() !== '' && parseTyped(value, LOCALE) === null ? 'Not one number' : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function draftOf(facts: readonly PersonFact[], values: PersonYear): Draft {
  return Object.fromEntries(facts.map(({ id }) => [id, textOf(id, values)]))
}

function textOf(id: PersonFact['id'], values: PersonYear): string {
  const money = (decimal: string | undefined): string => (decimal === undefined ? '' : exactText(decimal, LOCALE))
  switch (id) {
    case 'otherGains.short':
      return money(values.otherGains?.short)
    case 'otherGains.long':
      return money(values.otherGains?.long)
    case 'otherIncome':
      return money(values.otherIncome)
    case 'partner':
      return values.partner === undefined ? '' : values.partner ? 'yes' : 'no'
    default:
      return values[id] ?? ''
  }
}

/** The facts as the contract takes them, those that this country does not ask for kept as they are; null where a number cannot be read. */
function valuesOf(facts: readonly PersonFact[], draft: Draft, before: PersonYear): PersonYear | null {
  let values: PersonYear = before
  for (const { id, kind } of facts) {
    const text = (draft[id] ?? '').trim()
    const typed = text === '' ? undefined : kind === 'money' ? parseTyped(text, LOCALE) : text
    if (typed === null) return null
    values = withFact(values, id, typed)
  }
  return values
}

function withFact(values: PersonYear, id: PersonFact['id'], value: string | undefined): PersonYear {
  if (id === 'otherGains.short' || id === 'otherGains.long') {
    const part = id === 'otherGains.short' ? 'short' : 'long'
    const { otherGains, ...rest } = values
    const { [part]: _before, ...others } = otherGains ?? {}
    const gains = value === undefined ? others : { ...others, [part]: value }
    return Object.keys(gains).length === 0 ? rest : { ...rest, otherGains: gains }
  }
  const { [id]: _before, ...rest } = values
  if (value === undefined) return rest
  return id === 'partner' ? { ...rest, partner: value === 'yes' } : { ...rest, [id]: value }
}
