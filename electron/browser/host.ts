import { EventPublisher, implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket } from 'ws'
import { hostContract } from '../../shared/contract/host.ts'

export type HostSignal = 'lock' | 'focus' | 'quit'

export type BrowserHost = {
  /** Serves the `host` channel on an admitted socket. */
  serve(socket: WebSocket): void
  /** Tells every open page. */
  send(signal: HostSignal): void
}

/**
 * What this door answers itself. A page in the user's own browser has no file dialogs of ours: it takes files by
 * dropping and gives them as downloads, so the two dialog calls say that nothing was picked and nothing was saved.
 */
export function createBrowserHost(options: {
  version: string
  setIdleMinutes: (minutes: number) => void
}): BrowserHost {
  const publisher = new EventPublisher<{ signal: { signal: HostSignal } }>()
  const host = implement(hostContract)
  const router = host.router({
    about: host.about.handler(() => ({
      door: 'browser' as const,
      version: options.version,
      platform: process.platform,
      canPickLedger: false,
      canSaveFiles: false,
    })),
    pickLedger: host.pickLedger.handler(() => ({ ref: null })),
    saveFile: host.saveFile.handler(() => ({ saved: false, name: null })),
    idleLock: host.idleLock.handler(({ input }) => {
      options.setIdleMinutes(input.minutes)
      return { minutes: input.minutes }
    }),
    signals: host.signals.handler(({ signal }) =>
      publisher.subscribe('signal', signal === undefined ? {} : { signal }),
    ),
  })
  const handler = new RPCHandler(router)
  return {
    serve: (socket) => void handler.upgrade(socket, { context: {} }),
    send: (signal) => publisher.publish('signal', { signal }),
  }
}
