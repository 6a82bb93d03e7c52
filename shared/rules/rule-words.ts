/** A rule's condition in words, for lists of rules. */
import { formatAmount } from '../amount/decimal.ts'
import type { RuleCondition } from './rule.ts'

export interface RuleNames {
  account(id: string): string
  asset(id: string): string
  source(id: string): string
}

/** “from or to 0xab… · ETH · arriving · since 2024-01-01”. Every member of the condition is named. */
export function ruleWords(when: RuleCondition, names: RuleNames): string {
  const parts = [
    when.spam === true
      ? 'tokens that look like spam'
      : when.spam === false
        ? 'tokens that do not look like spam'
        : null,
    when.address === undefined ? null : `from or to ${when.address}`,
    when.account === undefined ? null : `in ${names.account(when.account)}`,
    when.asset === undefined ? null : names.asset(when.asset),
    when.direction === undefined ? null : when.direction === 'in' ? 'arriving' : 'leaving',
    when.source === undefined ? null : `read from ${names.source(when.source)}`,
    when.sourceKinds === undefined ? null : `called ${when.sourceKinds.map((kind) => `“${kind}”`).join(' or ')}`,
    when.kinds === undefined ? null : when.kinds.map((kind) => kind.replaceAll('_', ' ')).join(' or '),
    when.note === undefined ? null : `with a note that says “${when.note}”`,
    when.atLeast === undefined ? null : `at least ${formatAmount(when.atLeast)}`,
    when.atMost === undefined ? null : `at most ${formatAmount(when.atMost)}`,
    when.from === undefined ? null : `since ${when.from}`,
    when.to === undefined ? null : `until ${when.to}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'every event' : parts.join(' · ')
}
