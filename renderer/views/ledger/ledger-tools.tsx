import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Kind } from '../../../shared/events/kinds.ts'
import { KINDS } from '../../../shared/events/kinds.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { countText } from '../../components/decimal-text.ts'
import { Icon } from '../../components/icon.tsx'
import { kindWords } from '../../components/words.ts'
import type { EventSort } from './event-pages.ts'
import styles from './ledger.module.css'
import { setLedgerFilter, useLedgerFilter } from './ledger-filter.ts'

const SORTS: readonly { readonly value: EventSort; readonly label: string }[] = [
  { value: 'time', label: 'by time' },
  { value: 'kind', label: 'by kind' },
  { value: 'account', label: 'by account' },
  { value: 'asset', label: 'by asset' },
  { value: 'amount', label: 'by amount' },
  { value: 'value', label: 'by value' },
]

interface LedgerToolsProps {
  readonly total: number | null
  readonly sort: EventSort
  readonly onSort: (sort: EventSort) => void
}

/** Search, filters and order of the Ledger view. */
export function LedgerTools({ total, sort, onSort }: LedgerToolsProps) {
  const filter = useLedgerFilter()
  const [text, setText] = useState(filter.text ?? '')
  useEffect(() => setText(filter.text ?? ''), [filter.text])
  useEffect(() => {
    const wait = setTimeout(() => {
      if (text !== (filter.text ?? '')) setLedgerFilter({ ...filter, text })
    }, 200)
    return () => clearTimeout(wait)
  }, [text, filter])
  const facets = useRead({
    topics: ['events', 'batches', 'decisions'],
    name: 'events.facets',
    read: ({ engine }, signal) => engine.events.facets(undefined, { signal }),
  })
  const kinds = facets.data?.kinds ?? []
  const narrowed = Object.keys(filter).length > 0
  return (
    <div className={styles.tools}>
      <TextInput
        type="search"
        aria-label="Search events"
        placeholder="Search"
        size="xs"
        w={150}
        leftSection={<Icon name="search" size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Choice
        name="Account"
        all="All accounts"
        value={filter.account}
        choices={(facets.data?.accounts ?? []).map((account) => ({ value: account.id, label: account.name }))}
        onChoose={(account) => setLedgerFilter({ ...filter, account })}
      />
      <Choice
        name="Asset"
        all="All assets"
        value={filter.asset}
        choices={(facets.data?.assets ?? []).map((asset) => ({ value: asset.id, label: asset.symbol }))}
        onChoose={(asset) => setLedgerFilter({ ...filter, asset })}
      />
      <Choice
        name="Kind"
        all="All kinds"
        value={filter.kinds?.[0]}
        choices={kinds.map((kind) => ({ value: kind, label: kindWords(kind) }))}
        onChoose={(kind) => setLedgerFilter({ ...filter, kinds: isKind(kind) ? [kind] : undefined })}
      />
      <Choice
        name="Year"
        all="All years"
        value={filter.year === undefined ? undefined : String(filter.year)}
        choices={(facets.data?.years ?? []).map((year) => ({ value: String(year), label: String(year) }))}
        onChoose={(year) =>
          setLedgerFilter({ ...filter, year: year === undefined ? undefined : Number.parseInt(year, 10) })
        }
      />
      <Select
        aria-label="Order"
        size="xs"
        w={112}
        data={[...SORTS]}
        value={sort}
        onChange={(next) => {
          const found = SORTS.find((each) => each.value === next)
          if (found) onSort(found.value)
        }}
      />
      <Checkbox
        size="xs"
        label="Open only"
        checked={filter.attention ?? false}
        onChange={(event) => setLedgerFilter({ ...filter, attention: event.currentTarget.checked || undefined })}
      />
      {narrowed ? (
        <Button variant="subtle" size="compact-xs" onClick={() => setLedgerFilter({})}>
          Show all
        </Button>
      ) : null}
      <span className={styles.found} aria-live="polite">
        {total === null ? '' : `${countText(total, LOCALE)} ${total === 1 ? 'event' : 'events'}`}
      </span>
    </div>
  )
}

function isKind(text: string | undefined): text is Kind {
  return text !== undefined && (KINDS as readonly string[]).includes(text)
}

interface ChoiceProps {
  readonly name: string
  readonly all: string
  readonly value: string | undefined
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly onChoose: (value: string | undefined) => void
}

function Choice({ name, all, value, choices, onChoose }: ChoiceProps) {
  return (
    <Select
      aria-label={name}
      size="xs"
      w={118}
      data={[{ value: '', label: all }, ...choices]}
      value={value ?? ''}
      onChange={(next) => onChoose(next || undefined)}
      searchable={choices.length > 12}
      limit={200}
    />
  )
}
