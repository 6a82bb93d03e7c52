import { birthOf } from '../assets/asset-births.ts'
import { dayOfDate } from '../events/civil-date.ts'
import type { LedgerEvent, Role } from '../events/event.ts'
import type { AssetId, EventId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import type { Law } from './law.ts'
import { RULING_KINDS } from './law.ts'
import type { Treatment } from './pack.ts'
import type { Refusal } from './result.ts'

/** Assets whose lots can reach each other, and every event that touches one of them, in engine order. */
export interface Partition {
  readonly assets: readonly AssetId[]
  readonly events: LedgerEvent[]
}

/** Treatments for which even money makes a row. */
const OF_MONEY: ReadonlySet<Treatment> = new Set<Treatment>(['income', 'derivative', 'unknown', 'ask', 'note'])

/** Kinds whose units are not moved by the event and still belong to their asset's history. */
const COUNTS_WITHOUT_MOVING: Partial<Record<Kind, Role>> = {
  debt_forgiven: 'debt',
  reward_accrual: 'info',
  basis_override: 'info',
}

/** The partition of events that name no asset at all. */
const NO_ASSET = '' as AssetId

/** The assets whose partitions an event belongs to. */
export function touchedAssets(event: LedgerEvent, law: Law, into: AssetId[]): void {
  const { legs } = event
  let money: boolean | null = null
  for (const leg of legs) {
    if (leg.role === 'debt' || leg.role === 'collateral' || leg.role === 'info') {
      if (COUNTS_WITHOUT_MOVING[event.kind] !== leg.role) continue
    }
    if (law.fiat.has(leg.asset)) {
      money ??= OF_MONEY.has(law.treatmentOf(event, law.clock.dayAt(event.time)).treatment)
      if (!money) continue
    }
    if (!into.includes(leg.asset)) into.push(leg.asset)
  }
  if (legs.length > 0) return
  const { treatment } = law.treatmentOf(event, law.clock.dayAt(event.time))
  if (treatment === 'ask' || treatment === 'note') into.push(NO_ASSET)
}

/** The assets that an event joins, because lots or cost go from one to another; fewer than two: none. */
export function joinedAssets(event: LedgerEvent, law: Law): readonly AssetId[] {
  const { legs, kind } = event
  if (kind === 'buy' || kind === 'sell' || (kind === 'trade' && !law.tradesCarry) || legs.length < 2) {
    if (event.parent === undefined) return []
  }
  const day = law.clock.dayAt(event.time)
  const { treatment } = law.treatmentOf(event, day)
  if (treatment === 'split') {
    const child = legs.find((leg) => leg.role === 'in')
    return child === undefined || event.parent === undefined ? [] : [event.parent, child.asset]
  }
  if (treatment !== 'carry' && !(treatment === 'carry-same' && keepsItsAssets(event))) return []
  const joined = new Set<AssetId>()
  for (const leg of legs) {
    const moves =
      leg.role === 'in' || leg.role === 'out' || (leg.role === 'fee' && law.transferFeeOf(event, day) === 'carry')
    if (moves && !law.fiat.has(leg.asset)) joined.add(leg.asset)
  }
  return [...joined]
}

/** Does every asset that an event takes come back in it, and no other. */
export function keepsItsAssets(event: LedgerEvent): boolean {
  const given = new Set(event.legs.filter((leg) => leg.role === 'out').map((leg) => leg.asset))
  const taken = new Set(event.legs.filter((leg) => leg.role === 'in').map((leg) => leg.asset))
  return (
    given.size === 0 || taken.size === 0 || (given.size === taken.size && [...given].every((one) => taken.has(one)))
  )
}

/** Joins assets into groups (union-find over their ids). */
class AssetGroups {
  private readonly parents = new Map<AssetId, AssetId>()

  rootOf(asset: AssetId): AssetId {
    let root = asset
    for (;;) {
      const parent = this.parents.get(root)
      if (parent === undefined || parent === root) break
      root = parent
    }
    if (root !== asset) this.parents.set(asset, root)
    return root
  }

  join(assets: readonly AssetId[]): void {
    const [first, ...others] = assets
    if (first === undefined) return
    for (const other of others) {
      const [a, b] = [this.rootOf(first), this.rootOf(other)]
      // The smaller id leads, so that the grouping does not hang on the order of events.
      if (a < b) this.parents.set(b, a)
      else if (b < a) this.parents.set(a, b)
    }
  }
}

/** Cuts a history, in engine order, into partitions, in the order of their first event. */
export function partitionEvents(events: readonly LedgerEvent[], law: Law): Partition[] {
  if (law.family === 'portfolio') return onePartition(events, law)
  const groups = new AssetGroups()
  for (const event of events) {
    const joined = joinedAssets(event, law)
    if (joined.length > 1) groups.join(joined)
  }
  const byRoot = new Map<AssetId, { assets: AssetId[]; events: LedgerEvent[] }>()
  const byAsset = new Map<AssetId, { assets: AssetId[]; events: LedgerEvent[] }>()
  const touched: AssetId[] = []
  for (const event of events) {
    if (RULING_KINDS.has(event.kind) && event.kind !== 'residence_change' && event.kind !== 'snapshot') continue
    touched.length = 0
    touchedAssets(event, law, touched)
    for (const asset of touched) {
      let partition = byAsset.get(asset)
      if (partition === undefined) {
        const root = groups.rootOf(asset)
        partition = byRoot.get(root)
        if (partition === undefined) {
          partition = { assets: [], events: [] }
          byRoot.set(root, partition)
        }
        partition.assets.push(asset)
        byAsset.set(asset, partition)
      }
      const { events: list } = partition
      if (list[list.length - 1] !== event) list.push(event)
    }
    if (event.parent !== undefined && !byAsset.has(event.parent)) adopt(event.parent, groups, byRoot, byAsset)
  }
  return [...byRoot.values()]
}

/** Everything in one partition: each disposal is measured against the whole portfolio. */
function onePartition(events: readonly LedgerEvent[], law: Law): Partition[] {
  const assets = new Set<AssetId>()
  const list: LedgerEvent[] = []
  const touched: AssetId[] = []
  for (const event of events) {
    if (RULING_KINDS.has(event.kind) && event.kind !== 'residence_change') continue
    touched.length = 0
    touchedAssets(event, law, touched)
    if (touched.length === 0) continue
    for (const asset of touched) assets.add(asset)
    list.push(event)
  }
  return list.length === 0 ? [] : [{ assets: [...assets], events: list }]
}

/** A parent asset that no event has touched yet still belongs to its child's partition. */
function adopt(
  asset: AssetId,
  groups: AssetGroups,
  byRoot: Map<AssetId, { assets: AssetId[]; events: LedgerEvent[] }>,
  byAsset: Map<AssetId, { assets: AssetId[]; events: LedgerEvent[] }>,
): void {
  const partition = byRoot.get(groups.rootOf(asset))
  if (partition === undefined) return
  partition.assets.push(asset)
  byAsset.set(asset, partition)
}

/** Events that name accounts or assets which the document does not declare, or that cannot be. */
export function checkEvents(events: readonly LedgerEvent[], law: Law): Refusal[] {
  const refusals: Refusal[] = []
  const births = birthsOf(law)
  let lastBirth = Number.MIN_SAFE_INTEGER
  for (const birth of births.values()) lastBirth = Math.max(lastBirth, birth)
  for (const event of events) {
    if (event.time < lastBirth) checkBirths(event, births, law, refusals)
    for (const leg of event.legs) {
      if (!law.unitOf.has(leg.account)) refusals.push(unknown('unknown-account', event.id, 'account', leg.account))
      if (!law.assets.has(leg.asset)) refusals.push(unknown('unknown-asset', event.id, 'asset', leg.asset))
      if (leg.amount < 0n && leg.role !== 'debt' && leg.role !== 'collateral') {
        refusals.push({
          code: 'invalid-event',
          event: event.id,
          text: `Event ${event.id} has a negative amount of ${leg.asset}. Amounts are positive; the role gives the direction.`,
        })
      }
    }
  }
  return refusals
}

const DAY = 86_400_000

/** The instant before which a known coin was nowhere on earth. */
function birthsOf(law: Law): ReadonlyMap<AssetId, number> {
  const births = new Map<AssetId, number>()
  for (const asset of law.assets.values()) {
    const birth = birthOf(asset)
    if (birth !== null) births.set(asset.id, (dayOfDate(birth) - 1) * DAY)
  }
  return births
}

function checkBirths(event: LedgerEvent, births: ReadonlyMap<AssetId, number>, law: Law, refusals: Refusal[]): void {
  // What is paid for in advance is delivered later.
  if (event.kind === 'ico_purchase') return
  for (const leg of event.legs) {
    const birth = births.get(leg.asset)
    if (birth === undefined || event.time >= birth || leg.amount === 0n || leg.role === 'info') continue
    const asset = law.assets.get(leg.asset)
    refusals.push({
      code: 'before-asset-existed',
      event: event.id,
      text: `Event ${event.id} moves ${leg.asset} on ${law.clock.dateAt(event.time)}, before it existed (${asset === undefined ? '' : birthOf(asset)}). Correct its date, or leave the event out.`,
      rule: 'before-asset-existed',
    })
    return
  }
}

const unknown = (code: Refusal['code'], event: EventId, what: string, id: string): Refusal => ({
  code,
  event,
  text: `Event ${event} names the ${what} “${id}”, which is not declared. Declare it, or correct the id.`,
})
