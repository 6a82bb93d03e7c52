import { Select, TextInput } from '@mantine/core'
import type { RecipePreview } from '../../../../shared/contract/recipes.ts'
import { KINDS } from '../../../../shared/events/kinds.ts'
import { counted, kindWords } from '../../../components/words.ts'
import styles from './mapping.module.css'
import type { Meaning } from './mapping-draft.ts'

const UNKNOWN = ''
const MEANINGS = [
  { value: UNKNOWN, label: 'not understood' },
  { value: 'by-legs', label: 'what moves tells' },
  { value: 'skip', label: 'leave such rows out' },
  ...KINDS.map((kind) => ({ value: kind, label: kindWords(kind) })),
]
const FLOWS = [
  { value: '', label: 'as written' },
  { value: 'in', label: 'came in' },
  { value: 'out', label: 'went out' },
]

interface WordTableProps {
  readonly words: RecipePreview['words']
  readonly meanings: Readonly<Record<string, Meaning>>
  readonly otherwise: Meaning | undefined
  readonly onMeaning: (word: string, meaning: Meaning | undefined) => void
  readonly onOtherwise: (meaning: Meaning | undefined) => void
}

/** What the words of the file mean, those of its first rows and those already in the table. */
export function WordTable({ words, meanings, otherwise, onMeaning, onOtherwise }: WordTableProps) {
  const seen = new Map(words.map(({ word, count }) => [word, count]))
  const folded = new Map(Object.keys(meanings).map((word) => [word.trim().toLowerCase(), word]))
  const keyOf = (word: string): string => folded.get(word.trim().toLowerCase()) ?? word
  const shown = [...new Set([...words.map(({ word }) => keyOf(word)), ...Object.keys(meanings)])]
  const countOf = (word: string): number =>
    [...seen].reduce((sum, [each, count]) => sum + (keyOf(each) === word ? count : 0), 0)
  return (
    <table className={styles.words} aria-label="What the words mean">
      <thead>
        <tr>
          <th scope="col">In the file</th>
          <th scope="col">Means</th>
          <th scope="col">Which way</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((word) => (
          <MeaningRow
            key={word}
            name={word === '' ? '(empty)' : word}
            note={countOf(word) > 0 ? counted(countOf(word), 'row') : 'not in these rows'}
            meaning={Object.hasOwn(meanings, word) ? meanings[word] : undefined}
            onChange={(meaning) => onMeaning(word, meaning)}
          />
        ))}
        <MeaningRow name="any other word" note="" meaning={otherwise} onChange={onOtherwise} />
      </tbody>
    </table>
  )
}

interface MeaningRowProps {
  readonly name: string
  readonly note: string
  readonly meaning: Meaning | undefined
  readonly onChange: (meaning: Meaning | undefined) => void
}

function MeaningRow({ name, note, meaning, onChange }: MeaningRowProps) {
  const setKind = (next: string | null): void => {
    if (!next) {
      onChange(undefined)
      return
    }
    const kind = next === 'by-legs' || next === 'skip' ? next : KINDS.find((each) => each === next)
    if (kind === undefined) return
    const { flow } = meaning ?? {}
    onChange(kind === 'skip' ? { kind } : { kind, ...(flow ? { flow } : {}) })
  }
  return (
    <tr>
      <td>
        <div className={styles.word}>{name}</div>
        <div className={styles.meta}>{note}</div>
      </td>
      <td>
        <Select
          aria-label={`Meaning of ${name}`}
          size="xs"
          data={MEANINGS}
          value={meaning?.kind ?? UNKNOWN}
          onChange={setKind}
          searchable
        />
      </td>
      <td>
        {meaning?.kind === 'skip' ? (
          <TextInput
            aria-label={`Why rows of ${name} are left out`}
            size="xs"
            placeholder="why"
            maxLength={200}
            value={meaning.reason ?? ''}
            onChange={(event) => {
              const reason = event.currentTarget.value
              onChange(reason.trim() === '' ? { kind: 'skip' } : { kind: 'skip', reason })
            }}
          />
        ) : (
          <Select
            aria-label={`Direction of ${name}`}
            size="xs"
            data={FLOWS}
            value={meaning?.flow ?? ''}
            disabled={meaning === undefined}
            onChange={(next) => {
              if (!meaning) return
              const { flow: _before, ...rest } = meaning
              onChange(next === 'in' || next === 'out' ? { ...rest, flow: next } : rest)
            }}
          />
        )}
      </td>
    </tr>
  )
}
