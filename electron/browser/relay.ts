import type { MessagePort } from 'node:worker_threads'
import type { RawData, WebSocket } from 'ws'

/** Above this many unsent bytes the page's requests wait in its own socket; below a quarter of it they flow again. */
const HIGH_WATER = 8 * 1024 * 1024
const LOW_WATER = HIGH_WATER / 4
const DRAIN_CHECK_MS = 20

/** The engine behind a channel has ended: the ledger is locked, the page must start anew. */
const CLOSED_ENGINE_ENDED = 4410
const CLOSED_GOING_AWAY = 1001

/**
 * Carries frames unread between a page's socket and the engine's port, until either ends, and then ends the other.
 * A page that reads slower than the engine answers is not read from: as answers follow requests, what is buffered
 * stays bounded. Frames are texts or bytes; bytes are copied out of the socket's shared pool first.
 * @param onFrame called for each frame of the page: a sign of life
 */
export function relay(socket: WebSocket, port: MessagePort, onFrame: () => void): void {
  let drain: NodeJS.Timeout | undefined

  const stopDraining = (): void => {
    clearInterval(drain)
    drain = undefined
  }
  const holdBackUntilSent = (): void => {
    if (drain !== undefined || socket.bufferedAmount < HIGH_WATER) return
    socket.pause()
    drain = setInterval(() => {
      if (socket.bufferedAmount > LOW_WATER) return
      stopDraining()
      socket.resume()
    }, DRAIN_CHECK_MS)
  }

  socket.on('message', (data, isBinary) => {
    onFrame()
    port.postMessage(isBinary ? ownBytes(data) : asBuffer(data).toString('utf8'))
  })
  socket.on('close', () => {
    stopDraining()
    port.close()
  })
  port.on('message', (frame: string | Uint8Array | ArrayBuffer) => {
    if (socket.readyState !== socket.OPEN) return
    socket.send(frame)
    holdBackUntilSent()
  })
  port.on('close', () => {
    stopDraining()
    socket.resume()
    if (socket.readyState === socket.OPEN) socket.close(CLOSED_ENGINE_ENDED, 'engine ended')
  })
}

/** Ends every socket with the word that the app is going. */
export function sendAway(sockets: Iterable<WebSocket>): void {
  for (const socket of sockets) {
    socket.close(CLOSED_GOING_AWAY, 'Tallystick has ended')
    setTimeout(() => socket.terminate(), 500).unref()
  }
}

function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}

function ownBytes(data: RawData): Uint8Array {
  return new Uint8Array(asBuffer(data))
}
