/** Choosing: checks a change of choices against the law and puts it on record as one act. All of it, or nothing. */

import type { ProfileSettings } from '../../shared/contract/session.ts'
import type {
  CarryIn,
  MethodFrom,
  PersonYear,
  PositionAnswer,
  PositionScope,
} from '../../shared/contract/tax-choices.ts'
import type { Account, Asset } from '../../shared/events/account.ts'
import type { Profile } from '../../shared/events/interchange-types.ts'
import { settleLaw } from '../../shared/tax/law.ts'
import type { RulePack } from '../../shared/tax/pack.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import { type PackPosition, packPositions } from '../../shared/tax/positions/pack-positions.ts'
import { registerEntry } from '../../shared/tax/positions/register.ts'
import { readAccounts, readAssets } from '../ledger/accounts.ts'
import { listFilings } from '../ledger/filings.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { putSettings } from '../ledger/settings.ts'
import {
  type ChoiceChange,
  type Choices,
  type ChosenPosition,
  choiceSettings,
  profileUnder,
  type RecordedAllocation,
  readChoices,
  withChange,
} from './choices.ts'
import { methodName, yearLabel } from './countries.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { readProfileSettings } from './profile.ts'
import { plainAccount } from './resident.ts'
import { methodTitle } from './tax-views.ts'
import { reasonsOf } from './what-if.ts'

/** An act of choosing, for the audit trail and the undo list. */
interface ChoiceAct {
  readonly summary: string
  readonly why?: string | undefined
  /** A rule of law makes the act stand for good; `why` names it. */
  readonly final?: boolean
}

/** Puts a change on record. Throws REFUSED, with the rule's name, where the law or the books refuse it. */
export function choose(
  engine: Engine,
  change: ChoiceChange,
  { summary, why, final = false }: ChoiceAct,
): { act: string; revision: number } {
  const { ledger } = engine.opened()
  const settings = readProfileSettings(ledger)
  const problem = choiceProblem(ledger, settings, withChange(readChoices(ledger), change))
  if (problem !== null) throw failure('REFUSED', problem)
  const reason = why === undefined || why.trim() === '' ? {} : { why: why.trim() }
  const done = engine.committed(
    putSettings(ledger, choiceSettings(change), {
      ...person(),
      summary,
      ...reason,
      ...(final ? { undoable: false } : {}),
    }),
  )
  return { act: String(done.act), revision: done.revision }
}

/** Why choices cannot stand beside a profile, with the rule's name; null where they can. */
export function choiceProblem(
  ledger: ReadableLedger,
  settings: ProfileSettings,
  choices: Choices,
  coming: { readonly accounts: readonly Account[]; readonly assets: readonly Asset[] } = { accounts: [], assets: [] },
): string | null {
  const accounts = joined(readAccounts(ledger).map(plainAccount), coming.accounts)
  const assets = joined(readAssets(ledger), coming.assets)
  const read = profileUnder(settings, choices, accounts, assets, true)
  if (!read.ok) return `${read.problems.slice(0, 3).join('; ')} (invalid-choice). Nothing was changed.`
  const settled = settleLaw({ profile: read.profile, accounts, assets, prices: [], ruling: [] })
  return settled.ok ? null : `${reasonsOf(settled.refusals)} Nothing was changed.`
}

const joined = <T extends { readonly id: string }>(known: readonly T[], coming: readonly T[]): T[] => [
  ...known,
  ...coming.filter(({ id }) => !known.some((one) => one.id === id)),
]

/** The choices of the old country that a new one does not have: taken back in the act that changes the country. */
export function choicesWithout(ledger: ReadableLedger, settings: ProfileSettings): ChoiceChange {
  const choices = readChoices(ledger)
  const pack = packOf(settings.jurisdiction)
  if (pack === null) return {}
  const asked = new Map(packPositions(pack).map((position) => [position.id, position]))
  const positions: Record<string, readonly ChosenPosition[]> = {}
  for (const [id, list] of Object.entries(choices.positions)) {
    const kept = list.filter(({ choice }) => asked.get(id)?.choices.some((one) => one.id === choice) === true)
    if (kept.length < list.length) positions[id] = kept
  }
  const foreign = choices.methods.some(({ method }) => !(pack.methods.menu as readonly string[]).includes(method))
  const ownFees = Object.keys(choices.fees).length > 0
  return { positions, ...(foreign ? { methods: null } : {}), ...(ownFees ? { fees: null } : {}) }
}

const PLAN = 'P15'

/** Answers questions of the register, each for a scope and a span of days; earlier answers for the same are replaced. */
export function setPositions(engine: Engine, answers: readonly PositionAnswer[]) {
  const { ledger } = engine.opened()
  const lists: Record<string, readonly ChosenPosition[]> = { ...readChoices(ledger).positions }
  const labels: string[] = []
  for (const answer of answers) {
    labels.push(`${answer.id} with “${labelOf(ledger, answer)}”`)
    const others = (lists[answer.id] ?? []).filter((one) => !isSame(one, answer))
    lists[answer.id] = [...others, chosenBy(answer)]
  }
  const positions = Object.fromEntries(answers.map(({ id }) => [id, lists[id] ?? []]))
  const why = [...new Set(answers.map(({ reason }) => reason.trim()))].join('; ')
  return choose(engine, { positions }, { summary: `answer position ${labels.join(', ')}`, why })
}

