import type { Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import { least, positive } from '../least.ts'
import type { GainRule } from './table-rules.ts'
import type { Carried } from './year-rule.ts'

/** Sums carried under `<name>-<year>`, oldest first. */
function byYear(carried: Carried, name: string): { readonly year: number; readonly value: bigint }[] {
  return Object.entries(carried)
    .filter(([key, value]) => key.startsWith(`${name}-`) && value > 0n)
    .map(([key, value]) => ({ year: Number.parseInt(key.slice(name.length + 1), 10), value: value as bigint }))
    .sort((a, b) => a.year - b.year)
}

/** Losses that may still be used in a year. */
function liveLosses(
  rule: GainRule,
  year: number,
  carried: Carried,
): { readonly year: number; readonly value: bigint }[] {
  if (rule.loss.use !== 'forward') return []
  const { years } = rule.loss
  return byYear(carried, 'losses').filter((loss) => years === undefined || year - loss.year <= years)
}

export interface Settled {
  /** Losses of earlier years used up. */
  readonly used: bigint
  readonly allowance: bigint
  readonly limit: bigint
  /** Allowance that a net loss used up. */
  readonly offLoss: bigint
  /** Unused allowance by year. */
  readonly carried: Carried
}

/** Takes earlier losses and the allowance off the year's net, in the order of the rule. */
export function settleAllowance(rule: GainRule, net: bigint, year: number, carried: Carried): Settled {
  const brought = liveLosses(rule, year, carried).reduce((sum, loss) => sum + loss.value, 0n)
  const { allowance: allowed } = rule
  if (allowed === undefined)
    return { used: least(brought, positive(net)), allowance: 0n, limit: 0n, offLoss: 0n, carried: {} }
  const unused =
    allowed.carry === undefined
      ? []
      : byYear(carried, 'unused').filter((one) => year - one.year <= (allowed.carry?.years ?? 0))
  const extra = unused.reduce((sum, one) => sum + one.value, 0n)
  const limit = allowed.carry === undefined ? allowed.amount : least(allowed.amount + extra, allowed.carry.upTo)
  if (allowed.order === 'allowance-first') {
    const allowance = least(limit, positive(net))
    const used = least(brought, positive(net - allowance))
    return { used, allowance, limit, offLoss: least(limit, positive(-net)), carried: {} }
  }
  const used = least(brought, positive(net))
  const allowance = least(limit, positive(net - used))
  return { used, allowance, limit, offLoss: 0n, carried: unusedAfter(rule, allowance, year, unused) }
}

/** The year's own allowance is used first; then what is left of earlier years, oldest first. */
function unusedAfter(
  { allowance: allowed }: GainRule,
  used: bigint,
  year: number,
  unused: readonly { readonly year: number; readonly value: bigint }[],
): Carried {
  if (allowed?.carry === undefined) return {}
  const next: Record<string, Money> = {}
  let beyond = positive(used - allowed.amount)
  for (const one of unused) {
    const taken = least(one.value, beyond)
    beyond -= taken
    if (one.value > taken && year + 1 - one.year <= allowed.carry.years)
      next[`unused-${one.year}`] = (one.value - taken) as Money
  }
  const left = least(positive(allowed.amount - used), allowed.carry.perYear)
  if (left > 0n) next[`unused-${year}`] = left as Money
  return next
}

/** What is left of earlier losses, and the year's own, for the years to come. */
export function settleLosses(
  rule: GainRule,
  loss: bigint,
  used: bigint,
  year: number,
  carried: Carried,
): { readonly carried: Carried; readonly total: Money } {
  if (rule.loss.use !== 'forward') {
    return { carried: {}, total: ZERO_MONEY }
  }
  const { years, beyond } = rule.loss
  const next: Record<string, Money> = {}
  let total = 0n
  let left = used
  for (const earlier of liveLosses(rule, year, carried)) {
    const taken = least(earlier.value, left)
    left -= taken
    const rest = earlier.value - taken
    if (rest === 0n || (years !== undefined && year + 1 - earlier.year > years)) continue
    next[`losses-${earlier.year}`] = rest as Money
    total += rest
  }
  if (loss > (beyond ?? 0n)) {
    next[`losses-${year}`] = loss as Money
    total += loss
  }
  return { carried: next, total: total as Money }
}
