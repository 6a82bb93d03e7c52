import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { relay } from '../../../electron/browser/relay.ts'

let server: Server
let page: WebSocket
let engine: MessagePort
let frames: number

beforeEach(async () => {
  server = createServer()
  const sockets = new WebSocketServer({ server })
  const { port1, port2 } = new MessageChannel()
  engine = port2
  frames = 0
  sockets.on('connection', (socket) => relay(socket, port1, () => (frames += 1)))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await new Promise((open) => page.once('open', open))
})
afterEach(() => {
  page.terminate()
  engine.close()
  server.close()
})

it('reads no more requests of a page that does not read its answers, and all of them once it does', async () => {
  const asked: string[] = []
  engine.on('message', (frame: string) => asked.push(frame))
  page.pause()
  const answer = 'x'.repeat(4 * 1024 * 1024)
  for (let sent = 0; sent < 16; sent += 1) engine.postMessage(answer)
  await new Promise((later) => setTimeout(later, 200))
  for (let sent = 0; sent < 50; sent += 1) page.send(`request ${sent}`)
  await new Promise((later) => setTimeout(later, 300))
  expect(asked).toEqual([])

  let answers = 0
  page.on('message', () => {
    answers += 1
  })
  page.resume()
  await expect.poll(() => answers, { timeout: 20_000 }).toBe(16)
  await expect.poll(() => asked.length).toBe(50)
  expect(asked[49]).toBe('request 49')
  expect(frames).toBe(50)
})

it('keeps the frames in their order', async () => {
  const received: string[] = []
  page.on('message', (frame) => received.push(frame.toString()))
  for (let sent = 0; sent < 1_000; sent += 1) engine.postMessage(String(sent))
  await expect.poll(() => received.length).toBe(1_000)
  expect(received).toEqual(Array.from({ length: 1_000 }, (_, index) => String(index)))
})