const chosenBy = ({ choice, scope, from, to, reason }: PositionAnswer): ChosenPosition => ({
  choice,
  ...(Object.keys(scope).length === 0 ? {} : { scope }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
})

/** What an answer says in words. Throws REFUSED where the question does not have it, or not for that scope or span. */
function labelOf(ledger: ReadableLedger, { id, choice, scope, from, to }: PositionAnswer): string {
  const position = askedPosition(ledger, id)
  const known = position.choices.find((one) => one.id === choice)
  if (known === undefined)
    throw failure(
      'REFUSED',
      `Position ${id} has no choice “${choice}” (position-not-allowed). Choices: ${position.choices.map((one) => one.id).join(', ')}. Nothing was changed.`,
    )
  for (const part of ['asset', 'protocol', 'account'] as const) {
    if (scope[part] !== undefined && !position.scope.includes(part))
      throw failure('REFUSED', `Position ${id} cannot be limited to one ${part} (position-scope). Nothing was changed.`)
  }
  if (from !== undefined && to !== undefined && from > to)
    throw failure('REFUSED', `The span ends (${to}) before it begins (${from}) (position-dates). Nothing was changed.`)
  return known.label
}

export interface ClearPosition {
  readonly id: string
  readonly scope?: PositionScope | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly reason?: string | undefined
}

/** Takes an answer back, so that the wider one or the country's own holds again. */
export function clearPosition(engine: Engine, { id, scope, from, to, reason }: ClearPosition) {
  const { ledger } = engine.opened()
  askedPosition(ledger, id)
  const before = readChoices(ledger).positions[id] ?? []
  const all = scope === undefined && from === undefined && to === undefined
  const left = all ? [] : before.filter((one) => !isSame(one, { scope: scope ?? {}, from, to }))
  if (left.length === before.length) throw failure('NOT_FOUND', `Nothing was chosen on position ${id} for that.`)
  return choose(
    engine,
    { positions: { [id]: left } },
    { summary: `take back the answer to position ${id}`, why: reason },
  )
}

const isSame = (
  one: ChosenPosition,
  other: { scope: PositionScope; from?: string | undefined; to?: string | undefined },
): boolean =>
  one.from === other.from &&
  one.to === other.to &&
  one.scope?.asset === other.scope.asset &&
  one.scope?.protocol === other.scope.protocol &&
  one.scope?.account === other.scope.account

function askedPosition(ledger: ReadableLedger, id: string): PackPosition {
  const pack = packOf(readProfileSettings(ledger).jurisdiction)
  const position = pack === null ? undefined : packPositions(pack).find((one) => one.id === id)
  if (position === undefined)
    throw registerEntry(id) === null
      ? failure('NOT_FOUND', `There is no position ${id} in the register.`)
      : failure('REFUSED', `${pack?.name ?? 'This country'} does not ask about position ${id} (position-not-asked).`)
  if (id === PLAN)
    throw failure(
      'REFUSED',
      'Position P15 is answered by a plan for the changeover, which has its own record and deadlines (position-not-asked).',
    )
  return position
}

/** What is known of the person, what was carried in, and the methods by their days. */
export function facts(ledger: ReadableLedger) {
  const settings = readProfileSettings(ledger)
  const choices = readChoices(ledger)
  const pack = packOf(settings.jurisdiction)
  const filedYears = [...new Set(listFilings(ledger).map(({ taxYear }) => taxYear))].sort((a, b) => b - a)
  const years = new Set([...Object.keys(choices.person).map(Number), ...filedYears, settings.taxYear])
  return {
    revision: ledger.revision(),
    jurisdiction: settings.jurisdiction,
    currency: settings.currency,
    person: [...years]
      .sort((a, b) => b - a)
      .map((year) => {
        const values = choices.person[String(year)] ?? {}
        return { year, label: yearLabel(pack, year), values, missing: missingFacts(pack, values) }
      }),
    carryIn: choices.carryIn,
    methods: choices.methods.map((one) => ({ ...one, name: methodTitle(one.method) })),
    fees: { ...choices.fees },
    filedYears,
  }
}

const missingFacts = (pack: RulePack | null, values: PersonYear): string[] =>
  (pack?.facts ?? []).flatMap(({ id }) => (isKnown(values, id) ? [] : [id]))

function isKnown(values: PersonYear, id: string): boolean {
  if (id === 'otherGains.short') return values.otherGains?.short !== undefined
  if (id === 'otherGains.long') return values.otherGains?.long !== undefined
  return values[id as Exclude<keyof PersonYear, 'otherGains'>] !== undefined
}

export interface SetFacts extends ChoiceChange {
  readonly reason?: string | undefined
}

/** Sets facts of the person, sums carried in, or methods by their days. */
export function setFacts(engine: Engine, { person: years, carryIn, methods, fees, reason }: SetFacts) {
  const { ledger } = engine.opened()
  const wrong = factsProblem(ledger, readProfileSettings(ledger), { person: years, carryIn, methods })
  if (wrong !== null) throw failure('REFUSED', `${wrong} Nothing was changed.`)
  const parts = [
    ...Object.keys(years ?? {}).map((year) => `the facts of ${year}`),
    ...(carryIn === undefined ? [] : ['what is carried in']),
    ...(methods === undefined ? [] : ['the methods by date']),
    ...(fees === undefined ? [] : ['the fee rules']),
  ]
  if (parts.length === 0) throw failure('REFUSED', 'There is nothing to set.')
  return choose(engine, { person: years, carryIn, methods, fees }, { summary: `set ${parts.join(', ')}`, why: reason })
}

/** Why facts, sums or methods cannot be, whatever the books hold; null where they can. */
export function factsProblem(
  ledger: ReadableLedger,
  { jurisdiction }: ProfileSettings,
  { person: years, carryIn, methods }: ChoiceChange,
): string | null {
  const pack = packOf(jurisdiction)
  for (const [year, values] of Object.entries(years ?? {})) {
    const wrong = values === null ? null : factProblem(pack, year, values)
    if (wrong !== null) return wrong
  }
  const below = carryIn === undefined || carryIn === null ? null : carryInProblem(carryIn)
  if (below !== null) return below
  return methods === undefined || methods === null ? null : methodProblem(ledger, pack, methods)
}

function factProblem(pack: RulePack | null, year: string, values: PersonYear): string | null {
  for (const id of ['filingStatus', 'band'] as const) {
    const value = values[id]
    const choices = pack?.facts?.find((fact) => fact.id === id)?.choices
    if (value !== undefined && choices !== undefined && !choices.some((choice) => choice.id === value))
      return `${pack?.name ?? ''} has no ${id} “${value}” for ${year} (person-fact). There are ${choices.map((choice) => choice.id).join(', ')}.`
  }
  if (values.otherIncome?.startsWith('-') === true)
    return `The other income of ${year} is below nothing (person-fact); give a loss as other gains.`
  return null
}

/** Sums are given as they stand on the last return: a loss of 500 as 500. */
function carryInProblem(carryIn: CarryIn): string | null {
  const [sum] = Object.entries(carryIn).find(([, value]) => typeof value === 'string' && value.startsWith('-')) ?? []
  return sum === undefined
    ? null
    : `What is carried into ${carryIn.year} is below nothing (carry-in: ${sum}); a loss is given as a positive sum.`
}

const isForSame = (one: MethodFrom, other: MethodFrom): boolean =>
  one.from === other.from && one.asset === other.asset && one.account === other.account

function methodProblem(
  ledger: ReadableLedger,
  pack: RulePack | null,
  methods: NonNullable<ChoiceChange['methods']>,
): string | null {
  const twice = methods.find((one, at) => methods.some((other, place) => place < at && isForSame(one, other)))
  if (twice !== undefined)
    return `Two methods begin on ${twice.from} for the same (method-dates): “${methodTitle(twice.method)}” is one of them. Keep one.`
  const filed = listFilings(ledger).map(({ taxYear }) => taxYear)
  if (pack === null || filed.length === 0) return null
  const before = readChoices(ledger).methods
  const last = Math.max(...filed)
  const { month, day } = pack.yearStart
  const open = `${last + 1}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const moved = methods.find(
    (one) => one.from < open && !before.some((old) => old.from === one.from && old.method === one.method),
  )
  if (moved === undefined) return null
  return `The year ${yearLabel(pack, last)} is filed, so “${methodName(moved.method as Parameters<typeof methodName>[0])?.name ?? moved.method}” cannot begin on ${moved.from} (filed-year); the first day for another method is ${open}.`
}

/** The profile of the tax engine as it is; for checks that need no computation. */
export function currentProfile(ledger: ReadableLedger): Profile {
  const read = profileUnder(
    readProfileSettings(ledger),
    readChoices(ledger),
    readAccounts(ledger).map(plainAccount),
    readAssets(ledger),
  )
  if (!read.ok) throw new Error(`the profile in the ledger cannot be read: ${read.problems[0]}`)
  return read.profile
}

/** Why a plan cannot be taken back. */
const IRREVOCABLE =
  'an allocation of unused basis is irrevocable once it is complete (allocation-irrevocable: Rev. Proc. 2024-28 sec. 5).'

/** Puts a plan on record that every rule has let pass; it stands for good. */
export function recordAllocation(engine: Engine, allocation: RecordedAllocation, reason: string) {
  const words = reason.trim() === '' ? '' : ` Reason given: ${reason.trim()}`
  return choose(
    engine,
    { allocation },
    { summary: 'record the allocation of unused basis', why: `${IRREVOCABLE}${words}`, final: true },
  )
}
