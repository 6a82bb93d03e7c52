import type { Amount } from '../amount/amount.ts'
import { ZERO_AMOUNT } from '../amount/amount.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AccountId, AssetId, EventId } from '../events/identifiers.ts'
import type { PlanDeadline } from './changeover-plan.ts'
import { checkPlanTime, deadlineOf, planFor } from './changeover-plan.ts'
import type { Law } from './law.ts'
import type { AssetLots } from './lot-books.ts'
import type { Lot } from './lot-queue.ts'
import { LotQueue, splitLot } from './lot-queue.ts'
import { byAge, byUnitCost } from './methods/lot-method.ts'
import type { Recorder } from './recorder.ts'
import type { LotOrigin } from './result.ts'

/** How one asset's unused lots were divided, unit by unit of basis as `law.units` lists them. */
export interface AssetChangeover {
  readonly asset: AssetId
  /** The plan that was followed; null: what is there stays there. */
  readonly plan: LedgerEvent | null
  readonly deadline: PlanDeadline
  /** The unused lots as they were, each with the place it was in. */
  readonly unused: readonly Lot[]
  /** Units held in each unit of basis. */
  readonly units: readonly (Amount | undefined)[]
  /** The lots of each unit of basis from then on. */
  readonly allocated: readonly (readonly Lot[])[]
}

/**
 * Divides the unused lots of an asset over the accounts when each becomes its own unit of basis. With a plan on record
 * as it says; without one each account keeps the unused lots that are physically there, earliest first and up to its
 * units, and what is left without basis takes unused lots of the others, earliest first, accounts in document order.
 * Authority: Rev. Proc. 2024-28; Reg. 1.1012-1(j).
 */
export function allocate(book: AssetLots, law: Law, record: Recorder, events: readonly LedgerEvent[]): void {
  const plan = planFor(book.asset, law)
  const target = law.units.map(() => new LotQueue())
  const before = record.changeovers === null ? [] : allLots(book)
  if (plan !== undefined) {
    checkPlanTime(plan, book.asset, law, events, record)
    const lots = allLots(book)
    if (plan.plan === 'specific') allocateNamed(plan, lots, target, book, law, record)
    else allocateGlobally(plan, lots, target, book, law)
  } else if (allocateResidue(book, target, law)) {
    record.open({ code: 'changeover-unplanned', asset: book.asset, event: null, effect: { low: null, high: null } })
  }
  record.changeovers?.set(book.asset, {
    asset: book.asset,
    plan: plan ?? null,
    deadline: deadlineOf(plan?.plan ?? 'specific', book.asset, law, events),
    unused: before,
    units: book.balances.slice(),
    allocated: target.map((queue) => queue.held()),
  })
  target.forEach((queue, unit) => {
    book.queues[unit] = queue
  })
  book.balances.length = 0
}

const allLots = (book: AssetLots): Lot[] =>
  book.queues.flatMap((queue) => queue?.held() ?? []).sort((a, b) => byAge(a.origin, b.origin))

/** Residue by wallet. True where any lot had to change its account. */
function allocateResidue(book: AssetLots, target: readonly LotQueue[], law: Law): boolean {
  const spare: Lot[] = []
  const lacking: bigint[] = []
  law.units.forEach((_, unit) => {
    let need = (book.balances[unit] ?? ZERO_AMOUNT) as bigint
    const held = (book.queues[unit]?.held() ?? []).sort((a, b) => byAge(a.origin, b.origin))
    for (const lot of held) {
      if (need >= lot.amount) {
        target[unit]?.insert(lot)
        need -= lot.amount
      } else if (need > 0n) {
        const [kept, rest] = splitLot(lot, need as Amount)
        target[unit]?.insert(kept)
        spare.push(rest)
        need = 0n
      } else {
        spare.push(lot)
      }
    }
    lacking[unit] = need > 0n ? need : 0n
  })
  spare.sort((a, b) => byAge(a.origin, b.origin))
  let moved = false
  let next = 0
  lacking.forEach((units, unit) => {
    let need = units
    while (need > 0n) {
      const lot = spare[next]
      if (lot === undefined) return
      moved = true
      if (lot.amount <= need) {
        target[unit]?.insert(relocated(lot, law.units[unit] as AccountId, null))
        need -= lot.amount
        next++
      } else {
        const [part, rest] = splitLot(lot, need as Amount)
        target[unit]?.insert(relocated(part, law.units[unit] as AccountId, null))
        spare[next] = rest
        need = 0n
      }
    }
  })
  // More basis than units: an earlier shortfall left lots over. They stay where they are.
  for (const lot of spare.slice(next)) target[law.units.indexOf(lot.origin.account)]?.insert(lot)
  return moved
}

