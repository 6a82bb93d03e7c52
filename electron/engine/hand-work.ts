/** Events that people write, split and merge: checked, and in the ledger's terms. */
import { randomUUID } from 'node:crypto'
import type { Amount } from '../../shared/amount/amount.ts'
import { formatAmount, formatMoney, parseAmount } from '../../shared/amount/decimal.ts'
import { familyOf } from '../../shared/assets/families.ts'
import { resolveAsset } from '../../shared/assets/resolve.ts'
import type { HandEvent, HandLeg } from '../../shared/contract/hand.ts'
import { applyDecisions } from '../../shared/events/decide-event.ts'
import type { LedgerEvent, Leg } from '../../shared/events/event.ts'
import type { Instant, SourceId } from '../../shared/events/identifiers.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import { directionOf, leavesWithOut } from '../../shared/events/leg-direction.ts'
import { readDecisions } from '../ledger/decisions.ts'
import { readFacts } from '../ledger/facts.ts'
import { HAND_SOURCE, type HandOrigin, type HandWork, handId } from '../ledger/hand.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import type { StagedAccount, StagedAsset, StagedEvent, StagedLeg, StagedLegExtra } from '../ledger/staged.ts'
import { failure } from './failure.ts'

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
    return {
      id: ids?.[n] ?? handId(event.legs[0]?.account ?? '', `${key}-${n + 1}`),
      time: event.time,
      precision: event.precision,
      kind: event.kind,
      legs: legs.map((leg, at) => withinOut(leg, at, event.legs)),
      timeText: new Date(event.time).toISOString(),
      ...(event.note === '' ? {} : { note: event.note }),
      ...(event.hash === undefined || event.hash === '' ? {} : { hash: event.hash }),
    }
  })
  const account = accountOf(ledger, made[0]?.legs[0]?.account ?? '')
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
  const extra: StagedLegExtra = {
    ...(leg.for === undefined ? {} : { for: leg.for }),
    ...(leg.acquired === undefined ? {} : { acquired: leg.acquired }),
    ...(leg.cost === undefined ? {} : { cost: leg.cost }),
    ...(leg.included === true ? { includedInGross: true } : {}),
  }
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
  const domain = legs.map((one) => ({ ...one, amount: 0n as Amount }) as unknown as Leg)
  if (leg.role !== 'fee' || !leavesWithOut(domain[at] as Leg, domain)) return leg
  const { includedInGross: _, ...extra } = leg.extra ?? {}
  const { extra: _extra, ...rest } = leg
  return { ...rest, included: true, ...(Object.keys(extra).length === 0 ? {} : { extra }) }
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

/** A visible event with the decisions upon it laid over it. Throws NOT_FOUND. */
export function decidedFact(ledger: ReadableLedger, id: string): LedgerEvent {
  const fact = [...readFacts(ledger, { events: [id] })].flat()[0]?.event
  if (fact === undefined) throw failure('NOT_FOUND', `${id} is not in the books.`)
  return applyDecisions(
    fact,
    readDecisions(ledger, [id]).filter((decision) => 'event' in decision && decision.event === id),
  )
}

/** An event of the books as a person would have written it. */
export const asWritten = (event: LedgerEvent): HandEvent => ({
  time: event.time,
  precision: event.precision ?? 'millisecond',
  kind: event.kind,
  note: event.note ?? '',
  ...(event.hash === undefined ? {} : { hash: event.hash }),
  legs: event.legs.map(writtenLeg),
})

const writtenLeg = (leg: Leg): HandLeg => ({
  role: leg.role,
  account: leg.account,
  asset: leg.asset,
  amount: formatAmount(leg.amount),
  ...(leg.value === undefined ? {} : { value: formatMoney(leg.value) }),
  ...(leg.included === true || leg.withheld === true ? { included: true } : {}),
  ...(leg.for === undefined ? {} : { for: leg.for }),
  ...(leg.acquired === undefined ? {} : { acquired: leg.acquired }),
  ...(leg.cost === undefined ? {} : { cost: formatMoney(leg.cost) }),
})

function changesOf(events: readonly HandEvent[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { legs } of events) {
    const domain = legs.map((leg) => ({ ...leg, amount: 0n as Amount }) as unknown as Leg)
    for (const [at, leg] of legs.entries()) {
      const amount = parseAmount(leg.amount)
      if (typeof amount !== 'bigint') throw failure('REFUSED', `${leg.amount} is no amount.`)
      const signed = leg.role === 'debt' || leg.role === 'collateral'
      const way = signed ? 1 : directionOf(domain[at] as Leg, domain)
      const place = `${leg.asset} in ${leg.account}${signed ? ` (${leg.role})` : ''}`
      sums.set(place, (sums.get(place) ?? 0n) + BigInt(way) * amount)
    }
  }
  return sums
}

/** In words, by how much parts move more or less than the whole; null where they move the same. */
export function differenceText(whole: readonly HandEvent[], parts: readonly HandEvent[]): string | null {
  const wanted = changesOf(whole)
  const given = changesOf(parts)
  const differences = [...new Set([...wanted.keys(), ...given.keys()])].flatMap((place) => {
    const gap = (given.get(place) ?? 0n) - (wanted.get(place) ?? 0n)
    return gap === 0n ? [] : [`${formatAmount(gap as Amount)} ${place}`]
  })
  return differences.length === 0 ? null : differences.join(', ')
}

/** One event of all legs of several, at the time of the earliest. */
export function merged(events: readonly HandEvent[], kind: Kind, note: string | undefined): HandEvent {
  const [first] = events.toSorted((a, b) => a.time - b.time) as [HandEvent, ...HandEvent[]]
  const sums = new Map<string, { leg: HandLeg; amount: bigint; value: bigint | null }>()
  for (const leg of events.flatMap(({ legs }) => legs)) {
    const { role, account, asset, included = false, for: on = '', acquired = '', cost = '' } = leg
    const place = [role, account, asset, included, on, acquired, cost].join('\u001f')
    const amount = parseAmount(leg.amount) as bigint
    const value = leg.value === undefined ? null : (parseAmount(leg.value) as bigint)
    const sum = sums.get(place)
    // Lots with a cost of their own stay apart.
    if (sum === undefined || cost !== '')
      sums.set(cost === '' ? place : `${place} ${sums.size}`, { leg, amount, value })
    else {
      sum.amount += amount
      sum.value = sum.value === null || value === null ? null : sum.value + value
    }
  }
  const notes = [...new Set(events.map((event) => event.note).filter((text) => text !== ''))]
  return {
    time: first.time,
    precision: first.precision,
    kind,
    note: note ?? notes.join(' · ').slice(0, 2000),
    ...(first.hash === undefined ? {} : { hash: first.hash }),
    legs: [...sums.values()].map(({ leg: { value: _, ...leg }, amount, value }) => ({
      ...leg,
      amount: formatAmount(amount as Amount),
      ...(value === null ? {} : { value: formatAmount(value as Amount) }),
    })),
  }
}
