/** Rules and conditions between the contract's terms and the domain's. */
import { formatAmount, parseAmount } from '../../shared/amount/decimal.ts'
import type { RuleConditionView, RuleEffectView, RuleView } from '../../shared/contract/rules.ts'
import { parseCivilDate } from '../../shared/events/civil-date.ts'
import type { AccountId, AssetId } from '../../shared/events/identifiers.ts'
import type { Rule, RuleCondition, RuleEffect } from '../../shared/rules/rule.ts'
import { ruleWords } from '../../shared/rules/rule-words.ts'
import { SOURCE_FORMATS } from '../../shared/sources/registry.ts'
import { readAccounts, readAssets } from '../ledger/accounts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { countCaught } from '../ledger/rules.ts'
import { failure } from './failure.ts'

/** Throws REFUSED or NOT_FOUND where the condition cannot be. An asset may be one that only later imports bring. */
export function conditionOf(ledger: ReadableLedger, view: RuleConditionView): RuleCondition {
  const { atLeast, atMost, account, asset, from, to, ...rest } = view
  if (account !== undefined) mustHave(ledger, 'account', account)
  const dates = {
    ...(from === undefined ? {} : { from: dateOf(from) }),
    ...(to === undefined ? {} : { to: dateOf(to) }),
  }
  if (dates.from !== undefined && dates.to !== undefined && dates.from > dates.to)
    throw failure('REFUSED', `The condition begins on ${dates.from}, after its end on ${dates.to}.`)
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as RuleCondition
  return {
    ...given,
    ...dates,
    ...(account === undefined ? {} : { account: account as AccountId }),
    ...(asset === undefined ? {} : { asset: asset as AssetId }),
    ...(atLeast === undefined ? {} : { atLeast: amountOf(atLeast) }),
    ...(atMost === undefined ? {} : { atMost: amountOf(atMost) }),
  }
}

export function effectOf(ledger: ReadableLedger, view: RuleEffectView): RuleEffect {
  if (view.counterparty !== undefined) mustHave(ledger, 'account', view.counterparty)
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as RuleEffect
}

function dateOf(text: string) {
  const date = parseCivilDate(text)
  if (date === null) throw failure('REFUSED', `${text} is not a date of the calendar.`)
  return date
}

function amountOf(text: string) {
  const amount = parseAmount(text)
  if (typeof amount !== 'bigint') throw failure('REFUSED', `The amount ${amount.error}.`)
  return amount
}

/** Throws NOT_FOUND where the ledger has no such account or asset. */
export function mustHave(ledger: ReadableLedger, what: 'account' | 'asset', key: string): void {
  if (ledger.value<number>(`SELECT 1 FROM ${what} WHERE key = ?`, key) === undefined)
    throw failure('NOT_FOUND', `There is no ${what} “${key}” in this ledger.`)
}

/** The rules as the contract shows them, each with the number of events it decides. */
export function ruleViews(ledger: ReadableLedger, rules: readonly Rule[]): RuleView[] {
  const accounts = new Map(readAccounts(ledger).map(({ id, name }) => [id as string, name]))
  const assets = new Map(readAssets(ledger).map(({ id, symbol }) => [id as string, symbol ?? id]))
  const sources = new Map(SOURCE_FORMATS.map(({ id, name }) => [id as string, name]))
  const names = {
    account: (id: string) => accounts.get(id) ?? id,
    asset: (id: string) => assets.get(id) ?? id,
    source: (id: string) => sources.get(id) ?? id,
  }
  return rules.map((rule) => ({
    id: rule.id,
    name: rule.name,
    position: rule.position,
    enabled: rule.enabled,
    builtIn: rule.builtIn,
    when: conditionView(rule.when),
    effect: rule.effect,
    words: ruleWords(rule.when, names),
    caught: countCaught(ledger, rule.id),
  }))
}

/** A condition as the contract shows it. */
export function conditionView({ atLeast, atMost, sourceKinds, kinds, ...rest }: RuleCondition): RuleConditionView {
  return {
    ...rest,
    ...(sourceKinds === undefined ? {} : { sourceKinds: [...sourceKinds] }),
    ...(kinds === undefined ? {} : { kinds: [...kinds] }),
    ...(atLeast === undefined ? {} : { atLeast: formatAmount(atLeast) }),
    ...(atMost === undefined ? {} : { atMost: formatAmount(atMost) }),
  }
}
