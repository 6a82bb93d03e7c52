import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import type { Count } from './test-counts.ts'

/**
 * Writes how the unit tests ended into the file that `TALLYSTICK_UNIT_COUNT` names: unlike vitest's own JSON it keeps the
 * reasons of what was skipped. A file that did not load counts as one failed test, as does an error outside all tests.
 */
export default class UnitCountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env.TALLYSTICK_UNIT_COUNT
    if (file !== undefined) writeFileSync(file, JSON.stringify(countOf(modules, errors)))
  }
}

function countOf(modules: readonly TestModule[], errors: readonly unknown[]): Count {
  const count: Count = { passed: 0, failed: errors.length, skipped: [] }
  for (const module of modules) {
    let failedHere = 0
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') count.passed += 1
      else if (result.state === 'skipped') {
        count.skipped.push(result.note === undefined ? test.fullName : `${test.fullName} (${result.note})`)
      } else failedHere += 1
    }
    if (failedHere === 0 && module.state() === 'failed') failedHere = 1
    count.failed += failedHere
  }
  return count
}
