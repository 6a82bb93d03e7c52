import { Button, Select, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Country, MethodFrom } from '../../../shared/contract/tax-choices.ts'
import { useRead } from '../../app/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { DayField } from '../../components/day-field.tsx'
import { civilText } from '../../components/time-text.ts'
import styles from './books.module.css'
import { Refusal } from './refusal.tsx'
import { useFactsAct } from './use-facts-act.ts'

type Named = MethodFrom & { readonly name: string }

interface MethodDatesProps {
  readonly country: Country
  /** The profile's method, which holds before the first change. */
  readonly first: string
  readonly methods: readonly Named[]
}

/** Methods by their first day. A change that the law or a filed year forbids is refused with the rule's name. */
export function MethodDates({ country, first, methods }: MethodDatesProps) {
  const facets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'events.facets',
    read: ({ engine }, signal) => engine.events.facets(undefined, { signal }),
  })
  const [from, setFrom] = useState('')
  const [method, setMethod] = useState<string | null>(null)
  const [asset, setAsset] = useState('')
  const [account, setAccount] = useState('')
  const { save, busy, refused } = useFactsAct()
  const plain = methods.map(({ name: _name, ...each }) => each)
  const nameOf = (id: string): string => country.methods.find((each) => each.id === id)?.name ?? id
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (method === null || from === '') return
    const change: MethodFrom = {
      from,
      method,
      ...(asset === '' ? {} : { asset }),
      ...(account === '' ? {} : { account }),
    }
    const next = [...plain, change].sort((left, right) => left.from.localeCompare(right.from))
    if (await save({ methods: next }, `${nameOf(method)} from ${civilText(from)}.`)) {
      setFrom('')
      setMethod(null)
    }
  }
  const remove = (one: Named): void => {
    const next = plain.filter((_, at) => methods[at] !== one)
    void save(
      { methods: next.length === 0 ? null : next },
      next.length === 0 ? `${nameOf(first)} holds throughout again.` : 'The change of method was taken out.',
    )
  }
  const symbolOf = (id: string | undefined): string =>
    id === undefined ? '' : (facets.data?.assets.find((each) => each.id === id)?.symbol ?? id)
  const accountOf = (id: string | undefined): string =>
    id === undefined ? '' : (facets.data?.accounts.find((each) => each.id === id)?.name ?? id)
  return (
    <div className={styles.dates}>
      {methods.length === 0 ? (
        <Text c="dimmed">{nameOf(first)} holds throughout. It is set in Your books, or chosen under Compare.</Text>
      ) : (
        <DataTable<Named>
          label="Methods by date"
          columns={[
            {
              id: 'from',
              header: 'From',
              cell: (one) => (one.from <= '1970-01-01' ? 'the beginning' : civilText(one.from)),
            },
            { id: 'method', header: 'Method', cell: (one) => one.name },
            {
              id: 'for',
              header: 'For',
              cell: (one) => [symbolOf(one.asset), accountOf(one.account)].filter(Boolean).join(' in ') || 'everything',
            },
            {
              id: 'act',
              header: '',
              align: 'right',
              cell: (one) => (
                <Button
                  variant="default"
                  size="compact-xs"
                  aria-label={`Take out ${one.name} from ${one.from}`}
                  onClick={() => remove(one)}
                >
                  Take out
                </Button>
              ),
            },
          ]}
          rows={methods}
          rowKey={(one) => `${one.from} ${one.method} ${one.asset} ${one.account}`}
        />
      )}
      <form className={styles.ask} onSubmit={(event) => void add(event)} aria-label="Another method from a day">
        <DayField label="From the day" value={from} onDay={setFrom} />
        <Select
          label="Method"
          size="xs"
          w={220}
          placeholder="Choose"
          data={country.methods.map((each) => ({ value: each.id, label: each.name }))}
          value={method}
          onChange={setMethod}
        />
        <Select
          label="Asset"
          size="xs"
          w={140}
          searchable
          data={[
            { value: '', label: 'Every asset' },
            ...(facets.data?.assets ?? []).map((each) => ({ value: each.id, label: each.symbol })),
          ]}
          value={asset}
          onChange={(next) => setAsset(next ?? '')}
        />
        <Select
          label="Account"
          size="xs"
          w={160}
          data={[
            { value: '', label: 'Every account' },
            ...(facets.data?.accounts ?? []).map((each) => ({ value: each.id, label: each.name })),
          ]}
          value={account}
          onChange={(next) => setAccount(next ?? '')}
        />
        <Button type="submit" variant="default" loading={busy} disabled={method === null || from === ''}>
          Begin it then
        </Button>
      </form>
      <Refusal text={refused} comesIntoView />
    </div>
  )
}
