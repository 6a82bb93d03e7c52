import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Engine } from '../../../electron/engine/start-engine.ts'

/** An engine's outside without its inside: every frame comes back as it went in. */
export type EchoEngine = Engine & {
  locks: number
  stops: number
  /** Ends all ports, as an engine does that was locked. */
  endThreads(): void
  /** Sends a frame on every open port. */
  push(frame: string | Uint8Array): void
}

export function echoEngine(): EchoEngine {
  const far: MessagePort[] = []
  return {
    locks: 0,
    stops: 0,
    connect() {
      const { port1, port2 } = new MessageChannel()
      port2.on('message', (frame) => port2.postMessage(frame))
      far.push(port2)
      return port1
    },
    registerLedger: (path) => path,
    lock() {
      this.locks += 1
      this.endThreads()
    },
    async stop() {
      this.stops += 1
      this.endThreads()
    },
    endThreads() {
      for (const port of far.splice(0)) port.close()
    },
    push(frame) {
      for (const port of far) port.postMessage(frame)
    },
  }
}
