import { Button, NumberInput, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CarryIn, Country } from '../../../shared/contract/tax-choices.ts'
import { LOCALE } from '../../app/session.ts'
import { exactText, parseTyped } from '../../components/decimal-text.ts'
import styles from './books.module.css'
import { Refusal } from './refusal.tsx'
import { useFactsAct } from './use-facts-act.ts'

interface CarryInFormProps {
  readonly country: Country
  readonly currency: string
  readonly carryIn: CarryIn | null
  /** The first year these books know, to begin with. */
  readonly firstYear: number
}

/** Sums from before these books: losses and the like that an earlier return carries into a year. */
export function CarryInForm({ country, currency, carryIn, firstYear }: CarryInFormProps) {
  const [year, setYear] = useState<number>(carryIn?.year ?? firstYear)
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      country.carriesIn.map(({ id }) => {
        const sum = carryIn?.[id]
        return [id, sum === undefined ? '' : exactText(sum, LOCALE)]
      }),
    ),
  )
  const { save, busy, refused } = useFactsAct()
  const sums = country.carriesIn.map(({ id }) => {
    const text = (draft[id] ?? '').trim()
    return [id, text === '' ? undefined : parseTyped(text, LOCALE)] as const
  })
  const wrong = sums.some(([, sum]) => sum === null)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const given = Object.fromEntries(sums.flatMap(([id, sum]) => (typeof sum === 'string' ? [[id, sum]] : [])))
    const empty = Object.keys(given).length === 0
    void save(
      { carryIn: empty ? null : { year, ...given } },
      empty ? 'Nothing is carried in any more.' : `Carried into ${year}.`,
    )
  }
  if (country.carriesIn.length === 0)
    return <Text c="dimmed">Under {country.name}’s rules nothing is carried in from before these books.</Text>
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Carried in from before these books">
      <NumberInput
        label="Into the tax year"
        description="The year in which it begins."
        value={year}
        min={2009}
        max={2100}
        allowDecimal={false}
        onChange={(next) => typeof next === 'number' && setYear(next)}
      />
      {country.carriesIn.map(({ id, label }) => {
        const value = draft[id] ?? ''
        return (
          <TextInput
            key={id}
            label={`${label}, ${currency}`}
            description="As a positive number; empty where there is none."
            value={value}
            inputMode="decimal"
            error={value.trim() !== '' && parseTyped(value, LOCALE) === null ? 'Not one number' : undefined}
            onChange={(event) => setDraft({ ...draft, [id]: event.currentTarget.value })}
          />
        )
      })}
      <div className={styles.save}>
        <Button type="submit" loading={busy} disabled={wrong}>
          Save what is carried in
        </Button>
      </div>
      <Refusal text={refused} />
    </form>
  )
}
