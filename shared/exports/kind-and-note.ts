import type { LedgerEvent } from '../events/event.ts'

/** `gift out: for Ada`: the kind in words, then what else there is to say of the event. */
export const kindAndNote = ({ kind }: LedgerEvent, ...parts: readonly string[]): string =>
  [kind.replaceAll('_', ' '), ...parts].filter((part) => part !== '').join(': ')
