import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { type BrowserDoor, startBrowserDoor } from '../../../electron/browser/browser-door.ts'
import { openDoorSettings } from '../../../electron/door-settings.ts'
import type { Engine } from '../../../electron/engine/start-engine.ts'
import { type EchoEngine, echoEngine } from './echo-engine.ts'

export const PAGE = `<!doctype html><html><head><meta property="csp-nonce" nonce="__CSP_NONCE__"></head><body>page</body></html>`

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string }
export type DoorUnderTest = {
  door: BrowserDoor
  engine: EchoEngine
  folder: string
  /** A request as written: neither the path nor any header is tidied up. */
  ask(path: string, options?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answer>
  /** The token that the private file holds now. */
  token(): string
  swap(token: string, headers?: Record<string, string>): Promise<Answer>
  secret(): Promise<string>
  socket(channel: string, headers?: Record<string, string>): WebSocket
  end(): Promise<void>
}

/**
 * The real door over a small page, with an engine that echoes unless another is given. A secret lies beside the page's
 * folder, to be stolen.
 */
export async function doorUnderTest(real: Engine | null = null): Promise<DoorUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-door-'))
  const root = join(folder, 'page')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), PAGE)
  writeFileSync(join(root, 'assets', 'app.js'), 'export {}\n')
  writeFileSync(join(folder, 'secret.txt'), 'not for the page')
  const engine = echoEngine()
  const door = await startBrowserDoor({
    engine: real ?? engine,
    root,
    doorsFolder: join(folder, 'doors'),
    port: 0,
    version: '1.2.3',
    settings: openDoorSettings(folder),
  })

  const ask: DoorUnderTest['ask'] = (path, options = {}) =>
    new Promise((done, fail) => {
      const sent = request(
        { host: '127.0.0.1', port: door.port, path, method: options.method ?? 'GET', headers: options.headers ?? {} },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () =>
            done({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(parts).toString('utf8'),
            }),
          )
        },
      )
      sent.on('error', fail)
      sent.end(options.body)
    })
  const token = (): string => /#token=([\w-]+)/.exec(readFileSync(door.linkFile, 'utf8'))?.[1] ?? ''
  const swap: DoorUnderTest['swap'] = (offered, headers = {}) =>
    ask('/session', {
      method: 'POST',
      headers: { origin: door.origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ token: offered }),
    })
  return {
    door,
    engine,
    folder,
    ask,
    token,
    swap,
    secret: async () => (JSON.parse((await swap(token())).body) as { secret: string }).secret,
    socket: (channel, headers = {}) =>
      new WebSocket(`ws://127.0.0.1:${door.port}/channel/${channel}`, { headers: { origin: door.origin, ...headers } }),
    async end() {
      await door.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** How a socket's opening ended: `open`, or the status it was refused with. */
export function opening(socket: WebSocket): Promise<'open' | number> {
  return new Promise((done, fail) => {
    socket.once('open', () => done('open'))
    socket.once('unexpected-response', (_request, response) => {
      done(response.statusCode ?? 0)
      socket.on('error', () => undefined)
      socket.terminate()
    })
    socket.once('error', fail)
  })
}

/** The next frame, as it came. */
export function nextFrame(socket: WebSocket): Promise<string | Buffer> {
  return new Promise((done, fail) => {
    socket.once('message', (data, isBinary) => done(isBinary ? (data as Buffer) : data.toString()))
    socket.once('close', (code) => fail(new Error(`closed with ${code} before a frame came`)))
  })
}

/** The code a socket was closed with. */
export function closing(socket: WebSocket): Promise<number> {
  return new Promise((done) => socket.once('close', (code) => done(code)))
}

/** An admitted socket: opened, its secret sent, `ready` received. */
export async function admitted(under: DoorUnderTest, channel: string): Promise<WebSocket> {
  const secret = await under.secret()
  const socket = under.socket(channel)
  await opening(socket)
  const ready = nextFrame(socket)
  socket.send(secret)
  if ((await ready) !== 'ready') throw new Error('the first frame was not “ready”')
  return socket
}
