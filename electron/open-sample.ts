import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { EngineClient } from './engine/sample-ledger.ts'
import type { Engine } from './engine/start-engine.ts'

/**
 * Has the engine make a fresh ledger from the made-up client's exports and leave it open, as the first screen's
 * “try the sample” does, so that the page finds it open.
 * @returns what the engine has to say about it, in sentences for people; also where the sample could not be made, or the
 * ledger was locked or closed meanwhile: the door stays open either way
 */
export async function openSample(engine: Engine): Promise<string[]> {
  const port = engine.connect()
  try {
    const client: EngineClient = createORPCClient(new RPCLink({ port }))
    port.start()
    const { notices } = await client.session.createSample()
    return notices
  } catch (error) {
    return [`The sample is not open: ${whyNot(error)} Start it from the first screen.`]
  } finally {
    port.close()
  }
}

/** The contract's own sentence, or what it means that the engine ended before it answered. */
function whyNot(error: unknown): string {
  if (error instanceof ORPCError) return error.message
  if (error instanceof Error && error.name === 'AbortError') return 'it was locked or closed before it was ready.'
  return error instanceof Error ? `${error.message}.` : 'it could not be made.'
}
