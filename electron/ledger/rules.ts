import { formatAmount, parseAmount } from '../../shared/amount/decimal.ts'
import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import type { Decision } from '../../shared/events/decision.ts'
import type { RuledDecision } from '../../shared/rules/apply-rules.ts'
import { EFFECT_FIELDS, type Rule, type RuleCondition } from '../../shared/rules/rule.ts'
import { type ActScope, type Committed, commit } from './commit.ts'
import { decodeDecision, writeDecision } from './decisions.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'
import { wellFormed } from './well-formed.ts'

/** The rule that comes with the program: tokens that look like spam are taken for spam. */
export const SPAM_RULE: Rule = {
  id: 'spam',
  name: 'Tokens that look like spam',
  position: 0,
  enabled: true,
  builtIn: true,
  when: { spam: true, kinds: ['unmatched_in', 'airdrop', 'nft_mint'] },
  effect: { kind: 'spam_in' },
}

type Body = Pick<Rule, 'name' | 'position' | 'enabled' | 'when' | 'effect'>

/** A rule as stored: canonical JSON, its amounts as canonical decimals. */
function encodeRule({ name, position, enabled, when, effect }: Body): string {
  const { atLeast, atMost, ...rest } = when
  const condition = {
    ...rest,
    ...(atLeast === undefined ? {} : { atLeast: formatAmount(atLeast) }),
    ...(atMost === undefined ? {} : { atMost: formatAmount(atMost) }),
  }
  const plain = JSON.parse(JSON.stringify({ name, position, enabled, when: condition, effect })) as JsonValue
  return canonicalJson(wellFormed(plain))
}

function decodeRule(id: string, text: string): Rule {
  const body = JSON.parse(text) as Omit<Body, 'when'> & { when: Record<string, unknown> }
  const when = Object.fromEntries(
    Object.entries(body.when).map(([name, value]) => {
      if (name !== 'atLeast' && name !== 'atMost') return [name, value]
      const amount = parseAmount(String(value))
      if (typeof amount !== 'bigint') throw new Error(`a rule in the ledger holds no amount: ${amount.error}`)
      return [name, amount]
    }),
  ) as RuleCondition
  return { ...body, id, when, builtIn: id === SPAM_RULE.id }
}

/** The rules in force, general first, with the program's own among them. */
export function readRules(ledger: ReadableLedger): Rule[] {
  const stored = ledger
    .tuples<[string, string]>(
      `SELECT r.key, r.body FROM rule r JOIN act a ON a.id = r.act_id WHERE a.live = 1 AND r.removed = 0
         AND NOT EXISTS (SELECT 1 FROM rule n JOIN act na ON na.id = n.act_id WHERE n.key = r.key AND n.id > r.id AND na.live = 1)`,
    )
    .map(([key, body]) => decodeRule(key, body))
  const own = stored.some(({ id }) => id === SPAM_RULE.id) ? [] : [SPAM_RULE]
  return [...own, ...stored].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
}

/** What a change of rules writes: the rules as they are from now on, those that go, and what follows for events. */
export interface RuleChange {
  readonly put: readonly Rule[]
  readonly remove: readonly string[]
  readonly decisions: readonly RuledDecision[]
}

/** Writes rules together with everything they decide, as one act. */
export function changeRules(
  ledger: WritableLedger,
  change: RuleChange,
  act: { readonly summary: string; readonly who: string; readonly at: number },
): Committed<{ readonly decisions: number }> | DiskFull {
  return commit(ledger, { kind: 'rules', ...act }, (write, scope) => {
    writeRules(write, scope, change.put)
    for (const id of change.remove) putRule(write, scope, id, '{}', 1)
    for (const { rule, decision } of change.decisions) writeDecision(write, scope, decision, rule)
    scope.touch('rules')
    return { decisions: change.decisions.length }
  })
}

/** Puts rules inside an act; what they decide is not written. */
export function writeRules(write: LedgerWrite, scope: ActScope, rules: readonly Rule[]): void {
  for (const rule of rules) putRule(write, scope, rule.id, encodeRule(rule), 0)
  if (rules.length > 0) scope.touch('rules')
}

function putRule(write: LedgerWrite, scope: ActScope, key: string, body: string, removed: 0 | 1): void {
  write.run(query.insertInto('rule').values({ act_id: scope.id, key, body, removed }))
}

const FIELDS = JSON.stringify([...EFFECT_FIELDS, 'unignore', 'withdraw', 'account', 'asset'])

/** Decisions on what rules and bulk changes decide, by event, in the order they were done; of some events only where given. */
export function readRuleDecisions(
  ledger: ReadableLedger,
  events?: readonly string[],
): Map<string, { readonly rule: string | null; readonly decision: Decision }[]> {
  const wanted = events === undefined ? '' : 'AND d.event IN (SELECT value FROM json_each(?))'
  const rows = ledger.tuples<[string, string | null, string]>(
    `SELECT d.event, d.rule, d.body FROM decision d JOIN act a ON a.id = d.act_id
     WHERE a.live = 1 AND d.kind IN (SELECT value FROM json_each(?)) ${wanted} ORDER BY d.id`,
    FIELDS,
    ...(events === undefined ? [] : [JSON.stringify(events)]),
  )
  const found = new Map<string, { rule: string | null; decision: Decision }[]>()
  for (const [event, rule, body] of rows) {
    const list = found.get(event)
    const one = { rule, decision: decodeDecision(body) }
    if (list === undefined) found.set(event, [one])
    else list.push(one)
  }
  return found
}

/** What rules decided by themselves and a person took back: `<event> <rule> <body>`. It is not decided by itself again. */
export const takenBack = (ledger: ReadableLedger): Set<string> =>
  new Set(
    ledger
      .tuples<[string, string, string]>(
        `SELECT d.event, d.rule, d.body FROM decision d JOIN act a ON a.id = d.act_id
         WHERE d.rule IS NOT NULL AND a.live = 0 AND a.who LIKE 'rule:%'`,
      )
      .map(([event, rule, body]) => takenBackKey(event, rule, body)),
  )
export const takenBackKey = (event: string, rule: string, body: string): string => `${event} ${rule} ${body}`

/** A decision of a rule that nothing later on the same field stands above, on an event that is there. */
const STANDING = `decision d JOIN act a ON a.id = d.act_id AND a.live = 1
  WHERE d.rule = ? AND d.kind <> 'withdraw' AND NOT EXISTS (
    SELECT 1 FROM decision n JOIN act na ON na.id = n.act_id AND na.live = 1 WHERE n.event = d.event AND n.id > d.id AND (
      n.kind = d.kind OR (d.kind = 'ignore' AND n.kind = 'unignore')
      OR (n.kind = 'withdraw' AND json_extract(n.body, '$.of') = d.kind)))
  AND EXISTS (SELECT 1 FROM event_identity i JOIN event e ON e.id = i.event_id JOIN batch b ON b.id = e.batch_id AND b.state = 'live'
    WHERE i.stable_id = d.event)`

/** How many events a rule decides now. */
export const countCaught = (ledger: ReadableLedger, rule: string): number =>
  ledger.value<number>(`SELECT count(DISTINCT d.event) FROM ${STANDING}`, rule) ?? 0

/** The events that a rule decides now, by stable id. */
export const caughtBy = (ledger: ReadableLedger, rule: string, offset: number, limit: number): string[] =>
  ledger.column<string>(
    `SELECT DISTINCT d.event FROM ${STANDING} ORDER BY d.event LIMIT ? OFFSET ?`,
    rule,
    limit,
    offset,
  )
