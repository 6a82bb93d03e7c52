/**
 * `npm run bench`: runs the benches of this folder, each against a named baseline of the same run. One JSON document on
 * standard output, progress on standard error. `--only NAME` runs one module, `--quick` smaller inputs.
 * Exit code 1 where a bar is not met.
 */
import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { BenchModule, BenchResult } from './bench.ts'

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean', default: false } },
})

const NOT_BENCHES = new Set(['run.ts', 'bench.ts'])
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !NOT_BENCHES.has(file))
  .map((file) => file.slice(0, -3))
  .filter((name) => values.only === undefined || values.only.includes(name))
  .sort()
if (names.length === 0) {
  process.stderr.write(`there is no bench named ${values.only?.join(', ')}\n`)
  process.exit(2)
}

const say = (text: string) => process.stderr.write(`${text}\n`)
const results: (BenchResult & { module: string })[] = []
for (const name of names) {
  const module: Partial<BenchModule> = await import(`./${name}.ts`)
  if (module.run === undefined) continue
  say(`— ${name}`)
  for (const result of await module.run({ quick: values.quick, say })) {
    results.push({ module: name, ...result })
    say(
      result.skipped === undefined
        ? `  ${result.met ? 'met   ' : 'MISSED'} ${result.name}: ${result.figure} (bar ${result.bar})`
        : `  skipped ${result.name}: ${result.skipped}`,
    )
  }
}

process.stdout.write(
  `${JSON.stringify(
    {
      schema: 'tallystick/bench@1',
      quick: values.quick,
      node: process.version,
      cores: cpus().length,
      memoryBytes: totalmem(),
      results,
    },
    null,
    2,
  )}\n`,
)
process.exitCode = results.every((result) => result.met || result.skipped !== undefined) ? 0 : 1
