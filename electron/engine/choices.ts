/**
 * What the taxpayer chose besides the plain profile: facts by year, sums carried in, methods by day, fee rules, positions,
 * plans for the changeover.
 */

import { parseAmount } from '../../shared/amount/decimal.ts'
import type { ProfileSettings } from '../../shared/contract/session.ts'
import type { CarryIn, MethodFrom, PersonYear, PositionScope } from '../../shared/contract/tax-choices.ts'
import type { Account, Asset } from '../../shared/events/account.ts'
import type { JsonValue } from '../../shared/events/canonical-json.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import type { AccountId, AssetId, EventId, Instant } from '../../shared/events/identifiers.ts'
import { readInterchange } from '../../shared/events/interchange.ts'
import { INTERCHANGE_SCHEMA, type Profile } from '../../shared/events/interchange-types.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readSettings, type Setting } from '../ledger/settings.ts'

/** One recorded choice on a position, as the profile of an interchange document writes it. */
export interface ChosenPosition {
  readonly choice: string
  readonly scope?: PositionScope
  readonly from?: string
  readonly to?: string
  readonly reason?: string
}

/** A plan for the changeover, as it was recorded. Times are instants. */
export interface RecordedAllocation {
  readonly id: string
  readonly time: number
  readonly completed: number | null
  readonly plan: 'specific' | 'global'
  readonly asset?: string
  readonly order?: NonNullable<LedgerEvent['planOrder']>
  readonly accounts?: readonly string[]
  readonly allocations?: readonly { readonly account: string; readonly lot: string; readonly amount: string }[]
}

/** All choices in force, in the words of the interchange format. */
export interface Choices {
  readonly person: Readonly<Record<string, PersonYear>>
  readonly carryIn: CarryIn | null
  readonly methods: readonly MethodFrom[]
  /** Fee rules set over the country's own, one by one; they come in with a document of books. */
  readonly fees: Readonly<Record<string, string>>
  readonly positions: Readonly<Record<string, readonly ChosenPosition[]>>
  readonly allocations: readonly RecordedAllocation[]
}

const PERSON = 'profile.person.'
const CARRY_IN = 'profile.carryIn'
const METHODS = 'profile.methods'
const FEES = 'profile.fees'
const POSITION = 'profile.position.'
const ALLOCATION = 'profile.allocation.'

/** The choices in force. */
export function readChoices(ledger: ReadableLedger): Choices {
  const rest = <T>(prefix: string): [string, T][] =>
    readSettings(ledger, prefix)
      .filter(({ value }) => value !== null)
      .map(({ key, value }) => [key.slice(prefix.length), value as T])
  const [[, methods] = ['', []]] = rest<MethodFrom[]>(METHODS)
  const [[, carryIn] = ['', null]] = rest<CarryIn>(CARRY_IN)
  const [[, fees] = ['', {}]] = rest<Choices['fees']>(FEES)
  return {
    person: Object.fromEntries(rest<PersonYear>(PERSON)),
    carryIn,
    methods,
    fees,
    positions: Object.fromEntries(rest<ChosenPosition[]>(POSITION).filter(([, list]) => list.length > 0)),
    allocations: rest<RecordedAllocation>(ALLOCATION).map(([, plan]) => plan),
  }
}

/** By which act, when and by whom a choice was recorded. */
export interface ChosenAt {
  readonly act: number
  readonly at: number
  readonly who: string
}

/** The acts behind the choices on positions: by position, then by the choice as it is stored (`choiceKey`). */
export function readChosenAt(ledger: ReadableLedger): ReadonlyMap<string, ReadonlyMap<string, ChosenAt>> {
  const rows = ledger.rows<{ key: string; value: string; act: number; at: number; who: string }>(
    `SELECT s.key, s.value, a.id AS act, a.at, a.who FROM setting s JOIN act a ON a.id = s.act_id
     WHERE a.live = 1 AND substr(s.key, 1, ?) = ? ORDER BY s.id`,
    POSITION.length,
    POSITION,
  )
  const chosen = new Map<string, Map<string, ChosenAt>>()
  for (const { key, value, act, at, who } of rows) {
    const id = key.slice(POSITION.length)
    const before = chosen.get(id)
    const list = (JSON.parse(value) as ChosenPosition[] | null) ?? []
    chosen.set(id, new Map(list.map((one) => [choiceKey(one), before?.get(choiceKey(one)) ?? { act, at, who }])))
  }
  return chosen
}

/** Tells choices of one position apart. */
export const choiceKey = ({ choice, scope = {}, from, to, reason }: ChosenPosition): string =>
  JSON.stringify([choice, scope.asset, scope.protocol, scope.account, from, to, reason])

/** A change of choices as settings of the ledger; `null` takes back. */
export interface ChoiceChange {
  readonly person?: Readonly<Record<string, PersonYear | null>> | undefined
  readonly carryIn?: CarryIn | null | undefined
  readonly methods?: readonly MethodFrom[] | null | undefined
  readonly fees?: Choices['fees'] | null | undefined
  readonly positions?: Readonly<Record<string, readonly ChosenPosition[]>> | undefined
  readonly allocation?: RecordedAllocation | undefined
}

