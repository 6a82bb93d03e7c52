import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { calc, calcText } from '../../../electron/cli/calc.ts'
import { scenarioDifferences } from './scenario-differences.ts'
import { type JsonObject, type Scenario, scenarioFiles } from './scenario-files.ts'

const scenarios = scenarioFiles()
const named = (name: string): Scenario => {
  const found = scenarios.find((scenario) => scenario.name === name)
  if (!found) throw new Error(`there is no scenario ${name}`)
  return found
}
const MAIN = fileURLToPath(new URL('../../../electron/cli/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tallystick-calc-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('`calc` gives every worked example what the engine gives it', () => {
  const wrong = scenarios.flatMap((scenario) => {
    const outcome = calc(JSON.stringify(scenario.input), 'scenario.json', { rounded: scenario.rounded === true })
    if (scenario.expected.refused === true) {
      const says = String(scenario.expected.says ?? '')
      return outcome.ok || !outcome.error.includes(says) ? [`${scenario.name}: not refused for “${says}”`] : []
    }
    if (!outcome.ok) return [`${scenario.name}: ${outcome.error}`]
    const document = JSON.parse(JSON.stringify(outcome.document)) as JsonObject
    return scenarioDifferences(scenario.expected, document).map((difference) => `${scenario.name}: ${difference}`)
  })
  expect(wrong).toEqual([])
})

test('the document written in pieces is the document, to the byte', () => {
  for (const scenario of scenarios) {
    for (const rounded of [false, true]) {
      const text = JSON.stringify(scenario.input)
      const whole = calc(text, 'scenario.json', { rounded })
      const pieces = calcText(text, 'scenario.json', { rounded })
      if (!whole.ok || !pieces.ok) expect(pieces).toEqual(whole)
      else expect([...pieces.pieces].join('')).toBe(JSON.stringify(whole.document))
    }
  }
})

describe('`tallystick calc` as a process', () => {
  const differences = (scenario: Scenario, output: string) =>
    scenarioDifferences(scenario.expected, JSON.parse(output) as JsonObject)

  test.each(['us/lots-fifo', 'gb/crypto22257-swaps-of-two-pools'])('%s from a file', (name) => {
    const file = join(folder, 'events.json')
    writeFileSync(file, JSON.stringify(named(name).input))
    expect(
      differences(named(name), execFileSync(process.execPath, [MAIN, 'calc', file], { encoding: 'utf8' })),
    ).toEqual([])
  })
  test('from standard input, rounded as the form rounds', () => {
    const scenario = named('us/whole-dollar-form')
    const options = { input: JSON.stringify(scenario.input), encoding: 'utf8' as const }
    expect(differences(scenario, execFileSync(process.execPath, [MAIN, 'calc', '-', '--rounded'], options))).toEqual([])
  })
  test('an unknown member is named, nothing is written, and the exit code says bad input', () => {
    const input = JSON.stringify(named('none/refused-unknown-member').input)
    const ended = spawnSync(process.execPath, [MAIN, 'calc'], { input, encoding: 'utf8' })
    expect([ended.status, ended.stdout]).toEqual([2, ''])
    expect(ended.stderr).toContain('colour')
  })
  test('the same bytes on a machine of another zone and language', () => {
    const input = JSON.stringify(named('us/zone-decides-day-year-and-form').input)
    const run = (TZ: string, LANG: string) =>
      execFileSync(process.execPath, [MAIN, 'calc', '-'], {
        input,
        encoding: 'utf8',
        env: { ...process.env, TZ, LANG, LC_ALL: LANG },
      })
    expect(run('Pacific/Kiritimati', 'de_DE.UTF-8')).toBe(run('America/Los_Angeles', 'C'))
  })
})
