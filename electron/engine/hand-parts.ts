/** Events cut into parts and put together, to the last digit: amounts, values, costs and fees. */
import type { Amount, Money } from '../../shared/amount/amount.ts'
import { shareMoney } from '../../shared/amount/arithmetic.ts'
import { formatAmount, formatMoney, parseAmount, parseMoney } from '../../shared/amount/decimal.ts'
import type { HandEvent, HandLeg } from '../../shared/contract/hand.ts'
import type { Leg } from '../../shared/events/event.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import { directionOf } from '../../shared/events/leg-direction.ts'
import { failure } from './failure.ts'
import { given, legsByRole } from './hand-written.ts'

/** A sum that a leg may state, and how it is set. */
interface Sum {
  readonly name: string
  of(leg: HandLeg): string | undefined
  set(leg: HandLeg, sum: string, whole: HandLeg): HandLeg
}

const SUMS: readonly Sum[] = [
  { name: 'value', of: ({ value }) => value, set: (leg, value) => ({ ...leg, value }) },
  { name: 'cost', of: ({ cost }) => cost, set: (leg, cost) => ({ ...leg, cost }) },
  {
    name: 'the giver’s cost',
    of: ({ carry }) => carry?.cost,
    set: (leg, cost, whole) => ({
      ...leg,
      carry: { ...given({ acquired: whole.carry?.acquired }), ...leg.carry, cost },
    }),
  },
  {
    name: 'the value on the day of the gift',
    of: ({ carry }) => carry?.marketValue,
    set: (leg, marketValue, whole) => ({
      ...leg,
      carry: { ...given({ acquired: whole.carry?.acquired }), ...leg.carry, marketValue },
    }),
  },
  {
    name: 'the value as the source states it',
    of: ({ stated }) => stated?.amount,
    set: (leg, amount, whole) => ({ ...leg, stated: { amount, currency: whole.stated?.currency ?? '' } }),
  },
  {
    name: 'the cost as the source states it',
    of: ({ statedCost }) => statedCost?.amount,
    set: (leg, amount, whole) => ({ ...leg, statedCost: { amount, currency: whole.statedCost?.currency ?? '' } }),
  },
]

const placeOf = ({ role, account, asset }: HandLeg): string => `${role} of ${asset} in ${account}`

function amountOf(text: string): Amount {
  const amount = parseAmount(text)
  if (typeof amount !== 'bigint') throw failure('REFUSED', `${text} is no amount.`)
  return amount
}

function moneyOf(text: string): Money {
  const sum = parseMoney(text)
  if (typeof sum !== 'bigint') throw failure('REFUSED', `${text} is no sum.`)
  return sum
}

const weightOf = ({ amount }: HandLeg): bigint => {
  const weight = amountOf(amount)
  return weight < 0n ? -weight : weight
}

/**
 * The parts of an event with all that they do not say themselves: of a leg that the whole has once, what its fee was for,
 * its days and its sums, shared out by amount, the last part taking the remainder; of the event its hash, its protocol and
 * what its source said beside it.
 */
export function completed(whole: HandEvent, parts: readonly HandEvent[]): HandEvent[] {
  const places = Map.groupBy(whole.legs, placeOf)
  const legs = parts.map((part) => [...part.legs])
  for (const [place, [only, ...others]] of places) {
    if (only === undefined || others.length > 0) continue
    const slots = legs.flatMap((own, part) => own.flatMap((leg, at) => (placeOf(leg) === place ? [{ part, at }] : [])))
    const found = slots.map(({ part, at }) => (legs[part] as HandLeg[])[at] as HandLeg)
    for (const [n, leg] of shareOut(only, found).entries()) {
      const { part, at } = slots[n] as { part: number; at: number }
      ;(legs[part] as HandLeg[])[at] = leg
    }
  }
  const areSilent = parts.every(({ note }) => note === '')
  const { hash, protocol, sourceKind, fromAddress, toAddress, counterparty, order } = whole
  return parts.map((part, n) => ({
    ...given({ hash, protocol, sourceKind, fromAddress, toAddress, counterparty }),
    ...(order === undefined || part.time !== whole.time ? {} : { order }),
    ...part,
    note: areSilent ? whole.note : part.note,
    legs: legs[n] as HandLeg[],
  }))
}

