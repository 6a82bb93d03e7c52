import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { scenarioFiles } from './scenario-files.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

test('every scenario and test that the page of edge cases names is there, and every case names one', () => {
  const page = readFileSync(fileURLToPath(new URL('./edge-case-index.md', import.meta.url)), 'utf8')
  const names = new Set(scenarioFiles().map(({ name }) => name))
  const cases = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| case'))
  expect(cases.length).toBeGreaterThan(40)
  for (const line of cases) expect(line, line).toMatch(/`[\w/.-]+`/)
  const named = [...cases.join('\n').matchAll(/`([\w/.-]+)`/g)].map(([, name = '']) => name)
  const lost = named.filter((name) => (name.endsWith('.ts') ? !existsSync(`${ROOT}/${name}`) : !names.has(name)))
  expect(lost).toEqual([])
})
