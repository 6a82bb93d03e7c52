import { dateOfDay, dayOfDate } from '../events/civil-date.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AssetId, CivilDate, Instant } from '../events/identifiers.ts'
import type { Law } from './law.ts'
import type { Recorder } from './recorder.ts'
import type { Refusal } from './result.ts'

/** Until when a plan had to be complete, and what set that time. */
export interface PlanDeadline {
  readonly day: number
  readonly why: 'first-disposition' | 'return-due'
  /** The first sale, other disposition or transfer of the asset from the changeover on. */
  readonly firstUse: LedgerEvent | null
}

/** The plan on record for an asset: its own, else the one for all; the latest that an earlier complete one let stand. */
export function planFor(asset: AssetId, law: Law): LedgerEvent | undefined {
  return plansFor(asset, law)[0]
}

/** The plans on record for an asset, the one in force first. */
function plansFor(asset: AssetId, law: Law): readonly LedgerEvent[] {
  const own = law.allocations.filter((event) => event.asset === asset)
  const plans = (own.length > 0 ? own : law.allocations.filter((event) => event.asset === undefined))
    .filter((event) => event.plan !== undefined)
    .sort((a, b) => a.time - b.time)
  const final = plans.findIndex((plan, i) => i === plans.length - 1 || completion(plan) <= (plans[i + 1]?.time ?? 0))
  return final === -1 ? [] : [plans[final] as LedgerEvent, ...plans.filter((_, i) => i !== final)]
}

/** When a plan was carried out: said so, else with its writing. */
export const completion = (plan: LedgerEvent): Instant => plan.completed ?? plan.time

/** When a plan for the asset has to be complete: lot by lot before the earlier of two days, by a rule before the later. */
export function deadlineOf(
  kind: 'specific' | 'global',
  asset: AssetId,
  law: Law,
  events: readonly LedgerEvent[],
): PlanDeadline {
  const due = dayOfDate(law.pack.changeover?.due ?? ('9999-12-31' as CivilDate))
  const firstUse = firstUseOf(asset, law, events)
  const used = firstUse === null ? null : law.clock.dayAt(firstUse.time)
  const byUse = used !== null && (kind === 'specific' ? used <= due : used > due)
  return { day: byUse ? used : due, why: byUse ? 'first-disposition' : 'return-due', firstUse }
}

/** The first event from the changeover on in which units of the asset leave an account. */
function firstUseOf(asset: AssetId, law: Law, events: readonly LedgerEvent[]): LedgerEvent | null {
  const uses = (event: LedgerEvent): boolean =>
    event.kind !== 'deemed_disposal' &&
    event.legs.some((leg) => leg.asset === asset && (leg.role === 'out' || leg.role === 'fee') && leg.amount > 0n)
  return events.find((event) => law.clock.dayAt(event.time) >= law.changeover && uses(event)) ?? null
}

/**
 * Refuses a plan that the rule does not allow for its time: a rule written down too late, a plan completed too late, or
 * a second one after the first was complete.
 * Authority: Rev. Proc. 2024-28 secs. 5.02 and 5.03.
 */
export function checkPlanTime(
  plan: LedgerEvent,
  asset: AssetId,
  law: Law,
  events: readonly LedgerEvent[],
  record: Recorder,
): void {
  const rules = law.pack.changeover
  if (rules === undefined || plan.plan === undefined) return
  const refuse = (code: Refusal['code'], text: string, rule: string, event: LedgerEvent): void =>
    record.refuse(code, text, rule, event.id)
  for (const other of plansFor(asset, law).slice(1)) {
    if (other.time < completion(plan)) continue
    refuse(
      'allocation-irrevocable',
      `The allocation ${other.id} of ${asset} comes after ${plan.id} was complete on ${dateAt(law, completion(plan))}. An allocation cannot be changed (${rules.authority}). Take ${other.id} back.`,
      'irrevocable',
      other,
    )
  }
  const written = law.clock.dayAt(plan.time)
  if (plan.plan === 'global' && written >= dayOfDate(rules.writtenBefore)) {
    refuse(
      'allocation-written-late',
      `The rule of the global allocation ${plan.id} was written on ${dateOfDay(written)}; it had to be in the books before ${rules.writtenBefore} (${rules.authority}). Use the date on which it was written, or allocate lot by lot.`,
      'global-allocation-written-before',
      plan,
    )
  }
  const deadline = deadlineOf(plan.plan, asset, law, events)
  const done = completion(plan)
  const { firstUse } = deadline
  const late =
    deadline.why === 'first-disposition' && firstUse !== null
      ? done >= firstUse.time
      : law.clock.dayAt(done) > deadline.day
  if (late) {
    refuse(
      'allocation-late',
      `The allocation ${plan.id} of ${asset} was complete on ${dateAt(law, done)}; it had to be complete ${
        deadline.why === 'first-disposition'
          ? `before ${firstUse?.id} on ${dateOfDay(deadline.day)}, the first disposal or transfer of ${asset} from ${rules.from}`
          : `by ${dateOfDay(deadline.day)}, when the return is due`
      } (${rules.authority}). Take it back: without a plan each account keeps what is there.`,
      plan.plan === 'specific' ? 'specific-unit-allocation-deadline' : 'global-allocation-deadline',
      plan,
    )
  }
}

const dateAt = (law: Law, time: Instant): CivilDate => dateOfDay(law.clock.dayAt(time))

/** While a rule for all lots is not carried out, no lot can be named one by one. */
export function awaitsGlobalPlan(asset: AssetId, time: Instant, day: number, law: Law): boolean {
  if (law.allocations.length === 0 || day < law.changeover) return false
  const plan = planFor(asset, law)
  return plan?.plan === 'global' && completion(plan) > time
}
