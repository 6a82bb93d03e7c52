/** Events as they are written on the terminal. */
import type { z } from 'zod'
import { formatAmount, parseAmount } from '../../../shared/amount/decimal.ts'
import type { HandEvent, HandLeg } from '../../../shared/contract/hand.ts'
import { civilClock, parseDateOrInstant } from '../../../shared/events/civil-time.ts'
import type { CivilDate, ZoneName } from '../../../shared/events/identifiers.ts'
import { KINDS, type Kind } from '../../../shared/events/kinds.ts'
import { CommandFailure } from '../exit.ts'
import type { EngineClient } from '../ledger-session.ts'
import { textOf } from './recipes.ts'

/** A value written as JSON, or as `@file`. Ends the command with the member that is wrong. */
export function jsonOption<T>(option: string, text: string, schema: z.ZodType<T>): T {
  const source = text.startsWith('@') ? textOf(text.slice(1)) : text
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    throw new CommandFailure(`${option}: write JSON, or @ and the name of a file that holds it`)
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new CommandFailure(`${option}: ${issue?.path.map(String).join('.') || 'it'}: ${issue?.message ?? ''}`)
}

export function kindOption(text: string): Kind {
  const found = KINDS.find((kind) => kind === text)
  if (found === undefined) throw new CommandFailure(`--kind ${text}: is not a kind of event`)
  return found
}

/** A plain decimal number in its shortest form. */
export function amountText(option: string, text: string): string {
  const amount = parseAmount(text.trim())
  if (typeof amount !== 'bigint') throw new CommandFailure(`${option} ${text}: the amount ${amount.error}`)
  return formatAmount(amount)
}

export interface EventOptions {
  readonly kind?: string
  readonly time?: string
  readonly account?: string
  readonly in?: readonly string[]
  readonly out?: readonly string[]
  readonly fee?: readonly string[]
  readonly note?: string
}

/** An event of `--kind`, `--time`, `--account` and its movements. Accounts are named by name or id. */
export async function eventOfOptions(client: EngineClient, options: EventOptions): Promise<HandEvent> {
  const { kind, time, account, note = '' } = options
  if (kind === undefined || time === undefined)
    throw new CommandFailure('an event needs --kind and --time (or --events)')
  const { accounts } = await client.intake.accounts()
  const accountOf = (name: string | undefined, leg: string): string => {
    if (name === undefined) throw new CommandFailure(`${leg}: say in which account: --account, or “… @ account”`)
    const found = accounts.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase())
    if (found === undefined) throw new CommandFailure(`${name}: there is no such account; --new-account makes one`)
    return found.id
  }
  const legs = (['in', 'out', 'fee'] as const).flatMap((role) =>
    (options[role] ?? []).map((text): HandLeg => {
      const [, amount = '', asset = '', place] = /^(\S+)\s+(\S(?:.*?\S)?)(?:\s+@\s+(\S.*))?$/.exec(text.trim()) ?? []
      if (asset === '') throw new CommandFailure(`--${role} ${text}: write it as “0.5 BTC” or “0.5 BTC @ Kraken”`)
      return {
        role,
        account: accountOf(place?.trim() ?? account, text),
        asset,
        amount: amountText(`--${role}`, amount),
      }
    }),
  )
  if (legs.length === 0) throw new CommandFailure('an event moves something: give --in, --out or --fee')
  return { ...(await momentOf(client, time)), kind: kindOption(kind), note, legs }
}

/** A day counts as a day in the ledger's zone. */
async function momentOf(client: EngineClient, text: string): Promise<Pick<HandEvent, 'time' | 'precision'>> {
  const read = parseDateOrInstant(text)
  if (typeof read === 'number') return { time: read, precision: /:\d\d:\d\d/.test(text) ? 'second' : 'minute' }
  if (typeof read === 'object') throw new CommandFailure(`--time ${text}: ${read.error}`)
  const state = await client.session.state()
  const zone = (state.phase === 'open' ? state.profile.zone : 'UTC') as ZoneName
  return { time: civilClock(zone).startOfDay(read as CivilDate), precision: 'day' }
}
