import type { ReadableLedger } from './handles.ts'
import { EVENT_RECORDS } from './ranges.ts'
import type { ChangedField } from './staged.ts'

/** A staged event and the fact that has its stable id already. */
export interface Clash {
  readonly id: number
  readonly current: number
}

export type Comparison = Clash &
  (
    | { readonly verdict: 'known'; readonly fields?: never }
    | { readonly verdict: 'changed'; readonly fields: readonly ChangedField[] }
  )

interface EventText {
  readonly id: number
  readonly [field: string]: string | number | null
}

/**
 * Known: it says the same, or it is built from only some of the rows of the fact with their texts unchanged (an export
 * whose border cuts through a group). Otherwise it is a new version. Order, the time's text and warnings are the
 * reader's and make no version of their own.
 */
export function compareVersions(ledger: ReadableLedger, clashes: readonly Clash[]): Comparison[] {
  if (clashes.length === 0) return []
  const ids = JSON.stringify(clashes.flatMap(({ id, current }) => [id, current]))
  const events = new Map<number, EventText>()
  for (const event of ledger.rows<EventText>(
    `SELECT id, time, precision, kind, hash, note, source_kind, to_address, from_address, counterparty, protocol, extra
     FROM event WHERE id IN (SELECT value FROM json_each(?))`,
    ids,
  )) {
    events.set(event.id, event)
  }
  const legs = new Map<number, string[]>()
  for (const [event, ...leg] of ledger.tuples<[number, ...unknown[]]>(
    `SELECT l.event_id, l.role, l.amount, s.key, a.key, l.included, l.value, l.extra
     FROM leg l JOIN account a ON a.id = l.account_id JOIN asset s ON s.id = l.asset_id
     WHERE l.event_id IN (SELECT value FROM json_each(?)) ORDER BY l.event_id, l.n`,
    ids,
  )) {
    const text = leg.map((part) => (part === null ? '' : String(part))).join(' ')
    const list = legs.get(event)
    if (list) list.push(text)
    else legs.set(event, [text])
  }
  return clashes.map(({ id, current }) => {
    const fields = differences(events.get(current), events.get(id), legs.get(current) ?? [], legs.get(id) ?? [])
    if (fields.length === 0 || isPartOf(ledger, id, current)) return { verdict: 'known', id, current }
    return { verdict: 'changed', id, current, fields }
  })
}

function differences(
  before: EventText | undefined,
  after: EventText | undefined,
  legsBefore: readonly string[],
  legsAfter: readonly string[],
): ChangedField[] {
  if (!before || !after) throw new Error('a version to compare is not in the ledger')
  const fields: ChangedField[] = []
  for (const field of Object.keys(after)) {
    const from = before[field]
    const to = after[field]
    if (field !== 'id' && from !== to) fields.push({ field, from: String(from ?? ''), to: String(to ?? '') })
  }
  for (let n = 0; n < Math.max(legsBefore.length, legsAfter.length); n++) {
    const from = legsBefore[n] ?? ''
    const to = legsAfter[n] ?? ''
    if (from !== to) fields.push({ field: `leg ${n + 1}`, from: from.trim(), to: to.trim() })
  }
  return fields
}

type RowText = [identity: Buffer, hash: Buffer]

function isPartOf(ledger: ReadableLedger, part: number, whole: number): boolean {
  const rowsOf = (event: number): Map<string, string> =>
    new Map(
      ledger
        .tuples<RowText>(`SELECT r.identity, r.hash FROM ${EVENT_RECORDS} WHERE e.id = ?`, event)
        .map(([identity, text]) => [identity.toString('hex'), text.toString('hex')]),
    )
  const some = rowsOf(part)
  const all = rowsOf(whole)
  return some.size < all.size && [...some].every(([identity, text]) => all.get(identity) === text)
}
