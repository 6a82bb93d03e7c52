import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appliedMigrations } from '../../electron/ledger/migrate.ts'
import { importAll, PASSPHRASE, quiet, type RunningEngine, runEngine } from '../electron/engine/running-engine.ts'
import { reopen } from '../electron/ledger/books.ts'

const FIXTURE = new URL('../fixtures/ledgers/version-1.tally', import.meta.url)

let folder: string
let running: RunningEngine
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallystick-version-1-'))
  copyFileSync(FIXTURE, join(folder, 'Ada.tally'))
  running = runEngine(folder)
})
afterEach(async () => {
  await running.end()
  rmSync(folder, { recursive: true, force: true })
})

test('a ledger of the first version opens with all it held, after a copy of it as it was, and does what is new', async () => {
  const [file] = await running.client.session.ledgers()
  const { notices } = await running.client.session.open({
    ref: file?.ref ?? '',
    with: { kind: 'passphrase', passphrase: PASSPHRASE },
  })
  expect(notices.join()).toContain('A backup of it as it was')
  await quiet(running.client)
  const list = async () =>
    (await running.client.events.list({ offset: 0, limit: 50, filter: {}, sort: 'time', descending: false })).rows
  const before = await list()
  expect(before.map(({ kind, source, note }) => `${kind} ${source} ${note}`.trim())).toEqual([
    'buy kraken-ledgers kept',
    'gift_in kraken-ledgers',
    'buy kraken-ledgers',
    'transfer kraken-ledgers',
  ])
  expect(before[0]?.legs.map(({ amount }) => amount)).toEqual(['1', '101'])
  const isSound = async () => {
    const { checks } = await running.client.check.verify()
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
  }
  await isSound()
  const { links } = await running.client.links.list({ state: 'linked', offset: 0, limit: 10 })
  expect(links).toMatchObject([{ grade: 'proved', corroborating: [{ source: 'koinly' }] }])
  await running.client.links.swap({ event: links[0]?.corroborating[0]?.id ?? '' })
  expect((await list()).map(({ source }) => source)).toContain('koinly')
  await running.client.hand.merge({ events: before.slice(0, 2).map(({ id }) => id), kind: 'buy' })
  expect(await list()).toHaveLength(3)
  await isSound()
  for (let n = 0; n < 2; n++) await running.client.live.undo()
  expect(await list()).toEqual(before)
  await isSound()
  const form = 'Account,Asset,Units,Date sold,Proceeds,Basis reported\nKraken,BTC,0.1,2025-03-01,9000,X\n'
  const { plan, batch } = await importAll(running.client, { '1099-da.csv': form })
  expect(plan.files[0]).toMatchObject({ rows: 1, added: 1, brokerForms: 1 })
  await isSound()
  await running.client.intake.revert({ batch: batch.id })
  expect(await list()).toEqual(before)

  const [backup = ''] = readdirSync(folder).filter((name) => name.includes('(backup'))
  const copy = await reopen(join(folder, backup))
  expect(appliedMigrations(copy.vault.connection)).toEqual(['0001_ledger'])
  copy.close()
})
