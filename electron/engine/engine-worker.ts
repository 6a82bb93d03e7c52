/** The engine's thread: owns the open ledger and serves the contract on every port that a door connects. */
import { parentPort, workerData } from 'node:worker_threads'
import { ORPCError, onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { createEngine } from './engine.ts'
import { engineRouter } from './router.ts'
import { servePort } from './serve-port.ts'
import type { DoorMessage, EngineMessage, EngineStart, LockedLedger } from './start-engine.ts'

const door = parentPort
if (door === null) throw new Error('the engine runs as a worker thread')

/** Answers already posted reach their pages; a port connected meanwhile closes and its page starts anew. */
const LAST_WORDS_MS = 60

let ending = false
const end = (locked: LockedLedger | null): void => {
  if (ending) return
  ending = true
  const message: EngineMessage = { say: 'ending', locked }
  door.postMessage(message)
  setTimeout(() => process.exit(0), LAST_WORDS_MS)
}

const engine = createEngine(workerData as EngineStart, end)
const handler = new RPCHandler(engineRouter(engine), {
  interceptors: [
    onError((error) => {
      if (error instanceof ORPCError) return
      process.stderr.write(`engine: ${error instanceof Error ? (error.stack ?? error.name) : 'unknown error'}\n`)
    }),
  ],
})

door.on('message', (message: DoorMessage) => {
  switch (message.say) {
    case 'connect':
      servePort(handler, message.port)
      message.port.start()
      return
    case 'register':
      engine.registry.register(message.ref, message.path)
      return
    case 'lock':
      void engine.shut('locked')
      return
    case 'stop':
      void engine.shut('stopped')
      return
  }
})
