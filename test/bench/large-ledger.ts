/** A made-up ledger of any number of events, staged straight into an encrypted file as an import would. For benches. */
import { randomBytes } from 'node:crypto'
import { executeBatch } from '../../electron/ledger/batches.ts'
import { beginBatch, beginFile, finishFile } from '../../electron/ledger/files.ts'
import { writableLedger } from '../../electron/ledger/handles.ts'
import { migrate } from '../../electron/ledger/migrate.ts'
import { planOf } from '../../electron/ledger/plan.ts'
import { putSettings } from '../../electron/ledger/settings.ts'
import type { StagedEvent } from '../../electron/ledger/staged.ts'
import { openStage } from '../../electron/ledger/staging.ts'
import { createVault } from '../../electron/vault/vault.ts'

const COINS = Array.from({ length: 20 }, (_, n) => `COIN${n}`)
const ACCOUNTS = Array.from({ length: 8 }, (_, n) => `account${n}`)
const START = Date.UTC(2020, 0, 1)
const SPAN = 6 * 365 * 86_400_000
const CHUNK = 600

/** Makes the file under `passphrase`: three purchases of a coin, then a sale of part of them, account by account. */
export async function makeLargeLedger(path: string, passphrase: string, events: number): Promise<void> {
  const created = await createVault(path, passphrase, { holder: { door: 'bench', pid: process.pid, since: START } })
  if (created.status !== 'open') throw new Error(created.text)
  const { vault } = created
  const migrated = await migrate(vault.connection, async () => ({ status: 'done' }))
  if (migrated.status !== 'ready') throw new Error(migrated.text)
  const ledger = writableLedger(vault.connection)
  const settings = {
    name: 'Bench',
    jurisdiction: 'us',
    currency: 'USD',
    zone: 'America/New_York',
    method: 'fifo',
    scope: 'account',
    taxYear: 2025,
    rounding: 'cents',
  }
  putSettings(
    ledger,
    Object.entries(settings).map(([name, value]) => ({ key: `profile.${name}`, value })),
    { summary: 'create the ledger', who: 'bench', at: START, undoable: false },
  )
  const begun = must(beginBatch(ledger, { origin: 'file', title: 'bench', at: START }), 'begun')
  const { file } = must(beginFile(ledger, begun.batch, { name: 'bench.csv', size: events * 2 }), 'begun')
  const stage = openStage(ledger, file, {
    source: 'bench',
    layout: 'bench',
    readerVersion: 1,
    encoding: 'utf-8',
    account: { key: ACCOUNTS[0] as string, name: 'Account 0', kind: 'exchange' },
    zone: 'UTC',
  })
  if (stage.status !== 'open') throw new Error(stage.text)
  must(finishFile(ledger, file), 'uploaded')
  for (let from = 0; from < events; from += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, events - from) }, (_, at) => eventAt(from + at, events))
    const names =
      from > 0
        ? {}
        : {
            accounts: ACCOUNTS.map((key) => ({ key, name: key, kind: 'exchange' as const })),
            assets: [...COINS.map((key) => ({ key, kind: 'crypto' as const })), { key: 'USD', kind: 'fiat' as const }],
          }
    const records = chunk.map((event) => ({
      row: event.rows[0] as number,
      identity: randomBytes(16),
      hash: randomBytes(16),
      outcome: 'event' as const,
    }))
    must(stage.add({ ...names, records, events: chunk }), 'staged')
    if (stage.full) drain(stage.flush())
  }
  drain(stage.seal())
  const hash = planOf(ledger, begun.batch)?.hash ?? ''
  const executed = executeBatch(ledger, begun.batch, hash, { who: 'bench', at: START })
  if (executed.status !== 'done') throw new Error(`the bench's batch was not executed: ${executed.text}`)
  vault.close()
}

/** The id of the event at a place, for deciding on it. */
export const eventId = (n: number): string =>
  `bench:${((n * 2_654_435_761) % 4_294_967_296).toString(36).padStart(7, '0')}-${n}`

function eventAt(n: number, events: number): StagedEvent {
  const round = Math.floor(n / 4)
  const account = ACCOUNTS[round % ACCOUNTS.length] as string
  const asset = COINS[Math.floor(round / ACCOUNTS.length) % COINS.length] as string
  const isSale = n % 4 === 3
  const units = isSale ? '2.5' : `${1 + (n % 3)}.25`
  const money = `${100 + (n % 900)}.25`
  const coin = { role: isSale ? ('out' as const) : ('in' as const), account, asset, amount: units }
  const cash = { role: isSale ? ('in' as const) : ('out' as const), account, asset: 'USD', amount: money }
  return {
    id: eventId(n),
    time: START + Math.floor((n / events) * SPAN),
    precision: 'second',
    kind: isSale ? 'sell' : 'buy',
    legs: [coin, cash],
    rows: [n + 1],
  }
}

function must<T extends { readonly status: string }, S extends T['status']>(
  result: T,
  status: S,
): Extract<T, { status: S }> {
  if (result.status !== status) throw new Error(`the bench met ${result.status}`)
  return result as Extract<T, { status: S }>
}

function drain(steps: Generator<void, { readonly status: string }>): void {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  if (step.value.status === 'disk-full') throw new Error('the disk is full')
}
