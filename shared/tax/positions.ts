import type { Asset, AssetKind } from '../events/account.ts'
import { dayOfDate } from '../events/civil-date.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { Profile } from '../events/interchange-types.ts'
import type { Kind } from '../events/kinds.ts'
import type { Refuse } from './method-choice.ts'
import type { NeutralSwaps, RuledTreatment, RulePack, Treatment, TreatmentRule } from './pack.ts'
import { REGISTER } from './positions/register.ts'

/** What is made of a kind: the pack's row, or the row as the person's position changes it. */
export interface Treated {
  readonly treatment: Treatment
  readonly head: string
}

/** The choices that a pack has on a position; none where it does not ask. */
export function allowedChoices(pack: RulePack, id: string): readonly string[] {
  if (id === 'P6') return Object.keys(pack.transferFeeChoices)
  if (id === 'P14') return ['worst', 'best']
  return [
    ...pack.treatments.flatMap((rule) => (rule.position === id ? Object.keys(rule.choices ?? {}) : [])),
    ...(pack.positions?.find((row) => row.id === id)?.choices ?? []),
  ]
}

/**
 * Refuses positions that the register does not have, and choices that their position does not have. Positions that
 * another country asks about are let be.
 */
export function checkPositions(profile: Profile, pack: RulePack, refuse: Refuse): void {
  for (const [id, choices] of Object.entries(profile.positions)) {
    if (!REGISTER.some((entry) => entry.id === id)) {
      refuse(
        'position-not-allowed',
        `The register has no position ${id}. Positions: ${REGISTER.map((entry) => entry.id).join(', ')}.`,
      )
      continue
    }
    const allowed = allowedChoices(pack, id)
    for (const { choice } of choices) {
      if (allowed.length > 0 && !allowed.includes(choice)) {
        refuse(
          'position-not-allowed',
          `Position ${id} has no choice “${choice}”. Choices: ${[...new Set(allowed)].join(', ')}.`,
        )
      }
    }
  }
}

/** What the pack makes of an event under the person's positions, on a day. */
export function treatments(
  profile: Profile,
  pack: RulePack,
  assets: ReadonlyMap<AssetId, Asset>,
): (event: LedgerEvent, day: number) => Treated {
  const rules = ruledTreatments(profile, pack)
  if (pack.neutralSwaps === undefined) return rules as (event: LedgerEvent, day: number) => Treated
  const { neutralSwaps } = pack
  return (event, day) => {
    const ruled = rules(event, day)
    if (ruled.treatment !== 'neutral-swap') return ruled as Treated
    const { unless } = neutralSwaps
    const everyKind = unless !== undefined && positionChoice(profile, unless.position, event, day) === unless.choice
    const money = neutralSwaps.moneyTokens
    const isMoney = (asset: AssetId): boolean =>
      money !== undefined && positionOf(profile, pack, money.position, { asset }, day) === money.choice
    const neutral = isNeutral(event, neutralSwaps, assets, everyKind, isMoney)
    return { treatment: neutral ? 'carry' : 'exchange', head: ruled.head }
  }
}

/** Coins on both sides, none of a kind that is taxed, and of one kind where the law asks for it. */
function isNeutral(
  event: LedgerEvent,
  rule: NeutralSwaps,
  assets: ReadonlyMap<AssetId, Asset>,
  everyKind: boolean,
  isMoney: (asset: AssetId) => boolean,
): boolean {
  let [given, taken] = [false, false]
  let first: AssetKind | null = null
  for (const leg of event.legs) {
    if (leg.amount === 0n || (leg.role !== 'out' && leg.role !== 'in')) continue
    const kind = assets.get(leg.asset)?.kind ?? 'crypto'
    if (kind === 'fiat' || (!everyKind && rule.taxableKinds.includes(kind)) || isMoney(leg.asset)) return false
    first ??= kind
    if (rule.sameKindOnly && kind !== first) return false
    if (leg.role === 'out') given = true
    else taken = true
  }
  return given && taken
}

