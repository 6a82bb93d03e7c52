import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { EngineClient } from './engine/sample-ledger.ts'
import type { Engine } from './engine/start-engine.ts'

/**
 * Has the engine make a fresh ledger from the made-up client's exports and leave it open, as the first screen's
 * “try the sample” does, so that the page finds it open.
 * @returns what the engine has to say about it, in sentences for people
 */
export async function openSample(engine: Engine): Promise<string[]> {
  const port = engine.connect()
  try {
    const client: EngineClient = createORPCClient(new RPCLink({ port }))
    port.start()
    const { notices } = await client.session.createSample()
    return notices
  } finally {
    port.close()
  }
}
