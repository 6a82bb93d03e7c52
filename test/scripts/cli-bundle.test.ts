import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
let outside: string

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'tallystick-cli-'))
  await build({
    configFile: join(ROOT, 'vite.cli.config.ts'),
    logLevel: 'warn',
    build: { outDir: join(outside, 'cli'), emptyOutDir: true },
  })
})
afterAll(() => rmSync(outside, { recursive: true, force: true }))

/** The bundled program in a folder of its own, with nothing of the repository in reach. */
function tallystick(args: string[], input = ''): string {
  return execFileSync(process.execPath, [join(outside, 'cli', 'tallystick.js'), ...args], {
    cwd: outside,
    env: { PATH: '' },
    input,
    encoding: 'utf8',
    stdio: 'pipe',
  })
}

it('the bundled terminal door computes a small document outside the repository', () => {
  const leg = (role: string, asset: string, amount: string) => ({ role, account: 'ex', asset, amount })
  const document = {
    schema: 'tallystick/events@1',
    profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
    accounts: [{ id: 'ex', name: 'Exchange', kind: 'exchange' }],
    assets: [
      { id: 'BTC', kind: 'crypto' },
      { id: 'USD', kind: 'fiat' },
    ],
    events: [
      { id: 'a', time: '2025-01-10T12:00:00Z', kind: 'buy', legs: [leg('in', 'BTC', '1'), leg('out', 'USD', '100')] },
      { id: 'b', time: '2025-02-10T12:00:00Z', kind: 'sell', legs: [leg('out', 'BTC', '0.5'), leg('in', 'USD', '80')] },
    ],
  }
  writeFileSync(join(outside, 'document.json'), JSON.stringify(document))
  const result = JSON.parse(tallystick(['calc', 'document.json'])) as { disposals: { cost: string; gain: string }[] }
  expect(result.disposals).toMatchObject([{ cost: '50.00', gain: '30.00' }])
  expect(JSON.parse(tallystick(['calc', '-'], JSON.stringify(document)))).toEqual(result)
})

it('the bundled terminal door lists its commands', () => {
  expect(tallystick(['--help'])).toContain('import')
})

it('the bundled terminal door does its main job, with the packages it names beside it and its own workers', () => {
  const beside = join(outside, 'node_modules')
  for (const name of ['@node-rs/argon2', 'better-sqlite3', 'keytar', 'pdfmake']) {
    mkdirSync(dirname(join(beside, name)), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(beside, name), 'junction')
  }
  expect(tallystick(['demo', '--out', join(outside, 'demo')])).toContain('us-8949-2025-sample.pdf')
  expect(
    readFileSync(join(outside, 'demo', 'Sample.tally'))
      .subarray(0, 6)
      .toString('latin1'),
  ).not.toBe('SQLite')
  expect(readFileSync(join(outside, 'demo', 'us-8949-2025-sample.csv'), 'utf8')).toContain('BTC')
})

it('the package names what it leaves outside, and has its workers, its licence and the samples', () => {
  const manifest = JSON.parse(readFileSync(join(outside, 'cli', 'package.json'), 'utf8')) as {
    bin: { tallystick: string }
    dependencies: Record<string, string>
  }
  expect(manifest.bin.tallystick).toBe('tallystick.js')
  expect(Object.keys(manifest.dependencies)).toEqual(['@node-rs/argon2', 'better-sqlite3', 'keytar', 'pdfmake'])
  for (const file of ['engine-worker.js', 'compute-worker.js', 'read-worker.js', 'LICENSE', 'samples/prices.csv']) {
    expect(readFileSync(join(outside, 'cli', file)).byteLength).toBeGreaterThan(0)
  }
})
