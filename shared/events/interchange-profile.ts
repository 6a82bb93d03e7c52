import { isZoneName } from './civil-time.ts'
import type { CurrencyCode, ZoneName } from './identifiers.ts'
import type { JsonObject, Reading } from './interchange-problems.ts'
import { inWords, isObject, present } from './interchange-problems.ts'
import type { CarryIn, FeeRules, Method, MethodFrom, PersonYear, PositionChoice, Profile } from './interchange-types.ts'
import {
  BUY_FEE_RULES,
  COIN_FEE_RULES,
  METHODS,
  SCOPES,
  SELL_FEE_RULES,
  SWAP_FEE_RULES,
  TRANSFER_FEE_RULES,
} from './interchange-types.ts'

const PROFILE = new Set([
  'jurisdiction',
  'currency',
  'zone',
  'method',
  'scope',
  'fees',
  'feeOnTransfer',
  'positions',
  'person',
  'carryIn',
  'rounding',
])
const FEES = new Set(['buy', 'sell', 'swap', 'coin', 'transfer'])
const METHOD = new Set(['from', 'method', 'asset', 'account'])
const POSITION = new Set(['choice', 'scope', 'from', 'to', 'reason'])
const POSITION_SCOPE = new Set(['asset', 'protocol', 'account'])
const PERSON = new Set(['filingStatus', 'band', 'partner', 'otherGains', 'otherIncome'])
const OTHER_GAINS = new Set(['short', 'long'])
const CARRY_SUMS = ['lossShort', 'lossLong', 'losses', 'costs', 'frAcquisition', 'frConsumed', 'frSoultes'] as const
const CARRY_IN = new Set<string>(['year', ...CARRY_SUMS])

export const isJurisdiction = (text: string): boolean => text === 'none' || /^[a-z]{2}$/.test(text)
export const isCurrency = (text: string): text is CurrencyCode => /^[A-Z]{3}$/.test(text)

/** Reads a zone name; complains and gives UTC where it is unknown, so that reading can go on. */
export function readZone(reading: Reading, object: JsonObject, name: string): ZoneName {
  const zone = reading.required(object, name)
  if (isZoneName(zone)) return zone
  if (zone !== '') reading.fail(`names the time zone ${inWords(zone)}, which is unknown`, name)
  return 'UTC' as ZoneName
}

/** Reads `profile`. Accounts and assets must have been read before. */
export function readProfile(reading: Reading, value: unknown): Profile {
  reading.enter('profile')
  const object = reading.object(value) ?? {}
  reading.onlyMembers(object, PROFILE, 'a profile')
  const jurisdiction = reading.required(object, 'jurisdiction')
  if (jurisdiction !== '' && !isJurisdiction(jurisdiction)) {
    reading.fail(
      `is ${inWords(jurisdiction)}; it can be a two-letter country code in lower case, or none`,
      'jurisdiction',
    )
  }
  const currency = reading.required(object, 'currency')
  if (currency !== '' && !isCurrency(currency))
    reading.fail(`is ${inWords(currency)}; it must be a code like USD`, 'currency')
  const profile: Profile = present({
    jurisdiction,
    currency: currency as CurrencyCode,
    zone: readZone(reading, object, 'zone'),
    method: readMethod(reading, object),
    scope: reading.oneOf(object, 'scope', SCOPES) ?? 'pack',
    fees: readFees(reading, object),
    positions: readPositions(reading, object),
    person: readPerson(reading, object),
    carryIn: readCarryIn(reading, object),
    rounding: reading.oneOf(object, 'rounding', ['cents', 'whole']),
  })
  reading.leave()
  return profile
}

function readMethod(reading: Reading, object: JsonObject): Method | readonly MethodFrom[] | undefined {
  if (!Array.isArray(object.method)) return reading.oneOf(object, 'method', METHODS)
  const changes: MethodFrom[] = []
  reading.each(object, 'method', false, (item) => {
    const entry = reading.object(item)
    if (!entry) return
    reading.onlyMembers(entry, METHOD, 'a change of method')
    reading.demand(entry, 'from', 'method')
    const from = reading.date(entry, 'from')
    const method = reading.oneOf(entry, 'method', METHODS)
    const scoped = present({ asset: reading.asset(entry, 'asset'), account: reading.account(entry, 'account') })
    if (from && method) changes.push({ from, method, ...scoped })
  })
  return changes
}

