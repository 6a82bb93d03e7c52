/** The last steps of a trace: from an event to what it was joined from, and to the rows of the source files. */
import { formatAmount } from '../../shared/amount/decimal.ts'
import { rowOfEvent } from '../ledger/event-list.ts'
import { readFacts } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { joinReason, partsOfJoined, recordsOfWhole, rowsOfJoined } from '../ledger/joins.ts'
import { recordsOfEvent } from '../ledger/raw-rows.ts'
import type { Names } from './names.ts'

/** The steps below a fact: its source rows, and the records that it was joined from or tells of as a whole. */
export function recordsBehind(ledger: ReadableLedger, id: string): string[] {
  const row = rowOfEvent(ledger, id)
  const records = recordsOfWhole(ledger, id).map((record) => `record:${record}`)
  return row === undefined ? records : [...rawsOf(ledger, row), ...records]
}

const rawsOf = (ledger: ReadableLedger, row: number): string[] =>
  recordsOfEvent(ledger, row).map(({ record }) => `raw:${record}`)

/** Why an event is one of several records, to stand behind its legs; empty where it is not. */
export function joinedText(ledger: ReadableLedger, id: string): string {
  const reason = joinReason(ledger, id)
  const count = partsOfJoined(ledger, id).length
  return reason === null ? '' : `; joined from ${count} records of one transaction hash: ${reason}`
}

/** One record of a joined event, as it was imported; null where it is none. */
export function recordStep(ledger: ReadableLedger, names: Names, id: string) {
  const into = ledger.value<number>('SELECT event_id FROM joined_part WHERE part = ?', id)
  if (into === undefined) return null
  const facts = [...readFacts(ledger, { rows: rowsOfJoined(ledger, into) })].flat()
  const fact = facts.find(({ event }) => event.id === id)
  if (fact === undefined) return null
  const legs = fact.event.legs.map(
    ({ role, amount, asset }) => `${role} ${formatAmount(amount)} ${names.symbol(asset)}`,
  )
  const layout = ledger.value<string>(
    'SELECT f.layout FROM event e JOIN source_file f ON f.id = e.file_id WHERE e.id = ?',
    fact.row,
  )
  return {
    label: `Joined from: ${fact.event.kind.replaceAll('_', ' ')}`,
    detail: `${legs.join(', ')} (${[fact.source, layout].filter(Boolean).join(', ')})`,
    amount: null,
    unit: null,
    below: rawsOf(ledger, fact.row),
  }
}
