import { Button } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import type { RecipeEntry } from '../../../shared/contract/recipes.ts'
import { say, sayFailure, sayRefusal, useAct } from '../../app/acts.tsx'
import { useClients } from '../../app/client.ts'
import { base64Of, keepFile } from '../../app/keep-file.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE } from '../../app/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { countText } from '../../components/decimal-text.ts'
import { Loaded, Section } from '../../components/page.tsx'
import styles from './read-in.module.css'

/** The mappings that were made or taken in, to give to others or to throw away. */
export function RecipeList() {
  const clients = useClients()
  const act = useAct()
  const recipes = useRead({
    topics: ['recipes', 'batches'],
    name: 'recipes.list',
    read: ({ engine }, signal) => engine.recipes.list(undefined, { signal }),
  })
  const keep = async (id: string): Promise<void> => {
    try {
      const { fileName, text } = await clients.engine.recipes.export({ id })
      const base64 = base64Of(new TextEncoder().encode(text))
      const name = await keepFile(clients, { fileName, mediaType: 'application/json', base64 })
      if (name !== null) say(`Saved as ${name}. It holds none of your data.`)
    } catch (error) {
      sayFailure(error)
    }
  }
  const takeIn = async (file: File | null): Promise<void> => {
    if (!file) return
    const text = await file.text()
    const done = await act(
      ({ engine }) => engine.recipes.import({ text }),
      ({ recipe }) => (recipe ? `“${recipe.name}” is known now. Files with its columns are read by it.` : null),
    )
    if (done && !done.recipe) {
      const why = done.problems.slice(0, 3).map(({ path, text: what }) => (path === '' ? what : `${path}: ${what}`))
      sayRefusal(`“${file.name}” is no recipe that can be used; nothing was taken in. ${why.join('; ')}.`)
    }
    if (done?.recipe) void recipes.refetch()
  }
  const dialog = useFileDialog({
    multiple: false,
    accept: 'application/json,.json',
    resetOnOpen: true,
    onChange: (files) => void takeIn(files?.[0] ?? null),
  })
  return (
    <Section
      title="Recipes"
      note={
        <Button variant="default" size="compact-xs" onClick={dialog.open}>
          Take in a recipe…
        </Button>
      }
    >
      <Loaded of={recipes}>
        {(data) =>
          data.recipes.length === 0 ? (
            <p className={styles.meta}>
              None yet. A file that nobody knows is mapped once; the mapping is kept here and can be given to others.
            </p>
          ) : (
            <DataTable<RecipeEntry>
              label="Recipes"
              columns={[
                { id: 'name', header: 'Name', cell: (each) => each.name },
                { id: 'account', header: 'Account', cell: (each) => each.recipe.account.name },
                {
                  id: 'columns',
                  header: 'Known by the columns',
                  wrap: true,
                  cell: (each) => each.recipe.header.columns.join(', '),
                },
                { id: 'version', header: 'Version', align: 'right', cell: (each) => countText(each.version, LOCALE) },
                {
                  id: 'imports',
                  header: 'Read with it',
                  align: 'right',
                  cell: (each) => countText(each.imports, LOCALE),
                },
                {
                  id: 'acts',
                  header: '',
                  align: 'right',
                  pinned: true,
                  cell: (each) => (
                    <span className={styles.acts}>
                      <Button
                        variant="default"
                        size="compact-xs"
                        aria-label={`Save the recipe ${each.name}`}
                        onClick={() => void keep(each.id)}
                      >
                        Save as a file
                      </Button>
                      <Button
                        variant="default"
                        size="compact-xs"
                        aria-label={`Delete the recipe ${each.name}`}
                        onClick={() =>
                          void act(
                            ({ engine }) => engine.recipes.remove({ id: each.id }),
                            () => `“${each.name}” was deleted. What was read with it stays.`,
                          )
                        }
                      >
                        Delete
                      </Button>
                    </span>
                  ),
                },
              ]}
              rows={data.recipes}
              rowKey={(each) => each.id}
            />
          )
        }
      </Loaded>
    </Section>
  )
}
