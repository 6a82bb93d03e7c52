import type { Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { AssetKind } from '../../events/account.ts'
import { inEngineOrder } from '../../events/engine-order.ts'
import type { LedgerEvent } from '../../events/event.ts'
import type { AccountId, AssetId } from '../../events/identifiers.ts'
import type { PositionChoice, Profile } from '../../events/interchange-types.ts'
import type { TaxInput } from '../compute.ts'
import { compute, lastYearOf } from '../compute.ts'
import type { PartitionResult } from '../compute-partition.ts'
import { computePartition } from '../compute-partition.ts'
import { conclude } from '../conclude.ts'
import type { Law } from '../law.ts'
import { RULING_KINDS, settleLaw } from '../law.ts'
import { packOf } from '../packs/pack-list.ts'
import type { Partition } from '../partition.ts'
import { checkEvents, partitionEvents } from '../partition.ts'
import { residenceChanges } from '../residence.ts'
import type { OpenPoint, Refusal, ResidencePart, TaxResult, YearTotals } from '../result.ts'
import type { PackPosition } from './pack-positions.ts'
import { packPositions } from './pack-positions.ts'

/** What one year would differ by under another choice: that choice less the one in force. */
export interface YearDifference {
  readonly year: number
  readonly label: string
  readonly gain: Money
  readonly income: Money
  readonly taxable: Money
  /** Null where the pack does not compute the tax. */
  readonly tax: Money | null
}

export interface AlternativeEffect {
  readonly choice: string
  readonly label: string
  readonly cautious: boolean
  /** Why this choice cannot be made; empty where it can. */
  readonly refusals: readonly Refusal[]
  /** Only the years that change. */
  readonly years: readonly YearDifference[]
}

/** One question of the register as far as it matters for a history. */
export interface PositionEffect {
  readonly id: string
  readonly question: string
  readonly why: string
  readonly authority: string
  /** The choice in force for what no narrower choice covers. */
  readonly choice: string
  readonly label: string
  /** The pack's own choice holds, nobody chose. */
  readonly byDefault: boolean
  /** Narrower choices on record say otherwise for some events. */
  readonly mixed: boolean
  readonly events: number
  readonly touches: {
    readonly assets: readonly AssetId[]
    readonly protocols: readonly string[]
    readonly accounts: readonly AccountId[]
  }
  /** Why it can no longer be chosen; null where it can. */
  readonly locked: string | null
  readonly alternatives: readonly AlternativeEffect[]
}

export interface PositionEffectOptions {
  /** Only these questions. */
  readonly ids?: readonly string[]
  /** The alternative holds for this only; what is chosen elsewhere stays. */
  readonly scope?: NonNullable<PositionChoice['scope']>
  /** Polled now and then; true ends the computation with `null`. */
  readonly isCancelled?: () => boolean
  /** Told before each question how many of them are done. */
  readonly onProgress?: (done: number, total: number) => void
}

export type PositionEffectsOutcome =
  | { readonly ok: true; readonly positions: readonly PositionEffect[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Open points that position P14 settles meanwhile. */
const UNEXPLAINED: ReadonlySet<string> = new Set(['unmatched-in', 'unmatched-out', 'needs-decision'])

/**
 * Every question of the register that touches the history, with what each other choice would change in each tax year.
 * Each alternative is computed anew; partitions that it does not touch are taken as they are. Refuses what `compute`
 * refuses as a whole; null where it was cancelled.
 */
export function positionEffects(input: TaxInput, options: PositionEffectOptions = {}): PositionEffectsOutcome | null {
  if (residenceChanges(input.events).length > 0) return effectsAbroad(input, options)
  const events = inEngineOrder(input.events)
  const ruling = input.events.filter((event) => RULING_KINDS.has(event.kind))
  const settled = settleLaw({ ...input, ruling })
  if (!settled.ok) return settled
  const { law } = settled
  const invalid = checkEvents(events, law)
  if (invalid.length > 0) return { ok: false, refusals: invalid }
  const base = run(law, events, [], options)
  if (base === null) return null
  const now = conclude(law, results(base), input.brokerForms)
  if (!now.ok) return now
  const positions: PositionEffect[] = []
  const asked = packPositions(law.pack).filter(({ id }) => options.ids === undefined || options.ids.includes(id))
  for (const [at, position] of asked.entries()) {
    options.onProgress?.(at, asked.length)
    const touched = touchedBy(position, events, openOf(base), law)
    const inScope = touched.filter((event) => isInScope(event, options.scope))
    if (inScope.length === 0) continue
    const locked = lockOf(position, law)
    const alternatives: AlternativeEffect[] = []
    for (const alternative of locked === null && position.id !== 'P15' ? othersThan(position, input.profile) : []) {
      const outcome = other(input, position.id, alternative.id, events, new Set(inScope), base, options)
      if (outcome === null) return null
      alternatives.push({
        choice: alternative.id,
        label: alternative.label,
        cautious: alternative.id === position.cautious,
        refusals: outcome.ok ? [] : outcome.refusals,
        years: outcome.ok ? differences(now.concluded.reduced.totals, outcome.totals) : [],
      })
    }
    positions.push({ ...described(position, input.profile, inScope), locked, alternatives })
  }
  return { ok: true, positions }
}

/**
 * The same for a person who moved: every country's part is computed anew under each alternative, and years are named by
 * their country.
 */
function effectsAbroad(input: TaxInput, options: PositionEffectOptions): PositionEffectsOutcome | null {
  const now = compute(input)
  if (!now.ok) return now
  const parts = partsOf(now.result)
  const of = (kind: AssetKind): ReadonlySet<AssetId> =>
    new Set(input.assets.filter((asset) => asset.kind === kind).map(({ id }) => id))
  const assets = { fiat: of('fiat'), nfts: of('nft') }
  const open = parts.flatMap(({ result }) => result.open)
  const asked = new Map<string, PackPosition>()
  for (const { jurisdiction } of parts) {
    const pack = packOf(jurisdiction)
    for (const position of pack === null ? [] : packPositions(pack)) {
      if (!asked.has(position.id)) asked.set(position.id, position)
    }
  }
  const positions: PositionEffect[] = []
  for (const position of asked.values()) {
    if (options.ids !== undefined && !options.ids.includes(position.id)) continue
    const touched = touchedBy(position, inEngineOrder(input.events), open, assets)
    const inScope = touched.filter((event) => isInScope(event, options.scope))
    if (inScope.length === 0) continue
    const locked = position.id === 'P15' ? 'A plan is an act of its own with a deadline.' : null
    const alternatives: AlternativeEffect[] = []
    for (const alternative of locked === null ? othersThan(position, input.profile) : []) {
      if (options.isCancelled?.()) return null
      const then = compute({ ...input, profile: withChoice(input.profile, position.id, alternative.id, options) })
      const others = then.ok ? partsOf(then.result) : []
      alternatives.push({
        choice: alternative.id,
        label: alternative.label,
        cautious: alternative.id === position.cautious,
        refusals: then.ok ? [] : then.refusals,
        years: others.flatMap(({ jurisdiction, result }, i) =>
          differences(parts[i]?.result.totals ?? new Map(), result.totals).map((year) => ({
            ...year,
            label: `${jurisdiction.toUpperCase()} ${year.label}`,
          })),
        ),
      })
    }
    positions.push({ ...described(position, input.profile, inScope), locked, alternatives })
  }
  return { ok: true, positions }
}

const partsOf = (result: TaxResult): readonly Pick<ResidencePart, 'jurisdiction' | 'result'>[] =>
  result.residence.length > 0 ? result.residence : [{ jurisdiction: result.jurisdiction, result }]

/** The profile with another choice: for everything, or beside the others for what the scope names. */
function withChoice(profile: Profile, id: string, choice: string, { scope }: PositionEffectOptions): Profile {
  const before = scope === undefined ? [] : (profile.positions[id] ?? [])
  const chosen: PositionChoice = scope === undefined ? { choice } : { choice, scope }
  return { ...profile, positions: { ...profile.positions, [id]: [...before, chosen] } }
}

interface Computed {
  readonly partition: Partition
  readonly result: PartitionResult
}

const openOf = (computed: readonly Computed[]): OpenPoint[] =>
  computed.flatMap(({ result }) => [...result.slices.values()].flatMap(({ open }) => open))

const results = (computed: readonly Computed[]): PartitionResult[] => computed.map(({ result }) => result)

/** Computes a history by partitions, taking over those of `known` that hold the same events. Null where cancelled. */
function run(
  law: Law,
  events: readonly LedgerEvent[],
  known: readonly Computed[],
  { isCancelled }: PositionEffectOptions,
): Computed[] | null {
  const byAssets = new Map(known.map((one) => [keyOf(one.partition), one]))
  const lastYear = lastYearOf(events, law)
  const computed: Computed[] = []
  for (const partition of partitionEvents(events, law)) {
    const same = byAssets.get(keyOf(partition))
    if (same !== undefined && same.partition.events.length === partition.events.length) {
      computed.push(same)
      continue
    }
    const result = computePartition(partition, law, { lastYear, ...(isCancelled === undefined ? {} : { isCancelled }) })
    if (result === null) return null
    computed.push({ partition, result })
  }
  return computed
}

const keyOf = ({ assets }: Partition): string => [...assets].sort().join('\n')

/** The totals under another choice; what no touched event is part of is not computed again. */
function other(
  input: TaxInput,
  id: string,
  choice: string,
  events: readonly LedgerEvent[],
  touched: ReadonlySet<LedgerEvent>,
  base: readonly Computed[],
  options: PositionEffectOptions,
):
  | { readonly ok: true; readonly totals: ReadonlyMap<number, YearTotals> }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }
  | null {
  const profile = withChoice(input.profile, id, choice, options)
  const settled = settleLaw({ ...input, profile, ruling: events.filter((event) => RULING_KINDS.has(event.kind)) })
  if (!settled.ok) return settled
  const untouched = base.filter(({ partition }) => !partition.events.some((event) => touched.has(event)))
  const computed = run(settled.law, events, untouched, options)
  if (computed === null) return null
  const outcome = conclude(settled.law, results(computed), input.brokerForms)
  return outcome.ok ? { ok: true, totals: outcome.concluded.reduced.totals } : outcome
}

/** The events that a question is about, in their order. */
function touchedBy(
  { id, kinds }: PackPosition,
  events: readonly LedgerEvent[],
  points: readonly OpenPoint[],
  law: Pick<Law, 'fiat' | 'nfts'>,
): readonly LedgerEvent[] {
  if (id === 'P14' || id === 'P15') {
    const open = new Set<string>()
    for (const point of points) {
      const isOne = id === 'P14' ? UNEXPLAINED.has(point.code) : point.code === 'changeover-unplanned'
      if (isOne && point.event !== null) open.add(point.event)
    }
    return events.filter((event) => (id === 'P15' && event.kind === 'allocation') || open.has(event.id))
  }
  const about = new Set(kinds)
  return events.filter((event) => about.has(event.kind) && concerns(id, event, law))
}

/** Can a question be about an event of one of its kinds: of fees only where one is paid, of NFTs only where there is one. */
export function concerns(id: string, event: LedgerEvent, law: Pick<Law, 'fiat' | 'nfts'>): boolean {
  if (id === 'P6') return event.legs.some((leg) => leg.role === 'fee' || leg.role === 'out') && paysAFee(event, law)
  if (id === 'P16') return event.legs.some((leg) => leg.role === 'out' && law.nfts.has(leg.asset))
  if (id === 'fr.nft') return event.legs.some((leg) => law.nfts.has(leg.asset))
  return true
}

/** A fee leg, or units that did not arrive. */
function paysAFee({ legs }: LedgerEvent, law: Pick<Law, 'fiat'>): boolean {
  if (legs.some((leg) => leg.role === 'fee' && leg.amount > 0n && !law.fiat.has(leg.asset))) return true
  const outs = legs.filter((leg) => leg.role === 'out')
  const ins = legs.filter((leg) => leg.role === 'in')
  if (outs.length !== 1 || ins.length !== 1 || outs[0]?.asset !== ins[0]?.asset) return false
  return (outs[0]?.amount ?? 0n) > (ins[0]?.amount ?? 0n)
}

const isInScope = (event: LedgerEvent, scope: PositionEffectOptions['scope']): boolean =>
  scope === undefined ||
  ((scope.protocol === undefined || scope.protocol === event.protocol) &&
    (scope.asset === undefined || event.legs.some((leg) => leg.asset === scope.asset)) &&
    (scope.account === undefined || event.legs.some((leg) => leg.account === scope.account)))

function lockOf(position: PackPosition, law: Law): string | null {
  if (position.id === 'P6' && law.profile.fees.transfer !== undefined)
    return 'The profile sets the fee rule of own transfers for all of them.'
  if (position.id !== 'P15') return null
  return law.allocations.length > 0
    ? 'A plan is on record: an allocation that is complete is irrevocable (Rev. Proc. 2024-28 sec. 5).'
    : 'A plan is an act of its own with a deadline: record it as an allocation (Rev. Proc. 2024-28 sec. 5).'
}

const widest = (choices: readonly PositionChoice[]): PositionChoice | undefined =>
  choices.findLast(({ scope, from, to }) => isEverything(scope) && from === undefined && to === undefined)

const isEverything = (scope: PositionChoice['scope']): boolean =>
  scope === undefined || (scope.asset === undefined && scope.protocol === undefined && scope.account === undefined)

function othersThan(
  position: PackPosition,
  profile: Profile,
): readonly { readonly id: string; readonly label: string }[] {
  const inForce = widest(profile.positions[position.id] ?? [])?.choice ?? position.standard
  return position.choices.filter(({ id }) => id !== inForce)
}

function described(
  position: PackPosition,
  profile: Profile,
  events: readonly LedgerEvent[],
): Omit<PositionEffect, 'locked' | 'alternatives'> {
  const choices = profile.positions[position.id] ?? []
  const own = widest(choices)
  const choice = own?.choice ?? position.standard
  const assets = new Set<AssetId>()
  const protocols = new Set<string>()
  const accounts = new Set<AccountId>()
  for (const { legs, protocol } of events) {
    if (protocol !== undefined) protocols.add(protocol)
    for (const leg of legs) {
      assets.add(leg.asset)
      accounts.add(leg.account)
    }
  }
  return {
    id: position.id,
    question: position.question,
    why: position.why,
    authority: position.authority,
    choice,
    label: position.choices.find(({ id }) => id === choice)?.label ?? choice,
    byDefault: own === undefined,
    mixed: choices.some((one) => one !== own && one.choice !== choice),
    events: events.length,
    touches: { assets: [...assets].sort(), protocols: [...protocols].sort(), accounts: [...accounts].sort() },
  }
}

/** Year by year, what differs. */
function differences(
  now: ReadonlyMap<number, YearTotals>,
  then: ReadonlyMap<number, YearTotals>,
): readonly YearDifference[] {
  const years = [...new Set([...now.keys(), ...then.keys()])].sort((a, b) => a - b)
  return years.flatMap((year) => {
    const [a, b] = [now.get(year), then.get(year)]
    const less = (pick: (totals: YearTotals) => Money): Money =>
      ((b === undefined ? ZERO_MONEY : pick(b)) - (a === undefined ? ZERO_MONEY : pick(a))) as Money
    const known = (a?.tax ?? null) !== null && (b?.tax ?? null) !== null
    const difference: YearDifference = {
      year,
      label: (b ?? a)?.label ?? String(year),
      gain: less((totals) => totals.gain),
      income: less((totals) => totals.income),
      taxable: less((totals) => totals.taxable),
      tax: known ? less((totals) => totals.tax as Money) : null,
    }
    const { gain, income, taxable, tax } = difference
    return gain === 0n && income === 0n && taxable === 0n && (tax ?? 0n) === 0n ? [] : [difference]
  })
}
