/** Meanings in the making: set member by member, because copying an object costs more than reading its row. */
import type { Meaning } from './legs.ts'
import type { EventDraft, Writable } from './source-format.ts'

/** Members of a meaning that are texts. */
export type Fact = 'hash' | 'note' | 'fromAddress' | 'toAddress' | 'counterparty' | 'protocol' | 'sourceKind'

/** Keeps the text as a fact of the meaning, unless it is empty. What must outlast its row is copied where it is kept. */
export function addFact(made: Writable<Pick<EventDraft, Fact>> | Writable<Meaning>, fact: Fact, text: string): void {
  if (text !== '') made[fact] = text
}

/** The meaning, just made, with the source's own word for it. */
export function called(made: Writable<Meaning>, word: string): Meaning {
  made.sourceKind = word
  return made
}

/** What a column of yes and no says; anything else is neither. */
export const saysYes = (text: string): boolean => text !== '' && YES.test(text)
export const saysNo = (text: string): boolean => text !== '' && NO.test(text)
const YES = /^(true|yes|1)$/i
const NO = /^(false|no|0)$/i

/** Two texts as one, whichever of them there is. */
export const bothTexts = (one: string, other: string): string =>
  one === '' ? other : other === '' ? one : `${one} · ${other}`
