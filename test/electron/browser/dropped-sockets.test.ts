import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WebSocket as NodeSocket } from 'ws'
import type { EngineClient } from '../../../electron/engine/sample-ledger.ts'
import { openSample } from '../../../electron/open-sample.ts'
import type { hostContract } from '../../../shared/contract/host.ts'
import { connectPage, type RunningEngine, runWithLedger } from '../engine/running-engine.ts'
import { admitted, type DoorUnderTest, doorUnderTest } from './door-under-test.ts'

let running: RunningEngine
let under: DoorUnderTest
const unhandled: unknown[] = []
const note = (reason: unknown) => unhandled.push(reason)

beforeAll(async () => {
  process.on('unhandledRejection', note)
  running = await runWithLedger()
  under = await doorUnderTest(running.engine)
})
afterAll(async () => {
  await under.end()
  await running.end()
  process.off('unhandledRejection', note)
})

const pause = (ms: number) => new Promise((later) => setTimeout(later, ms))
const linkOver = (socket: NodeSocket) => new RPCLink({ websocket: socket as unknown as WebSocket })
const LIST = { offset: 0, limit: 10, filter: {}, sort: 'time', descending: false } as const

test('pages that vanish in the middle of calls and subscriptions leave the door answering, the ledger open', async () => {
  for (let round = 0; round < 40; round++) {
    const [engineSocket, hostSocket] = [await admitted(under, 'engine'), await admitted(under, 'host')]
    const engine: EngineClient = createORPCClient(linkOver(engineSocket))
    const host: ContractRouterClient<typeof hostContract> = createORPCClient(linkOver(hostSocket))
    const [changes, jobs, signals] = await Promise.all([engine.live.changes(), engine.live.jobs(), host.signals()])
    const inFlight = [
      changes.next(),
      jobs.next(),
      signals.next(),
      engine.events.list(LIST),
      engine.tax.years(),
      engine.transfers.counts(),
      engine.live.changes(),
      host.about(),
      host.signals(),
    ]
    if (round % 3 === 1) await pause(round % 7)
    for (const socket of [engineSocket, hostSocket]) {
      if (round % 2 === 0) socket.terminate()
      else socket.close()
    }
    await Promise.allSettled(inFlight)
  }
  await pause(100)
  const socket = await admitted(under, 'engine')
  const client: EngineClient = createORPCClient(linkOver(socket))
  expect((await client.session.state()).phase).toBe('open')
  socket.terminate()
  expect(unhandled).toEqual([])
})

test('a frame that nobody can read ends neither the door nor the engine behind it', async () => {
  for (const channel of ['engine', 'host']) {
    const socket = await admitted(under, channel)
    socket.send('{"i":')
    socket.send(Buffer.from([1, 2, 3]))
    await pause(50)
    socket.terminate()
  }
  expect((await running.client.session.state()).phase).toBe('open')
  expect(unhandled).toEqual([])
})

test('a sample that is locked before it is ready is said in a sentence, and the door goes on', async () => {
  running.engine.lock()
  await expect.poll(async () => (await connectPage(running.engine).client.session.state()).phase).toBe('locked')
  const said = openSample(running.engine)
  await expect.poll(async () => (await connectPage(running.engine).client.session.state()).phase).toBe('open')
  running.engine.lock()
  expect((await said).join(' ')).toMatch(/^The sample is not open: .+ Start it from the first screen\.$/)
  await pause(100)
  expect((await connectPage(running.engine).client.session.state()).phase).toBe('locked')
  expect(unhandled).toEqual([])
})

test('a sample beside an open ledger is refused in a sentence, and that ledger stays open', async () => {
  const { client } = connectPage(running.engine)
  const made = await openSample(running.engine)
  expect(made.join(' ')).toContain('made up')
  expect((await openSample(running.engine)).join(' ')).toContain('The sample is not open: ')
  expect((await client.session.state()).phase).toBe('open')
  expect(unhandled).toEqual([])
})
