import { useRead } from '../app/queries.ts'

/** Before the id of a recipe where it stands among the sources. */
export const RECIPE_PREFIX = 'recipe-'

/** Every source an event or a file can name, recipes among them, each with the name people know it by. */
export function useSourceNames(): {
  readonly sources: readonly { readonly id: string; readonly name: string }[]
  readonly nameOf: (source: string) => string
} {
  const known = useRead({
    topics: [],
    name: 'intake.sources',
    read: ({ engine }, signal) => engine.intake.sources(undefined, { signal }),
  })
  const recipes = useRead({
    topics: ['recipes', 'batches'],
    name: 'recipes.list',
    read: ({ engine }, signal) => engine.recipes.list(undefined, { signal }),
  })
  const sources = [
    ...(known.data ?? []),
    ...(recipes.data?.recipes ?? []).map(({ id, name }) => ({ id: `${RECIPE_PREFIX}${id}`, name })),
  ]
  return {
    sources,
    nameOf: (source) =>
      source === 'hand' ? 'written by hand' : (sources.find(({ id }) => id === source)?.name ?? source),
  }
}
