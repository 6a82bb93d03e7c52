import { shared } from '../../../app/shared-value.ts'
import type { Recipe } from './mapping-draft.ts'

/** The staged file that is being mapped; with a recipe where a known one is changed. */
export interface MappedFile {
  readonly batch: string
  readonly file: string
  readonly recipe: Recipe | null
}

const state = shared<MappedFile | null>(null)

/** The file on the mapping screen, kept while the person looks at other screens. */
export const useMapping = state.use

/** Opens the mapping screen on a staged file. */
export function startMapping(file: MappedFile): void {
  state.set(file)
}

/** Goes back to the plan. */
export function endMapping(): void {
  state.set(null)
}
