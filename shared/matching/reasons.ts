/** Why a pair is proposed, in words. */
import type { Amount } from '../amount/amount.ts'
import { formatAmount } from '../amount/decimal.ts'
import { AMOUNT_FITS, delayBetween, fitOf } from './features.ts'
import type { Movement, ScorePart } from './movement.ts'
import type { WeighedPair } from './weigh.ts'

interface Words {
  readonly parts: readonly ScorePart[]
  readonly reason: string
}

const PROVED = 20
const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
]

/** A span of time in its largest whole unit: “39 minutes”. */
export function spanInWords(milliseconds: number): string {
  const span = Math.abs(milliseconds)
  for (const [size, name] of UNITS) {
    if (span < size) continue
    const count = Math.floor(span / size)
    return `${count} ${name}${count === 1 ? '' : 's'}`
  }
  return 'the same second'
}

function delayInWords(delay: number): string {
  if (Math.abs(delay) < 1000) return 'at the same second'
  return delay > 0 ? `arrived ${spanInWords(delay)} later` : `arrived ${spanInWords(delay)} before it left`
}

const total = (movements: readonly Movement[]): bigint => movements.reduce((sum, { amount }) => sum + amount, 0n)

function feeInWords(outs: readonly Movement[], ins: readonly Movement[]): string {
  const missing = total(outs) - total(ins)
  const asset = (outs[0] as Movement).asset
  if (missing === 0n) return 'equal amounts'
  if (missing < 0n) return `${formatAmount(-missing as Amount)} ${asset} more arrived than left`
  return `fee ${formatAmount(missing as Amount)} ${asset}`
}

const delayOf = (outs: readonly Movement[], ins: readonly Movement[]): number =>
  Math.max(...outs.flatMap((out) => ins.map((into) => delayBetween(into.time - out.time, out, into))))

const joined = (parts: readonly ScorePart[]): string => parts.map(({ why }) => why).join(' · ')

/** Words for halves that share a hash. */
export function proveInWords(outs: readonly Movement[], ins: readonly Movement[]): Words {
  const count = outs.length + ins.length
  const parts: ScorePart[] = [
    { name: 'hash', score: PROVED, why: count === 2 ? 'same transaction' : `same transaction, ${count} parts` },
    { name: 'amount', score: 0, why: feeInWords(outs, ins) },
    { name: 'time', score: 0, why: delayInWords(delayOf(outs, ins)) },
  ]
  return { parts, reason: joined(parts) }
}

/** Said among the parts of the score; it is no reason. */
const NEUTRAL_ROUTE = 'a route that says little either way'

const FIT_WORDS: Record<(typeof AMOUNT_FITS)[number], string> = {
  'stated-fee': ', as the source states',
  equal: '',
  'known-fee': ', as this account has charged before',
  'usual-fee-tiny': ', tiny beside the amount',
  'usual-fee-small': ', small beside the amount',
  'usual-fee': ', a sizeable part of the amount',
  'possible-fee': '',
  'other-fee': ', another than the source states',
}

/** Words for a pair that was weighed. */
export function weighInWords(pair: WeighedPair): Words {
  const { out, in: into, grounds, address, rivals } = pair
  const parts: ScorePart[] = []
  if (address !== 0) parts.push({ name: 'address', score: address, why: `to an address of ${into.account}` })
  const fit = AMOUNT_FITS[fitOf(grounds.amountClass)] as (typeof AMOUNT_FITS)[number]
  parts.push({ name: 'amount', score: grounds.amount, why: `${feeInWords([out], [into])}${FIT_WORDS[fit]}` })
  parts.push({ name: 'time', score: grounds.time, why: delayInWords(delayOf([out], [into])) })
  if (address === 0) {
    const why = grounds.route > 0.5 ? 'a usual route' : grounds.route < -0.5 ? 'an unusual route' : NEUTRAL_ROUTE
    parts.push({ name: 'route', score: grounds.route, why })
  }
  if (rivals < -0.7) parts.push({ name: 'rivals', score: rivals, why: 'another movement would fit too' })
  return { parts, reason: joined(parts.filter(({ why }) => why !== NEUTRAL_ROUTE)) }
}

/** Words for a whole and its parts. */
export function splitInWords(outs: readonly Movement[], ins: readonly Movement[], score: number): Words {
  const count = Math.max(outs.length, ins.length)
  const parts: ScorePart[] = [
    { name: 'amount', score, why: `${count} parts add up, ${feeInWords(outs, ins)}` },
    { name: 'time', score: 0, why: delayInWords(delayOf(outs, ins)) },
  ]
  return { parts, reason: joined(parts) }
}
