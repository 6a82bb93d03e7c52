/** Events of the books as a person would have written them: nothing that an event or a leg holds is left out. */
import type { Amount, Money } from '../../shared/amount/amount.ts'
import { formatAmount, formatMoney, parseAmount, parseMoney } from '../../shared/amount/decimal.ts'
import type { HandEvent, HandLeg, HandSpecial } from '../../shared/contract/hand.ts'
import { applyDecisions } from '../../shared/events/decide-event.ts'
import type { Decision } from '../../shared/events/decision.ts'
import { effectiveEvents } from '../../shared/events/effective-events.ts'
import type { LedgerEvent, Leg } from '../../shared/events/event.ts'
import type { EventId } from '../../shared/events/identifiers.ts'
import { readDecisions } from '../ledger/decisions.ts'
import { readFacts, type StoredFact } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readAcceptedMatches } from '../ledger/matches.ts'
import type { StagedLegExtra } from '../ledger/staged.ts'
import { failure } from './failure.ts'

/**
 * A visible event of the books, as it was read and with the decisions upon it laid over it. Throws NOT_FOUND.
 * @param thought decisions that are only thought of, after those in force
 */
export function decidedFact(
  ledger: ReadableLedger,
  id: string,
  thought: readonly Decision[] = [],
): { readonly fact: StoredFact; readonly event: LedgerEvent } {
  const fact = [...readFacts(ledger, { events: [id] })].flat()[0]
  if (fact === undefined) throw failure('NOT_FOUND', `${id} is not in the books.`)
  const own = readDecisions(ledger, [id]).filter((decision) => 'event' in decision && decision.event === id)
  return { fact, event: applyDecisions(fact.event, [...own, ...thought]) }
}

/** A visible event with decisions laid over it, as a person would have written it. Throws NOT_FOUND. */
export function writtenEvent(ledger: ReadableLedger, id: string): HandEvent {
  const { fact, event } = decidedFact(ledger, id)
  const stated = statedOf(ledger, fact.row)
  const special = specialOf(event)
  const { sourceKind, fromAddress, toAddress, counterparty } = fact
  return {
    time: event.time,
    precision: event.precision ?? 'millisecond',
    kind: event.kind,
    note: event.note ?? '',
    legs: event.legs.map((leg, n) => ({ ...writtenLeg(leg), ...stated.get(n) })),
    ...given({ hash: event.hash, order: event.order, protocol: event.protocol }),
    ...given({
      sourceKind: sourceKind ?? undefined,
      fromAddress: fromAddress ?? undefined,
      toAddress: toAddress ?? undefined,
      counterparty: counterparty ?? undefined,
    }),
    ...(Object.keys(special).length === 0 ? {} : { special }),
  }
}

/** As `writtenEvent`; of half of an accepted transfer, the whole transfer as the books have it. */
export function wholeEvent(ledger: ReadableLedger, id: string): HandEvent {
  const written = writtenEvent(ledger, id)
  const matches = readAcceptedMatches(ledger, [id])
  if (matches.length === 0) return written
  const halves = [...new Set(matches.flatMap(({ outs, ins }) => [...outs, ...ins].map(({ event }) => event as string)))]
  const facts = [...readFacts(ledger, { events: halves })].flat().map(({ event }) => event)
  const joined = effectiveEvents(facts, readDecisions(ledger, halves), matches).find((one) =>
    one.joined?.includes(id as EventId),
  )
  if (joined === undefined) return written
  const { hash } = joined
  return {
    ...written,
    time: joined.time,
    precision: joined.precision ?? 'millisecond',
    kind: joined.kind,
    note: joined.note ?? '',
    ...given({ hash }),
    legs: joined.legs.map(writtenLeg),
  }
}

/** Values and costs in the source's own currency, which only the ledger keeps, by leg. */
function statedOf(
  ledger: ReadableLedger,
  row: number,
): ReadonlyMap<number, Pick<StagedLegExtra, 'stated' | 'statedCost'>> {
  const extras = ledger.tuples<[number, string]>(
    'SELECT n, extra FROM leg WHERE event_id = ? AND extra IS NOT NULL',
    row,
  )
  return new Map(
    extras.map(([n, text]) => {
      const { stated, statedCost } = JSON.parse(text) as StagedLegExtra
      return [n, given({ stated, statedCost })]
    }),
  )
}

function writtenLeg(leg: Leg): HandLeg {
  const { role, account, asset, amount, value, valueBy, included, withheld, acquired, cost, pool, carry } = leg
  return {
    role,
    account,
    asset,
    amount: formatAmount(amount),
    ...given({
      value: money(value),
      valueBy,
      included: included === true || withheld === true ? true : undefined,
      withheld,
      for: leg.for,
      acquired,
      cost: money(cost),
      pool,
      carry:
        carry === undefined
          ? undefined
          : given({ acquired: carry.acquired, cost: money(carry.cost), marketValue: money(carry.marketValue) }),
    }),
  }
}

function specialOf(event: LedgerEvent): HandSpecial {
  const { lots, allocations, portfolioValue, accounts } = event
  const { identifiedAt, identifiedTo, parent, asset, account, method, plan, planOrder, completed } = event
  const { jurisdiction, currency, zone } = event
  return given({
    lots: lots?.map((lot) => ({ ...lot, amount: formatAmount(lot.amount) })),
    allocations: allocations?.map((part) => ({ ...part, amount: formatAmount(part.amount) })),
    portfolioValue: money(portfolioValue),
    accounts: accounts === undefined ? undefined : [...accounts],
    identifiedAt,
    identifiedTo,
    parent,
    asset,
    account,
    method,
    plan,
    planOrder,
    completed,
    jurisdiction,
    currency,
    zone,
  })
}

/** The other way round: an event that a person wrote, as the domain has it. Its amounts must have been checked. */
export function eventOf(id: string, { special, legs, note, ...event }: HandEvent): LedgerEvent {
  const { sourceKind: _, fromAddress: __, toAddress: ___, counterparty: ____, ...plain } = event
  return {
    id,
    ...plain,
    ...(note === '' ? {} : { note }),
    ...given({
      ...special,
      lots: special?.lots?.map((lot) => ({ ...lot, amount: parseAmount(lot.amount) })),
      allocations: special?.allocations?.map((part) => ({ ...part, amount: parseAmount(part.amount) })),
      portfolioValue: parsed(special?.portfolioValue),
    }),
    legs: legs.map(({ stated: _stated, statedCost: _statedCost, carry, amount, value, cost, ...leg }) => ({
      ...leg,
      amount: parseAmount(amount),
      ...given({
        value: parsed(value),
        cost: parsed(cost),
        included: leg.role === 'fee' && leg.withheld === true ? true : leg.included,
        carry:
          carry === undefined
            ? undefined
            : given({ acquired: carry.acquired, cost: parsed(carry.cost), marketValue: parsed(carry.marketValue) }),
      }),
    })),
  } as unknown as LedgerEvent
}

/** Legs as the domain has them but without amounts: for questions that their roles alone answer, such as the direction. */
export const legsByRole = (legs: readonly HandLeg[]): readonly Leg[] =>
  legs.map((leg) => ({ ...leg, amount: 0n as Amount }) as unknown as Leg)

const parsed = (sum: string | undefined) => (sum === undefined ? undefined : parseMoney(sum))

const money = (sum: Money | undefined): string | undefined => (sum === undefined ? undefined : formatMoney(sum))

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without members that are undefined. */
export function given<T extends object>(object: T): Given<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Given<T>
}
