/** Imports and decides without end on the ledger it is given, and says each step once it is done, until it is killed. */
import { writeSync } from 'node:fs'
import { addDecisions } from '../../../electron/ledger/decisions.ts'
import type { EventId } from '../../../shared/events/identifiers.ts'
import { BY, buy, importExports } from './books.ts'
import { ledgerOfParent } from './child-ledger.ts'

const { ledger, from } = await ledgerOfParent()
writeSync(1, 'ready\n')
for (let n = from; ; n++) {
  const lines = Array.from({ length: 400 }, (_, i) => buy(`${n}-${i}`, i % 300, '1', '10'))
  importExports(ledger, [lines])
  writeSync(1, `imported ${n}\n`)
  const decided = addDecisions(
    ledger,
    lines
      .slice(0, 50)
      .map((line) => ({ what: 'note', event: `kraken-ledgers:kraken:${line.group}` as EventId, note: `note ${n}` })),
    { summary: `note ${n}`, ...BY },
  )
  if (decided.status !== 'done') throw new Error(decided.text)
  writeSync(1, `decided ${n}\n`)
}