function shareOut(whole: HandLeg, parts: readonly HandLeg[]): HandLeg[] {
  const { for: on, acquired, pool, withheld, included, valueBy } = whole
  let legs = parts.map(
    (leg): HandLeg => ({
      ...given({ for: on, acquired, pool, withheld, included }),
      ...(leg.value === undefined ? given({ valueBy }) : {}),
      ...leg,
    }),
  )
  const daysOnly = whole.carry !== undefined && whole.carry.cost === undefined && whole.carry.marketValue === undefined
  if (daysOnly) legs = legs.map((leg) => ({ ...leg, carry: leg.carry ?? whole.carry }))
  for (const sum of SUMS) {
    const total = sum.of(whole)
    if (total === undefined) continue
    const stated = legs.reduce((so, leg) => so + moneyOf(sum.of(leg) ?? '0'), 0n)
    const open = legs.filter((leg) => sum.of(leg) === undefined)
    const rest = (moneyOf(total) - stated) as Money
    if (open.length === 0 || rest < 0n) continue
    const shares = shareMoney(rest, open.map(weightOf))
    let next = 0
    legs = legs.map((leg) =>
      sum.of(leg) === undefined ? sum.set(leg, formatMoney(shares[next++] as Money), whole) : leg,
    )
  }
  return legs
}

/** Parts by amounts of one of the event's movements: every leg shared out in that proportion, the last part the remainder. */
export function partsByAmount(whole: HandEvent, amounts: readonly string[]): HandEvent[] {
  const movements = whole.legs.filter(({ role }) => role === 'out' || role === 'in')
  if (movements.length === 0) throw failure('REFUSED', 'This event moves nothing that could be split.')
  const weights = amounts.map(amountOf)
  const total = weights.reduce((so, weight) => so + weight, 0n)
  if (weights.some((weight) => weight <= 0n) || movements.every(({ amount }) => amountOf(amount) !== total)) {
    const there = movements.map(({ role, amount, asset }) => `${amount} ${asset} (${role})`).join(', ')
    throw failure('REFUSED', `The amounts add up to ${formatAmount(total as Amount)}; the event moves ${there}.`)
  }
  const shares = whole.legs.map(({ amount }) => shareMoney(amountOf(amount) as bigint as Money, weights))
  const { special: _, ...rest } = whole
  const parts = weights.map(
    (__, part): HandEvent => ({
      ...rest,
      legs: whole.legs.flatMap((leg, n): HandLeg[] => {
        const amount = formatAmount((shares[n] as Money[])[part] as bigint as Amount)
        return amount === '0' ? [] : [{ ...bare(leg), amount }]
      }),
    }),
  )
  return eachPlaceOnce(whole) ? completed(whole, parts) : withOwnSums(whole, parts, weights)
}

const eachPlaceOnce = (whole: HandEvent): boolean => new Set(whole.legs.map(placeOf)).size === whole.legs.length

/** Without the sums that are shared out. */
function bare({ value: _, cost: __, carry, stated: ___, statedCost: ____, ...leg }: HandLeg): HandLeg {
  return carry?.acquired === undefined ? leg : { ...leg, carry: { acquired: carry.acquired } }
}

/** Several legs of one place keep their own sums: the nth leg of each part has a share of those of the nth of the whole. */
function withOwnSums(whole: HandEvent, parts: readonly HandEvent[], weights: readonly bigint[]): HandEvent[] {
  return parts.map((part, at) => {
    if (part.legs.length < whole.legs.length)
      throw failure('REFUSED', 'A part is too small to hold every leg of the event. Write the parts one by one.')
    return {
      ...part,
      legs: part.legs.map((leg, n) => {
        const from = whole.legs[n] as HandLeg
        return SUMS.reduce((made, sum) => {
          const total = sum.of(from)
          if (total === undefined) return made
          return sum.set(made, formatMoney(shareMoney(moneyOf(total), weights)[at] as Money), from)
        }, leg)
      }),
    }
  })
}

function changesOf(events: readonly HandEvent[]): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { legs } of events) {
    const domain = legsByRole(legs)
    for (const [at, leg] of legs.entries()) {
      const signed = leg.role === 'debt' || leg.role === 'collateral'
      const way = signed ? 1 : directionOf(domain[at] as Leg, domain)
      const place = `${leg.asset} in ${leg.account}${signed ? ` (${leg.role})` : ''}`
      sums.set(place, (sums.get(place) ?? 0n) + BigInt(way) * amountOf(leg.amount))
    }
  }
  return sums
}

/** In words, by how much parts move more or less than the whole; null where they move the same. */
export function differenceText(whole: readonly HandEvent[], parts: readonly HandEvent[]): string | null {
  return gaps(changesOf(whole), changesOf(parts), (gap, place) => `${formatAmount(gap as Amount)} ${place}`)
}

