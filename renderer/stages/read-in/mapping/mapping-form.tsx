import { Autocomplete, Button, Select, TagsInput, TextInput } from '@mantine/core'
import type { RecipePreview } from '../../../../shared/contract/recipes.ts'
import { ACCOUNT_KINDS } from '../../../../shared/events/account.ts'
import { zoneChoices } from '../../../app/entry/zones.ts'
import { useRead } from '../../../app/queries.ts'
import { ColumnField, ColumnsField } from './fields.tsx'
import { LegFields } from './leg-fields.tsx'
import styles from './mapping.module.css'
import { hasLots, newLeg, plainIdentity, type Recipe } from './mapping-draft.ts'
import { WordTable } from './word-table.tsx'

const FORMATS: readonly { readonly value: Recipe['time']['format']; readonly label: string }[] = [
  { value: 'iso', label: '2024-03-01 10:00 (ISO)' },
  { value: 'ymd', label: 'year first' },
  { value: 'dmy', label: 'day first' },
  { value: 'mdy', label: 'month first' },
  { value: 'epoch', label: 'seconds since 1970' },
]
const DECIMALS: readonly { readonly value: Recipe['decimals']; readonly label: string }[] = [
  { value: 'file', label: 'as the file proves' },
  { value: '.', label: '1,234.56 (point)' },
  { value: ',', label: '1.234,56 (comma)' },
]
const MOST_LEGS = 8

interface MappingFormProps {
  readonly recipe: Recipe
  readonly names: readonly string[]
  readonly questions: readonly { readonly about: string; readonly text: string }[]
  readonly preview: RecipePreview | undefined
  readonly identityChosen: boolean
  readonly onChange: (recipe: Recipe) => void
  readonly onIdentity: (columns: string[]) => void
}

/** The mapping itself: columns to members, how times and numbers are written, what the words mean. */
export function MappingForm(props: MappingFormProps) {
  const { recipe, names, questions, preview, onChange } = props
  const asked = (...about: string[]) => questions.filter((question) => about.includes(question.about))
  return (
    <form className={styles.form} aria-label="Mapping" onSubmit={(event) => event.preventDefault()}>
      <Part title="Time" questions={asked('time', 'zone')}>
        <ColumnsField
          label="Columns of the time"
          names={names}
          value={recipe.time.columns}
          most={2}
          onChoose={(columns) => onChange({ ...recipe, time: { ...recipe.time, columns } })}
        />
        <div className={styles.pairOf}>
          <Select
            label="Dates are written"
            size="xs"
            data={[...FORMATS]}
            value={recipe.time.format}
            onChange={(next) => {
              const format = FORMATS.find(({ value }) => value === next)?.value
              if (format) onChange({ ...recipe, time: { ...recipe.time, format } })
            }}
          />
          <Select
            label="Times are in"
            size="xs"
            data={[{ value: 'ask', label: 'ask at each account' }, ...zoneChoices()]}
            value={recipe.time.zone}
            onChange={(zone) => zone && onChange({ ...recipe, time: { ...recipe.time, zone } })}
            searchable
            limit={100}
          />
        </div>
      </Part>
      <Part title="Words" questions={asked('words')}>
        <ColumnsField
          label="Columns that say what happened"
          names={names}
          value={recipe.word?.columns ?? []}
          most={2}
          onChoose={(columns) => {
            const { word, ...rest } = recipe
            onChange(columns.length === 0 ? rest : { ...rest, word: { meanings: {}, ...word, columns } })
          }}
        />
        {recipe.word ? <Words {...props} word={recipe.word} words={preview?.words ?? []} /> : null}
      </Part>
      <Part title="Amounts and fees" questions={asked('amount', 'asset', 'fee', 'decimals')}>
        <Select
          label="Numbers are written"
          size="xs"
          data={[...DECIMALS]}
          value={recipe.decimals}
          onChange={(next) => {
            const decimals = DECIMALS.find(({ value }) => value === next)?.value
            if (decimals) onChange({ ...recipe, decimals })
          }}
        />
        {recipe.legs.map((leg, place) => (
          <LegFields
            // biome-ignore lint/suspicious/noArrayIndexKey: amounts have no identity but their place
            key={place}
            leg={leg}
            place={place}
            names={names}
            lots={hasLots(recipe)}
            onChange={(next) =>
              onChange({ ...recipe, legs: recipe.legs.map((each, at) => (at === place ? next : each)) })
            }
            onRemove={() => onChange({ ...recipe, legs: recipe.legs.filter((_, at) => at !== place) })}
          />
        ))}
        <div className={styles.acts}>
          <Button
            variant="default"
            size="compact-xs"
            disabled={recipe.legs.length >= MOST_LEGS}
            onClick={() => onChange({ ...recipe, legs: [...recipe.legs, newLeg(names)] })}
          >
            Add an amount
          </Button>
          <Button
            variant="default"
            size="compact-xs"
            disabled={recipe.legs.length >= MOST_LEGS}
            onClick={() => onChange({ ...recipe, legs: [...recipe.legs, { ...newLeg(names), sign: 'fee' }] })}
          >
            Add a fee
          </Button>
        </div>
      </Part>
      <Rows {...props} questions={asked('identity')} />
      <More {...props} />
      <Named recipe={recipe} onChange={onChange} />
    </form>
  )
}

