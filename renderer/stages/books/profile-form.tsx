import { Button, NumberInput, Select, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ProfileSettings } from '../../../shared/contract/session.ts'
import { say, useUndo } from '../../app/acts.tsx'
import { zoneChoices } from '../../app/entry/zones.ts'
import { wordsOf } from '../../app/errors.ts'
import { invalidateTopics, useCall, useRead } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { Notice, Sentences } from '../../components/notice.tsx'
import styles from './books.module.css'
import { Refusal } from './refusal.tsx'

const SCOPES = [
  { value: 'pack', label: 'As the country’s rule says' },
  { value: 'account', label: 'Each account by itself' },
  { value: 'universal', label: 'All accounts together' },
]

/** The profile: everything that decides how the law counts. Changing it changes figures, not records. */
export function ProfileForm() {
  const { profile } = useSession()
  return <Fields key={JSON.stringify(profile)} profile={profile} />
}

function Fields({ profile }: { readonly profile: ProfileSettings }) {
  const queries = useQueryClient()
  const { undo } = useUndo()
  const [draft, setDraft] = useState<ProfileSettings>(profile)
  const countries = useRead({
    topics: [],
    name: 'session.jurisdictions',
    read: ({ engine }, signal) => engine.session.jurisdictions(undefined, { signal }),
  })
  const save = useCall(({ engine }, changes: Partial<ProfileSettings>) => engine.session.updateProfile(changes))
  const country = countries.data?.find((each) => each.code === draft.jurisdiction)
  const methods = country?.methods ?? []
  const changes = changesOf(profile, draft)
  const changed = Object.keys(changes).length > 0
  const set = (next: Partial<ProfileSettings>): void => setDraft({ ...draft, ...next })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(changes, {
      onSuccess: () => {
        say('Saved. Figures are worked out anew.', () => void undo())
        invalidateTopics(queries, ['session', 'tax', 'stages'])
      },
    })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        className={styles.wide ?? ''}
        label="Name of the books"
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={120}
      />
      <Select
        label="Country of tax"
        data={(countries.data ?? []).map((each) => ({ value: each.code, label: each.name }))}
        value={draft.jurisdiction}
        onChange={(code) => {
          const next = countries.data?.find((each) => each.code === code)
          if (next) set({ jurisdiction: next.code, method: next.defaultMethod, currency: next.currency })
        }}
      />
      <TextInput
        label="Currency"
        value={draft.currency}
        maxLength={3}
        onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
        error={/^[A-Z]{3}$/.test(draft.currency) ? undefined : 'Three letters, such as USD.'}
      />
      <Select
        label="Method"
        description={methods.find((method) => method.id === draft.method)?.note}
        data={methods.map((method) => ({ value: method.id, label: method.name }))}
        value={draft.method}
        onChange={(method) => method !== null && set({ method })}
      />
      <Select
        label="Whose lots count together"
        description="The unit of basis."
        data={SCOPES}
        value={draft.scope}
        onChange={(scope) => (scope === 'pack' || scope === 'account' || scope === 'universal') && set({ scope })}
      />
      <NumberInput
        label="Tax year"
        value={draft.taxYear}
        min={2009}
        max={2100}
        allowDecimal={false}
        onChange={(year) => typeof year === 'number' && set({ taxYear: year })}
      />
      <Select
        label="Time zone"
        data={zoneChoices()}
        value={draft.zone}
        searchable
        limit={200}
        onChange={(zone) => zone !== null && set({ zone })}
      />
      <Select
        label="Amounts on forms"
        data={[
          { value: 'cents', label: 'With cents' },
          { value: 'whole', label: 'Whole units' },
        ]}
        value={draft.rounding}
        onChange={(rounding) => (rounding === 'cents' || rounding === 'whole') && set({ rounding })}
      />
      <div className={styles.save}>
        <Button type="submit" disabled={!changed || draft.name.trim() === ''} loading={save.isPending}>
          Save
        </Button>
        {changed ? <Text c="dimmed">Your records stay as they are; figures are worked out anew.</Text> : null}
      </div>
      <Refusal text={save.error ? wordsOf(save.error) : null} />
      {country && country.toVerify.length > 0 ? (
        <div className={styles.verify}>
          <Notice title={`${country.name}: to be verified before you rely on the figures`} tone="open">
            <Sentences of={country.toVerify} />
          </Notice>
        </div>
      ) : null}
    </form>
  )
}

function changesOf(before: ProfileSettings, after: ProfileSettings): Partial<ProfileSettings> {
  const entries = Object.entries(after).filter(([key, value]) => before[key as keyof ProfileSettings] !== value)
  return Object.fromEntries(entries)
}
