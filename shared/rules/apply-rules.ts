/** What the rules, from general to special, say of an event, and what must be decided so that it is so. */

import { isOneSided, kindFault } from '../events/decide-event.ts'
import type { Decision } from '../events/decision.ts'
import type { AccountId, EventId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { type RuleSubject, type RuleSurroundings, ruleMatcher } from './match-rule.ts'
import { EFFECT_FIELDS, type EffectField, type Rule } from './rule.ts'

/** What stands decided on one field of an event: by a person, or by a rule. Absent: nothing. */
export interface Standing {
  readonly by: 'person' | 'rule'
  /** The rule; empty for a person. */
  readonly rule: string
  readonly value: string
}
export type Standings = Readonly<Partial<Record<EffectField, Standing>>>

/** A decision of a rule. */
export interface RuledDecision {
  readonly rule: string
  readonly decision: Decision
}

/** What rules make of one event. */
export interface Ruled {
  readonly decisions: readonly RuledDecision[]
  /** Rules whose condition fits. */
  readonly fits: readonly string[]
  /** Fields that rules would decide and a person has. */
  readonly kept: number
}

/** `rules` made ready, in the order of their positions. */
export function rulesReady(
  rules: readonly Rule[],
  around: RuleSurroundings,
): (subject: RuleSubject, standings: Standings) => Ruled {
  const ready = rules
    .filter(({ enabled }) => enabled)
    .toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .map((rule) => ({ rule, fits: ruleMatcher(rule.when, around) }))
  return (subject, standings) => {
    const wanted: Partial<Record<EffectField, { rule: string; value: string }>> = {}
    const fits: string[] = []
    for (const { rule, fits: isFit } of ready) {
      if (!isFit(subject)) continue
      fits.push(rule.id)
      for (const field of EFFECT_FIELDS) {
        const value = rule.effect[field]
        if (value === undefined) continue
        if (field === 'kind' && kindFault(subject.event, value as Kind) !== null) continue
        if (field === 'counterparty' && !isOneSided(subject.event, value as AccountId)) continue
        wanted[field] = { rule: rule.id, value }
      }
    }
    return { fits, ...settle(subject.event.id, wanted, standings) }
  }
}

function settle(
  event: EventId,
  wanted: Partial<Record<EffectField, { rule: string; value: string }>>,
  standings: Standings,
): Omit<Ruled, 'fits'> {
  const decisions: RuledDecision[] = []
  let kept = 0
  for (const field of EFFECT_FIELDS) {
    const standing = standings[field]
    const now = wanted[field]
    if (standing?.by === 'person') {
      if (now !== undefined) kept++
      continue
    }
    if (now === undefined) {
      if (standing !== undefined)
        decisions.push({ rule: standing.rule, decision: { what: 'withdraw', event, of: field } })
    } else if (standing?.value !== now.value || standing.rule !== now.rule)
      decisions.push({ rule: now.rule, decision: decisionOf(event, field, now.value) })
  }
  return { decisions, kept }
}

/** A value of a field as the decision that says it. */
export function decisionOf(event: EventId, field: EffectField, value: string): Decision {
  switch (field) {
    case 'kind':
      return { what: 'kind', event, kind: value as Kind }
    case 'ignore':
      return { what: 'ignore', event, reason: value }
    case 'note':
      return { what: 'note', event, note: value }
    case 'counterparty':
      return { what: 'counterparty', event, account: value === '' ? null : (value as AccountId) }
  }
}

/** What decisions on one event, in the order they were done, leave standing. */
export function standingsOf(
  decisions: readonly { readonly rule: string | null; readonly decision: Decision }[],
): Standings {
  const standings: Partial<Record<EffectField, Standing>> = {}
  for (const { rule, decision } of decisions) {
    const by = rule === null ? ('person' as const) : ('rule' as const)
    const standing = (value: string): Standing => ({ by, rule: rule ?? '', value })
    switch (decision.what) {
      case 'kind':
        standings.kind = standing(decision.kind)
        break
      case 'ignore':
        standings.ignore = standing(decision.reason)
        break
      case 'unignore':
        standings.ignore = standing('')
        break
      case 'note':
        standings.note = standing(decision.note)
        break
      case 'counterparty':
        standings.counterparty = standing(decision.account ?? '')
        break
      case 'withdraw':
        delete standings[decision.of]
        break
    }
  }
  return standings
}
