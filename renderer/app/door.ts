import type { SupportedMessagePort } from '@orpc/client/message-port'

/** The two channels a door offers: the engine's frames, relayed unread, and the door's own small router. */
export type Lane = 'engine' | 'host'

/** What either transport looks like to oRPC: text frames out and in. */
export interface Channel {
  readonly kind: 'port' | 'socket'
  readonly port?: SupportedMessagePort
  readonly socket?: WebSocket
}

export type Connection =
  | { readonly ok: true; readonly engine: Channel; readonly host: Channel }
  | { readonly ok: false; readonly why: 'link-used' | 'no-link' | 'unreachable' }

interface DesktopBridge {
  readonly door: 'desktop'
  connect(lane: Lane): Promise<void>
}

declare global {
  interface Window {
    readonly tallystick?: DesktopBridge
  }
}

const SECRET_KEY = 'tallystick.secret'
/** Close codes of the browser door. */
const SECRET_UNKNOWN = 4401
const ENGINE_ENDED = 4410

let ended = false

/** Says that the program behind the page is about to end: from now on there is nothing to load anew. */
export function doorEnds(): void {
  ended = true
}

/** Loads the page anew, which clears everything it held; stays where the door has ended and could not serve it. */
export function startAnew(): void {
  if (!ended) location.reload()
}

type Lost = (why: 'link-used' | 'unreachable') => void

/**
 * Opens both channels of whichever door serves this page. `onLost` is called once when a channel ends later on;
 * an engine that ended on purpose (lock) reloads the page instead, which clears everything it held.
 */
export async function connect(onLost: Lost): Promise<Connection> {
  return window.tallystick ? connectDesktop(window.tallystick) : connectBrowser(onLost)
}

async function connectDesktop(bridge: DesktopBridge): Promise<Connection> {
  const [engine, host] = await Promise.all([desktopPort(bridge, 'engine'), desktopPort(bridge, 'host')])
  engine.addEventListener('close', startAnew)
  return { ok: true, engine: { kind: 'port', port: engine }, host: { kind: 'port', port: host } }
}

function desktopPort(bridge: DesktopBridge, lane: Lane): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const receive = (event: MessageEvent<unknown>): void => {
      const data = event.data
      const port = event.ports[0]
      if (event.source !== window || !port || typeof data !== 'object' || data === null) return
      if (!('tallystick' in data) || data.tallystick !== lane) return
      window.removeEventListener('message', receive)
      port.start()
      resolve(port)
    }
    window.addEventListener('message', receive)
    bridge.connect(lane).catch(reject)
  })
}

async function connectBrowser(onLost: Lost): Promise<Connection> {
  const secret = await sessionSecret()
  if (!secret.ok) return secret
  const engine = await openSocket('engine', secret.value)
  const host = engine instanceof WebSocket ? await openSocket('host', secret.value) : engine
  if (!(engine instanceof WebSocket)) return { ok: false, why: engine }
  if (!(host instanceof WebSocket)) return { ok: false, why: host }
  let told = false
  for (const socket of [engine, host]) {
    socket.addEventListener('close', (event) => {
      if (told) return
      told = true
      if (event.code === ENGINE_ENDED && !ended) startAnew()
      else onLost(event.code === SECRET_UNKNOWN ? 'link-used' : 'unreachable')
    })
  }
  return { ok: true, engine: { kind: 'socket', socket: engine }, host: { kind: 'socket', socket: host } }
}

type Secret =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly why: 'link-used' | 'no-link' | 'unreachable' }

/** Swaps the one-time token of the link for a secret, or finds the one this tab already has. */
async function sessionSecret(): Promise<Secret> {
  const token = /^#token=([\w-]+)$/.exec(location.hash)?.[1]
  if (token === undefined) {
    const kept = sessionStorage.getItem(SECRET_KEY)
    return kept ? { ok: true, value: kept } : { ok: false, why: 'no-link' }
  }
  history.replaceState(null, '', location.pathname)
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    if (!response.ok) {
      const kept = sessionStorage.getItem(SECRET_KEY)
      return kept ? { ok: true, value: kept } : { ok: false, why: 'link-used' }
    }
    const body: unknown = await response.json()
    if (typeof body !== 'object' || body === null || !('secret' in body) || typeof body.secret !== 'string')
      return { ok: false, why: 'link-used' }
    sessionStorage.setItem(SECRET_KEY, body.secret)
    return { ok: true, value: body.secret }
  } catch {
    return { ok: false, why: 'unreachable' }
  }
}

function openSocket(lane: Lane, secret: string): Promise<WebSocket | 'link-used' | 'unreachable'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/channel/${lane}`)
    socket.binaryType = 'arraybuffer'
    const refused = (event: CloseEvent): void => {
      if (event.code === SECRET_UNKNOWN) sessionStorage.removeItem(SECRET_KEY)
      resolve(event.code === SECRET_UNKNOWN ? 'link-used' : 'unreachable')
    }
    socket.addEventListener('open', () => socket.send(secret), { once: true })
    socket.addEventListener('close', refused, { once: true })
    socket.addEventListener(
      'message',
      (event) => {
        if (event.data !== 'ready') return
        socket.removeEventListener('close', refused)
        resolve(socket)
      },
      { once: true },
    )
  })
}
