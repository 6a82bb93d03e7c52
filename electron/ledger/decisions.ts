import { formatAmount, formatMoney, parseAmount, parseMoney } from '../../shared/amount/decimal.ts'
import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import type { Decision } from '../../shared/events/decision.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'

const MONEY_MEMBERS = new Set(['value', 'price', 'cost'])
const AMOUNT_MEMBERS = new Set(['amount'])

/** A decision as stored: canonical JSON, its sums as canonical decimals. */
export function encodeDecision(decision: Decision): string {
  return canonicalJson(toJson(decision, ''))
}

function toJson(value: unknown, member: string): JsonValue {
  if (typeof value === 'bigint') {
    return AMOUNT_MEMBERS.has(member)
      ? formatAmount(value as Parameters<typeof formatAmount>[0])
      : formatMoney(value as Parameters<typeof formatMoney>[0])
  }
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map((one: unknown) => toJson(one, ''))
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => [name, toJson(one, name)]),
    )
  }
  return value as JsonValue
}

/** The decision that `encodeDecision` stored. */
export function decodeDecision(body: string): Decision {
  return JSON.parse(body, (name, value: unknown) => {
    if (typeof value !== 'string' || !(MONEY_MEMBERS.has(name) || AMOUNT_MEMBERS.has(name))) return value
    const number = MONEY_MEMBERS.has(name) ? parseMoney(value) : parseAmount(value)
    if (typeof number !== 'bigint') throw new Error(`a decision in the ledger holds no number: ${number.error}`)
    return number
  }) as Decision
}

/** Every stable event id a decision speaks of. */
export function eventsOf(decision: Decision): string[] {
  if (decision.what === 'pair') return [...new Set([...decision.outs, ...decision.ins].map((ref) => ref.event))]
  return [decision.event]
}

/**
 * Records decisions as one act: one line in the undo list, however many. They are keyed by stable event id, so that a
 * new import, another reader version or a revert puts none of them out of place.
 */
export function addDecisions(
  ledger: WritableLedger,
  decisions: readonly Decision[],
  act: { readonly summary: string; readonly who: string; readonly at: number; readonly why?: string },
): Committed<{ readonly decisions: number }> | DiskFull {
  return commit(ledger, { kind: 'decide', ...act }, (write, scope) => {
    for (const decision of decisions) writeDecision(write, scope, decision, null)
    return { decisions: decisions.length }
  })
}

/** Appends one decision inside an act; `rule` names the rule that decided, null a person. */
export function writeDecision(write: LedgerWrite, scope: ActScope, decision: Decision, rule: string | null): void {
  write.run(
    query.insertInto('decision').values({
      act_id: scope.id,
      event: decision.what === 'pair' ? null : decision.event,
      kind: decision.what,
      body: encodeDecision(decision),
      rule,
    }),
  )
  for (const event of eventsOf(decision)) scope.touch('event', event)
}

export interface StoredDecision {
  readonly act: number
  readonly at: number
  readonly who: string
  readonly why: string | null
  readonly live: boolean
  /** The rule that decided; null where a person did. */
  readonly rule: string | null
  readonly decision: Decision
}

/** Decisions in force, in the order they were done; of some events only where `events` says so (pairs always). */
export function readDecisions(ledger: ReadableLedger, events?: readonly string[]): Decision[] {
  const wanted = events === undefined ? '' : 'AND (d.event IS NULL OR d.event IN (SELECT value FROM json_each(?)))'
  return ledger
    .column<string>(
      `SELECT d.body FROM decision d JOIN act a ON a.id = d.act_id WHERE a.live = 1 ${wanted} ORDER BY d.id`,
      ...(events === undefined ? [] : [JSON.stringify(events)]),
    )
    .map(decodeDecision)
}

/** Every decision ever made on an event, revoked ones included, oldest first. */
export function decisionHistory(ledger: ReadableLedger, event: string): StoredDecision[] {
  return ledger
    .rows<{
      act: number
      at: number
      who: string
      why: string | null
      live: number
      rule: string | null
      body: string
    }>(
      `SELECT a.id AS act, a.at, a.who, a.why, a.live, d.rule, d.body FROM decision d JOIN act a ON a.id = d.act_id
       WHERE d.event = ? ORDER BY d.id`,
      event,
    )
    .map(({ body, live, ...row }) => ({ ...row, live: live === 1, decision: decodeDecision(body) }))
}
