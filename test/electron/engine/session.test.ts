import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deriveKey, NEWEST_FORMAT } from '../../../electron/vault/key.ts'
import { recoveryKeyText } from '../../../electron/vault/recovery-sheet.ts'
import {
  connectPage,
  errorOf,
  importAll,
  PASSPHRASE,
  PROFILE,
  type RunningEngine,
  runEngine,
  runWithLedger,
} from './running-engine.ts'

let running: RunningEngine
beforeEach(async () => {
  running = await runWithLedger()
})
afterEach(() => running.end())

const ledgerPath = () => join(running.folder, 'Anna.tally')
const open = async (page = connectPage(running.engine), passphrase = PASSPHRASE) => {
  const [file] = await page.client.session.ledgers()
  return page.client.session.open({ ref: file?.ref ?? '', with: { kind: 'passphrase', passphrase } })
}

test('a new ledger is open at once, with its profile, and is one encrypted file', async () => {
  const state = await running.client.session.state()
  expect(state).toMatchObject({ phase: 'open', name: 'Anna', profile: PROFILE, recoveryConfirmed: false })
  expect(readFileSync(ledgerPath()).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
})

test('lock ends the thread; the next page finds the ledger locked by name and opens it again with the passphrase', async () => {
  const closed = new Promise((resolve) => running.port.on('close', resolve))
  expect(await running.client.session.lock()).toEqual({ ok: true })
  await closed
  const page = connectPage(running.engine)
  expect(await page.client.session.state()).toMatchObject({ phase: 'locked', name: 'Anna' })
  expect((await errorOf(page.client.events.facets())).code).toBe('NO_LEDGER')
  const { state } = await open(page)
  expect(state.phase).toBe('open')
})

test('locked, nothing but one file with the ledger in it is left in the folder', async () => {
  const closed = new Promise((resolve) => running.port.on('close', resolve))
  await running.client.session.lock()
  await closed
  expect(readdirSync(running.folder).filter((name) => !name.includes('-lock'))).toEqual(['Anna.tally'])
})

test('a wrong passphrase is refused by its code, and nothing is written', async () => {
  await running.client.session.close()
  const before = readFileSync(ledgerPath())
  const error = await errorOf(open(connectPage(running.engine), 'not the passphrase'))
  expect(error.code).toBe('WRONG_PASSPHRASE')
  expect(error.message).toContain('first page is damaged')
  expect(readFileSync(ledgerPath()).equals(before)).toBe(true)
})

test('another engine on the same ledger is told who holds it', async () => {
  const second = runEngine(running.folder)
  const error = await errorOf(open(second))
  expect(error.code).toBe('IN_USE')
  expect(error.message).toContain('a test')
  await second.engine.stop()
})

test('what is no ledger is named before any passphrase is derived', async () => {
  writeFileSync(join(running.folder, 'Other.tally'), 'date,asset,amount\n')
  await running.client.session.close()
  const page = connectPage(running.engine)
  const other = (await page.client.session.ledgers()).find(({ name }) => name === 'Other')
  const call = page.client.session.open({ ref: other?.ref ?? '', with: { kind: 'passphrase', passphrase: 'x' } })
  expect(await errorOf(call)).toMatchObject({ code: 'NOT_A_LEDGER', message: expect.stringContaining('text file') })
})

test('a ledger cut short says so, offers a backup, and is left as it is', async () => {
  await running.client.session.close()
  await new Promise((resolve) => running.port.on('close', resolve))
  truncateSync(ledgerPath(), 5000)
  expect(await errorOf(open())).toMatchObject({
    code: 'DAMAGED',
    message: expect.stringMatching(/cut short.*Restore a backup/),
  })
})

test('a ledger with a flipped bit is damaged, not misread', async () => {
  await running.client.session.close()
  await new Promise((resolve) => running.port.on('close', resolve))
  const bytes = readFileSync(ledgerPath())
  for (let page = 1; page * 4096 < bytes.length; page++) bytes[page * 4096 + 100] = (bytes[page * 4096 + 100] ?? 0) ^ 1
  writeFileSync(ledgerPath(), bytes)
  expect((await errorOf(open())).code).toBe('DAMAGED')
})

test('the recovery sheet is a document for who knows the passphrase, and counts as kept once its check word was typed', async () => {
  const { base64, checkWord } = await running.client.session.recoverySheet({ passphrase: PASSPHRASE })
  expect(Buffer.from(base64, 'base64').subarray(0, 4).toString()).toBe('%PDF')
  expect(await running.client.session.confirmRecovery({ checkWord: 'WRONG' })).toEqual({ ok: false })
  expect(await running.client.session.confirmRecovery({ checkWord: checkWord.toLowerCase() })).toEqual({ ok: true })
  expect(await running.client.session.state()).toMatchObject({ recoveryConfirmed: true })
  const wrong = running.client.session.recoverySheet({ passphrase: 'somebody else' })
  expect((await errorOf(wrong)).code).toBe('WRONG_PASSPHRASE')
})

test('the key on the recovery sheet opens the ledger without the passphrase, until the passphrase is changed', async () => {
  const salt = readFileSync(ledgerPath()).subarray(0, 16)
  const key = recoveryKeyText((await deriveKey(PASSPHRASE, salt, NEWEST_FORMAT)).key)
  const openWithSheet = async () => {
    const page = connectPage(running.engine)
    const [file] = await page.client.session.ledgers()
    return { page, ...(await page.client.session.open({ ref: file?.ref ?? '', with: { kind: 'recovery', key } })) }
  }
  const closed = new Promise((resolve) => running.port.on('close', resolve))
  await running.client.session.lock()
  await closed
  const { page, state } = await openWithSheet()
  expect(state).toMatchObject({ phase: 'open', name: 'Anna' })
  await page.client.session.changePassphrase({ current: PASSPHRASE, next: 'another passphrase' })
  const ended = new Promise((resolve) => page.port.on('close', resolve))
  await page.client.session.lock()
  await ended
  expect((await errorOf(openWithSheet())).code).toBe('WRONG_PASSPHRASE')
})

test('a changed passphrase opens the ledger, the old one no longer does, and the sheet is void', async () => {
  const { checkWord } = await running.client.session.recoverySheet({ passphrase: PASSPHRASE })
  await running.client.session.confirmRecovery({ checkWord })
  const next = 'another passphrase'
  const changed = await running.client.session.changePassphrase({ current: PASSPHRASE, next })
  expect(changed.recoveryVoid).toBe(true)
  expect(await running.client.session.state()).toMatchObject({ phase: 'open', recoveryConfirmed: false })
  expect((await running.client.events.facets()).years).toEqual([])
  await running.client.session.close()
  await new Promise((resolve) => running.port.on('close', resolve))
  expect((await errorOf(open())).code).toBe('WRONG_PASSPHRASE')
  expect((await open(connectPage(running.engine), next)).state.phase).toBe('open')
})

test('a backup lies beside the ledger, is listed, and is restored under a name of its own', async () => {
  const { fileName, bytes } = await running.client.session.backup()
  expect(existsSync(join(running.folder, fileName))).toBe(true)
  const [backup] = await running.client.session.backups()
  expect(backup).toMatchObject({ fileName, bytes })
  const restored = await running.client.session.restore({ ref: backup?.ref ?? '' })
  expect(restored.name).toBe('Anna (restored)')
  await running.client.session.close()
  await new Promise((resolve) => running.port.on('close', resolve))
  const page = connectPage(running.engine)
  const { state } = await page.client.session.open({
    ref: restored.ref,
    with: { kind: 'passphrase', passphrase: PASSPHRASE },
  })
  expect(state).toMatchObject({ phase: 'open', name: 'Anna' })
})

test('a ledger elsewhere opens by the reference that the door registered', async () => {
  await running.client.session.close()
  await new Promise((resolve) => running.port.on('close', resolve))
  const other = runEngine()
  const path = join(other.folder, '..', `elsewhere-${process.pid}.tally`)
  copyFileSync(ledgerPath(), path)
  const ref = other.engine.registerLedger(path)
  const { state } = await other.client.session.open({ ref, with: { kind: 'passphrase', passphrase: PASSPHRASE } })
  expect(state.phase).toBe('open')
  await other.end()
})

test('a name that exists, a country without a pack, a method that the law does not know, and a zone that is none are refused in words', async () => {
  const second = runEngine(running.folder)
  const create = (profile: Partial<typeof PROFILE>) =>
    errorOf(second.client.session.create({ passphrase: PASSPHRASE, profile: { ...PROFILE, ...profile } }))
  expect(await create({})).toMatchObject({ code: 'ALREADY_EXISTS' })
  expect(await create({ name: 'B', jurisdiction: 'zz' })).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('zz'),
  })
  expect(await create({ name: 'B', method: 's104' })).toMatchObject({
    code: 'REFUSED',
    message: expect.stringMatching(/s104.*fifo/),
  })
  expect(await create({ name: 'B', zone: 'Mars/Olympus' })).toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('Mars'),
  })
  expect(readdirSync(running.folder).some((name) => name.startsWith('B'))).toBe(false)
  await second.engine.stop()
})

test('locked, no word of the books stands in any file of the folder', async () => {
  const word = 'Zanzibarkeeper'
  await importAll(running.client, {
    'memo.csv': `Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash\n2024-01-05 10:00:00 UTC,,,1,BTC,,,42000,USD,,${word},\n`,
  })
  const closed = new Promise((resolve) => running.port.on('close', resolve))
  await running.client.session.lock()
  await closed
  for (const name of readdirSync(running.folder))
    expect([name, readFileSync(join(running.folder, name)).includes(word)]).toEqual([name, false])
})
