/** What rules and bulk changes would do to the books. Runs in the compute worker. */
import { spamOfAsset } from '../../shared/assets/spam.ts'
import type { EventFilter } from '../../shared/contract/events.ts'
import type { BulkChange } from '../../shared/contract/hand.ts'
import type { TaxEffectView } from '../../shared/contract/primitives.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import { applyDecisions, isOneSided, kindFault } from '../../shared/events/decide-event.ts'
import type { Decision } from '../../shared/events/decision.ts'
import type { AccountId, AssetId, ZoneName } from '../../shared/events/identifiers.ts'
import { type RuledDecision, rulesReady, standingsOf } from '../../shared/rules/apply-rules.ts'
import { type RuleSurroundings, ruleMatcher } from '../../shared/rules/match-rule.ts'
import type { Rule, RuleCondition } from '../../shared/rules/rule.ts'
import { readAssets } from '../ledger/accounts.ts'
import { encodeDecision } from '../ledger/decisions.ts'
import { eventRowIds } from '../ledger/event-list.ts'
import { readFacts, type StoredFact } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readRuleDecisions, takenBack, takenBackKey } from '../ledger/rules.ts'
import { changeEffect, MOST_FOR_EFFECT } from './change-effect.ts'
import type { JobSignal } from './job-signal.ts'
import { listFilter } from './ledger-list.ts'
import { readProfileSettings } from './profile.ts'
import type { TaxBook } from './tax-book.ts'

const SAMPLE = 20
/** What a change would do. `decisions` are what must be written so that it is so. */
export interface Outcome {
  readonly revision: number
  readonly fits: number
  readonly kept: number
  /** Events that would be other than they are. */
  readonly changes: number
  readonly sample: readonly string[]
  readonly decisions: readonly RuledDecision[]
  readonly tax: TaxEffectView | null
}

export interface RulesCall {
  readonly rules: readonly Rule[]
  /** Whose matches are counted and sampled; null: all. */
  readonly about: string | null
  /** Only these events; null: all. */
  readonly events: readonly string[] | null
  /** By itself, after an import: what a person took back stays so. */
  readonly byItself: boolean
  readonly withTax: boolean
}

/** What conditions of rules look at beside an event. */
export function surroundings(ledger: ReadableLedger): RuleSurroundings {
  const clock = civilClock(readProfileSettings(ledger).zone as ZoneName)
  const reasons = new Map<string, string | null>(readAssets(ledger).map((asset) => [asset.id, spamOfAsset(asset)]))
  return { dateOf: ({ time }) => clock.dateAt(time), spam: (asset) => reasons.get(asset) ?? null }
}

const facts = (ledger: ReadableLedger, events: readonly string[] | null): Generator<StoredFact[]> =>
  events === null ? readFacts(ledger) : readFacts(ledger, { events })

/** Applies rules to the books in thought. */
export function applyRules(ledger: ReadableLedger, book: TaxBook, call: RulesCall, signal: JobSignal): Outcome {
  const ready = rulesReady(call.rules, surroundings(ledger))
  const decided = readRuleDecisions(ledger, call.events ?? undefined)
  const undone = call.byItself ? takenBack(ledger) : null
  const decisions: RuledDecision[] = []
  const changed: string[] = []
  let fits = 0
  let kept = 0
  for (const block of facts(ledger, call.events)) {
    signal.check()
    for (const fact of block) {
      const { id } = fact.event
      const ruled = ready(fact, standingsOf(decided.get(id) ?? []))
      const isAbout = call.about === null ? ruled.fits.length > 0 : ruled.fits.includes(call.about)
      if (isAbout) fits++
      if (isAbout && ruled.kept > 0) kept++
      const wanted = ruled.decisions.filter(
        ({ rule, decision }) => undone?.has(takenBackKey(id, rule, encodeDecision(decision))) !== true,
      )
      if (wanted.length === 0) continue
      changed.push(id)
      for (const one of wanted) decisions.push(one)
    }
  }
  return outcomeOf(ledger, book, call.withTax, { fits, kept, changed, decisions })
}

