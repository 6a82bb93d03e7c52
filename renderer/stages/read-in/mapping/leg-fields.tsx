import { Button, Checkbox, Select } from '@mantine/core'
import { AssetFields, ColumnField } from './fields.tsx'
import styles from './mapping.module.css'
import type { Leg } from './mapping-draft.ts'

const SIGNS: readonly { readonly value: Leg['sign']; readonly label: string }[] = [
  { value: 'as-written', label: 'plus came in, minus went out' },
  { value: 'reversed', label: 'plus went out, minus came in' },
  { value: 'in', label: 'always came in' },
  { value: 'out', label: 'always went out' },
  { value: 'fee', label: 'is a fee' },
  { value: 'with-word', label: 'as the row’s word says' },
  { value: 'against-word', label: 'against the row’s word' },
]

interface LegFieldsProps {
  readonly leg: Leg
  readonly place: number
  readonly names: readonly string[]
  /** Rows may become opening lots. */
  readonly lots: boolean
  readonly onChange: (leg: Leg) => void
  readonly onRemove: () => void
}

/** One amount of a row: where it stands, of which asset, which way it goes, what it was worth. */
export function LegFields({ leg, place, names, lots, onChange, onRemove }: LegFieldsProps) {
  const [amount, times] = 'column' in leg.amount ? [leg.amount.column, undefined] : leg.amount.product
  const setAmount = (column: string, by: string | undefined): void =>
    onChange({ ...leg, amount: by === undefined ? { column } : { product: [column, by] } })
  const title = leg.sign === 'fee' ? `Fee (${place + 1})` : `Amount ${place + 1}`
  return (
    <fieldset className={styles.leg}>
      <legend className={styles.legTitle}>{title}</legend>
      <div className={styles.pairOf}>
        <ColumnField
          label="Amount"
          names={names}
          value={amount}
          onChoose={(name) => name !== undefined && setAmount(name, times)}
        />
        <ColumnField
          label="Times"
          names={names}
          value={times}
          none="nothing"
          onChoose={(name) => setAmount(amount, name)}
        />
      </div>
      <Select
        label="Which way"
        size="xs"
        data={[...SIGNS]}
        value={leg.sign}
        onChange={(next) => {
          const sign = SIGNS.find((each) => each.value === next)?.value
          if (sign === undefined) return
          const { included, ...rest } = leg
          onChange({ ...rest, sign, ...(sign === 'fee' && included ? { included } : {}) })
        }}
      />
      <AssetFields label="Asset" names={names} value={leg.asset} onChange={(asset) => onChange({ ...leg, asset })} />
      {leg.sign === 'fee' ? (
        <Checkbox
          size="xs"
          label="It is within another amount already"
          checked={leg.included ?? false}
          onChange={(event) => {
            const { included: _before, ...rest } = leg
            onChange(event.currentTarget.checked ? { ...rest, included: true } : rest)
          }}
        />
      ) : null}
      <ColumnField
        label="What it was worth"
        names={names}
        value={leg.value?.amount}
        none="the file does not say"
        onChoose={(name) => {
          const { value, ...rest } = leg
          onChange(
            name === undefined
              ? rest
              : { ...rest, value: { amount: name, currency: value?.currency ?? { symbol: 'EUR' } } },
          )
        }}
      />
      {leg.value ? (
        <AssetFields
          label="In which currency"
          names={names}
          value={leg.value.currency}
          onChange={(currency) => leg.value && onChange({ ...leg, value: { ...leg.value, currency } })}
        />
      ) : null}
      {lots || leg.acquired !== undefined || leg.cost ? (
        <LotFields leg={leg} names={names} onChange={onChange} />
      ) : null}
      <div>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={onRemove}>
          Remove {title.toLowerCase()}
        </Button>
      </div>
    </fieldset>
  )
}

/** Of an opening lot: since when it is held, and what the whole of it cost. */
function LotFields({ leg, names, onChange }: Pick<LegFieldsProps, 'leg' | 'names' | 'onChange'>) {
  const cost =
    leg.cost === undefined
      ? undefined
      : 'column' in leg.cost.amount
        ? leg.cost.amount.column
        : leg.cost.amount.product[0]
  return (
    <>
      <ColumnField
        label="Lot acquired on"
        names={names}
        value={leg.acquired}
        none="the file does not say"
        onChoose={(name) => {
          const { acquired: _before, ...rest } = leg
          onChange(name === undefined ? rest : { ...rest, acquired: name })
        }}
      />
      <ColumnField
        label="What the lot cost"
        names={names}
        value={cost}
        none="the file does not say"
        onChoose={(name) => {
          const { cost: before, ...rest } = leg
          onChange(
            name === undefined
              ? rest
              : { ...rest, cost: { amount: { column: name }, currency: before?.currency ?? { symbol: '?' } } },
          )
        }}
      />
      {leg.cost ? (
        <AssetFields
          label="Cost in which currency"
          names={names}
          value={leg.cost.currency}
          onChange={(currency) => leg.cost && onChange({ ...leg, cost: { ...leg.cost, currency } })}
        />
      ) : null}
    </>
  )
}
