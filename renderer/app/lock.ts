import type { Clients } from './client.ts'
import { startAnew } from './door.ts'

/** Locks the ledger: its file is closed, the engine ends, and the page starts anew with nothing in memory. */
export async function lockLedger({ engine }: Clients): Promise<void> {
  try {
    await engine.session.lock()
  } finally {
    startAnew()
  }
}
