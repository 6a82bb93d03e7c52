import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { EngineClient } from '../../../electron/engine/sample-ledger.ts'
import { type Engine, startEngine } from '../../../electron/engine/start-engine.ts'
import type { ImportPlan } from '../../../shared/contract/intake.ts'
import type { ProfileSettings } from '../../../shared/contract/session.ts'

export const PASSPHRASE = 'correct horse battery staple'
export const PROFILE: ProfileSettings = {
  name: 'Anna',
  jurisdiction: 'us',
  currency: 'USD',
  zone: 'America/New_York',
  method: 'fifo',
  scope: 'pack',
  taxYear: 2025,
  rounding: 'cents',
}

export interface Page {
  readonly client: EngineClient
  readonly port: MessagePort
}

/** A page of an engine: a client on a port of its own. */
export function connectPage(engine: Engine): Page {
  const port = engine.connect()
  const client: EngineClient = createORPCClient(new RPCLink({ port }))
  port.start()
  return { client, port }
}

export interface RunningEngine extends Page {
  readonly engine: Engine
  readonly folder: string
  end(): Promise<void>
}

/** A real engine in its own thread on a fresh folder. */
export function runEngine(folder = mkdtempSync(join(tmpdir(), 'tallystick-engine-'))): RunningEngine {
  const engine = startEngine({ dataFolder: folder, keychain: false, door: 'a test' })
  return {
    engine,
    folder,
    ...connectPage(engine),
    async end() {
      await engine.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The same with a new ledger open. */
export async function runWithLedger(profile: Partial<ProfileSettings> = {}): Promise<RunningEngine> {
  const running = runEngine()
  await running.client.session.create({ passphrase: PASSPHRASE, profile: { ...PROFILE, ...profile } })
  return running
}

type Files = Readonly<Record<string, string | Uint8Array>>

/** Uploads files and waits for their plan. */
export async function planOf(client: EngineClient, files: Files): Promise<ImportPlan> {
  const contents = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content),
  }))
  const { batch, uploads } = await client.intake.begin({
    files: contents.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
  })
  for (const [at, { bytes }] of contents.entries()) {
    const chunks = Math.max(1, Math.ceil(bytes.length / 1_048_576))
    for (let index = 0; index < chunks; index++)
      await client.intake.chunk({
        upload: uploads[at] as string,
        index,
        base64: bytes.subarray(index * 1_048_576, (index + 1) * 1_048_576).toString('base64'),
        last: index === chunks - 1,
      })
  }
  return settledPlan(client, batch)
}

export async function settledPlan(client: EngineClient, batch: string): Promise<ImportPlan> {
  for (;;) {
    const plan = await client.intake.plan({ batch })
    if (plan.state !== 'reading') return plan
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Imports files as a person would: preview, then exactly that. */
export async function importAll(client: EngineClient, files: Files) {
  const plan = await planOf(client, files)
  return { plan, ...(await client.intake.execute({ batch: plan.batch, hash: plan.hash })) }
}

/** Waits until no job runs any more. */
export async function quiet(client: EngineClient): Promise<void> {
  for await (const jobs of await client.live.jobs()) if (jobs.every(({ state }) => state !== 'running')) return
}

/** The first hundred events, oldest first. */
export const eventsOf = async (client: EngineClient) =>
  (await client.events.list({ offset: 0, limit: 100, filter: {}, sort: 'time', descending: false })).rows

/** The checks of the ledger that do not pass. */
export const failedChecks = async (client: EngineClient) => (await client.check.verify()).checks.filter(({ ok }) => !ok)

/** The contract's error that a call ends with: its code and its sentence. */
export async function errorOf(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: String(error.code), message: error.message }
    throw error
  }
  throw new Error('the call was expected to fail')
}

const KRAKEN = '"txid","refid","time","type","subtype","aclass","subclass","asset","wallet","amount","fee","balance"'

export interface KrakenRow {
  readonly id: string
  readonly ref: string
  readonly time: string
  readonly type: string
  readonly asset: string
  readonly amount: string
  readonly fee?: string
}

/** A Kraken ledgers file of these rows. */
export function krakenCsv(rows: readonly KrakenRow[]): string {
  const lines = rows.map(({ id, ref, time, type, asset, amount, fee = '0' }) => {
    const subtype = type === 'trade' ? 'tradespot' : ''
    const kind = asset.startsWith('Z') ? 'fiat' : 'crypto'
    return `"${id}","${ref}","${time}","${type}","${subtype}","currency","${kind}","${asset}","spot / main",${amount},${fee},0`
  })
  return `${[KRAKEN, ...lines].join('\n')}\n`
}

/** Two rows: dollars for coins. */
export const krakenTrade = (
  n: string,
  time: string,
  coin: string,
  amount: string,
  dollars: string,
): readonly KrakenRow[] => [
  { id: `LC${n}-AAAAA-BBBBBB`, ref: `T${n}-CCCCC-DDDDDD`, time, type: 'trade', asset: coin, amount },
  { id: `LD${n}-AAAAA-BBBBBB`, ref: `T${n}-CCCCC-DDDDDD`, time, type: 'trade', asset: 'ZUSD', amount: dollars },
]
