import { shared } from './shared-value.ts'

/** What the trace drawer shows: a trail of figures, the last one in view; empty while nothing was asked yet. */
export interface TraceState {
  readonly open: boolean
  readonly trail: readonly string[]
}

const state = shared<TraceState>({ open: false, trail: [] })
let opener: HTMLElement | null = null

export const useTrace = state.use

/** Opens the drawer on a figure; closing it gives the focus back to `from`. */
export function openTrace(ref: string, from?: HTMLElement): void {
  opener = from ?? null
  const { trail } = state.get()
  state.set({ open: true, trail: trail.at(-1) === ref ? trail : [...trail, ref].slice(-50) })
}

/** Closes the drawer. It remembers: opening it again shows the same figure. */
export function closeTrace(): void {
  const { open, trail } = state.get()
  if (!open) return
  state.set({ open: false, trail })
  if (opener?.isConnected) opener.focus()
  opener = null
}

/** Shows the last figure again. */
export function reopenTrace(): void {
  state.set({ ...state.get(), open: true })
}

/** Steps back to the figure before. */
export function traceBack(): void {
  const { open, trail } = state.get()
  if (trail.length > 1) state.set({ open, trail: trail.slice(0, -1) })
}