/** In words, by how much fees, values and costs that the whole states would be others in the parts; null where they are the same. */
export function sumsDifference(whole: readonly HandEvent[], parts: readonly HandEvent[]): string | null {
  const fees = (events: readonly HandEvent[], places: ReadonlySet<string> | null) =>
    totals(events, (leg) =>
      leg.role !== 'fee' || places?.has(placeOf(leg)) === false ? [] : [[placeOf(leg), amountOf(leg.amount)]],
    )
  const sums = (events: readonly HandEvent[], places: ReadonlySet<string> | null) =>
    totals(events, (leg) =>
      SUMS.flatMap((sum) => {
        const stated = sum.of(leg)
        const place = `${sum.name} (${placeOf(leg)})`
        return stated === undefined || places?.has(place) === false ? [] : [[place, moneyOf(stated)] as const]
      }),
    )
  const [charged, wanted] = [fees(whole, null), sums(whole, null)]
  const found = [
    gaps(charged, fees(parts, new Set(charged.keys())), (gap, place) => `${formatAmount(gap as Amount)} ${place}`),
    gaps(wanted, sums(parts, new Set(wanted.keys())), (gap, place) => `${formatMoney(gap as Money)} ${place}`),
  ].filter((text) => text !== null)
  return found.length === 0 ? null : found.join(', ')
}

function totals(
  events: readonly HandEvent[],
  read: (leg: HandLeg) => readonly (readonly [string, bigint])[],
): Map<string, bigint> {
  const found = new Map<string, bigint>()
  for (const [place, sum] of events.flatMap(({ legs }) => legs.flatMap(read)))
    found.set(place, (found.get(place) ?? 0n) + sum)
  return found
}

function gaps(
  wanted: ReadonlyMap<string, bigint>,
  there: ReadonlyMap<string, bigint>,
  words: (gap: bigint, place: string) => string,
): string | null {
  const found = [...new Set([...wanted.keys(), ...there.keys()])].flatMap((place) => {
    const gap = (there.get(place) ?? 0n) - (wanted.get(place) ?? 0n)
    return gap === 0n ? [] : [words(gap, place)]
  })
  return found.length === 0 ? null : found.join(', ')
}

/** One event of all legs of several, at the time of the earliest. Legs that say more than an amount of one kind stay apart. */
export function merged(events: readonly HandEvent[], kind: Kind, note: string | undefined): HandEvent {
  const [first] = events.toSorted((a, b) => a.time - b.time) as [HandEvent, ...HandEvent[]]
  const sums = new Map<string, HandLeg>()
  for (const leg of events.flatMap(({ legs }) => legs)) {
    const { role, account, asset, included = false, for: on = '', acquired = '', withheld = false, pool = false } = leg
    const { valueBy = '', stated, statedCost, carry, cost } = leg
    const place = [
      ...[role, account, asset, included, on, acquired, withheld, pool, valueBy],
      ...[leg.value === undefined, stated?.currency ?? ''],
    ].join('\u001f')
    // Lots with a cost or a basis of their own stay apart.
    const isOwn = cost !== undefined || carry !== undefined || statedCost !== undefined
    const sum = isOwn ? undefined : sums.get(place)
    if (sum === undefined) sums.set(isOwn ? `${place} ${sums.size}` : place, leg)
    else sums.set(place, added(sum, leg))
  }
  const notes = [...new Set(events.map((event) => event.note).filter((text) => text !== ''))]
  const lots = events.flatMap(({ special }) => special?.lots ?? [])
  const { hash, order, protocol, sourceKind, fromAddress, toAddress, counterparty } = first
  return {
    time: first.time,
    precision: first.precision,
    kind,
    note: note ?? notes.join(' · '),
    ...given({ hash, order, protocol, sourceKind, fromAddress, toAddress, counterparty }),
    legs: [...sums.values()],
    ...(lots.length === 0 ? {} : { special: { ...first.special, lots } }),
  }
}

function added(a: HandLeg, b: HandLeg): HandLeg {
  const amount = formatAmount((amountOf(a.amount) + amountOf(b.amount)) as Amount)
  return SUMS.reduce(
    (leg, sum) => {
      const [one, other] = [sum.of(a), sum.of(b)]
      return one === undefined || other === undefined
        ? leg
        : sum.set(leg, formatMoney((moneyOf(one) + moneyOf(other)) as Money), a)
    },
    { ...a, amount } as HandLeg,
  )
}
