import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PROFILES } from './history.ts'

const SCRIPT = fileURLToPath(new URL('./print-digests.ts', import.meta.url))

const digestsUnder = (TZ: string, LANG: string): string[] =>
  execFileSync(process.execPath, [SCRIPT, '20261121'], {
    encoding: 'utf8',
    env: { ...process.env, TZ, LANG, LC_ALL: LANG },
  })
    .trim()
    .split('\n')

test('every pack gives the same bytes in any zone and language of the machine', () => {
  const here = digestsUnder('UTC', 'C')
  expect(here).toHaveLength(PROFILES.length)
  expect(new Set(here.map((line) => line.slice(-64))).size).toBeGreaterThan(1)
  expect(digestsUnder('Pacific/Kiritimati', 'de_DE.UTF-8')).toEqual(here)
  expect(digestsUnder('America/St_Johns', 'tr_TR.UTF-8')).toEqual(here)
})
