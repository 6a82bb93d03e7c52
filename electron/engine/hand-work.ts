/** Events that people write, split and merge: checked, and in the ledger's terms. */
import { randomUUID } from 'node:crypto'
import { parseAmount, parseMoney } from '../../shared/amount/decimal.ts'
import { familyOf } from '../../shared/assets/families.ts'
import { resolveAsset } from '../../shared/assets/resolve.ts'
import type { HandEvent, HandLeg, HandSpecial } from '../../shared/contract/hand.ts'
import type { LedgerEvent, Leg } from '../../shared/events/event.ts'
import { checkEvent } from '../../shared/events/event-invariants.ts'
import type { Instant, SourceId } from '../../shared/events/identifiers.ts'
import { leavesWithOut } from '../../shared/events/leg-direction.ts'
import { HAND_SOURCE, type HandOrigin, type HandWork, handId } from '../ledger/hand.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import type {
  StagedAccount,
  StagedAsset,
  StagedEvent,
  StagedEventExtra,
  StagedLeg,
  StagedLegExtra,
} from '../ledger/staged.ts'
import { failure } from './failure.ts'
import { eventOf, given, legsByRole } from './hand-written.ts'
import { mustHave } from './rule-views.ts'

type Made = Omit<StagedEvent, 'rows'>

/** What is said of the work. */
interface Words {
  readonly title: string
  readonly summary: string
}

/** Events as a person wrote them, ready to be staged. Throws the contract's error where one cannot be. */
export function handWork(
  ledger: ReadableLedger,
  events: readonly HandEvent[],
  words: Words,
  origins: (ids: readonly string[]) => readonly HandOrigin[] = () => [],
  ids?: readonly string[],
): HandWork {
  const assets = new Map<string, StagedAsset>()
  const key = randomUUID()
  const made = events.map((event, n): Made => {
    const legs = event.legs.map((leg) => stagedLeg(ledger, leg, event, assets))
    mustBeSound(event)
    const { hash, sourceKind, fromAddress, toAddress, counterparty, protocol, order, special } = event
    return {
      id: ids?.[n] ?? handId(event.legs[0]?.account ?? '', `${key}-${n + 1}`),
      time: event.time,
      precision: event.precision,
      kind: event.kind,
      legs: legs.map((leg, at) => withinOut(leg, at, event.legs)),
      timeText: new Date(event.time).toISOString(),
      ...(event.note === '' ? {} : { note: event.note }),
      ...(hash === undefined || hash === '' ? {} : { hash }),
      ...given({ sourceKind, fromAddress, toAddress, counterparty, protocol, order }),
      ...(special === undefined ? {} : { extra: extraOf(ledger, special) }),
    }
  })
  const account = accountOf(ledger, made[0]?.legs[0]?.account ?? events[0]?.special?.account ?? '')
  return { ...words, events: made, assets: [...assets.values()], account, origins: origins(made.map(({ id }) => id)) }
}

/** Work that makes no event: an event made by hand gives way to nothing. */
export const removalWork = (ledger: ReadableLedger, fact: LedgerEvent, words: Words): HandWork => ({
  ...words,
  events: [],
  assets: [],
  account: accountOf(ledger, fact.legs[0]?.account ?? ''),
  origins: [{ event: null, origin: fact.id, replaces: true }],
})

function accountOf(ledger: ReadableLedger, key: string): StagedAccount {
  const found = ledger.rows<StagedAccount>('SELECT key, name, kind FROM account WHERE key = ?', key)[0]
  if (found === undefined) throw failure('NOT_FOUND', `There is no account “${key}” in this ledger.`)
  return found
}

function stagedLeg(
  ledger: ReadableLedger,
  leg: HandLeg,
  event: HandEvent,
  assets: Map<string, StagedAsset>,
): StagedLeg {
  const { key: account } = accountOf(ledger, leg.account)
  const signed = leg.role === 'debt' || leg.role === 'collateral'
  if (!signed && (leg.amount.startsWith('-') || leg.amount === '0'))
    throw failure(
      'REFUSED',
      `A leg of ${leg.amount} ${leg.asset}: write amounts above nothing; the role says which way they go.`,
    )
  if (typeof parseAmount(leg.amount) !== 'bigint')
    throw failure('REFUSED', `${leg.amount} is no amount that can be kept: at most 24 digits after the point.`)
  for (const sum of [leg.value, leg.cost, leg.carry?.cost, leg.carry?.marketValue])
    if (sum !== undefined && typeof parseMoney(sum) !== 'bigint')
      throw failure('REFUSED', `${sum} is no sum that can be kept: at most 18 digits after the point.`)
  const { acquired, cost, pool, carry, withheld, stated, statedCost, valueBy } = leg
  const extra = given({
    valueBy: leg.value === undefined ? undefined : valueBy,
    for: leg.for,
    withheld,
    acquired,
    cost,
    pool,
    carry,
    stated,
    statedCost,
    includedInGross: leg.included === true ? true : undefined,
  }) as StagedLegExtra
  return {
    role: leg.role,
    account,
    asset: assetOf(ledger, leg.asset, event.time, assets),
    amount: leg.amount,
    ...(leg.value === undefined ? {} : { value: leg.value }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}

/** A fee that is part of its gross `out` moves nothing of its own; the ledger keeps that as a mark of the leg. */
function withinOut(leg: StagedLeg, at: number, legs: readonly HandLeg[]): StagedLeg {
  const domain = legsByRole(legs)
  if (leg.role !== 'fee' || !leavesWithOut(domain[at] as Leg, domain)) return leg
  const { includedInGross: _, ...extra } = leg.extra ?? {}
  const { extra: _extra, ...rest } = leg
  return { ...rest, included: true, ...(Object.keys(extra).length === 0 ? {} : { extra }) }
}

/** Members that few kinds have; the accounts and assets that they name must be there. */
function extraOf(ledger: ReadableLedger, special: HandSpecial): StagedEventExtra {
  const { account, accounts = [], allocations = [], asset, parent } = special
  for (const key of [
    ...(account === undefined ? [] : [account]),
    ...accounts,
    ...allocations.map((part) => part.account),
  ])
    accountOf(ledger, key)
  for (const key of [asset, parent]) if (key !== undefined) mustHave(ledger, 'asset', key)
  // The contract has ids as texts; that they are there was seen above.
  return given(special) as unknown as StagedEventExtra
}

/** Throws REFUSED with what is wrong with an event as it would stand in the books. */
function mustBeSound(event: HandEvent): void {
  const [fault] = checkEvent(eventOf('', event))
  if (fault === undefined) return
  const leg = fault.leg === undefined ? undefined : event.legs[fault.leg]
  const place = leg === undefined ? '' : `the leg of ${leg.amount} ${leg.asset} (${leg.role}): `
  const member = fault.member === undefined || leg === undefined ? '' : `“${fault.member}” `
  throw failure('REFUSED', `This ${event.kind.replaceAll('_', ' ')} cannot be: ${place}${member}${fault.message}.`)
}

function assetOf(ledger: ReadableLedger, name: string, time: number, assets: Map<string, StagedAsset>): string {
  const wanted = name.trim()
  for (const key of [wanted, wanted.toUpperCase()])
    if (ledger.value<number>('SELECT 1 FROM asset WHERE key = ?', key) !== undefined) return key
  const { asset, kind, symbol } = resolveAsset({ symbol: wanted }, HAND_SOURCE as SourceId, time as Instant)
  const family = familyOf(symbol)
  assets.set(asset, { key: asset, symbol, kind, ...(family === undefined ? {} : { family }) })
  return asset
}
