import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const MODULE = pathToFileURL(join(import.meta.dirname, '../../electron/compile-cache.ts')).href
const parent = realpathSync(mkdtempSync(join(tmpdir(), 'tallystick-compiled-')))

/** Where a program that keeps its code in `folder` has it, and where a thread that it starts has it; null for nowhere. */
function keptIn(folder: string, env: Readonly<Record<string, string>> = {}): [string | null, string | null] {
  const { NODE_COMPILE_CACHE: _, ...inherited } = process.env
  const program = `
    import { getCompileCacheDir } from 'node:module'
    import { Worker } from 'node:worker_threads'
    import { keepCompiledCode } from ${JSON.stringify(MODULE)}
    keepCompiledCode(${JSON.stringify(folder)})
    const thread = new Worker(\`
      const { parentPort } = process.getBuiltinModule('node:worker_threads')
      parentPort.postMessage(process.getBuiltinModule('node:module').getCompileCacheDir() ?? null)\`, { eval: true })
    thread.once('message', (there) => process.stdout.write(JSON.stringify([getCompileCacheDir() ?? null, there])))`
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { ...inherited, NODE_OPTIONS: '', ...env },
  })
  if (ran.status !== 0) throw new Error(ran.stderr)
  const kept = JSON.parse(ran.stdout) as [string | null, string | null]
  return kept.map((path) => (path === null ? null : dirname(path))) as [string | null, string | null]
}

test('compiled code lies in a folder of this user alone, for the program and for its threads', () => {
  const folder = join(parent, 'own')
  expect(keptIn(folder)).toEqual([folder, folder])
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('where no such folder can be, the program goes on without one', () => {
  const taken = join(parent, 'a file')
  writeFileSync(taken, '')
  expect(keptIn(taken)).toEqual([null, null])
})

test('a folder named in the environment is used instead', () => {
  const named = join(parent, 'named')
  expect(keptIn(join(parent, 'unused'), { NODE_COMPILE_CACHE: named })).toEqual([named, named])
  expect(existsSync(join(parent, 'unused'))).toBe(false)
})
