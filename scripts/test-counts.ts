import { existsSync, readFileSync } from 'node:fs'

/** How the tests of one runner ended. `skipped` names each with its reason. */
export type Count = { passed: number; failed: number; skipped: string[] }
export const NOTHING: Count = { passed: 0, failed: 0, skipped: [] }

/**
 * How the unit tests ended. `unwell` are the files in which a test failed or never ended, with those tests; none of their
 * tests is in the other figures.
 */
export type UnitCount = Count & { unwell: { file: string; passed: number; tests: string[] }[] }

/** Reads what `unit-reporter.ts` has written. */
export function countsOfUnitTests(file: string): UnitCount {
  return readReport<UnitCount>(file) ?? { ...NOTHING, unwell: [] }
}

/** The sum, where each file that is unwell counts by its failed tests, at least as one. */
function withUnwell(count: UnitCount): Count {
  const sum: Count = { passed: count.passed, failed: count.failed, skipped: count.skipped }
  for (const { passed, tests } of count.unwell) {
    sum.passed += passed
    sum.failed += Math.max(1, tests.length)
  }
  return sum
}

/**
 * The sum of a run and of a second one of what was unwell in the first: what passes at the second attempt has passed.
 * Errors outside all tests stay.
 */
export function withSecondAttempt(first: UnitCount, second: UnitCount): Count {
  const again = withUnwell(second)
  return {
    passed: first.passed + again.passed,
    failed: first.failed + again.failed,
    skipped: [...first.skipped, ...again.skipped],
  }
}

type PlaywrightSuite = { specs?: PlaywrightSpec[]; suites?: PlaywrightSuite[] }
type PlaywrightSpec = {
  title: string
  tests: { status: string; annotations: { type: string; description?: string }[] }[]
}
type PlaywrightReport = { suites: PlaywrightSuite[]; errors: unknown[] }

/** The end-to-end tests that failed once and passed when they were run again. */
export function secondAttemptsOfPlaywright(file: string): string[] {
  const specs = readReport<PlaywrightReport>(file)?.suites.flatMap(specsOf) ?? []
  return specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title)
}

/** Reads the JSON report of Playwright. An error outside all tests (no browser, a file that does not load) counts as one. */
export function countsOfPlaywright(file: string): Count {
  const report = readReport<PlaywrightReport>(file)
  if (report === null) return NOTHING
  const count: Count = { passed: 0, failed: report.errors.length, skipped: [] }
  for (const spec of report.suites.flatMap(specsOf)) {
    for (const { status, annotations } of spec.tests) {
      if (status === 'expected' || status === 'flaky') count.passed += 1
      else if (status === 'skipped') {
        const reason = annotations.find(({ type }) => type === 'skip')?.description
        count.skipped.push(reason === undefined ? spec.title : `${spec.title} (${reason})`)
      } else count.failed += 1
    }
  }
  return count
}

function specsOf(suite: PlaywrightSuite): PlaywrightSpec[] {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
}

/** Null where a runner ended before it wrote its report. */
function readReport<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null
}
