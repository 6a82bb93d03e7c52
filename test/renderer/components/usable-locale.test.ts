import { expect, it } from 'vitest'
import { usableLocale } from '../../../renderer/components/usable-locale.ts'

it.each([
  [['de-CH', 'en'], 'de-CH'],
  [['en-US@posix'], 'en-US'],
  [['de_DE.UTF-8'], 'de-DE'],
  [['C', 'fr'], 'fr'],
  [['', '*'], 'en-US'],
  [[], 'en-US'],
])('a system that speaks %s is answered in %s', (wished, locale) => {
  expect(usableLocale(wished)).toBe(locale)
})
