import { EventPublisher, implement } from '@orpc/server'
import { hostContract } from '../../shared/contract/host.ts'

export type HostSignal = 'lock' | 'focus' | 'quit'
type Saved = { saved: boolean; name: string | null }

/** What differs between the doors. */
export type HostAbilities = {
  door: 'desktop' | 'browser'
  version: string
  /** Asks for a ledger elsewhere; gives a reference that `session.open` takes. Null: this door has no dialogs. */
  pickLedger: (() => Promise<string | null>) | null
  /** Asks where to and saves. Null: this door has no dialogs, the page offers a download. */
  saveFile: ((file: { fileName: string; mediaType: string; base64: string }) => Promise<Saved>) | null
  idleMinutes: () => number
  setIdleMinutes: (minutes: number) => void
}

/** What a door answers itself: the router of the `host` channel, and a way to tell every open page something. */
export function createHost(abilities: HostAbilities) {
  const publisher = new EventPublisher<{ signal: { signal: HostSignal } }>()
  const host = implement(hostContract)
  const router = host.router({
    about: host.about.handler(() => ({
      door: abilities.door,
      version: abilities.version,
      platform: process.platform,
      canPickLedger: abilities.pickLedger !== null,
      canSaveFiles: abilities.saveFile !== null,
      idleMinutes: abilities.idleMinutes(),
    })),
    pickLedger: host.pickLedger.handler(async () => ({ ref: (await abilities.pickLedger?.()) ?? null })),
    saveFile: host.saveFile.handler(
      async ({ input }) => (await abilities.saveFile?.(input)) ?? { saved: false, name: null },
    ),
    idleLock: host.idleLock.handler(({ input }) => {
      abilities.setIdleMinutes(input.minutes)
      return { minutes: abilities.idleMinutes() }
    }),
    signals: host.signals.handler(({ signal }) =>
      publisher.subscribe('signal', signal === undefined ? {} : { signal }),
    ),
  })
  return { router, send: (signal: HostSignal): void => publisher.publish('signal', { signal }) }
}
