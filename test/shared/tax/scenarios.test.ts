import { describe, expect, test } from 'vitest'
import { resultOf } from './result-of-document.ts'
import { scenarioDifferences } from './scenario-differences.ts'
import { scenarioFiles } from './scenario-files.ts'

const scenarios = scenarioFiles()

test('every scenario has a title, its authority, and something to fail on', () => {
  for (const scenario of scenarios) {
    expect(scenario.title.length, scenario.name).toBeGreaterThan(8)
    expect(scenario.citation.length, scenario.name).toBeGreaterThan(8)
    expect(['official', 'adapted', 'constructed'], scenario.name).toContain(scenario.source_kind)
    expect(Object.keys(scenario.expected).length, scenario.name).toBeGreaterThan(0)
  }
})

const countries = [...new Set(scenarios.map(({ name }) => name.slice(0, name.indexOf('/'))))]

describe.each(countries)('worked examples: %s', (country) => {
  test.each(scenarios.filter((scenario) => scenario.name.startsWith(`${country}/`)))('$name: $title', (scenario) => {
    const outcome = resultOf(scenario.input, scenario.rounded === true)
    if (scenario.expected.refused === true) {
      expect(outcome.ok ? 'accepted' : outcome.text).toContain(String(scenario.expected.says ?? ''))
      expect(outcome.ok).toBe(false)
    } else {
      expect(outcome.ok ? scenarioDifferences(scenario.expected, outcome.document) : [outcome.text]).toEqual([])
    }
  })
})
