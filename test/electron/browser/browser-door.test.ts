import { existsSync, readFileSync, statSync } from 'node:fs'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDoorSettings } from '../../../electron/door-settings.ts'
import type { hostContract } from '../../../shared/contract/host.ts'
import { admitted, closing, type DoorUnderTest, doorUnderTest, nextFrame, opening } from './door-under-test.ts'

describe('the browser door', () => {
  let under: DoorUnderTest
  beforeEach(async () => {
    under = await doorUnderTest()
  })
  afterEach(async () => {
    await under.end()
  })

  it('listens on the loopback address only', () => {
    expect(under.door.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('keeps its one-time link in a file that only this user can read, in a folder only this user can enter', () => {
    expect(statSync(under.door.linkFile).mode & 0o777).toBe(0o600)
    expect(statSync(`${under.folder}/doors`).mode & 0o777).toBe(0o700)
    expect(readFileSync(under.door.linkFile, 'utf8')).toContain(`${under.door.origin}/#token=`)
  })

  it('gives the page to anyone who asks, with a strict policy and a nonce of its own for each answer', async () => {
    const [one, two] = [await under.ask('/'), await under.ask('/')]
    expect(one.status).toBe(200)
    expect(one.headers['content-type']).toBe('text/html; charset=utf-8')
    const nonce = /<meta property="csp-nonce" nonce="([^"]+)">/.exec(one.body)?.[1]
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{24}$/)
    const policy = String(one.headers['content-security-policy']).split('; ')
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
    expect(two.body).not.toContain(nonce)
  })

  it.each([
    ['a file of the page', '/assets/app.js', 200],
    ['the page itself', '/', 200],
    ['a place inside the app', '/ledger/2025', 200],
    ['a file that is not there', '/assets/none.js', 404],
  ])('marks %s as private to this origin, never stored, never framed', async (_what, path, status) => {
    const answer = await under.ask(path)
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(String(answer.headers['content-security-policy'])).toContain("frame-ancestors 'none'")
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('swaps the token for a secret once and lays out a new token at the same path', async () => {
    const token = under.token()
    const first = await under.swap(token)
    expect(first.status).toBe(200)
    expect(JSON.parse(first.body)).toEqual({ secret: expect.stringMatching(/^[\w-]{43}$/) })
    expect((await under.swap(token)).status).toBe(401)
    expect(under.token()).not.toBe(token)
    expect((await under.swap(under.token())).status).toBe(200)
  })

  it('takes no token with a foreign origin, without an origin, as a form, or by any other method', async () => {
    const token = under.token()
    expect((await under.swap(token, { origin: 'http://evil.example' })).status).toBe(403)
    expect((await under.swap(token, { origin: 'null' })).status).toBe(403)
    expect((await under.swap(token, { 'content-type': 'text/plain' })).status).toBe(415)
    const bare = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) }
    expect((await under.ask('/session', bare)).status).toBe(403)
    expect((await under.ask('/session', { method: 'PUT' })).status).toBe(405)
    expect((await under.swap(token)).status).toBe(200)
  })

  it.each(['rebound.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
    'answers nothing to a request for the host %s',
    async (host) => {
      const answer = await under.ask('/', { headers: { host } })
      expect(answer).toMatchObject({ status: 421, body: '421 Misdirected Request\n' })
      expect(await opening(under.socket('engine', { host }))).toBe(421)
    },
  )

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd',
    '/../../../../../../../../etc/passwd',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '//etc/hosts.txt',
    '/assets/app.js%00.txt',
    '/%ff%fe.js',
  ])('gives nothing from outside the page for %s', async (path) => {
    const answer = await under.ask(path)
    expect(['400 Bad Request\n', '404 Not Found\n']).toContain(answer.body)
    expect(answer.body.slice(0, 3)).toBe(String(answer.status))
  })

  it('refuses a request whose target is another server', async () => {
    expect((await under.ask('http://evil.example/assets/app.js')).status).toBe(400)
  })

  it('carries frames unread in both directions, texts as texts and bytes as bytes', async () => {
    const socket = await admitted(under, 'engine')
    socket.send('{"i":"1"}')
    expect(await nextFrame(socket)).toBe('{"i":"1"}')
    socket.send(Buffer.from([0, 255, 7]))
    expect(await nextFrame(socket)).toEqual(Buffer.from([0, 255, 7]))
    under.engine.push('from the engine')
    expect(await nextFrame(socket)).toBe('from the engine')
    socket.terminate()
  })

  it.each(['engine', 'host'])('closes a socket to %s that brings no valid secret', async (channel) => {
    for (const first of ['', 'ready', under.token(), 'x'.repeat(43)]) {
      const socket = under.socket(channel)
      expect(await opening(socket)).toBe('open')
      const end = closing(socket)
      socket.send(first)
      expect(await end).toBe(4401)
    }
  })

  it('does not relay what a socket sends beside a wrong secret', async () => {
    const socket = under.socket('engine')
    await opening(socket)
    const frames: string[] = []
    socket.on('message', (frame) => frames.push(frame.toString()))
    const end = closing(socket)
    socket.send('wrong')
    socket.send('echo this')
    expect(await end).toBe(4401)
    expect(frames).toEqual([])
  })

  it('opens no socket for a foreign origin, for no origin, or for a channel it does not have', async () => {
    expect(await opening(under.socket('engine', { origin: 'http://evil.example' }))).toBe(403)
    expect(await opening(under.socket('engine', { origin: under.door.origin.replace('127.0.0.1', 'localhost') }))).toBe(
      403,
    )
    expect(await opening(under.socket('engine', { origin: 'null' }))).toBe(403)
    expect(await opening(under.socket('vault'))).toBe(404)
    expect(await opening(under.socket('constructor'))).toBe(404)
  })

  it('tells the page by code 4410 that the engine ended, so that it reloads', async () => {
    const socket = await admitted(under, 'engine')
    const end = closing(socket)
    under.door.lock()
    expect(await end).toBe(4410)
    expect(under.engine.locks).toBe(1)
  })

  it('answers the host channel itself', async () => {
    const socket = await admitted(under, 'host')
    const host: ContractRouterClient<typeof hostContract> = createORPCClient(
      new RPCLink({ websocket: socket as unknown as WebSocket }),
    )
    expect(await host.about()).toEqual({
      door: 'browser',
      version: '1.2.3',
      platform: process.platform,
      canPickLedger: false,
      canSaveFiles: false,
      idleMinutes: 15,
    })
    expect(await host.pickLedger()).toEqual({ ref: null })
    expect(await host.idleLock({ minutes: 30 })).toEqual({ minutes: 30 })
    await expect(host.idleLock({ minutes: -1 })).rejects.toThrow()
    expect((await host.about()).idleMinutes).toBe(30)
    expect(openDoorSettings(under.folder).idleMinutes()).toBe(30)
    const signals = await host.signals()
    const first = signals.next()
    await new Promise((later) => setTimeout(later, 50))
    under.door.lock()
    expect((await first).value).toEqual({ signal: 'lock' })
    socket.terminate()
  })

  it('ends its sockets, its engine and its private file when it closes', async () => {
    const socket = await admitted(under, 'engine')
    const end = closing(socket)
    await under.door.close()
    expect(await end).toBe(1001)
    expect(under.engine.stops).toBe(1)
    expect(existsSync(under.door.linkFile)).toBe(false)
    await expect(under.ask('/')).rejects.toThrow('ECONNREFUSED')
  })
})
