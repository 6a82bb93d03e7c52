import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { krakenCsv, krakenTrade } from '../engine/running-engine.ts'
import { tallystick, UNLOCKED } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-cli-again-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a revert on the terminal waits until the other file was read again, and says so', async () => {
  const ledger = join(folder, 'Anna.tally')
  const run = (...args: string[]) => tallystick([args[0] as string, ledger, ...args.slice(1)], { env: UNLOCKED })
  await run('new', '--jurisdiction', 'us', '--zone', 'America/New_York', '--name', 'Anna')
  const first = krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000')
  const second = krakenTrade('2', '2024-02-03 11:00:00', 'XETH', '2', '-4600')
  for (const [name, text] of [
    ['a.csv', krakenCsv(first)],
    ['b.csv', krakenCsv([...first, ...second])],
  ] as const) {
    writeFileSync(join(folder, name), text)
    expect((await run('import', join(folder, name))).code).toBe(0)
  }
  const before = JSON.parse((await run('batches', '--json')).out).batches
  const oldest = before.find(({ title }: { title: string }) => title === 'a.csv')
  const reverted = await run('revert', oldest.id)
  expect(reverted.out).toContain('Read again, as it held rows of it too: b.csv')
  const after = JSON.parse((await run('batches', '--json')).out).batches
  expect(after.map(({ title, state, events }: Record<string, unknown>) => [title, state, events]).sort()).toEqual([
    ['Read again after a revert: b.csv', 'live', 1],
    ['a.csv', 'reverted', 1],
    ['b.csv', 'live', 1],
  ])
})