export interface BulkCall {
  readonly events: readonly string[] | null
  readonly when: RuleCondition | null
  readonly filter: EventFilter | null
  readonly change: BulkChange
  readonly withTax: boolean
}

/** A change of many events by one condition, in thought. A person's word: it stands above rules. */
export function bulkChange(ledger: ReadableLedger, book: TaxBook, call: BulkCall, signal: JobSignal): Outcome {
  const fitsWhen = call.when === null ? () => true : ruleMatcher(call.when, surroundings(ledger))
  const filtered =
    call.filter === null
      ? null
      : [...eventRowIds(ledger, listFilter(ledger, call.filter, []), { sort: 'time', descending: false })]
  const decided = readRuleDecisions(ledger, call.events ?? undefined)
  const decisions: RuledDecision[] = []
  const changed: string[] = []
  let fits = 0
  const blocks =
    call.events !== null
      ? readFacts(ledger, { events: call.events })
      : filtered !== null
        ? readFacts(ledger, { rows: filtered })
        : readFacts(ledger)
  for (const block of blocks) {
    signal.check()
    for (const fact of block) {
      if (!fitsWhen(fact)) continue
      fits++
      const own = changesOf(fact, call.change, decided.get(fact.event.id) ?? [])
      if (own.length === 0) continue
      changed.push(fact.event.id)
      for (const decision of own) decisions.push({ rule: '', decision })
    }
  }
  return outcomeOf(ledger, book, call.withTax, { fits, kept: 0, changed, decisions })
}

/** What was found, with a sample and, where asked, what it does to the figures. */
function outcomeOf(
  ledger: ReadableLedger,
  book: TaxBook,
  withTax: boolean,
  {
    fits,
    kept,
    changed,
    decisions,
  }: Pick<Outcome, 'fits' | 'kept' | 'decisions'> & { readonly changed: readonly string[] },
): Outcome {
  const isShown = withTax && decisions.length > 0 && decisions.length <= MOST_FOR_EFFECT
  return {
    revision: ledger.revision(),
    fits,
    kept,
    changes: changed.length,
    sample: changed.slice(0, SAMPLE),
    decisions,
    tax: isShown
      ? changeEffect(book, () => book.resident.withDecisions(decisions.map(({ decision }) => decision)))
      : null,
  }
}

function changesOf(
  { event }: StoredFact,
  change: BulkChange,
  before: readonly { readonly rule: string | null; readonly decision: Decision }[],
): Decision[] {
  const standings = standingsOf(before)
  const moved = before.map(({ decision }) => decision).filter(({ what }) => what === 'account' || what === 'asset')
  const legs = moved.length === 0 ? event.legs : applyDecisions(event, moved).legs
  const { id } = event
  const decisions: Decision[] = []
  const isKind = (standings.kind?.value ?? event.kind) === change.kind
  const canBe = change.kind !== undefined && kindFault(event, change.kind) === null
  if (change.kind !== undefined && !isKind && canBe) decisions.push({ what: 'kind', event: id, kind: change.kind })
  if (change.ignore !== undefined && standings.ignore?.value !== change.ignore)
    decisions.push({ what: 'ignore', event: id, reason: change.ignore })
  const isIgnored = standings.ignore !== undefined && standings.ignore.value !== ''
  if (change.unignore === true && isIgnored) decisions.push({ what: 'unignore', event: id })
  const note = standings.note?.value ?? event.note ?? ''
  if (change.note !== undefined && change.note !== note) decisions.push({ what: 'note', event: id, note: change.note })
  const { counterparty, account, asset } = change
  if (
    counterparty !== undefined &&
    standings.counterparty?.value !== counterparty &&
    isOneSided(event, counterparty as AccountId)
  )
    decisions.push({ what: 'counterparty', event: id, account: counterparty as AccountId })
  for (const [leg, one] of legs.entries()) {
    if (account !== undefined && one.account === account.from)
      decisions.push({ what: 'account', event: id, leg, account: account.to as AccountId })
    if (asset !== undefined && one.asset === asset.from)
      decisions.push({ what: 'asset', event: id, leg, asset: asset.to as AssetId })
  }
  return decisions
}
