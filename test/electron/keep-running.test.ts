import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const module = fileURLToPath(new URL('../../electron/keep-running.ts', import.meta.url))

it('names a failure that nobody waited for, and the process goes on to its own end', () => {
  const program = `
    import { keepRunning } from ${JSON.stringify(module)}
    keepRunning()
    void Promise.reject(new TypeError('lost'))
    setTimeout(() => process.stdout.write('still here'), 50)`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  })
  expect({ stdout, status }).toEqual({ stdout: 'still here', status: 0 })
  expect(stderr).toContain('a failure that nobody expected: TypeError: lost')
})