function allocateNamed(
  plan: LedgerEvent,
  lots: readonly Lot[],
  target: readonly LotQueue[],
  book: AssetLots,
  law: Law,
  record: Recorder,
): void {
  const left = new Map<EventId, Lot[]>()
  for (const lot of lots) {
    const list = left.get(lot.origin.event)
    if (list === undefined) left.set(lot.origin.event, [lot])
    else list.push(lot)
  }
  const given = law.units.map(() => 0n)
  for (const entry of plan.allocations ?? []) {
    const candidates = left.get(entry.lot)
    // A plan for all assets lists the lots of each; the ones of others are not here.
    if (candidates === undefined && plan.asset === undefined) continue
    const unit = law.unitOf.get(entry.account) as number
    let need = entry.amount as bigint
    given[unit] = (given[unit] as bigint) + need
    while (need > 0n) {
      const lot = candidates?.shift()
      if (lot === undefined) {
        refusePlan(
          'allocation-basis-reused',
          plan,
          book,
          record,
          `lot ${entry.lot} has fewer unused units than the plan gives away, and basis that was used cannot be used again`,
        )
        return
      }
      if (lot.amount <= need) {
        target[unit]?.insert(relocated(lot, entry.account, plan.id))
        need -= lot.amount
      } else {
        const [part, rest] = splitLot(lot, need as Amount)
        target[unit]?.insert(relocated(part, entry.account, plan.id))
        candidates?.unshift(rest)
        need = 0n
      }
    }
  }
  const over = [...left.values()].some((list) => list.length > 0)
  const uneven = given.some((amount, unit) => amount !== (book.balances[unit] ?? 0n))
  if (over || uneven) {
    refusePlan(
      'allocation-not-equal',
      plan,
      book,
      record,
      'its amounts differ from the unused lots, or from the units in each account on the day of the change',
    )
  }
}

function refusePlan(
  code: 'allocation-basis-reused' | 'allocation-not-equal',
  plan: LedgerEvent,
  book: AssetLots,
  record: Recorder,
  why: string,
): void {
  const authority = record.law.pack.changeover?.authority ?? 'the changeover'
  record.refuse(
    code,
    `The allocation ${plan.id} cannot be followed for ${book.asset}: ${why} (${authority}). Correct its amounts.`,
    'allocation-of-unused-basis',
    plan.id,
  )
}

function allocateGlobally(
  plan: LedgerEvent,
  lots: readonly Lot[],
  target: readonly LotQueue[],
  book: AssetLots,
  law: Law,
): void {
  const order = plan.planOrder ?? 'earliest'
  const sorted = [...lots].sort((a, b) => {
    if (order === 'latest') return byAge(b.origin, a.origin)
    if (order === 'highest-basis-then-earliest') return byUnitCost(b.origin, a.origin) || byAge(a.origin, b.origin)
    if (order === 'lowest-basis-then-earliest') return byUnitCost(a.origin, b.origin) || byAge(a.origin, b.origin)
    return byAge(a.origin, b.origin)
  })
  const first = (plan.accounts ?? []).map((account) => law.unitOf.get(account) as number)
  const units = [...new Set([...first, ...law.units.keys()])]
  let next = 0
  for (const unit of units) {
    let need = (book.balances[unit] ?? ZERO_AMOUNT) as bigint
    while (need > 0n && next < sorted.length) {
      const lot = sorted[next] as Lot
      const fits = lot.amount <= need
      const [part, rest] = fits ? [lot, null] : splitLot(lot, need as Amount)
      target[unit]?.insert(relocated(part, law.units[unit] as AccountId, plan.id))
      if (rest === null) next++
      else sorted[next] = rest
      need -= part.amount
    }
  }
  for (const lot of sorted.slice(next)) target[law.units.indexOf(lot.origin.account)]?.insert(lot)
}

function relocated(lot: Lot, account: AccountId, via: EventId | null): Lot {
  if (lot.origin.account === account) return lot
  const origin: LotOrigin = { ...lot.origin, account, parent: lot.origin, via }
  return { origin, amount: lot.amount, cost: lot.cost }
}
