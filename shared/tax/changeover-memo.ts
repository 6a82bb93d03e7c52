import type { Amount, Money } from '../amount/amount.ts'
import { formatAmount, formatMoneyFull } from '../amount/decimal.ts'
import type { JsonValue } from '../events/canonical-json.ts'
import { canonicalJson } from '../events/canonical-json.ts'
import { dateOfDay } from '../events/civil-date.ts'
import { inEngineOrder } from '../events/engine-order.ts'
import type { AccountId, AssetId, CivilDate, EventId, Instant } from '../events/identifiers.ts'
import type { AssetChangeover } from './changeover.ts'
import { completion } from './changeover-plan.ts'
import type { TaxInput } from './compute.ts'
import { computePartition } from './compute-partition.ts'
import type { Law } from './law.ts'
import { RULING_KINDS, settleLaw } from './law.ts'
import type { Lot } from './lot-queue.ts'
import { byAge } from './methods/lot-method.ts'
import { checkEvents, partitionEvents } from './partition.ts'
import type { Refusal } from './result.ts'

/** How the unused basis of one asset was divided, line by line. */
export interface MemoAsset {
  readonly asset: AssetId
  readonly plan: {
    readonly event: EventId | null
    readonly kind: 'residue' | 'specific' | 'global'
    /** The rule of a global plan. */
    readonly order: string | null
    readonly written: Instant | null
    readonly completed: Instant | null
    /** The day by which, or before whose first disposal, a plan had to be complete. */
    readonly deadline: CivilDate
    readonly deadlineWhy: 'first-disposition' | 'return-due'
    readonly firstUse: { readonly event: EventId; readonly date: CivilDate } | null
    /** It is complete, or its time is over: nothing can be changed. */
    readonly locked: boolean
  }
  readonly wallets: readonly { readonly account: AccountId; readonly units: Amount; readonly basis: Money }[]
  readonly unused: readonly {
    readonly lot: EventId
    readonly acquired: CivilDate | null
    readonly amount: Amount
    readonly cost: Money
    readonly account: AccountId
  }[]
  readonly lines: readonly {
    readonly account: AccountId
    readonly lot: EventId
    readonly acquired: CivilDate | null
    readonly amount: Amount
    readonly cost: Money
    /** Where the lot was before; null where it stays. */
    readonly from: AccountId | null
  }[]
  readonly totals: { readonly units: Amount; readonly basis: Money; readonly withoutBasis: Amount }
}

/** The record of a changeover: what a taxpayer keeps, and prints, for each asset. */
export interface ChangeoverMemo {
  readonly at: CivilDate
  readonly zone: string
  readonly authority: string
  readonly method: MemoAsset['plan']['kind'] | 'mixed'
  readonly assets: readonly MemoAsset[]
  /** What the hash is of: everything above in canonical JSON. */
  readonly text: string
  readonly hash: string
}

export type MemoOutcome =
  | { readonly ok: true; readonly memo: ChangeoverMemo | null }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/**
 * The memo of the change to basis by account: wallets, units, unused lots, and the plan's allocation line by line. Null
 * where the law knows no changeover or nothing was held then. Refuses a plan that the rule does not allow.
 * Authority: Rev. Proc. 2024-28; Reg. 1.1012-1(j).
 */
export function changeoverMemo(input: TaxInput, sha256: (text: string) => string): MemoOutcome {
  const read = readChangeover(input)
  if (!read.ok) return read
  const { law, changeovers } = read
  const assets = changeovers
    .map((changeover) => memoAsset(changeover, law))
    .filter(({ totals, unused }) => totals.units !== 0n || unused.length > 0)
    .sort((a, b) => (a.asset < b.asset ? -1 : 1))
  if (assets.length === 0) return { ok: true, memo: null }
  const kinds = new Set(assets.map(({ plan }) => plan.kind))
  const memo = {
    at: dateOfDay(law.changeover),
    zone: law.profile.zone,
    authority: law.pack.changeover?.authority ?? '',
    method: kinds.size === 1 ? ([...kinds][0] as MemoAsset['plan']['kind']) : ('mixed' as const),
    assets,
  }
  const text = canonicalJson(asJson(memo))
  return { ok: true, memo: { ...memo, text, hash: `sha256:${sha256(text)}` } }
}

