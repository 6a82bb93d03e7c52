/** What a document of our own books says that people decided, written in the act that imports it. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { EXCUSES } from '../../shared/contract/coverage.ts'
import { civilDate } from '../../shared/contract/primitives.ts'
import { ruleCondition, ruleEffect } from '../../shared/contract/rules.ts'
import type { Decision } from '../../shared/events/decision.ts'
import type { EventId } from '../../shared/events/identifiers.ts'
import type { Decided, JudgedLink, JudgedPair, Settled } from '../../shared/events/interchange-decided.ts'
import { proposalId } from '../../shared/matching/movement.ts'
import type { Rule } from '../../shared/rules/rule.ts'
import { type StoredAnswer, writeAnswers } from '../ledger/asset-answers.ts'
import type { ActScope } from '../ledger/commit.ts'
import { writeDecision } from '../ledger/decisions.ts'
import { type StoredExcuse, writeExcuse } from '../ledger/excuses.ts'
import { writeGroup } from '../ledger/groups.ts'
import type { LedgerWrite, ReadableLedger } from '../ledger/handles.ts'
import { newestLive } from '../ledger/link-targets.ts'
import { type Proposal, writeVerdict } from '../ledger/matches.ts'
import { SPAM_RULE, writeRules } from '../ledger/rules.ts'
import { query } from '../ledger/sqlite.ts'
import { answerEntry } from './answer-entry.ts'
import { movementId } from './match-book.ts'
import { conditionOf, effectOf } from './rule-views.ts'

const RULE_OF_DOCUMENT = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(120),
  position: z.number().int().min(0),
  enabled: z.boolean(),
  when: ruleCondition,
  effect: ruleEffect,
})
const EXCUSE = z.strictObject({
  account: z.string(),
  from: civilDate,
  to: civilDate,
  why: z.enum(EXCUSES),
  note: z.string().max(500),
})
/** What holds for the whole ledger and not for the document's events only. */
const ledgerWide = z.object({
  rules: z.array(RULE_OF_DOCUMENT).max(10_000).default([]),
  symbols: z.array(answerEntry).max(10_000).default([]),
  excuses: z.array(EXCUSE).max(10_000).default([]),
})
type LedgerWide = z.infer<typeof ledgerWide>

/** Why rules, answers and excuses of a document cannot be taken over; null where they can. */
export function ledgerWideProblem(decided: Decided | undefined): string | null {
  const read = ledgerWide.safeParse(decided ?? {})
  if (read.success) return null
  const [issue] = read.error.issues
  return `What it says under decided.${issue?.path.map(String).join('.') ?? ''} cannot be used: ${issue?.message ?? ''}.`
}

/** How many rules, answers and excuses a document brings that hold for the whole ledger, in words; null for none. */
export function ledgerWideText(decided: Decided | undefined): string | null {
  const counts = [
    [decided?.rules?.length ?? 0, 'rules'],
    [decided?.symbols?.length ?? 0, 'answers on symbols'],
    [decided?.excuses?.length ?? 0, 'excuses for days without records'],
  ] as const
  const found = counts.filter(([count]) => count > 0)
  return found.length === 0 ? null : found.map(([count, what]) => `${count} ${what}`).join(', ')
}

/**
 * Writes what was decided on events that the batch brings: fields that are settled, pairs kept apart, verdicts on links, groups;
 * with `choices` also the rules, answers and excuses, which must have been checked.
 */
