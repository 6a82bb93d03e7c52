import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './renderer-build.ts'
import {
  type Count,
  countsOfPlaywright,
  countsOfUnitTests,
  NOTHING,
  secondAttemptsOfPlaywright,
  withSecondAttempt,
} from './test-counts.ts'

/**
 * All checks of the project, each to its end, whatever failed before it; the last line is the sum of the tests. Files of
 * tests that do not come to a good end are run a second time, alone: what passes only then is named, with what its
 * process left behind if it crashed.
 */
const REPORTS = join(ROOT, 'out', 'test-reports')
const CRASHES = join(REPORTS, 'crashes')
const UNIT_COUNT = join(REPORTS, 'unit.json')
const SECOND_COUNT = join(REPORTS, 'unit-again.json')
const E2E_REPORT = join(REPORTS, 'e2e.json')
/** More than these have a common reason, which a second attempt does not mend. */
const MOST_FILES_AGAIN = 8
const REPORTERS = ['--allowOnly=false', '--reporter=default', '--reporter=./scripts/unit-reporter.ts']

type Outcome = { well: boolean; count: Count }
type Step = { name: string; run: () => Outcome }

const plain = (name: string): Step => ({ name, run: () => ({ well: npmRun(name), count: NOTHING }) })
const STEPS: Step[] = [
  plain('types'),
  plain('lint'),
  plain('imports'),
  plain('build:renderer'),
  { name: 'unit', run: unitTests },
  { name: 'e2e', run: endToEndTests },
]

rmSync(REPORTS, { recursive: true, force: true })
mkdirSync(CRASHES, { recursive: true })
const broken: string[] = []
const skipped: string[] = []
const again: string[] = []
let passed = 0
let failed = 0
for (const step of STEPS) {
  const started = performance.now()
  const { well, count } = step.run()
  passed += count.passed
  // A step can fail without a failed test (a type error, a file that does not load): that counts as one.
  failed += well ? count.failed : Math.max(1, count.failed)
  skipped.push(...count.skipped)
  if (!well) broken.push(step.name)
  process.stdout.write(
    `${well ? 'ok' : 'FAILED'}  ${step.name}  ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  )
}
for (const name of skipped) process.stdout.write(`skipped: ${name}\n`)
for (const name of again) process.stdout.write(`needed a second attempt: ${name}\n`)
if (broken.length > 0) process.stdout.write(`failed: ${broken.join(', ')}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && broken.length === 0 ? 0 : 1

function unitTests(): Outcome {
  const well = npmRun('unit', REPORTERS, UNIT_COUNT)
  const first = countsOfUnitTests(UNIT_COUNT)
  const files = first.unwell.map(({ file }) => file)
  for (const { file, tests } of first.unwell)
    again.push(tests.length === 0 ? file : `${file}: ${tests.slice(0, 5).join(' · ')}`)
  again.push(...crashes())
  if (files.length === 0 || files.length > MOST_FILES_AGAIN)
    return { well, count: withSecondAttempt(first, { ...NOTHING, unwell: first.unwell }) }
  const wellThen = npmRun('unit', [...files, '--maxWorkers=1', ...REPORTERS], SECOND_COUNT)
  again.push(...crashes())
  return { well: wellThen && first.failed === 0, count: withSecondAttempt(first, countsOfUnitTests(SECOND_COUNT)) }
}

function endToEndTests(): Outcome {
  const well = npmRun('e2e')
  again.push(...secondAttemptsOfPlaywright(E2E_REPORT))
  return { well, count: countsOfPlaywright(E2E_REPORT) }
}

/** What test processes that crashed wrote of their end, taken away: the reason and the frames it happened in. */
function crashes(): string[] {
  return readdirSync(CRASHES).map((name) => {
    const path = join(CRASHES, name)
    const text = readFileSync(path, 'utf8')
    rmSync(path)
    try {
      const { header, javascriptStack, nativeStack } = JSON.parse(text)
      const frames = [
        ...(javascriptStack?.stack ?? []),
        ...(nativeStack ?? []).map((frame: { symbol: string }) => frame.symbol),
      ]
      return [`a crash: ${header.event}`, javascriptStack?.message, ...frames.slice(0, 30)].join('\n    ')
    } catch {
      return 'a crash, whose report was cut off'
    }
  })
}

/** Runs an npm script with the npm that started this one. A crash of Node in it leaves a report. */
function npmRun(name: string, args: readonly string[] = [], count = UNIT_COUNT): boolean {
  const npm = process.env.npm_execpath
  const run = ['run', '-s', name, ...(args.length > 0 ? ['--', ...args] : [])]
  const [command, words] = npm === undefined ? ['npm', run] : [process.execPath, [npm, ...run]]
  const reporting = `${process.env.NODE_OPTIONS ?? ''} --report-on-fatalerror --report-compact --report-directory=${JSON.stringify(CRASHES)}`
  const env = { ...process.env, TALLYSTICK_UNIT_COUNT: count, NODE_OPTIONS: reporting.trim() }
  return spawnSync(command, words, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}
