import type { RPCHandler } from '@orpc/server/ws'

/** What the two kinds of message port have in common: Node's gives the frame itself, Electron's an event that holds it. */
interface Port {
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(frame: unknown): void
}

/**
 * Answers calls on a message port until it closes. The library's own adapter for ports lets a frame that it cannot read
 * end the thread, since nobody waits for what its listener promises; the one for sockets logs the failure and goes on.
 * Their frames are the same, so the port is given to it in the shape of a socket.
 * @param frameOf takes the frame out of what the port gives to its listeners
 */
export function servePort(
  handler: RPCHandler<Record<never, never>>,
  port: Port,
  frameOf: (message: unknown) => unknown = (message) => message,
): void {
  const listen = (event: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void => {
    if (event === 'message') port.on('message', (message) => listener({ data: frameOf(message) }))
    else port.on('close', () => listener({}))
  }
  const socket = { addEventListener: listen, send: (frame: unknown) => port.postMessage(frame) }
  // It only adds its listeners before it settles; each of them keeps its failures to itself. Of a socket it uses no more than
  // these two members, and its type asks for all of a WebSocket's.
  void handler.upgrade(socket as unknown as Parameters<typeof handler.upgrade>[0], { context: {} })
}
