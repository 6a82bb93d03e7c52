import type { PersonFact, PersonYear } from '../../../shared/contract/tax-choices.ts'
import { exactText, parseTyped } from '../../components/decimal-text.ts'

/** What stands in the fields of a form about the person: text by fact, empty where nothing is said. */
export type FactsDraft = Readonly<Record<string, string>>

/** The fields as they show what is known; sums in the locale's digits. */
export function draftOf(facts: readonly PersonFact[], values: PersonYear, locale: string): FactsDraft {
  return Object.fromEntries(facts.map(({ id }) => [id, textOf(id, values, locale)]))
}

function textOf(id: PersonFact['id'], values: PersonYear, locale: string): string {
  const money = (decimal: string | undefined): string => (decimal === undefined ? '' : exactText(decimal, locale))
  switch (id) {
    case 'otherGains.short':
      return money(values.otherGains?.short)
    case 'otherGains.long':
      return money(values.otherGains?.long)
    case 'otherIncome':
      return money(values.otherIncome)
    case 'partner':
      return values.partner === undefined ? '' : values.partner ? 'yes' : 'no'
    default:
      return values[id] ?? ''
  }
}

/** The facts as the contract takes them, those that this country does not ask for kept as they are; null where a number cannot be read. */
export function valuesOf(
  facts: readonly PersonFact[],
  draft: FactsDraft,
  before: PersonYear,
  locale: string,
): PersonYear | null {
  let values: PersonYear = before
  for (const { id, kind } of facts) {
    const text = (draft[id] ?? '').trim()
    const typed = text === '' ? undefined : kind === 'money' ? parseTyped(text, locale) : text
    if (typed === null) return null
    values = withFact(values, id, typed)
  }
  return values
}

function withFact(values: PersonYear, id: PersonFact['id'], value: string | undefined): PersonYear {
  if (id === 'otherGains.short' || id === 'otherGains.long') {
    const part = id === 'otherGains.short' ? 'short' : 'long'
    const { otherGains, ...rest } = values
    const { [part]: _before, ...others } = otherGains ?? {}
    const gains = value === undefined ? others : { ...others, [part]: value }
    return Object.keys(gains).length === 0 ? rest : { ...rest, otherGains: gains }
  }
  const { [id]: _before, ...rest } = values
  if (value === undefined) return rest
  return id === 'partner' ? { ...rest, partner: value === 'yes' } : { ...rest, [id]: value }
}
