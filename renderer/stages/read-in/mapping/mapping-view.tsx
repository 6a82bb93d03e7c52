import { Button, Loader, NumberInput, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { RawTable } from '../../../../shared/contract/recipes.ts'
import { useAct } from '../../../app/acts.tsx'
import { useRead } from '../../../app/queries.ts'
import { useSession } from '../../../app/session.ts'
import { Loaded, Page } from '../../../components/page.tsx'
import styles from './mapping.module.css'
import { blankRecipe, completed, namesOf, type Recipe } from './mapping-draft.ts'
import { MappingForm } from './mapping-form.tsx'
import { MappingPreview } from './mapping-preview.tsx'
import { endMapping, keepWork, type MappedFile, type MappingWork, workOn } from './mapping-store.ts'

/** The mapping screen: a file that no reader knows, its columns said by drop-down, its rows beside what they become. */
export function MappingView({ mapped }: { readonly mapped: MappedFile }) {
  const { batch, file } = mapped
  const [begun] = useState(() => workOn(mapped))
  const [table, setTable] = useState(begun?.table ?? 0)
  const [headerRow, setHeaderRow] = useState<number | undefined>(begun?.headerRow)
  const where = { batch, file, table, ...(headerRow === undefined ? {} : { headerRow }) }
  const tables = useRead({
    topics: [],
    name: 'recipes.tables',
    input: where,
    read: ({ engine }, signal) => engine.recipes.tables(where, { signal }),
    keep: true,
  })
  return (
    <Page
      title={`Map ${file.replace(/^.*\//, '')}`}
      why="Say once what the columns are. Every file with this header is then read by itself. Nothing is added yet."
      fill
    >
      <Loaded of={tables} waiting={<Loader size="sm" aria-label="Looking at the table" />}>
        {(data) => {
          const chosen = data.tables.find((each) => each.table === table) ?? data.tables[0]
          if (!chosen)
            return (
              <div>
                <Text mb="sm">There is no table in this file.</Text>
                <Button variant="default" onClick={endMapping}>
                  Back
                </Button>
              </div>
            )
          const names = namesOf(chosen.header)
          const kept = begun?.table === table && begun.headerRow === headerRow ? begun : null
          const first = kept?.draft ?? mapped.recipe ?? data.suggestion ?? blankRecipe(file, names, newId())
          return (
            <Mapping
              key={`${chosen.table} ${chosen.headerRow} ${chosen.header.join('\u001f')}`}
              where={where}
              first={first}
              identityChosenBefore={kept?.identityChosen ?? mapped.recipe !== null}
              onKeep={(work) => keepWork(mapped, work === null ? null : { table, headerRow, ...work })}
              names={names}
              table={chosen}
              questions={mapped.recipe === null ? data.questions : []}
              head={
                <WhichTable
                  tables={data.tables}
                  table={chosen}
                  onTable={(next) => {
                    setHeaderRow(undefined)
                    setTable(next)
                  }}
                  onHeaderRow={setHeaderRow}
                />
              }
            />
          )
        }}
      </Loaded>
    </Page>
  )
}

function newId(): string {
  return `table-${crypto.randomUUID().slice(0, 8)}`
}

interface WhichTableProps {
  readonly tables: readonly RawTable[]
  readonly table: RawTable
  readonly onTable: (table: number) => void
  readonly onHeaderRow: (row: number) => void
}

function WhichTable({ tables, table, onTable, onHeaderRow }: WhichTableProps) {
  return (
    <div className={styles.which}>
      {tables.length > 1 ? (
        <Select
          label="Table"
          size="xs"
          data={tables.map((each) => ({
            value: String(each.table),
            label: [each.member, each.sheet].filter(Boolean).join(' · ') || `Table ${each.table + 1}`,
          }))}
          value={String(table.table)}
          onChange={(next) => next !== null && onTable(Number.parseInt(next, 10))}
        />
      ) : null}
      <NumberInput
        label="Header row"
        size="xs"
        w={120}
        min={1}
        max={200}
        allowDecimal={false}
        value={table.headerRow}
        onChange={(next) => typeof next === 'number' && next >= 1 && next <= 200 && onHeaderRow(next)}
      />
    </div>
  )
}

interface MappingProps {
  readonly where: { batch: string; file: string; table: number; headerRow?: number }
  readonly first: Recipe
  readonly identityChosenBefore: boolean
  /** Called with what was said so far, or with null once it is saved. */
  readonly onKeep: (work: Pick<MappingWork, 'draft' | 'identityChosen'> | null) => void
  readonly names: readonly string[]
  readonly table: RawTable
  readonly questions: readonly { readonly about: string; readonly text: string }[]
  readonly head: React.ReactNode
}

function Mapping(props: MappingProps) {
  const { where, first, identityChosenBefore, onKeep, names, table, questions, head } = props
  const { profile } = useSession()
  const act = useAct()
  const [draft, setDraft] = useState(first)
  const [identityChosen, setIdentityChosen] = useState(identityChosenBefore)
  const [busy, setBusy] = useState(false)
  const change = (next: Recipe, chosen = identityChosen): void => {
    setDraft(next)
    setIdentityChosen(chosen)
    onKeep({ draft: next, identityChosen: chosen })
  }
  const recipe = completed(draft, names, identityChosen)
  const [tried] = useDebouncedValue(recipe, 200)
  const input = { ...where, recipe: tried }
  const preview = useRead({
    topics: ['recipes'],
    name: 'recipes.preview',
    input,
    read: ({ engine }, signal) => engine.recipes.preview(input, { signal }),
    keep: true,
  })
  const fresh = JSON.stringify(tried) === JSON.stringify(recipe) && !preview.isFetching
  const problems = preview.data?.problems.length ?? 0
  const save = async (): Promise<void> => {
    setBusy(true)
    const saved = await act(
      ({ engine }) => engine.recipes.save({ recipe }),
      ({ recipe: kept }) => `“${kept.name}” was saved. Files with this header are read by it from now on.`,
    )
    if (saved) {
      onKeep(null)
      const again = await act(({ engine }) => engine.intake.replan({ batch: where.batch, file: where.file }))
      if (again) endMapping()
    }
    setBusy(false)
  }
  return (
    <>
      <div className={styles.mapping}>
        <div className={styles.side}>
          {head}
          <MappingForm
            recipe={draft}
            names={names}
            questions={questions}
            preview={preview.data}
            identityChosen={identityChosen}
            onChange={change}
            onIdentity={(columns) => change({ ...draft, identity: { ...draft.identity, columns } }, true)}
          />
        </div>
        <Loaded
          of={preview}
          waiting={<MappingPreview table={table} preview={undefined} zone={profile.zone} fresh={false} />}
        >
          {(data) => <MappingPreview table={table} preview={data} zone={profile.zone} fresh={fresh} />}
        </Loaded>
      </div>
      <div className={styles.foot}>
        <Text size="xs" c="dimmed">
          {problems > 0
            ? 'What is said above the rows stands in the way of saving.'
            : 'Saved as a recipe: a small file without any of your data, which others can use too.'}
        </Text>
        <div className={styles.acts}>
          <Button variant="default" onClick={endMapping}>
            Back
          </Button>
          <Button
            onClick={() => void save()}
            loading={busy}
            disabled={!fresh || problems > 0 || !preview.data}
            data-primary
          >
            Save and read with it
          </Button>
        </div>
      </div>
    </>
  )
}