function readChangeover(
  input: TaxInput,
):
  | { readonly ok: true; readonly law: Law; readonly changeovers: readonly AssetChangeover[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] } {
  const settled = settleLaw({ ...input, ruling: input.events.filter((event) => RULING_KINDS.has(event.kind)) })
  if (!settled.ok) return settled
  const { law } = settled
  const invalid = checkEvents(input.events, law)
  if (invalid.length > 0) return { ok: false, refusals: invalid }
  const changeovers = new Map<AssetId, AssetChangeover>()
  if (law.pack.changeover === undefined || law.firstScope !== 'universal') return { ok: true, law, changeovers: [] }
  const options = { until: law.changeover, lastYear: law.yearOf(law.changeover), changeovers }
  const refusals: Refusal[] = []
  for (const partition of partitionEvents(inEngineOrder(input.events), law)) {
    refusals.push(...(computePartition(partition, law, options)?.refusals ?? []))
  }
  const ofPlans = refusals.filter(({ code }) => code.startsWith('allocation-'))
  return ofPlans.length > 0
    ? { ok: false, refusals: ofPlans }
    : { ok: true, law, changeovers: [...changeovers.values()] }
}

const acquiredOn = (lot: Lot): CivilDate | null => (lot.origin.note?.missing ? null : dateOfDay(lot.origin.day))

function memoAsset({ asset, plan, deadline, unused, units, allocated }: AssetChangeover, law: Law): MemoAsset {
  const { firstUse } = deadline
  const lines = allocated.flatMap((lots, unit) =>
    [...lots]
      .sort((a, b) => byAge(a.origin, b.origin))
      .map((lot) => {
        const account = law.units[unit] as AccountId
        const before = lot.origin.parent !== null && lot.origin.parent.account !== account
        return {
          account,
          lot: lot.origin.event,
          acquired: acquiredOn(lot),
          amount: lot.amount,
          cost: lot.cost,
          from: before && movedByChangeover(lot, plan?.id ?? null) ? (lot.origin.parent?.account ?? null) : null,
        }
      }),
  )
  const basisIn = (unit: number): bigint => sum((allocated[unit] ?? []).map(({ cost }) => cost))
  const held = sum(units.map((amount) => amount ?? 0n))
  const withBasis = sum(lines.map(({ amount }) => amount))
  return {
    asset,
    plan: {
      event: plan?.id ?? null,
      kind: plan?.plan ?? 'residue',
      order: plan?.plan === 'global' ? (plan.planOrder ?? 'earliest') : null,
      written: plan?.time ?? null,
      completed: plan === null ? null : completion(plan),
      deadline: dateOfDay(deadline.day),
      deadlineWhy: deadline.why,
      firstUse: firstUse === null ? null : { event: firstUse.id, date: dateOfDay(law.clock.dayAt(firstUse.time)) },
      locked: plan !== null || deadline.why === 'first-disposition',
    },
    wallets: law.units
      .map((account, unit) => ({
        account,
        units: (units[unit] ?? 0n) as Amount,
        basis: basisIn(unit) as Money,
      }))
      .filter(({ units: there, basis }) => there !== 0n || basis !== 0n),
    unused: [...unused]
      .sort((a, b) => byAge(a.origin, b.origin))
      .map((lot) => ({
        lot: lot.origin.event,
        acquired: acquiredOn(lot),
        amount: lot.amount,
        cost: lot.cost,
        account: lot.origin.account,
      })),
    lines,
    totals: {
      units: held as Amount,
      basis: sum(lines.map(({ cost }) => cost)) as Money,
      withoutBasis: (held > withBasis ? held - withBasis : 0n) as Amount,
    },
  }
}

/** A lot that the changeover itself put into another account names the plan, or none at all. */
const movedByChangeover = (lot: Lot, plan: EventId | null): boolean => lot.origin.via === plan

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)

/** The memo's figures as canonical decimals, so that equal memos have equal hashes. */
function asJson(memo: Omit<ChangeoverMemo, 'text' | 'hash'>): JsonValue {
  const line = ({ amount, cost, ...rest }: { readonly amount: Amount; readonly cost: Money }): JsonValue => ({
    ...(rest as { readonly [name: string]: JsonValue }),
    amount: formatAmount(amount),
    cost: formatMoneyFull(cost),
  })
  return {
    at: memo.at,
    zone: memo.zone,
    authority: memo.authority,
    method: memo.method,
    assets: memo.assets.map(({ asset, plan, wallets, unused, lines, totals }) => ({
      asset,
      plan,
      wallets: wallets.map(({ account, units, basis }) => ({
        account,
        units: formatAmount(units),
        basis: formatMoneyFull(basis),
      })),
      unused: unused.map(line),
      lines: lines.map(line),
      totals: {
        units: formatAmount(totals.units),
        basis: formatMoneyFull(totals.basis),
        withoutBasis: formatAmount(totals.withoutBasis),
      },
    })),
  }
}
