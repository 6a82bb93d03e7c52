import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { freshNonce, pageHeaders } from '../page/policy.ts'
import { staticFiles } from '../page/static-files.ts'
import type { Admission } from './admission.ts'
import { sendAway } from './relay.ts'

const LOOPBACK = '127.0.0.1'
const FIRST_FRAME_MS = 5_000
const LARGEST_FRAME = 4 * 1024 * 1024
const LARGEST_SWAP = 1024
const WAITING_SOCKETS = 32

/** The page's secret is not one of this process: the one-time link must be opened again. */
const CLOSED_NOT_ADMITTED = 4401

export type LoopbackServer = {
  /** `http://127.0.0.1:<port>`: the only origin this server answers. */
  origin: string
  port: number
  close(): Promise<void>
}

export type LoopbackOptions = {
  /** 0 lets the system choose. */
  port: number
  /** The folder of the built page. Its files are public and hold no data. */
  root: string
  admission: Admission
  /** Called after a token was swapped, so that a new one can be laid out. */
  onSwap: () => void
  /** What serves `/channel/<name>` once the first frame of the socket was a valid secret. */
  channels: Record<string, (socket: WebSocket) => void>
}

/**
 * Serves the page and its channels to this computer alone. Requests with another `Host` (a name that was made to point
 * here) or another `Origin` (a page from elsewhere) get no answer but the status and its name. No cookie is read or set.
 * Rejects when the port is taken.
 */
export async function serveLoopback(options: LoopbackOptions): Promise<LoopbackServer> {
  const answerFile = staticFiles(options.root)
  const server = createServer({ maxHeaderSize: 8192, headersTimeout: 10_000, requestTimeout: 10_000 })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false })
  const waiting = new Set<WebSocket>()
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo
  // As browsers write them: without the port where it is the usual one.
  const { host, origin } = new URL(`http://${LOOPBACK}:${port}`)

  server.on('request', (request, response) => {
    answer(request, response).catch(() => refuse(response, 500))
  })
  server.on('upgrade', (request, socket, head) => {
    const channel = channelOf(request.url)
    if (request.headers.host !== host) return refuseUpgrade(socket, '421 Misdirected Request')
    if (request.headers.origin !== origin) return refuseUpgrade(socket, '403 Forbidden')
    if (channel === undefined) return refuseUpgrade(socket, '404 Not Found')
    if (waiting.size >= WAITING_SOCKETS) return refuseUpgrade(socket, '503 Service Unavailable')
    sockets.handleUpgrade(request, socket, head, (opened) => awaitSecret(opened, channel))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.host !== host) return refuse(response, 421)
    if (request.headers.origin !== undefined && request.headers.origin !== origin) return refuse(response, 403)
    if (request.method === 'POST' && request.url === '/session') return swapToken(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
    const nonce = freshNonce()
    const found = await answerFile(request.url ?? '', nonce)
    if (found.status !== 200) return refuse(response, found.status)
    response.writeHead(200, {
      ...pageHeaders(nonce),
      'content-type': found.mediaType,
      'content-length': found.body.byteLength,
    })
    response.end(request.method === 'HEAD' ? undefined : found.body)
  }

  async function swapToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin !== origin) return refuse(response, 403)
    if (request.headers['content-type'] !== 'application/json') return refuse(response, 415)
    const token = tokenOf(await readAtMost(request, LARGEST_SWAP))
    const secret = token === null ? null : options.admission.swap(token)
    if (secret === null) return refuse(response, 401)
    options.onSwap()
    const body = JSON.stringify({ secret })
    response.writeHead(200, { ...pageHeaders(freshNonce()), 'content-type': 'application/json' })
    response.end(body)
  }

  function channelOf(url: string | undefined): ((socket: WebSocket) => void) | undefined {
    const name = /^\/channel\/([a-z]+)$/.exec(url ?? '')?.[1]
    return name !== undefined && Object.hasOwn(options.channels, name) ? options.channels[name] : undefined
  }

  function awaitSecret(socket: WebSocket, serve: (socket: WebSocket) => void): void {
    waiting.add(socket)
    const tooLate = setTimeout(() => socket.close(CLOSED_NOT_ADMITTED, 'no secret'), FIRST_FRAME_MS)
    const settle = (): void => {
      clearTimeout(tooLate)
      waiting.delete(socket)
    }
    socket.on('error', () => socket.terminate())
    socket.once('close', settle)
    socket.once('message', (frame, isBinary) => {
      settle()
      if (socket.readyState !== socket.OPEN) return
      if (isBinary || !options.admission.admits(frame.toString())) {
        socket.close(CLOSED_NOT_ADMITTED, 'secret unknown')
        return
      }
      serve(socket)
      socket.send('ready')
    })
  }

  return {
    origin,
    port,
    close: () =>
      new Promise((done) => {
        sendAway(sockets.clients)
        server.close(() => done())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 1_000).unref()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', fail)
      done()
    })
  })
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, {
    ...pageHeaders(freshNonce()),
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  })
  response.end(`${status} ${STATUS_CODES[status]}\n`)
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function readAtMost(request: IncomingMessage, limit: number): Promise<string | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.byteLength
    if (length > limit) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function tokenOf(body: string | null): string | null {
  if (body === null) return null
  try {
    const parsed: unknown = JSON.parse(body)
    const token = typeof parsed === 'object' && parsed !== null && 'token' in parsed ? parsed.token : null
    return typeof token === 'string' ? token : null
  } catch {
    return null
  }
}
