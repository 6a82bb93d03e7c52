import { existsSync, readFileSync } from 'node:fs'

/** How the tests of one runner ended. `skipped` names each with its reason. */
export type Count = { passed: number; failed: number; skipped: string[] }
export const NOTHING: Count = { passed: 0, failed: 0, skipped: [] }

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numFailedTestSuites: number
  testResults: {
    status: string
    assertionResults: { status: string; fullName: string; meta?: { reason?: string } }[]
  }[]
}

/** Reads the JSON report of vitest. A file that did not load at all counts as one failed test. */
export function countsOfVitest(file: string): Count {
  const report = readReport<VitestReport>(file)
  if (report === null) return NOTHING
  const notLoaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.every(({ status }) => status !== 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + notLoaded.length,
    skipped: report.testResults
      .flatMap((result) => result.assertionResults)
      .filter(({ status }) => status === 'skipped' || status === 'pending')
      .map(({ fullName, meta }) => (meta?.reason === undefined ? fullName : `${fullName} (${meta.reason})`)),
  }
}

type PlaywrightSuite = { specs?: PlaywrightSpec[]; suites?: PlaywrightSuite[] }
type PlaywrightSpec = {
  title: string
  tests: { status: string; annotations: { type: string; description?: string }[] }[]
}
type PlaywrightReport = { suites: PlaywrightSuite[]; errors: unknown[] }

/** Reads the JSON report of Playwright. An error outside all tests (no browser, a file that does not load) counts as one. */
export function countsOfPlaywright(file: string): Count {
  const report = readReport<PlaywrightReport>(file)
  if (report === null) return NOTHING
  const count: Count = { passed: 0, failed: report.errors.length, skipped: [] }
  for (const spec of report.suites.flatMap(specsOf)) {
    for (const { status, annotations } of spec.tests) {
      if (status === 'expected') count.passed += 1
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
