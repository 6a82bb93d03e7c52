import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TestModule } from 'vitest/node'
import { countsOfPlaywright, countsOfUnitTests, NOTHING } from '../../scripts/test-counts.ts'
import UnitCountReporter from '../../scripts/unit-reporter.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-counts-'))

it('counts end-to-end tests, names what was skipped and why, and takes an error outside all tests for a failure', () => {
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
  expect(countsOfPlaywright(join(folder, 'e2e.json'))).toEqual({ passed: 1, failed: 3, skipped: ['four (no screen)'] })
})

it('counts unit tests, names what was skipped and why, and takes a file that did not load for a failure', () => {
  const module = (state: string, ...results: object[]) =>
    ({
      state: () => state,
      children: { allTests: () => results.map((result, at) => ({ fullName: `test ${at}`, result: () => result })) },
    }) as unknown as TestModule
  process.env.TALLYSTICK_UNIT_COUNT = join(folder, 'unit.json')
  new UnitCountReporter().onTestRunEnd(
    [
      module('passed', { state: 'passed' }, { state: 'skipped', note: 'no keychain' }, { state: 'skipped' }),
      module('failed', { state: 'failed' }, { state: 'passed' }),
      module('failed'),
    ],
    [],
  )
  delete process.env.TALLYSTICK_UNIT_COUNT
  expect(countsOfUnitTests(join(folder, 'unit.json'))).toEqual({
    passed: 2,
    failed: 2,
    skipped: ['test 1 (no keychain)', 'test 2'],
  })
})

it('counts nothing where a runner ended before it wrote its report', () => {
  expect(countsOfPlaywright(join(folder, 'absent.json'))).toEqual(NOTHING)
  expect(countsOfUnitTests(join(folder, 'absent.json'))).toEqual(NOTHING)
})