interface Ruled {
  readonly treatment: RuledTreatment
  readonly head: string
}

function ruledTreatments(profile: Profile, pack: RulePack): (event: LedgerEvent, day: number) => Ruled {
  const byKind = new Map<Kind, TreatmentRule[]>()
  for (const rule of pack.treatments) {
    for (const kind of rule.kinds) {
      const rules = byKind.get(kind)
      if (rules === undefined) byKind.set(kind, [rule])
      else rules.push(rule)
    }
  }
  // Most kinds have one rule that nothing changes; those are settled before the first event.
  const fixed = new Map<Kind, Ruled>()
  for (const [kind, [rule, ...others]] of byKind) {
    if (rule === undefined || others.length > 0 || rule.from !== undefined || rule.to !== undefined) continue
    const chosen = rule.position !== undefined && (profile.positions[rule.position]?.length ?? 0) > 0
    if (!chosen) fixed.set(kind, { treatment: rule.treatment, head: rule.head ?? kind })
  }
  const unruled: Ruled = { treatment: 'ask', head: 'other' }
  return (event, day) => {
    const known = fixed.get(event.kind)
    if (known !== undefined) return known
    const rule = byKind
      .get(event.kind)
      ?.find(
        (row) =>
          (row.from === undefined || dayOfDate(row.from) <= day) && (row.to === undefined || day <= dayOfDate(row.to)),
      )
    if (rule === undefined) return unruled
    const choice = rule.position === undefined ? null : positionChoice(profile, rule.position, event, day)
    const chosen = choice === null ? undefined : rule.choices?.[choice]
    const head = choice === null ? undefined : rule.heads?.[choice]
    return { treatment: chosen ?? rule.treatment, head: head ?? rule.head ?? event.kind }
  }
}

/** What the scope of a choice is held against. */
interface Scoped {
  readonly protocol?: string
  readonly legs: readonly { readonly asset: AssetId; readonly account: AccountId | null }[]
}

/** The choice on a position that applies to an event: the narrowest scope wins, then the later listed; null without one. */
export function positionChoice(profile: Profile, id: string, event: Scoped, day: number): string | null {
  let best: string | null = null
  let bestWidth = -1
  for (const entry of profile.positions[id] ?? []) {
    if (entry.from !== undefined && dayOfDate(entry.from) > day) continue
    if (entry.to !== undefined && day > dayOfDate(entry.to)) continue
    const scope = entry.scope ?? {}
    if (scope.protocol !== undefined && scope.protocol !== event.protocol) continue
    if (scope.asset !== undefined && !event.legs.some((leg) => leg.asset === scope.asset)) continue
    if (scope.account !== undefined && !event.legs.some((leg) => leg.account === scope.account)) continue
    const width = [scope.asset, scope.protocol, scope.account].filter((member) => member !== undefined).length
    if (width >= bestWidth) {
      best = entry.choice
      bestWidth = width
    }
  }
  return best
}

/**
 * The answer to a question for an asset or account outside any event: the narrowest scope, then the later listed; the
 * pack's standard without one.
 */
export function positionOf(
  profile: Profile,
  pack: RulePack,
  id: string,
  about: { readonly asset?: AssetId; readonly account?: AccountId },
  day: number,
): string | null {
  let best: string | null = pack.positions?.find((row) => row.id === id)?.standard ?? null
  let bestWidth = -1
  for (const { choice, scope = {}, from, to } of profile.positions[id] ?? []) {
    if ((from !== undefined && dayOfDate(from) > day) || (to !== undefined && day > dayOfDate(to))) continue
    if (scope.protocol !== undefined) continue
    if (scope.asset !== undefined && scope.asset !== about.asset) continue
    if (scope.account !== undefined && scope.account !== about.account) continue
    const width = (scope.asset === undefined ? 0 : 1) + (scope.account === undefined ? 0 : 1)
    if (width >= bestWidth) {
      best = choice
      bestWidth = width
    }
  }
  return best
}
