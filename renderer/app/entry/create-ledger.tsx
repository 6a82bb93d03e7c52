import { Alert, Button, Group, NumberInput, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { sayNotices } from '../acts.tsx'
import { wordsOf } from '../errors.ts'
import { invalidateTopics, useCall, useRead } from '../queries.ts'
import styles from './entry.module.css'
import { EntryFrame } from './entry-frame.tsx'
import { PassphraseFields } from './passphrase-fields.tsx'
import { strengthOf } from './passphrase-strength.ts'
import { ownZone, zoneChoices } from './zones.ts'

interface CreateLedgerProps {
  readonly onBack: () => void
  /** Called with the passphrase, which the recovery sheet asks for next. */
  readonly onCreated: (passphrase: string) => void
}

const CURRENCIES = [
  'USD',
  'GBP',
  'EUR',
  'CAD',
  'AUD',
  'CHF',
  'JPY',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'NZD',
  'INR',
  'BRL',
  'ZAR',
  'SGD',
]

/** Your books: who, where, how the law counts, and the passphrase that keeps them. */
export function CreateLedger({ onBack, onCreated }: CreateLedgerProps) {
  const queries = useQueryClient()
  const countries = useRead({
    topics: [],
    name: 'session.jurisdictions',
    read: ({ engine }, signal) => engine.session.jurisdictions(undefined, { signal }),
  })
  const create = useCall(({ engine }, input: Parameters<typeof engine.session.create>[0]) =>
    engine.session.create(input),
  )
  const [name, setName] = useState('')
  const [country, setCountry] = useState<string | null>(null)
  const [currency, setCurrency] = useState<string | null>(null)
  const [method, setMethod] = useState<string | null>(null)
  const [zone, setZone] = useState(ownZone())
  const [year, setYear] = useState<number>(new Date().getFullYear() - 1)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')

  const list = countries.data ?? []
  const picked = list.find((each) => each.code === (country ?? list[0]?.code))
  const methodId = method ?? picked?.defaultMethod ?? 'fifo'
  const methodNote = picked?.methods.find((each) => each.id === methodId)?.note
  const ready = name.trim() !== '' && picked !== undefined && strengthOf(passphrase).enough && passphrase === again

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!ready || !picked) return
    create.mutate(
      {
        passphrase,
        profile: {
          name: name.trim(),
          jurisdiction: picked.code,
          currency: currency ?? picked.currency,
          zone,
          method: methodId,
          scope: 'pack',
          taxYear: year,
          rounding: 'cents',
        },
      },
      {
        onSuccess: ({ notices }) => {
          sayNotices(notices)
          onCreated(passphrase)
          invalidateTopics(queries, ['session'])
        },
      },
    )
  }

  return (
    <EntryFrame wide>
      <form onSubmit={submit}>
        <div className={styles.fields}>
          <div>
            <Title order={1}>New ledger</Title>
            <Text c="dimmed">One file for one person. All of this can be changed later.</Text>
          </div>
          {countries.error ? <Alert color="red">{wordsOf(countries.error)}</Alert> : null}
          {create.error ? (
            <Alert color="red" title="The ledger was not made">
              {wordsOf(create.error)}
            </Alert>
          ) : null}
          <TextInput
            label="Name of the books"
            placeholder="Ada’s books"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={120}
            data-autofocus
          />
          <div className={styles.pair}>
            <Select
              label="Country of tax"
              data={list.map((each) => ({ value: each.code, label: each.name }))}
              value={picked?.code ?? null}
              onChange={(code) => {
                setCountry(code)
                setMethod(null)
                setCurrency(null)
              }}
            />
            <Select
              label="Currency"
              data={[...new Set([picked?.currency ?? 'USD', ...CURRENCIES])]}
              value={currency ?? picked?.currency ?? 'USD'}
              onChange={setCurrency}
              searchable
            />
          </div>
          <div className={styles.pair}>
            <Select
              label="Time zone"
              description="Tax dates are days in this zone."
              data={zoneChoices()}
              value={zone}
              onChange={(next) => next && setZone(next)}
              searchable
              limit={200}
            />
            <NumberInput
              label="Tax year"
              description="The year you want to file first."
              value={year}
              onChange={(next) => typeof next === 'number' && setYear(next)}
              min={2009}
              max={2100}
              allowDecimal={false}
            />
          </div>
          <Select
            label="Method"
            description={methodNote}
            data={(picked?.methods ?? []).map((each) => ({ value: each.id, label: each.name }))}
            value={methodId}
            onChange={setMethod}
          />
          <Stack gap="md" className={styles.section ?? ''}>
            <Text c="dimmed">
              The passphrase encrypts the file. Nobody can reset it; next you get a recovery sheet for the day you
              forget it.
            </Text>
            <PassphraseFields passphrase={passphrase} again={again} onPassphrase={setPassphrase} onAgain={setAgain} />
          </Stack>
          <Group justify="space-between">
            <Button variant="default" onClick={onBack}>
              Back
            </Button>
            <Button type="submit" disabled={!ready} loading={create.isPending}>
              Make the ledger
            </Button>
          </Group>
        </div>
      </form>
    </EntryFrame>
  )
}
