/** Rows that another tool has joined itself: the halves of a transfer, the legs of an exchange. */
import type { Amount } from '../amount/amount.ts'
import type { Kind } from '../events/kinds.ts'
import type { CellProblem } from './cells.ts'
import type { Meaning, Part } from './legs.ts'
import type { LegDraft, Writable } from './source-format.ts'
import type { JoinedRow } from './table-source.ts'
import { tradeKind } from './trade-kind.ts'

/**
 * Halves that the tool itself joined, each read on its own first: a transfer where one asset left and arrived, otherwise
 * an exchange; a half whose other half is not in the file stays what it is.
 */
export function joinedHalves(rows: readonly JoinedRow[]): Meaning | CellProblem {
  const [first] = rows
  if (first === undefined) return { kind: 'informational', legs: [] }
  if (rows.length === 1) return halfOf(first)
  let main: Meaning | null = null
  let outs: LegDraft[] = []
  let ins: LegDraft[] = []
  let charges: LegDraft[] = []
  let warnings: readonly string[] | undefined
  for (let i = 0; i < rows.length; i++) {
    const half = halfOf(rows[i] as JoinedRow)
    if (main === null && movesSomething(half)) main = half
    for (let k = 0; k < half.legs.length; k++) {
      const one = half.legs[k] as LegDraft
      if (one.role === 'out') outs = withLeg(outs, one)
      else if (one.role === 'in') ins = withLeg(ins, one)
      else charges = withLeg(charges, one)
    }
    if (half.warnings !== undefined) warnings = warnings === undefined ? half.warnings : [...warnings, ...half.warnings]
  }
  const fees = charges.length === 0 ? charges : charges.map((one) => chargedOn(one, outs, ins))
  const made: Writable<Meaning> = { kind: (main ?? halfOf(first)).kind, legs: [] }
  if (warnings !== undefined) made.warnings = warnings
  const [out] = outs
  const [into] = ins
  if (out === undefined || into === undefined) {
    made.legs = [...outs, ...ins, ...fees]
    return made
  }
  if (!areOf(out, outs) || !areOf(out, ins)) {
    made.kind = exchangeOf(rows)
    made.legs = [...outs, ...ins, ...fees]
    return made
  }
  made.kind = 'transfer'
  const left = outs.reduce((sum, { amount }) => sum + amount, 0n)
  const arrived = ins.reduce((sum, { amount }) => sum + amount, 0n)
  const lost = left - arrived
  const plain = [...outs, ...ins].map(withoutValue)
  // Several that left: the first that is large enough bears what is missing.
  const bearer = outs.find(({ amount }) => amount >= lost)
  if (lost < 0n || bearer === undefined) {
    const warning = `${lost < 0n ? 'more' : 'less'} arrived than was sent: both sides are kept as they are stated`
    made.legs = [...plain, ...fees]
    made.warnings = [...(warnings ?? []), warning]
    return made
  }
  if (lost === 0n) {
    made.legs = [...plain, ...fees]
    return made
  }
  const explains = fees.some((fee) => fee.asset.symbol === out.asset.symbol && fee.amount === lost)
  const rest = explains ? fees.filter((fee) => fee.asset.symbol !== out.asset.symbol || fee.amount !== lost) : fees
  const within: Writable<LegDraft> = {
    role: 'fee',
    asset: bearer.asset,
    amount: lost as Amount,
    for: 'out',
    included: true,
  }
  if (bearer.account !== undefined) within.account = bearer.account
  made.legs = [...plain, within, ...rest]
  return made
}

/** Of rows whose `facts` are the whole half: one for all of them, because many wait at a time. */
export const NO_PARTS: readonly Part[] = []

const halfOf = ({ facts }: JoinedRow): Meaning => facts as Meaning

/** Most sides have one leg, and an array that is pushed to makes room for many. */
function withLeg(legs: LegDraft[], one: LegDraft): LegDraft[] {
  if (legs.length === 0) return [one]
  legs.push(one)
  return legs
}

function movesSomething({ legs }: Meaning): boolean {
  for (let i = 0; i < legs.length; i++) if ((legs[i] as LegDraft).role !== 'fee') return true
  return false
}

/** A fee on the side that has its asset, unless it says itself what it was charged on. */
function chargedOn(one: LegDraft, outs: readonly LegDraft[], ins: readonly LegDraft[]): LegDraft {
  if (one.role !== 'fee' || one.for !== undefined) return one
  const { symbol } = one.asset
  return hasSymbol(outs, symbol) ? { ...one, for: 'out' } : hasSymbol(ins, symbol) ? { ...one, for: 'in' } : one
}

function hasSymbol(legs: readonly LegDraft[], symbol: string): boolean {
  for (let i = 0; i < legs.length; i++) if ((legs[i] as LegDraft).asset.symbol === symbol) return true
  return false
}

function areOf(of: LegDraft, legs: readonly LegDraft[]): boolean {
  for (let i = 0; i < legs.length; i++) if (!isSameAsset(legs[i] as LegDraft, of)) return false
  return true
}

function isSameAsset({ asset: a }: LegDraft, { asset: b }: LegDraft): boolean {
  if (a.contract !== b.contract && (a.contract ?? '') !== (b.contract ?? '')) return false
  return a.symbol === b.symbol || a.symbol.toUpperCase() === b.symbol.toUpperCase()
}

const withoutValue = (one: LegDraft): LegDraft => {
  if (one.value === undefined) return one
  const { value: _, ...plain } = one
  return plain
}

const FIAT_OUT: ReadonlySet<Kind> = new Set<Kind>(['fiat_withdrawal', 'buy', 'fiat_fx'])
const FIAT_IN: ReadonlySet<Kind> = new Set<Kind>(['fiat_deposit', 'sell', 'fiat_fx'])

/** What rows exchanged together, by what each of them would be alone; a kind that the tool named stays. */
function exchangeOf(rows: readonly JoinedRow[]): Kind {
  let outIsFiat = true
  let inIsFiat = true
  for (let i = 0; i < rows.length; i++) {
    const { kind, legs } = halfOf(rows[i] as JoinedRow)
    if (!ANONYMOUS.has(kind)) return kind
    for (let k = 0; k < legs.length; k++) {
      const { role } = legs[k] as LegDraft
      if (role === 'out') outIsFiat &&= FIAT_OUT.has(kind)
      else if (role === 'in') inIsFiat &&= FIAT_IN.has(kind)
    }
  }
  return tradeKind(outIsFiat, inIsFiat)
}

/** Kinds that say no more than the sides do. */
const ANONYMOUS: ReadonlySet<Kind> = new Set<Kind>([
  ...FIAT_OUT,
  ...FIAT_IN,
  'trade',
  'transfer',
  'unmatched_in',
  'unmatched_out',
  'network_fee',
])
