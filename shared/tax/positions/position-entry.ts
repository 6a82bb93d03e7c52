import type { Kind } from '../../events/kinds.ts'

/** Whatever a choice may be limited to. */
export const EVERY_SCOPE = ['asset', 'protocol', 'account', 'dates'] as const

/** One answer to a question of the register. */
export interface PositionOption {
  readonly id: string
  readonly label: string
}

/** A question that the sources of law leave open: the person answers it, and the reports print the answer. */
export interface PositionEntry {
  readonly id: string
  /** In plain words. */
  readonly question: string
  /** What hangs on it, in one sentence. */
  readonly why: string
  readonly choices: readonly PositionOption[]
  /** The choice that no tax office would mind; a pack may have another standard. */
  readonly cautious: string
  /** Kinds of events that the question can touch. */
  readonly kinds: readonly Kind[]
  /** What a choice may be limited to. */
  readonly scope: readonly (typeof EVERY_SCOPE)[number][]
}
