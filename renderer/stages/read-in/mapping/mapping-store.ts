import { shared } from '../../../app/shared-value.ts'
import type { Recipe } from './mapping-draft.ts'

/** The staged file that is being mapped; with a recipe where a known one is changed. */
export interface MappedFile {
  readonly batch: string
  readonly file: string
  readonly recipe: Recipe | null
}

/** What was said so far about one table of a file, and which table it is. */
export interface MappingWork {
  readonly table: number
  readonly headerRow: number | undefined
  readonly draft: Recipe | null
  readonly identityChosen: boolean
}

const state = shared<MappedFile | null>(null)
/** Begun mappings by file, so that a look at the plan or at another screen loses none. */
const works = new Map<string, MappingWork>()
let left: string | null = null

/** The file on the mapping screen, kept while the person looks at other screens. */
export const useMapping = state.use

/** Opens the mapping screen on a staged file. */
export function startMapping(file: MappedFile): void {
  state.set(file)
}

/** Goes back to the plan; what was said so far is kept. */
export function endMapping(): void {
  const mapped = state.get()
  left = mapped === null ? null : keyOf(mapped.batch, mapped.file)
  state.set(null)
}

/** True once, for the file whose mapping was just left. */
export function isBackFrom(batch: string, file: string): boolean {
  if (left !== keyOf(batch, file)) return false
  left = null
  return true
}

/** What was said so far about a file. */
export function workOn({ batch, file }: MappedFile): MappingWork | null {
  return works.get(keyOf(batch, file)) ?? null
}

/** Keeps what was said about a file; null forgets it. */
export function keepWork({ batch, file }: MappedFile, work: MappingWork | null): void {
  if (work === null) works.delete(keyOf(batch, file))
  else works.set(keyOf(batch, file), work)
}

function keyOf(batch: string, file: string): string {
  return `${batch} ${file}`
}
