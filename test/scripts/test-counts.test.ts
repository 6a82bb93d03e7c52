import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TestModule } from 'vitest/node'
import {
  countsOfPlaywright,
  countsOfUnitTests,
  NOTHING,
  secondAttemptsOfPlaywright,
  withSecondAttempt,
} from '../../scripts/test-counts.ts'
import UnitCountReporter from '../../scripts/unit-reporter.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-counts-'))

it('counts end-to-end tests, names what was skipped and why and what passed the second time only, and takes an error outside all tests for a failure', () => {
  const spec = (title: string, status: string, annotations: object[] = []) => ({
    title,
    tests: [{ status, annotations }],
  })
  const report = {
    errors: [{ message: 'no browser' }],
    suites: [
      {
        specs: [spec('one', 'expected')],
        suites: [
          {
            specs: [
              spec('two', 'unexpected'),
              spec('three', 'flaky'),
              spec('four', 'skipped', [{ type: 'skip', description: 'no screen' }]),
            ],
          },
        ],
      },
    ],
  }
  writeFileSync(join(folder, 'e2e.json'), JSON.stringify(report))
  expect(countsOfPlaywright(join(folder, 'e2e.json'))).toEqual({ passed: 2, failed: 2, skipped: ['four (no screen)'] })
  expect(secondAttemptsOfPlaywright(join(folder, 'e2e.json'))).toEqual(['three'])
})

const module = (name: string, state: string, ...results: object[]) =>
  ({
    moduleId: join(process.cwd(), name),
    state: () => state,
    children: { allTests: () => results.map((result, at) => ({ fullName: `test ${at}`, result: () => result })) },
  }) as unknown as TestModule

function counted(modules: readonly TestModule[], errors: readonly { message: string }[] = []) {
  process.env.TALLYSTICK_UNIT_COUNT = join(folder, 'unit.json')
  new UnitCountReporter().onTestRunEnd(modules, errors)
  delete process.env.TALLYSTICK_UNIT_COUNT
  return countsOfUnitTests(join(folder, 'unit.json'))
}
const ENDED = { message: '[vitest-pool]: Worker forks emitted error.' }

it('counts unit tests, names what was skipped and why, and keeps apart the files that did not come to a good end', () => {
  const count = counted([
    module('a.test.ts', 'passed', { state: 'passed' }, { state: 'skipped', note: 'no keychain' }, { state: 'skipped' }),
    module('b.test.ts', 'failed', { state: 'failed' }, { state: 'passed' }),
    module('c.test.ts', 'failed'),
  ])
  expect(count).toEqual({
    passed: 1,
    failed: 0,
    skipped: ['test 1 (no keychain)', 'test 2'],
    unwell: [
      { file: 'b.test.ts', passed: 1, tests: ['test 0'] },
      { file: 'c.test.ts', passed: 0, tests: [] },
    ],
  })
})

it('takes a process that ended for its file’s bad end, and any other error outside the tests for a failure', () => {
  const ended = module('d.test.ts', 'pending', { state: 'passed' }, { state: 'pending' })
  expect(counted([ended], [ENDED])).toMatchObject({
    failed: 0,
    unwell: [{ file: 'd.test.ts', passed: 1, tests: ['test 1'] }],
  })
  expect(counted([ended], [ENDED, { message: 'lost' }])).toMatchObject({ failed: 1 })
  expect(counted([module('e.test.ts', 'passed', { state: 'passed' })], [ENDED])).toMatchObject({
    failed: 1,
    unwell: [],
  })
})

it('counts what passes at the second attempt as passed, and what fails there too as failed', () => {
  const first = counted([
    module('a.test.ts', 'passed', { state: 'passed' }),
    module('b.test.ts', 'failed', { state: 'failed' }, { state: 'passed' }),
  ])
  const well = counted([module('b.test.ts', 'passed', { state: 'passed' }, { state: 'passed' })])
  const unwell = counted([module('b.test.ts', 'failed', { state: 'failed' }, { state: 'passed' })])
  expect(withSecondAttempt(first, well)).toEqual({ passed: 3, failed: 0, skipped: [] })
  expect(withSecondAttempt(first, unwell)).toEqual({ passed: 2, failed: 1, skipped: [] })
  expect(withSecondAttempt(first, counted([module('b.test.ts', 'failed')]))).toMatchObject({ passed: 1, failed: 1 })
})

it('counts nothing where a runner ended before it wrote its report', () => {
  expect(countsOfPlaywright(join(folder, 'absent.json'))).toEqual(NOTHING)
  expect(countsOfUnitTests(join(folder, 'absent.json'))).toEqual({ ...NOTHING, unwell: [] })
})
