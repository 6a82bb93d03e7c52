import { Button, Select, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Country, PersonFact, PersonYear } from '../../../shared/contract/tax-choices.ts'
import { LOCALE } from '../../app/session.ts'
import { parseTyped } from '../../components/decimal-text.ts'
import styles from './books.module.css'
import { draftOf, type FactsDraft, valuesOf } from './fact-values.ts'
import { Refusal } from './refusal.tsx'
import { useFactsAct } from './use-facts-act.ts'

interface PersonFormProps {
  readonly country: Country
  readonly currency: string
  readonly year: number
  readonly label: string
  readonly values: PersonYear
}

/** What the country's year needs to know of the person: one field a fact, with what is assumed while it is missing. */
export function PersonForm({ country, currency, year, label, values }: PersonFormProps) {
  const [draft, setDraft] = useState<FactsDraft>(() => draftOf(country.facts, values, LOCALE))
  const { save, busy, refused } = useFactsAct()
  const next = valuesOf(country.facts, draft, values, LOCALE)
  const known = draftOf(country.facts, values, LOCALE)
  const changed = country.facts.some(({ id }) => draft[id] !== known[id])
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
      <Refusal text={refused} />
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
