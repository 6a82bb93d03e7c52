import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './renderer-build.ts'
import { type Count, countsOfPlaywright, countsOfUnitTests, NOTHING } from './test-counts.ts'

/** All checks of the project, each to its end, whatever failed before it; the last line is the sum of the tests. */
const REPORTS = join(ROOT, 'out', 'test-reports')
const UNIT_COUNT = join(REPORTS, 'unit.json')

type Step = { name: string; args: string[]; counts: (() => Count) | null }

const STEPS: Step[] = [
  { name: 'types', args: [], counts: null },
  { name: 'lint', args: [], counts: null },
  { name: 'imports', args: [], counts: null },
  { name: 'build:renderer', args: [], counts: null },
  {
    name: 'unit',
    args: ['--', '--allowOnly=false', '--reporter=default', '--reporter=./scripts/unit-reporter.ts'],
    counts: () => countsOfUnitTests(UNIT_COUNT),
  },
  { name: 'e2e', args: [], counts: () => countsOfPlaywright(join(REPORTS, 'e2e.json')) },
]

rmSync(REPORTS, { recursive: true, force: true })
mkdirSync(REPORTS, { recursive: true })
const broken: string[] = []
const skipped: string[] = []
let passed = 0
let failed = 0
for (const step of STEPS) {
  const started = performance.now()
  const well = npmRun(step)
  const counted = step.counts?.() ?? NOTHING
  passed += counted.passed
  // A step can fail without a failed test (a type error, a file that does not load): that counts as one.
  failed += well ? counted.failed : Math.max(1, counted.failed)
  skipped.push(...counted.skipped)
  if (!well) broken.push(step.name)
  process.stdout.write(
    `${well ? 'ok' : 'FAILED'}  ${step.name}  ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  )
}
for (const name of skipped) process.stdout.write(`skipped: ${name}\n`)
if (broken.length > 0) process.stdout.write(`failed: ${broken.join(', ')}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && broken.length === 0 ? 0 : 1

/** Runs an npm script with the npm that started this one. */
function npmRun(step: Step): boolean {
  const npm = process.env.npm_execpath
  const run = ['run', '-s', step.name, ...step.args]
  const [command, args] = npm === undefined ? ['npm', run] : [process.execPath, [npm, ...run]]
  const env = { ...process.env, TALLYSTICK_UNIT_COUNT: UNIT_COUNT }
  return spawnSync(command, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}
