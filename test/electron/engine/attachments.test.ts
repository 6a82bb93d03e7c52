/** What is refused of a file on its way to an event, and what its name becomes. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LARGEST_ATTACHMENT } from '../../../shared/contract/attachments.ts'
import { errorOf, importAll, krakenCsv, krakenTrade, type RunningEngine, runWithLedger } from './running-engine.ts'

let running: RunningEngine
let event = ''
beforeEach(async () => {
  running = await runWithLedger()
  const { client } = running
  await importAll(client, { 'a.csv': krakenCsv(krakenTrade('1', '2024-01-02 10:00:00', 'XXBT', '0.5', '-10000')) })
  const list = { offset: 0, limit: 1, filter: {}, sort: 'time', descending: false } as const
  event = (await client.events.list(list)).rows[0]?.id ?? ''
})
afterEach(() => running.end())

async function attach(name: string, announced: number, ...parts: readonly Buffer[]) {
  const { upload } = await running.client.attachments.begin({ event, name, type: '', bytes: announced })
  let made = null
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1
    const chunk = { upload, index, base64: part.toString('base64'), last }
    made = (await running.client.attachments.chunk(chunk)).attachment
  }
  return made
}

test('a name is the last part of a path, without letters that hide; it is a label and never a place', async () => {
  const names = [
    '../../etc/passwd',
    'C:\\Users\\me\\receipt.pdf',
    '..',
    'a\u0000b\u202ec\ud800.txt',
    'Beleg №7 – März.pdf',
  ]
  const kept = []
  for (const name of names) kept.push((await attach(name, 1, Buffer.from('x')))?.name)
  expect(kept).toEqual(['passwd', 'receipt.pdf', 'attachment', 'a b c .txt', 'Beleg №7 – März.pdf'])
  const { checks } = await running.client.check.verify()
  expect(checks.filter(({ ok }) => !ok)).toEqual([])
})

test('a file that is larger or smaller than announced, or beyond the bound, leaves nothing', async () => {
  const more = await errorOf(attach('more.bin', 4, Buffer.alloc(3), Buffer.alloc(3)))
  expect(more).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('More bytes came of more.bin') })
  const fewer = await errorOf(attach('cut.bin', 4, Buffer.alloc(3)))
  expect(fewer).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('Fewer bytes came of cut.bin') })
  await expect(attach('huge.bin', LARGEST_ATTACHMENT + 1, Buffer.alloc(1))).rejects.toThrow()
  const nowhere = running.client.attachments.begin({ event: 'nowhere', name: 'x', type: '', bytes: 1 })
  expect((await errorOf(nowhere)).code).toBe('NOT_FOUND')
  expect((await running.client.attachments.list({})).attachments).toEqual([])
})
