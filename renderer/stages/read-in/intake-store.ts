import type { Clients } from '../../app/client.ts'
import { wordsOf } from '../../app/errors.ts'
import { base64Of } from '../../app/keep-file.ts'
import { shared } from '../../app/shared-value.ts'
import { MOST_FILES, namesOf, withoutHidden } from './file-names.ts'

const CHUNK_BYTES = 1 << 20

/** One batch on its way in: its files go up in chunks, then the engine's plan is looked at, then it is executed. */
export interface Intake {
  readonly batch: string
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sent: number }[]
  readonly phase: 'sending' | 'planned'
}

interface IntakeState {
  readonly intake: Intake | null
  /** What stopped the last upload: which file, and what was kept. */
  readonly failure: string | null
}

const state = shared<IntakeState>({ intake: null, failure: null })
let stop = new AbortController()

/** The batch that is being read in, kept while the person looks at other screens. */
export const useIntake = state.use

/**
 * Sends files to the engine, 1 MiB at a time; each chunk is answered when the engine has room for the next. A failure
 * discards the staged batch, so that nothing half-read stays.
 */
export async function readIn(clients: Clients, chosen: readonly File[]): Promise<void> {
  const files = withoutHidden(chosen)
  if (state.get().intake || files.length === 0) return
  if (files.length > MOST_FILES) {
    const failure = `These are ${files.length} files; at most ${MOST_FILES} are read in at once. Nothing was read: choose fewer, or pack them into a ZIP.`
    state.set({ intake: null, failure })
    return
  }
  const names = namesOf(files)
  stop = new AbortController()
  const { signal } = stop
  const { engine } = clients
  let batch: string | null = null
  let current = names[0] ?? ''
  try {
    const begun = await engine.intake.begin({
      files: files.map((file, at) => ({ name: names[at] ?? file.name, bytes: file.size })),
    })
    batch = begun.batch
    set(
      begun.batch,
      'sending',
      files.map((file, at) => ({ name: names[at] ?? file.name, bytes: file.size, sent: 0 })),
    )
    for (const [position, file] of files.entries()) {
      const upload = begun.uploads[position]
      if (upload === undefined) throw new Error(`no upload was opened for ${file.name}`)
      current = names[position] ?? file.name
      const chunks = Math.max(1, Math.ceil(file.size / CHUNK_BYTES))
      for (let index = 0; index < chunks; index += 1) {
        if (signal.aborted) return
        const bytes = new Uint8Array(await file.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES).arrayBuffer())
        await engine.intake.chunk({ upload, index, base64: base64Of(bytes), last: index === chunks - 1 }, { signal })
        sent(position, Math.min(file.size, (index + 1) * CHUNK_BYTES))
      }
    }
    const intake = state.get().intake
    if (intake) state.set({ intake: { ...intake, phase: 'planned' }, failure: null })
  } catch (error) {
    if (signal.aborted) return
    if (batch !== null) await engine.intake.discard({ batch }).catch(() => undefined)
    state.set({
      intake: null,
      failure: `“${current}” was not read in. ${wordsOf(error)} Nothing of these files was kept.`,
    })
  }
}

/** Stops an upload, or throws a plan away. Nothing of it stays. */
export async function discardIntake({ engine }: Clients): Promise<void> {
  const { intake } = state.get()
  stop.abort()
  state.set({ intake: null, failure: null })
  if (intake) await engine.intake.discard({ batch: intake.batch }).catch(() => undefined)
}

/** Forgets the batch once it was executed. */
export function intakeDone(): void {
  state.set({ intake: null, failure: null })
}

/** Puts the failure message away. */
export function clearFailure(): void {
  state.set({ ...state.get(), failure: null })
}

function set(batch: string, phase: Intake['phase'], files: Intake['files']): void {
  state.set({ intake: { batch, phase, files }, failure: null })
}

function sent(position: number, bytes: number): void {
  const { intake } = state.get()
  if (!intake) return
  const files = intake.files.map((file, index) => (index === position ? { ...file, sent: bytes } : file))
  state.set({ intake: { ...intake, files }, failure: null })
}
