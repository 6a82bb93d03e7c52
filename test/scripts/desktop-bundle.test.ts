import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { build } from 'electron-vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DoorMessage, EngineStart } from '../../electron/engine/start-engine.ts'
import type { engineContract } from '../../shared/contract/contract.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** Inside the repository, because the packages stay outside the desktop's bundle and are found from there. */
const OUT = join(ROOT, 'out', 'test-desktop')
let data: string

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'tallystick-desktop-'))
  await build({
    root: ROOT,
    configFile: join(ROOT, 'electron.vite.config.ts'),
    logLevel: 'warn',
    ignoreConfigWarning: true,
    build: { outDir: OUT, emptyOutDir: true },
  })
})
afterAll(() => {
  rmSync(OUT, { recursive: true, force: true })
  rmSync(data, { recursive: true, force: true })
})

it('the desktop’s bundled engine starts its bundled workers and makes the sample', async () => {
  const workerData: EngineStart = {
    dataFolder: data,
    samplesFolder: join(ROOT, 'samples'),
    keychain: false,
    registered: [],
    locked: null,
  }
  const engine = new Worker(join(OUT, 'main', 'engine-worker.js'), { workerData })
  const ended = new Promise((done) => engine.once('exit', done))
  const { port1, port2 } = new MessageChannel()
  engine.postMessage({ say: 'connect', port: port2 } satisfies DoorMessage, [port2])
  const client: ContractRouterClient<typeof engineContract> = createORPCClient(new RPCLink({ port: port1 }))
  port1.start()
  expect(await client.session.state()).toEqual({ phase: 'closed' })
  expect((await client.session.createSample()).state.phase).toBe('open')
  engine.postMessage({ say: 'stop' } satisfies DoorMessage)
  port1.close()
  await ended
})

it('the desktop’s preload is one plain script that needs electron alone, as its sandbox demands', () => {
  const preload = readFileSync(join(OUT, 'preload', 'preload.cjs'), 'utf8')
  expect(preload.match(/require\([^)]*\)/g)).toEqual(['require("electron")'])
  expect(preload).not.toMatch(/^(import|export) /m)
})
