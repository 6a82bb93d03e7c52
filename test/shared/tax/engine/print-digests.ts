/**
 * Run as a process: prints, for every profile, a hash of the documents of the same made-up ledgers, so that two machines
 * can be compared. `node print-digests.ts SEED`.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { documentOf, histories, inputOf, PROFILES, pricesFor } from './history.ts'

const LEDGERS = 4

const [seed = '1'] = process.argv.slice(2)
for (const [name, profile] of PROFILES) {
  const hash = createHash('sha256')
  const ledgers = fc.sample(histories(profile.currency), { numRuns: LEDGERS, seed: Number.parseInt(seed, 10) })
  for (const events of ledgers) {
    hash.update(documentOf(inputOf(profile, events, pricesFor(profile.currency, events))))
  }
  process.stdout.write(`${name} ${hash.digest('hex')}\n`)
}