interface PartProps {
  readonly title: string
  readonly about?: string
  readonly questions?: readonly { readonly text: string }[]
  readonly children: React.ReactNode
}

function Part({ title, about, questions = [], children }: PartProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      {about ? <p>{about}</p> : null}
      {questions.map((question) => (
        <div key={question.text} className={styles.question}>
          {question.text}
        </div>
      ))}
      {children}
    </section>
  )
}

interface WordsProps extends MappingFormProps {
  readonly word: NonNullable<Recipe['word']>
  readonly words: RecipePreview['words']
}

function Words({ recipe, word, words, onChange }: WordsProps) {
  return (
    <WordTable
      words={words}
      meanings={word.meanings}
      otherwise={word.otherwise}
      onMeaning={(text, meaning) => {
        const { [text]: _before, ...others } = word.meanings
        onChange({
          ...recipe,
          word: { ...word, meanings: meaning === undefined ? others : { ...word.meanings, [text]: meaning } },
        })
      }}
      onOtherwise={(meaning) => {
        const { otherwise: _before, ...rest } = word
        onChange({ ...recipe, word: meaning === undefined ? rest : { ...rest, otherwise: meaning } })
      }}
    />
  )
}

function Rows({ recipe, names, questions, identityChosen, onChange, onIdentity }: MappingFormProps) {
  const { status } = recipe
  return (
    <Part
      title="Rows"
      about="Rows that agree in the chosen columns are one event. An id of the venue makes a row the same row in the next export."
      questions={questions}
    >
      <ColumnsField
        label="Rows belong together by"
        names={names}
        value={recipe.group?.columns ?? []}
        most={12}
        onChoose={(columns) => {
          const { group: _before, ...rest } = recipe
          onChange(columns.length === 0 ? rest : { ...rest, group: { columns } })
        }}
      />
      <ColumnField
        label="The venue’s own id of a row"
        names={names}
        value={recipe.identity.id}
        none="there is none"
        onChoose={(name) => {
          const { id: _before, ...rest } = recipe.identity
          onChange({ ...recipe, identity: name === undefined ? rest : { ...rest, id: name } })
        }}
      />
      <ColumnsField
        label="What tells rows apart"
        names={names}
        value={identityChosen ? recipe.identity.columns : plainIdentity(recipe)}
        most={12}
        onChoose={onIdentity}
      />
      <div className={styles.pairOf}>
        <ColumnField
          label="Which rows count"
          names={names}
          value={status?.column}
          none="all of them"
          onChoose={(name) => {
            const { status: before, ...rest } = recipe
            onChange(
              name === undefined ? rest : { ...rest, status: { keep: before?.keep ?? ['completed'], column: name } },
            )
          }}
        />
        {status ? (
          <TagsInput
            label="those that say"
            size="xs"
            value={status.keep}
            onChange={(keep) => onChange({ ...recipe, status: { ...status, keep } })}
          />
        ) : null}
      </div>
    </Part>
  )
}

const FACTS = [
  { member: 'wallet', label: 'Wallet or account of the row' },
  { member: 'hash', label: 'Transaction hash' },
  { member: 'fromAddress', label: 'From address' },
  { member: 'toAddress', label: 'To address' },
  { member: 'counterparty', label: 'The other side' },
] as const

function More({ recipe, names, onChange }: MappingFormProps) {
  return (
    <Part title="What else it says">
      <ColumnsField
        label="Note"
        names={names}
        value={recipe.note ?? []}
        most={12}
        onChoose={(note) => {
          const { note: _before, ...rest } = recipe
          onChange(note.length === 0 ? rest : { ...rest, note })
        }}
      />
      <div className={styles.pairOf}>
        {FACTS.map(({ member, label }) => (
          <ColumnField
            key={member}
            label={label}
            names={names}
            value={recipe[member]}
            none="not there"
            onChoose={(name) => {
              const { [member]: _before, ...rest } = recipe
              onChange((name === undefined ? rest : { ...rest, [member]: name }) as Recipe)
            }}
          />
        ))}
      </div>
    </Part>
  )
}

function Named({ recipe, onChange }: Pick<MappingFormProps, 'recipe' | 'onChange'>) {
  const accounts = useRead({
    topics: ['accounts', 'batches'],
    name: 'intake.accounts',
    read: ({ engine }, signal) => engine.intake.accounts(undefined, { signal }),
  })
  return (
    <Part title="Name and account">
      <TextInput
        label="Name of this mapping"
        size="xs"
        value={recipe.name}
        maxLength={120}
        onChange={(event) => onChange({ ...recipe, name: event.currentTarget.value, venue: event.currentTarget.value })}
      />
      <div className={styles.pairOf}>
        <Autocomplete
          label="Goes into the account"
          size="xs"
          data={[...new Set((accounts.data?.accounts ?? []).map(({ name }) => name))]}
          value={recipe.account.name}
          maxLength={120}
          onChange={(name) => onChange({ ...recipe, account: { ...recipe.account, name } })}
        />
        <Select
          label="It is"
          size="xs"
          data={[...ACCOUNT_KINDS]}
          value={recipe.account.kind}
          onChange={(next) => {
            const kind = ACCOUNT_KINDS.find((each) => each === next)
            if (kind) onChange({ ...recipe, account: { ...recipe.account, kind } })
          }}
        />
      </div>
    </Part>
  )
}
