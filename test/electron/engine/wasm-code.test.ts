import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const MODULE = pathToFileURL(join(import.meta.dirname, '../../../electron/engine/start-engine.ts')).href
/** Makes V8 look for WebAssembly code to free whenever a piece of it is used no more, and say so. */
const FLAGS = ['--trace-wasm-code-gc', '--stress-wasm-code-gc']

test('a V8 that can free WebAssembly code twice frees none of it in a program with an engine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-wasm-'))
  const program = join(folder, 'program.mjs')
  writeFileSync(
    program,
    `import { startEngine } from ${JSON.stringify(MODULE)}
    for (let n = 0; n < 2; n++) await startEngine({ dataFolder: ${JSON.stringify(folder)}, keychain: false }).stop()`,
  )
  const { NODE_COMPILE_CACHE: _, ...env } = process.env
  const ran = spawnSync(process.execPath, [...FLAGS, program], { encoding: 'utf8', env: { ...env, NODE_OPTIONS: '' } })
  expect(ran.stderr).toBe('')
  expect(ran.status).toBe(0)
  expect(ran.stdout.includes('Triggering GC')).toBe(!process.versions.v8.startsWith('13.'))
})