function readFees(reading: Reading, object: JsonObject): FeeRules {
  const short = reading.oneOf(object, 'feeOnTransfer', TRANSFER_FEE_RULES)
  if (object.fees === undefined) return present({ transfer: short })
  const fees = reading.object(object.fees, 'fees')
  if (!fees) return {}
  reading.enter('fees')
  reading.onlyMembers(fees, FEES, 'the fee rules')
  const rules: FeeRules = present({
    buy: reading.oneOf(fees, 'buy', BUY_FEE_RULES),
    sell: reading.oneOf(fees, 'sell', SELL_FEE_RULES),
    swap: reading.oneOf(fees, 'swap', SWAP_FEE_RULES),
    coin: reading.oneOf(fees, 'coin', COIN_FEE_RULES),
    transfer: reading.oneOf(fees, 'transfer', TRANSFER_FEE_RULES) ?? short,
  })
  reading.leave()
  return rules
}

function readPositions(reading: Reading, object: JsonObject): Record<string, readonly PositionChoice[]> {
  const positions: Record<string, readonly PositionChoice[]> = {}
  const given = object.positions === undefined ? {} : reading.object(object.positions, 'positions')
  if (!given) return positions
  reading.enter('positions')
  for (const id in given) {
    if (!/^(P[1-9]\d?|[a-z]{2}\.[a-z_]+)$/.test(id)) {
      reading.fail('is not a question of the register (P1, P2, … or one of a country, such as fr.staking)', id)
    } else if (typeof given[id] === 'string') positions[id] = [{ choice: given[id] }]
    else positions[id] = readChoices(reading, given, id)
  }
  reading.leave()
  return positions
}

function readChoices(reading: Reading, given: JsonObject, id: string): readonly PositionChoice[] {
  const choices: PositionChoice[] = []
  reading.each(given, id, true, (item) => {
    const entry = reading.object(item)
    if (!entry) return
    reading.onlyMembers(entry, POSITION, 'a position')
    const choice = reading.required(entry, 'choice')
    const scope = entry.scope === undefined ? undefined : reading.object(entry.scope, 'scope')
    if (scope) {
      reading.enter('scope')
      reading.onlyMembers(scope, POSITION_SCOPE, "a position's scope")
    }
    const readScope =
      scope &&
      present({
        asset: reading.asset(scope, 'asset'),
        protocol: reading.text(scope, 'protocol'),
        account: reading.account(scope, 'account'),
      })
    if (scope) reading.leave()
    choices.push({
      choice,
      ...present({
        scope: readScope,
        from: reading.date(entry, 'from'),
        to: reading.date(entry, 'to'),
        reason: reading.text(entry, 'reason'),
      }),
    })
  })
  return choices
}

function readPerson(reading: Reading, object: JsonObject): Record<string, PersonYear> {
  const person: Record<string, PersonYear> = {}
  const given = object.person === undefined ? {} : reading.object(object.person, 'person')
  if (!given) return person
  reading.enter('person')
  for (const year in given) {
    if (!/^\d{4}$/.test(year)) {
      reading.fail('must be a tax year like 2025', year)
      continue
    }
    const entry = reading.object(given[year], year)
    if (!entry) continue
    reading.enter(year)
    reading.onlyMembers(entry, PERSON, "a person's year")
    person[year] = present({
      filingStatus: reading.text(entry, 'filingStatus'),
      band: reading.text(entry, 'band'),
      partner: reading.flag(entry, 'partner'),
      otherGains: readOtherGains(reading, entry),
      otherIncome: reading.money(entry, 'otherIncome'),
    })
    reading.leave()
  }
  reading.leave()
  return person
}

function readOtherGains(reading: Reading, entry: JsonObject): PersonYear['otherGains'] {
  if (entry.otherGains === undefined) return undefined
  const gains = reading.object(entry.otherGains, 'otherGains')
  if (!gains) return undefined
  reading.enter('otherGains')
  reading.onlyMembers(gains, OTHER_GAINS, 'other gains')
  const read = present({ short: reading.money(gains, 'short'), long: reading.money(gains, 'long') })
  reading.leave()
  return read
}

function readCarryIn(reading: Reading, object: JsonObject): CarryIn | undefined {
  const given = object.carryIn
  if (given === undefined) return undefined
  if (!isObject(given)) {
    reading.fail(`must be an object, not ${inWords(given)}`, 'carryIn')
    return undefined
  }
  reading.enter('carryIn')
  reading.onlyMembers(given, CARRY_IN, 'what is carried in')
  const year = readYear(reading, given, 'year')
  const sums: { [K in (typeof CARRY_SUMS)[number]]?: ReturnType<Reading['money']> } = {}
  for (const name of CARRY_SUMS) sums[name] = reading.money(given, name)
  reading.leave()
  return { year, ...present(sums) } as CarryIn
}

function readYear(reading: Reading, object: JsonObject, name: string): number {
  const value = object[name]
  if (typeof value === 'number' && Number.isInteger(value) && value >= 2008 && value <= 2200) return value
  if (typeof value === 'string' && /^\d{4}$/.test(value)) return Number.parseInt(value, 10)
  reading.fail(value === undefined ? 'is missing' : `must be a year, not ${inWords(value)}`, name)
  return 0
}
