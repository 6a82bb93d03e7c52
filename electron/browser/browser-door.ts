import { pathToFileURL } from 'node:url'
import { RPCHandler } from '@orpc/server/ws'
import type { DoorSettings } from '../door-settings.ts'
import type { Engine } from '../engine/start-engine.ts'
import { createIdleLock } from '../idle-lock.ts'
import { createHost } from '../page/host.ts'
import { createAdmission } from './admission.ts'
import { redirectFile } from './redirect-file.ts'
import { relay } from './relay.ts'
import { serveLoopback } from './server.ts'

export type BrowserDoorOptions = {
  engine: Engine
  /** The folder of the built page. */
  root: string
  /** A folder that only this user can enter; made if missing. */
  doorsFolder: string
  /** 0 lets the system choose. */
  port: number
  version: string
  settings: DoorSettings
}

export type BrowserDoor = {
  origin: string
  port: number
  /** The private page that holds the one-time link, and a new one after each use. */
  linkFile: string
  /** The same as a `file:` address. */
  link: string
  lock(): void
  /** Locks the ledger, ends every page's channels and the server, and removes the private page. */
  close(): Promise<void>
}

/**
 * The same app in the user's own browser: the built page on a loopback address, the engine behind a WebSocket.
 * Rejects when the port is taken or the private folder cannot be had.
 */
export async function startBrowserDoor(options: BrowserDoorOptions): Promise<BrowserDoor> {
  const { engine } = options
  const admission = createAdmission()
  const lock = (): void => {
    host.send('lock')
    engine.lock()
  }
  const idle = createIdleLock(lock, options.settings.idleMinutes())
  const host = createHost({
    door: 'browser',
    version: options.version,
    pickLedger: null,
    saveFile: null,
    idleMinutes: options.settings.idleMinutes,
    setIdleMinutes(minutes) {
      options.settings.setIdleMinutes(minutes)
      idle.setMinutes(minutes)
    },
  })
  const hostHandler = new RPCHandler(host.router)
  const server = await serveLoopback({
    port: options.port,
    root: options.root,
    admission,
    onSwap: () => file.write(admission.issueToken()),
    channels: {
      engine: (socket) => relay(socket, engine.connect(), idle.active),
      host: (socket) => void hostHandler.upgrade(socket, { context: {} }),
    },
  })
  const file = redirectFile(options.doorsFolder, server.origin, server.port)
  file.write(admission.issueToken())
  const stopWatching = idle.start()

  return {
    origin: server.origin,
    port: server.port,
    linkFile: file.path,
    link: pathToFileURL(file.path).href,
    lock,
    async close() {
      stopWatching()
      file.remove()
      host.send('quit')
      await server.close()
      await engine.stop()
    },
  }
}