export function choiceSettings(change: ChoiceChange): Setting[] {
  const settings: Setting[] = []
  const put = (key: string, value: unknown): void => {
    settings.push({ key, value: plainJson(value) })
  }
  for (const [year, facts] of Object.entries(change.person ?? {})) put(`${PERSON}${year}`, facts)
  if (change.carryIn !== undefined) put(CARRY_IN, change.carryIn)
  if (change.methods !== undefined) put(METHODS, change.methods)
  if (change.fees !== undefined) put(FEES, change.fees)
  for (const [id, chosen] of Object.entries(change.positions ?? {})) put(`${POSITION}${id}`, chosen)
  if (change.allocation !== undefined) put(`${ALLOCATION}${change.allocation.id}`, change.allocation)
  return settings
}

/** The choices as they would be after a change. */
export function withChange(choices: Choices, change: ChoiceChange): Choices {
  const kept = <T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T | null>> = {}) =>
    Object.fromEntries(
      Object.entries({ ...before, ...after }).filter((entry): entry is [string, T] => entry[1] !== null),
    )
  return {
    person: kept(choices.person, change.person),
    carryIn: change.carryIn === undefined ? choices.carryIn : change.carryIn,
    methods: change.methods === undefined ? choices.methods : (change.methods ?? []),
    fees: change.fees === undefined ? choices.fees : (change.fees ?? {}),
    positions: kept(choices.positions, change.positions),
    allocations:
      change.allocation === undefined
        ? choices.allocations
        : [...choices.allocations.filter(({ id }) => id !== change.allocation?.id), change.allocation],
  }
}

const plainJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue

/** The profile as the tax engine takes it, or what in the choices cannot be read. */
export type ProfileRead =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly problems: readonly string[] }

/** A day before every other, for the method that held before the first change. */
export const FIRST_DAY = '1970-01-01'

/**
 * Joins the plain profile with the choices. What is scoped to an account or asset that is not in the books (any more) has
 * nothing to apply to and is left out, unless `strict`: then it is a problem.
 */
export function profileUnder(
  settings: ProfileSettings,
  choices: Choices,
  accounts: readonly Account[],
  assets: readonly Asset[],
  strict = false,
): ProfileRead {
  const positions = Object.entries(choices.positions)
  const scopes = [...choices.methods, ...positions.flatMap(([, list]) => list.map(({ scope = {} }) => scope))]
  const [namedAccounts, namedAssets] = [
    new Set(scopes.map(({ account }) => account)),
    new Set(scopes.map(({ asset }) => asset)),
  ]
  const known = new Set([...accounts.map(({ id }) => `account ${id}`), ...assets.map(({ id }) => `asset ${id}`)])
  const there = ({ asset, account }: { asset?: string | undefined; account?: string | undefined }): boolean =>
    strict ||
    ((asset === undefined || known.has(`asset ${asset}`)) && (account === undefined || known.has(`account ${account}`)))
  const methods = choices.methods.filter(there)
  const [first] = methods
  const method =
    first === undefined
      ? settings.method
      : first.from <= FIRST_DAY
        ? methods
        : [{ from: FIRST_DAY, method: settings.method }, ...methods]
  const document = {
    schema: INTERCHANGE_SCHEMA,
    profile: {
      jurisdiction: settings.jurisdiction,
      currency: settings.currency,
      zone: settings.zone,
      method,
      scope: settings.scope,
      fees: choices.fees,
      positions: Object.fromEntries(positions.map(([id, list]) => [id, list.filter(({ scope = {} }) => there(scope))])),
      person: choices.person,
      ...(choices.carryIn === null ? {} : { carryIn: choices.carryIn }),
      rounding: settings.rounding,
    },
    accounts: accounts.filter(({ id }) => namedAccounts.has(id)),
    assets: assets.filter(({ id }) => namedAssets.has(id)),
    events: [],
  }
  const read = readInterchange(structuredClone(document), 'profile')
  if (read.ok) return { ok: true, profile: read.document.profile }
  return { ok: false, problems: read.problems.map(({ path, message }) => `${path} ${message}`.trim()) }
}

/** The plans for the changeover as events, which set the rule for others and have no legs. */
export function allocationEvents(allocations: readonly RecordedAllocation[]): LedgerEvent[] {
  return allocations.map((plan) => ({
    id: plan.id as EventId,
    time: plan.time as Instant,
    precision: 'millisecond',
    kind: 'allocation',
    legs: [],
    plan: plan.plan,
    ...(plan.asset === undefined ? {} : { asset: plan.asset as AssetId }),
    ...(plan.order === undefined ? {} : { planOrder: plan.order }),
    ...(plan.accounts === undefined ? {} : { accounts: plan.accounts as readonly AccountId[] }),
    ...(plan.completed === null ? {} : { completed: plan.completed as Instant }),
    ...(plan.allocations === undefined
      ? {}
      : {
          allocations: plan.allocations.map(({ account, lot, amount }) => {
            const units = parseAmount(amount)
            if (typeof units !== 'bigint') throw new Error(`a recorded plan holds no amount: ${units.error}`)
            return { account: account as AccountId, lot: lot as EventId, amount: units }
          }),
        }),
  }))
}
