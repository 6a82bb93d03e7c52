import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { importAll, krakenCsv, krakenTrade, PASSPHRASE, quiet, runEngine, runWithLedger } from './running-engine.ts'

const trades = Array.from({ length: 3_000 }, (_, n) =>
  krakenTrade(
    String(n),
    new Date(1_700_000_000_000 + n * 60_000).toISOString().slice(0, 19).replace('T', ' '),
    'XXBT',
    '0.5',
    '-21000',
  ),
)

/** Reverts in a process of its own and kills that so long after it said so. */
async function revertAndKill(folder: string, after: number): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rereading-child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.on('exit', () => reject(new Error('the child ended by itself')))
  })
  await wait(after)
  child.kill('SIGKILL')
  await ended
}

test('killed at any moment after a revert, the next open reads the other file again, with no loss and no doubling', async () => {
  const running = await runWithLedger()
  const { client } = running
  await importAll(client, { 'a.csv': krakenCsv(trades.slice(0, 2_500).flat()) })
  await importAll(client, { 'b.csv': krakenCsv(trades.flat()) })
  await quiet(client)
  const all = await client.events.list({ offset: 0, limit: 100, filter: {}, sort: 'time', descending: false })
  expect(all.total).toBe(3_000)
  await client.session.close()

  const found = new Set<boolean>()
  for (const after of [0, 60, 150, 300, 5_000]) {
    const folder = mkdtempSync(join(tmpdir(), 'tallystick-reread-'))
    cpSync(running.folder, folder, { recursive: true })
    await revertAndKill(folder, after)
    const next = runEngine(folder)
    const [ledger] = await next.client.session.ledgers()
    const { notices } = await next.client.session.open({
      ref: ledger?.ref ?? '',
      with: { kind: 'passphrase', passphrase: PASSPHRASE },
    })
    found.add(notices.some((notice) => notice.startsWith('b.csv is being read again')))
    for (let n = 0; n < 200; n++) {
      const { total } = await next.client.events.list({
        offset: 0,
        limit: 1,
        filter: {},
        sort: 'time',
        descending: false,
      })
      if (total !== 500) break
      await wait(50)
    }
    await quiet(next.client)
    const { rows, total } = await next.client.events.list({
      offset: 0,
      limit: 100,
      filter: {},
      sort: 'time',
      descending: false,
    })
    expect(total).toBe(3_000)
    expect(rows.map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id))
    const { batches } = await next.client.intake.batches()
    expect(batches.filter(({ title }) => title.startsWith('Read again'))).toHaveLength(1)
    const { checks } = await next.client.check.verify()
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    await next.end()
    rmSync(folder, { recursive: true, force: true })
  }
  expect(found).toEqual(new Set([true, false]))
  await running.end()
}, 300_000)
