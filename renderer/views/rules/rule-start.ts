import type { RuleConditionView, RuleEffectView } from '../../../shared/contract/rules.ts'
import { goTo } from '../../app/screens.ts'
import { shared } from '../../app/shared-value.ts'

/** A rule that is being written: a new one, or with an id one that is changed. */
export interface RuleDraft {
  readonly id?: string
  readonly name: string
  readonly when: RuleConditionView
  readonly effect: RuleEffectView
  readonly enabled: boolean
}

/** A rule with nothing said yet. */
export const NEW_RULE: RuleDraft = { name: '', when: {}, effect: {}, enabled: true }

const draft = shared<RuleDraft | null>(null)

/** The rule that is being written, kept while the person looks at other screens. */
export const useRuleDraft = draft.use

/** Opens the form on a rule, on the page of rules. */
export function writeRule(rule: RuleDraft): void {
  draft.set(rule)
  goTo('/ledger/rules')
}

/** Puts the form away. */
export function endRule(): void {
  draft.set(null)
}
