import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import type { UnitCount } from './test-counts.ts'

/** How vitest names a test process that ended before its tests did. */
const PROCESS_ENDED = '[vitest-pool]'

/**
 * Writes how the unit tests ended into the file that `TALLYSTICK_UNIT_COUNT` names: unlike vitest's own JSON it keeps the
 * reasons of what was skipped, and says which files did not come to a good end. An error outside all tests counts as a
 * failed test, except that of a process that ended: its file is one that did not come to a good end.
 */
export default class UnitCountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly { readonly message?: string }[]): void {
    const file = process.env.TALLYSTICK_UNIT_COUNT
    if (file !== undefined) writeFileSync(file, JSON.stringify(countOf(modules, errors)))
  }
}

function countOf(modules: readonly TestModule[], errors: readonly { readonly message?: string }[]): UnitCount {
  const count: UnitCount = { passed: 0, failed: 0, skipped: [], unwell: [] }
  for (const module of modules) {
    const results = [...module.children.allTests()].map((test) => ({ name: test.fullName, result: test.result() }))
    const endedWell = results.every(({ result }) => result.state === 'passed' || result.state === 'skipped')
    const state = module.state()
    if (!endedWell || (state !== 'passed' && state !== 'skipped')) {
      const [good, bad] = [[] as string[], [] as string[]]
      for (const { name, result } of results)
        (result.state === 'passed' || result.state === 'skipped' ? good : bad).push(name)
      count.unwell.push({ file: relative(process.cwd(), module.moduleId), passed: good.length, tests: bad })
      continue
    }
    for (const { name, result } of results) {
      if (result.state === 'passed') count.passed += 1
      else if (result.state === 'skipped')
        count.skipped.push(result.note === undefined ? name : `${name} (${result.note})`)
    }
  }
  const ended = errors.filter(({ message }) => message?.startsWith(PROCESS_ENDED))
  count.failed = errors.length - (count.unwell.length > 0 ? ended.length : 0)
  return count
}