export function writeDecided(
  ledger: ReadableLedger,
  decided: Decided,
  batch: number,
  choices: boolean,
): (write: LedgerWrite, scope: ActScope) => void {
  const own = new Set(ledger.column<string>('SELECT stable_id FROM event WHERE batch_id = ?', batch))
  const isOwn = ({ outs, ins }: JudgedPair): boolean => [...outs, ...ins].every(({ event }) => own.has(event))
  // The other half may be of an import that the document's ledger had taken back, and that comes later, or is here already.
  const isOfOwn = ({ outs, ins }: JudgedPair): boolean => [...outs, ...ins].some(({ event }) => own.has(event))
  const links = linksApart(ledger, decided.links ?? [])
  const joins = (decided.joins ?? []).filter(({ key }) => !isTold(ledger, key.slice(key.lastIndexOf(':tx.') + 4)))
  const wide = choices ? ledgerWide.parse(decided) : null
  const rules = wide === null ? [] : rulesOf(ledger, wide)
  return (write, scope) => {
    // It stands in rows from now on; the note of the file is read with every list of imports.
    write.exec(`UPDATE source_file SET detail = json_remove(detail, '$.books.decided') WHERE batch_id = ?`, batch)
    for (const settled of decided.settled ?? []) {
      if (!own.has(settled.event)) continue
      for (const decision of decisionsOf(settled)) writeDecision(write, scope, decision, null)
    }
    for (const pair of (decided.apart ?? []).filter(isOfOwn))
      writeVerdict(write, scope, proposalOf(pair), 'rejected', 'user')
    for (const pair of (decided.waiting ?? []).filter(isOwn))
      writeVerdict(write, scope, proposalOf(pair), 'waiting', 'user')
    for (const link of links) write.run(query.insertInto('link_verdict').values({ act_id: scope.id, ...link }))
    for (const join of joins) write.run(query.insertInto('join_verdict').values({ act_id: scope.id, ...join }))
    if (links.length + joins.length > 0) scope.touch('links')
    for (const { name, events } of decided.groups ?? [])
      writeGroup(
        write,
        scope,
        events.filter((event) => own.has(event)),
        { id: randomUUID(), name },
      )
    if (wide === null) return
    writeRules(write, scope, rules)
    writeAnswers(
      write,
      scope,
      wide.symbols.map((answer) => ({ id: randomUUID(), ...answer }) as Omit<StoredAnswer, 'act'>),
    )
    for (const excuse of wide.excuses) writeExcuse(write, scope, { id: randomUUID(), ...excuse } as StoredExcuse, 0)
  }
}

/** Verdicts that concern no record of the books as they are: a document never hides what another import brought. */
function linksApart(ledger: ReadableLedger, links: readonly JudgedLink[]): JudgedLink[] {
  const here = new Set(links.filter(({ event }) => newestLive(ledger, event) !== undefined).map(({ key }) => key))
  return links.filter(({ key }) => !here.has(key))
}

/** Whether the books tell of a transaction already. */
const isTold = (ledger: ReadableLedger, hash: string): boolean =>
  ledger.value<number>(
    `SELECT 1 FROM event_proof p JOIN event e ON e.id = p.event_id JOIN batch b ON b.id = e.batch_id
     WHERE p.hash = ? AND b.state = 'live' LIMIT 1`,
    hash,
  ) !== undefined

function decisionsOf({ event, kind, ignore, note, counterparty }: Settled): Decision[] {
  return [
    ...(kind === undefined ? [] : [{ what: 'kind', event, kind } as const]),
    ...(note === undefined ? [] : [{ what: 'note', event, note } as const]),
    ...(ignore === undefined ? [] : [ignored(event, ignore)]),
    ...(counterparty === undefined ? [] : [{ what: 'counterparty', event, account: null } as const]),
  ]
}

const ignored = (event: EventId, reason: string): Decision =>
  reason === '' ? { what: 'unignore', event } : { what: 'ignore', event, reason }

function proposalOf({ outs, ins, kind = 'transfer', grade = 'none', reason = '' }: JudgedPair): Proposal {
  const named = (refs: JudgedPair['outs']) => refs.map((ref) => ({ ...ref, id: movementId(ref.event, ref.leg) }))
  return { id: proposalId(named(outs), named(ins)), outs, ins, kind, grade, reason, score: 0, parts: [] }
}

const rulesOf = (ledger: ReadableLedger, { rules }: LedgerWide): Rule[] =>
  rules.map(({ when, effect, ...rule }) =>
    rule.id === SPAM_RULE.id
      ? { ...SPAM_RULE, enabled: rule.enabled }
      : { ...rule, builtIn: false, when: conditionOf(ledger, when), effect: effectOf(ledger, effect) },
  )
