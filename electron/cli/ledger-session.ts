import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { EngineClient } from '../engine/sample-ledger.ts'
import { startEngine } from '../engine/start-engine.ts'
import { CommandFailure } from './exit.ts'
import { type PassphraseOptions, readPassphrase } from './passphrase.ts'

export type { EngineClient }

/** An engine in this process, with a client that speaks the contract over its port. */
export interface EngineSession {
  readonly client: EngineClient
  register(path: string): string
  end(): Promise<void>
}

/** Starts an engine whose folder of ledgers is `dataFolder`. */
export function startSession(dataFolder: string): EngineSession {
  const engine = startEngine({ dataFolder, keychain: false, door: 'the terminal' })
  const port = engine.connect()
  const client: EngineClient = createORPCClient(new RPCLink({ port }))
  port.start()
  return {
    client,
    register: (path) => engine.registerLedger(path),
    async end() {
      port.close()
      await engine.stop()
    },
  }
}

/** Waits until no file is being read again after a revert. Gives why one could not be read, or null. */
export async function untilReadAgain(client: EngineClient): Promise<string | null> {
  for await (const jobs of await client.live.jobs()) {
    const mine = jobs.filter(({ name }) => name === 'read again')
    if (mine.some(({ state }) => state === 'running')) continue
    const last = mine.at(-1)
    return last === undefined || last.state === 'done' ? null : (last.message ?? 'The file was not read again.')
  }
  return null
}

const SETTLING: ReadonlySet<string> = new Set(['settle', 'link', 'match'])

/** Waits for what an import or an undo has started (links, rules, transfers), so that closing does not cut it short. */
export async function untilMatched(client: EngineClient): Promise<void> {
  for await (const jobs of await client.live.jobs()) {
    if (!jobs.some(({ name, state }) => SETTLING.has(name) && state === 'running')) return
  }
}

/** Opens the ledger at `path`, lets `work` speak to it, and closes it again whatever happens. */
export async function withLedger<T>(
  path: string,
  options: PassphraseOptions,
  work: (client: EngineClient, notices: readonly string[]) => Promise<T>,
): Promise<T> {
  const file = resolve(path)
  if (!existsSync(file)) throw new CommandFailure(`${path}: there is no such ledger`)
  if (!statSync(file).isFile()) throw new CommandFailure(`${path}: is not a file`)
  const passphrase = await readPassphrase(options)
  const session = startSession(dirname(file))
  try {
    const ref = session.register(file)
    const opened = await session.client.session.open({ ref, with: { kind: 'passphrase', passphrase } })
    await untilReadAgain(session.client)
    const done = await work(session.client, opened.notices)
    await untilMatched(session.client)
    return done
  } finally {
    await session.end()
  }
}
