/**
 * What the readers of an interchange document share: where in the document they are, what they found wrong, and the
 * reading of single members. A reader goes on after a problem so that one run names them all (up to a bound).
 */
import type { Amount, Money } from '../amount/amount.ts'
import type { NumberError } from '../amount/decimal.ts'
import { parseAmount, parseMoney } from '../amount/decimal.ts'
import { parseCivilDate } from './civil-date.ts'
import { parseInstant } from './civil-time.ts'
import type { AccountId, AssetId, CivilDate, Instant } from './identifiers.ts'

export interface InterchangeProblem {
  /** `events[3].legs[0].amount`; empty for the document as a whole. */
  readonly path: string
  readonly message: string
}

export type JsonObject = Readonly<Record<string, unknown>>

const MOST_PROBLEMS = 50

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON value in a few words, for messages. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (isObject(value)) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

export class Reading {
  readonly problems: InterchangeProblem[] = []
  readonly accounts = new Map<string, AccountId>()
  readonly assets = new Map<string, AssetId>()
  private readonly place: (string | number)[] = []

  enter(step: string | number): void {
    this.place.push(step)
  }

  leave(): void {
    this.place.pop()
  }

  /** Have so many problems been found that no more are recorded? */
  isFull(): boolean {
    return this.problems.length >= MOST_PROBLEMS
  }

  /** Records a problem at a member of the present place (or at the place itself). */
  fail(message: string, ...member: (string | number)[]): void {
    if (this.problems.length >= MOST_PROBLEMS) return
    const steps = [...this.place, ...member]
    const path = steps.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
    this.problems.push({ path, message })
  }

  /** Names every member of `object` that is not in `known`. */
  onlyMembers(object: JsonObject, known: ReadonlySet<string>, of: string): void {
    for (const name in object) if (!known.has(name)) this.fail(`is not a member of ${of}`, name)
  }

  object(value: unknown, ...member: (string | number)[]): JsonObject | undefined {
    if (isObject(value)) return value
    this.fail(`must be an object, not ${inWords(value)}`, ...member)
    return undefined
  }

  /** Calls `read` for each item of a list, with the place set to it. */
  each(object: JsonObject, name: string, required: boolean, read: (item: unknown, index: number) => void): void {
    const list = object[name]
    if (list === undefined && !required) return
    if (!Array.isArray(list)) {
      this.fail(list === undefined ? 'is missing' : `must be a list, not ${inWords(list)}`, name)
      return
    }
    this.enter(name)
    for (let i = 0; i < list.length; i++) {
      this.enter(i)
      read(list[i], i)
      this.leave()
    }
    this.leave()
  }

  text(object: JsonObject, name: string): string | undefined {
    const value = object[name]
    if (value === undefined) return undefined
    if (typeof value === 'string') return value
    this.fail(`must be a text, not ${inWords(value)}`, name)
    return undefined
  }

  /** A text that must be there and not be empty; an empty text after a problem. */
  required(object: JsonObject, name: string): string {
    const value = object[name]
    if (typeof value === 'string' && value !== '') return value
    this.fail(value === undefined ? 'is missing' : `must be a text, not ${inWords(value)}`, name)
    return ''
  }

  flag(object: JsonObject, name: string): boolean | undefined {
    const value = object[name]
    if (value === undefined || typeof value === 'boolean') return value
    this.fail(`must be true or false, not ${inWords(value)}`, name)
    return undefined
  }

  oneOf<T extends string>(object: JsonObject, name: string, choices: readonly T[]): T | undefined {
    const value = object[name]
    if (value === undefined) return undefined
    if (choices.includes(value as T)) return value as T
    this.fail(`is ${inWords(value)}; it can be ${choices.join(', ')}`, name)
    return undefined
  }

  private number<T extends bigint>(
    object: JsonObject,
    name: string,
    parse: (text: string) => T | NumberError,
  ): T | undefined {
    const value = object[name]
    if (value === undefined) return undefined
    if (typeof value !== 'string') {
      this.fail(`must be a decimal number written as a text, not ${inWords(value)}`, name)
      return undefined
    }
    const parsed = parse(value)
    if (typeof parsed === 'bigint') return parsed
    this.fail(parsed.error, name)
    return undefined
  }

  amount(object: JsonObject, name: string): Amount | undefined {
    return this.number(object, name, parseAmount)
  }

  money(object: JsonObject, name: string): Money | undefined {
    return this.number(object, name, parseMoney)
  }

  date(object: JsonObject, name: string): CivilDate | undefined {
    const value = object[name]
    if (value === undefined) return undefined
    const date = typeof value === 'string' ? parseCivilDate(value) : null
    if (date === null) this.fail(`must be a date like 2024-03-01, not ${inWords(value)}`, name)
    return date ?? undefined
  }

  instant(object: JsonObject, name: string): Instant | undefined {
    const value = object[name]
    if (value === undefined) return undefined
    const instant = typeof value === 'string' ? parseInstant(value) : { error: `${inWords(value)} is not an instant` }
    if (typeof instant === 'number') return instant
    this.fail(instant.error, name)
    return undefined
  }

  account(object: JsonObject, name: string): AccountId | undefined {
    return this.declared(object, name, this.accounts, 'account')
  }

  asset(object: JsonObject, name: string): AssetId | undefined {
    return this.declared(object, name, this.assets, 'asset')
  }

  private declared<T extends string>(
    object: JsonObject,
    name: string,
    known: ReadonlyMap<string, T>,
    what: string,
  ): T | undefined {
    const value = object[name]
    if (value === undefined) return undefined
    const id = typeof value === 'string' ? known.get(value) : undefined
    if (id === undefined) this.fail(`names the ${what} ${inWords(value)}, which the document does not declare`, name)
    return id
  }

  /** Complains when a member that must be there was absent; reading it has already complained about a wrong one. */
  demand(object: JsonObject, ...names: string[]): void {
    for (const name of names) if (object[name] === undefined) this.fail('is missing', name)
  }
}

/** An object without its undefined members, which optional members of the domain types do not allow. */
export function present<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Partial<T> = {}
  for (const name in object) if (object[name] !== undefined) kept[name] = object[name]
  return kept as { [K in keyof T]: Exclude<T[K], undefined> }
}
