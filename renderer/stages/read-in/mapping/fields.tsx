import { MultiSelect, Select, TextInput } from '@mantine/core'
import styles from './mapping.module.css'
import type { AssetPlace } from './mapping-draft.ts'

interface ColumnFieldProps {
  readonly label: string
  readonly names: readonly string[]
  readonly value: string | undefined
  readonly onChoose: (name: string | undefined) => void
  /** What stands for no column. */
  readonly none?: string
  readonly description?: string
}

/** A column of the file, chosen from a list; with `none`, it may be left out. */
export function ColumnField({ label, names, value, onChoose, none, description }: ColumnFieldProps) {
  const data = names.map((name) => ({ value: name, label: name }))
  return (
    <Select
      label={label}
      description={description}
      size="xs"
      data={none === undefined ? data : [{ value: '', label: none }, ...data]}
      value={value ?? (none === undefined ? null : '')}
      onChange={(next) => onChoose(next || undefined)}
      searchable={names.length > 8}
      placeholder="choose a column"
    />
  )
}

interface ColumnsFieldProps {
  readonly label: string
  readonly names: readonly string[]
  readonly value: readonly string[]
  readonly onChoose: (names: string[]) => void
  readonly most: number
  readonly description?: string
}

/** Several columns of the file. */
export function ColumnsField({ label, names, value, onChoose, most, description }: ColumnsFieldProps) {
  return (
    <MultiSelect
      label={label}
      description={description}
      size="xs"
      data={[...names]}
      value={[...value]}
      onChange={onChoose}
      maxValues={most}
      placeholder={value.length === 0 ? 'choose columns' : ''}
      hidePickedOptions
    />
  )
}

const PLACES = [
  { value: 'column', label: 'in a column' },
  { value: 'symbol', label: 'always the same' },
  { value: 'base', label: 'first of a pair' },
  { value: 'quote', label: 'second of a pair' },
]

interface AssetFieldsProps {
  readonly label: string
  readonly names: readonly string[]
  readonly value: AssetPlace
  readonly onChange: (asset: AssetPlace) => void
}

/** Where an asset stands: a column, the same for all rows, or one side of a pair such as BTC/EUR. */
export function AssetFields({ label, names, value, onChange }: AssetFieldsProps) {
  const place = 'column' in value ? 'column' : 'symbol' in value ? 'symbol' : value.part
  const column = 'column' in value ? value.column : 'pair' in value ? value.pair : undefined
  const move = (next: string | null): void => {
    const first = column ?? names[0] ?? ''
    if (next === 'column') onChange({ column: first })
    else if (next === 'symbol') onChange({ symbol: 'EUR' })
    else if (next === 'base' || next === 'quote') onChange({ pair: first, part: next })
  }
  return (
    <div className={styles.pairOf}>
      <Select label={label} size="xs" data={PLACES} value={place} onChange={move} />
      {'symbol' in value ? (
        <TextInput
          label="Symbol"
          size="xs"
          value={value.symbol}
          maxLength={60}
          onChange={(event) => onChange({ symbol: event.currentTarget.value })}
        />
      ) : (
        <ColumnField
          label="Column"
          names={names}
          value={column}
          onChoose={(name) => {
            if (name === undefined) return
            onChange('pair' in value ? { ...value, pair: name } : { column: name })
          }}
        />
      )}
      {'pair' in value ? (
        <>
          <TextInput
            label="Between the two"
            size="xs"
            value={value.separator ?? ''}
            maxLength={3}
            placeholder="found by itself"
            onChange={(event) => {
              const { separator: _before, ...rest } = value
              const text = event.currentTarget.value
              onChange(text === '' ? rest : { ...rest, separator: text })
            }}
          />
          <TextInput
            label="One word may end with"
            size="xs"
            defaultValue={value.quotes?.join(', ') ?? ''}
            placeholder="EUR, USDT"
            onChange={(event) => {
              const { quotes: _before, ...rest } = value
              const quotes = event.currentTarget.value.split(/[\s,;]+/).filter((quote) => quote !== '')
              onChange(quotes.length === 0 ? rest : { ...rest, quotes })
            }}
          />
        </>
      ) : null}
    </div>
  )
}
