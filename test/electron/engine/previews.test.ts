import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createJobs } from '../../../electron/engine/jobs.ts'
import type { LedgerWorkers } from '../../../electron/engine/ledger-workers.ts'
import { createLedgerFile } from '../../../electron/engine/open-ledger.ts'
import { createPreviews } from '../../../electron/engine/previews.ts'
import type { CurrencyCode } from '../../../shared/events/identifiers.ts'
import { krakenCsv, krakenTrade, PASSPHRASE } from './running-engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-previews-'))
const open = await createLedgerFile(join(folder, 'Anna.tally'), PASSPHRASE, {
  holder: { door: 'a test', pid: process.pid, since: 0 },
  backupPath: join(folder, 'backup.tally'),
})
afterAll(async () => {
  await open.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The real workers, of which one breaks off in the middle of a file of this name. */
function breakingAt(name: string): LedgerWorkers {
  const calls = open.workers.intake.calls()
  type Call = typeof calls.call
  const call = (async (...[what, input, options]: Parameters<Call>) => {
    const given = input as { options?: { fileName?: string } }
    const answer = await (calls.call as (...args: unknown[]) => Promise<unknown>)(what, input, options)
    if (given.options?.fileName === name) throw new Error('a fault of this reader')
    return answer
  }) as Call
  return { ...open.workers, intake: { ...open.workers.intake, calls: () => ({ ...calls, call }) } }
}

test('a reader that breaks off takes only its own file down, and nothing of that one stays', async () => {
  const broken = { ...open, workers: breakingAt('broken.csv') }
  const previews = createPreviews(
    broken,
    createJobs(() => {}),
    () => ({ accounts: [], currency: 'USD' as CurrencyCode }),
  )
  const files = ['broken.csv', 'sound.csv'].map((name, i) => ({
    name,
    content: Buffer.from(krakenCsv(krakenTrade(`${i}`, '2024-01-02 10:00:00', 'XXBT', '0.5', '-21000'))),
  }))
  const { batch, uploads } = previews.begin(files.map(({ name, content }) => ({ name, bytes: content.length })))
  for (const [i, { content }] of files.entries()) previews.chunk(uploads[i] as string, 0, content, true)
  await expect.poll(() => previews.plan(batch).state, { timeout: 20_000 }).toBe('ready')
  const plan = previews.plan(batch)
  expect(plan.files[0]).toMatchObject({ file: 'broken.csv', rows: 0, added: 0 })
  expect(plan.files[0]?.problem).toBe(
    'broken.csv could not be read: a fault of this reader. Nothing of it is taken; the other files are not concerned.',
  )
  expect(plan.files[1]).toMatchObject({ file: 'sound.csv', added: 2, problem: null })
  const done = await previews.execute(batch, plan.hash)
  expect(done.value.events).toBe(1)
})
