/** A folder of exports on the terminal, with what could not be read said row by row. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenFiles } from '../../../electron/cli/commands/given-files.ts'
import { tallystick, UNLOCKED } from './run-cli.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallystick-folder-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEAD = 'txid,refid,time,type,subtype,aclass,asset,amount,fee,balance'
const row = (n: number, amount = '1.5') =>
  `L${n},R${n},2024-01-0${n} 10:00:00,deposit,,currency,XXBT,${amount},0,${1.5 * n}`
const ledgers = (...rows: readonly string[]) => `${[HEAD, ...rows].join('\n')}\n`

test('a folder is imported with all that is in it and below it, hidden files aside', async () => {
  const exports = join(folder, 'exports')
  mkdirSync(join(exports, 'older'), { recursive: true })
  writeFileSync(join(exports, 'b.csv'), ledgers(row(2)))
  writeFileSync(join(exports, '.DS_Store'), 'x')
  writeFileSync(join(exports, '~$b.xlsx'), 'x')
  const packed = zipSync({ 'first.csv': strToU8(ledgers(row(1))), 'third.csv': strToU8(ledgers(row(3, 'abc'))) })
  writeFileSync(join(exports, 'older', 'a.zip'), packed)
  expect(givenFiles([exports])).toEqual([join(exports, 'b.csv'), join(exports, 'older', 'a.zip')])
  const ledger = join(folder, 'Ada.tally')
  await tallystick(['new', ledger, '--jurisdiction', 'us', '--zone', 'UTC'], { env: UNLOCKED })
  const { code, out } = await tallystick(['import', ledger, exports], { env: UNLOCKED })
  expect(code).toBe(1)
  const lines = out.trim().split('\n')
  expect(lines).toContain('  a.zip: third.csv, row 2 not understood: the amount “abc” is not a number (column amount)')
  expect(lines.at(-1)).toMatch(/^Imported as batch /)
  const { files } = JSON.parse(
    (await tallystick(['import', ledger, exports, '--dry-run', '--json'], { env: UNLOCKED })).out,
  ) as { files: { file: string; added: number; skipped: unknown[]; notUnderstood: unknown[] }[] }
  expect(files.map(({ file, added, skipped }) => [file, added, skipped])).toEqual([
    ['b.csv', 0, [{ row: 2, reason: 'already in the ledger' }]],
    ['a.zip', 0, [{ table: 'first.csv', row: 2, reason: 'already in the ledger' }]],
  ])
})

test('a folder without a file, and a path that leads nowhere, are refused by name', () => {
  mkdirSync(join(folder, 'empty', 'inside'), { recursive: true })
  expect(() => givenFiles([join(folder, 'empty')])).toThrow('there is no file in this folder')
  expect(() => givenFiles([join(folder, 'nothing')])).toThrow('there is no such file')
})
