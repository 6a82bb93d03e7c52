/** The scenario files: one worked example each, with its authority, as data. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('./scenarios', import.meta.url))

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined }
export type JsonObject = { readonly [name: string]: Json | undefined }

/**
 * One example. `input` is a `tallystick/events@1` document. `expected` is a part of the `tallystick/result@1` document
 * (see `scenario-differences.ts` for how it is compared), or `refused` with a text that the refusal must `say`.
 */
export interface Scenario {
  /** Folder (country) and name, `us/lots-fifo`. */
  readonly name: string
  readonly title: string
  readonly citation: string
  /** Compared after the form's rounding. */
  readonly rounded?: boolean
  /** `official`: published figures; `adapted`: published facts with added figures; `constructed`: made for this project. */
  readonly source_kind: 'official' | 'adapted' | 'constructed'
  readonly input: JsonObject
  readonly expected: JsonObject
}

/** Every scenario, in the order of its name. */
export function scenarioFiles(): readonly Scenario[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => {
      const scenario = JSON.parse(readFileSync(`${ROOT}/${path}`, 'utf8')) as Omit<Scenario, 'name'>
      return { ...scenario, name: path.slice(0, -'.json'.length).replaceAll('\\', '/') }
    })
}
