import { existsSync, readFileSync } from 'node:fs'

/** How the tests of one runner ended. `skipped` names each with its reason. */
export type Count = { passed: number; failed: number; skipped: string[] }
export const NOTHING: Count = { passed: 0, failed: 0, skipped: [] }

/** Reads what `unit-reporter.ts` has written. */
export function countsOfUnitTests(file: string): Count {
  return readReport<Count>(file) ?? NOTHING
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
