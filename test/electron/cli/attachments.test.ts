/** Files attached to events: kept byte for byte, through backup and restore, in no export, whatever their names. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tallystick, UNLOCKED } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-cli-attach-'))
const ledger = join(folder, 'Anna.tally')
const run = (...args: string[]) => tallystick(args, { env: UNLOCKED })
async function jsonOf(...args: string[]) {
  const ran = await run(...args, '--json')
  if (ran.code !== 0) throw new Error(`${ran.code}: ${ran.err}`)
  return JSON.parse(ran.out)
}

const BOOKS = {
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
  accounts: [{ id: 'w', name: 'Wallet', kind: 'wallet' }],
  assets: [{ id: 'BTC', kind: 'crypto' }],
  events: [
    {
      id: 'g',
      time: '2024-01-02T03:04:05Z',
      kind: 'gift_in',
      legs: [{ role: 'in', account: 'w', asset: 'BTC', amount: '1' }],
    },
  ],
}
const HOSTILE = '..\n\u202egpj.\u001b[31m=cmd|x.pdf'
const bytes = Buffer.from(Array.from({ length: 1_300_000 }, (_, n) => (n * 31 + (n >> 8)) % 256))
let event = ''

beforeAll(async () => {
  const made = await run('new', ledger, '--jurisdiction', 'us', '--zone', 'UTC', '--json')
  if (made.code !== 0) throw new Error(made.err)
  const books = join(folder, 'books.json')
  writeFileSync(books, JSON.stringify(BOOKS))
  await jsonOf('import', ledger, books)
  const out = join(folder, 'out.json')
  await jsonOf('export', ledger, '--to', 'json', '--out', out)
  event = JSON.parse(readFileSync(out, 'utf8')).events[0].id
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a file of a hostile name is kept under a harmless one, opened again from a restored backup, and leaves in no export', async () => {
  const path = join(folder, HOSTILE)
  writeFileSync(path, bytes)
  const { attachment } = await jsonOf('attach', ledger, '--event', event, '--file', path)
  expect(attachment).toMatchObject({ name: '.. gpj. [31m=cmd|x.pdf', bytes: bytes.length })
  const backup = join(folder, 'backup.tally')
  await jsonOf('backup', ledger, '--out', backup)
  const gone = await jsonOf('attach', ledger, '--remove', attachment.id)
  expect(gone.removed).toBe(attachment.id)
  expect((await jsonOf('attach', ledger)).attachments).toEqual([])
  const restored = join(folder, 'restored.tally')
  await jsonOf('restore', backup, '--out', restored)
  const listed = await run('attach', restored, '--event', event)
  expect([...listed.out].filter((letter) => letter !== '\n' && /\p{C}/u.test(letter))).toEqual([])
  const saved = join(folder, 'saved.pdf')
  await jsonOf('attach', restored, '--save', attachment.id, '--out', saved)
  expect(readFileSync(saved).equals(bytes)).toBe(true)
  await jsonOf('undo', ledger)
  expect((await jsonOf('attach', ledger)).attachments).toMatchObject([{ id: attachment.id, event }])
  for (const format of ['json', 'csv']) {
    const out = join(folder, `leaves.${format}`)
    await jsonOf('export', ledger, '--to', format, '--out', out)
    const text = readFileSync(out, 'utf8')
    expect([text.includes('gpj'), text.includes(attachment.id)]).toEqual([false, false])
  }
}, 120_000)
