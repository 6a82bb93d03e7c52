import { expect, test } from 'vitest'
import { draftOf, valuesOf } from '../../../../renderer/stages/books/fact-values.ts'
import type { PersonFact } from '../../../../shared/contract/tax-choices.ts'

const fact = (id: PersonFact['id'], kind: PersonFact['kind']): PersonFact => ({
  id,
  kind,
  label: id,
  about: '',
  choices: [],
  assumed: 'none',
})
const FACTS = [
  fact('filingStatus', 'choice'),
  fact('partner', 'yes-no'),
  fact('otherGains.short', 'money'),
  fact('otherGains.long', 'money'),
  fact('otherIncome', 'money'),
]

test('what is known comes back unchanged through the fields of the form', () => {
  const known = {
    filingStatus: 'single',
    partner: false,
    otherGains: { short: '-1234.5', long: '7' },
    otherIncome: '0.01',
  }
  for (const locale of ['en-US', 'de-DE', 'fr-FR'])
    expect([locale, valuesOf(FACTS, draftOf(FACTS, known, locale), {}, locale)]).toEqual([locale, known])
})

test('an emptied field takes its fact back, and leaves the others and those of another country', () => {
  const before = { band: 'basic', otherGains: { short: '5', long: '7' }, otherIncome: '9' }
  const draft = { ...draftOf(FACTS, before, 'en-US'), 'otherGains.short': '', otherIncome: ' ' }
  expect(valuesOf(FACTS, draft, before, 'en-US')).toEqual({ band: 'basic', otherGains: { long: '7' } })
  const none = Object.fromEntries(FACTS.map(({ id }) => [id, '']))
  expect(valuesOf(FACTS, none, before, 'en-US')).toEqual({ band: 'basic' })
})

test('a number that cannot be read beyond doubt gives no facts at all', () => {
  const draft = { ...draftOf(FACTS, {}, 'en-US'), otherIncome: '12,34,5x' }
  expect(valuesOf(FACTS, draft, {}, 'en-US')).toBeNull()
})
