import { hash } from 'node:crypto'
import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import type { LedgerWrite, ReadableLedger } from './handles.ts'
import { wellFormed } from './well-formed.ts'

/** What the first line of a trail has in place of a line before it. */
const TRAIL_START = '0'.repeat(64)

const lineHash = (prev: string, body: string): string => hash('sha256', `${prev}\n${body}`)

/** Appends one line to the hash chain, within the caller's transaction. */
export function appendAudit(
  write: LedgerWrite,
  at: number,
  act: number | null,
  body: { readonly [name: string]: JsonValue },
): void {
  const last = write.rows<{ seq: number; hash: string }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1')[0]
  const seq = (last?.seq ?? 0) + 1
  const prev = last?.hash ?? TRAIL_START
  const text = canonicalJson(wellFormed({ ...body, at, seq }))
  write.exec(
    'INSERT INTO audit (seq, at, act_id, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?)',
    seq,
    at,
    act,
    text,
    prev,
    lineHash(prev, text),
  )
}

export type TrailCheck =
  | { readonly ok: true; readonly lines: number }
  | { readonly ok: false; readonly seq: number; readonly text: string }

/** Walks the chain from its first line. The first line that does not follow from the one before is named. */
export function checkTrail(ledger: ReadableLedger): TrailCheck {
  let prev = TRAIL_START
  let expected = 1
  for (const line of ledger.each<{ seq: number; body: string; prev: string; hash: string }>(
    'SELECT seq, body, prev, hash FROM audit ORDER BY seq',
  )) {
    if (line.seq !== expected)
      return { ok: false, seq: expected, text: `Line ${expected} of the audit trail is missing.` }
    if (line.prev !== prev || line.hash !== lineHash(prev, line.body)) {
      return {
        ok: false,
        seq: line.seq,
        text: `Line ${line.seq} of the audit trail does not follow from the line before it.`,
      }
    }
    prev = line.hash
    expected++
  }
  return { ok: true, lines: expected - 1 }
}
