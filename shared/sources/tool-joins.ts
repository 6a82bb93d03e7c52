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
  const halves = rows.map(({ facts }) => facts as Meaning)
  const main = halves.find(movesSomething) ?? halves[0]
  if (halves.length === 1 || main === undefined) return main ?? { kind: 'informational', legs: [] }
  const outs: LegDraft[] = []
  const ins: LegDraft[] = []
  const charges: LegDraft[] = []
  let warnings: readonly string[] | undefined
  for (const half of halves) {
    for (const one of half.legs) (one.role === 'out' ? outs : one.role === 'in' ? ins : charges).push(one)
    if (half.warnings !== undefined) warnings = [...(warnings ?? []), ...half.warnings]
  }
  const fees = charges.length === 0 ? charges : charges.map((one) => chargedOn(one, outs, ins))
  const made: Writable<Meaning> = { kind: main.kind, legs: NO_LEGS }
  if (warnings !== undefined) made.warnings = warnings
  const [out] = outs
  const [into] = ins
  if (out === undefined || into === undefined) {
    made.legs = [...outs, ...ins, ...fees]
    return made
  }
  if (!outs.every((one) => isSameAsset(one, out)) || !ins.every((one) => isSameAsset(one, out))) {
    made.kind = exchangeOf(halves)
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

const NO_LEGS: readonly LegDraft[] = []
/** Of rows whose `facts` are the whole half: one for all of them, because many wait at a time. */
export const NO_PARTS: readonly Part[] = []

const movesSomething = ({ legs }: Meaning): boolean => legs.some(({ role }) => role !== 'fee')

/** A fee on the side that has its asset, unless it says itself what it was charged on. */
function chargedOn(one: LegDraft, outs: readonly LegDraft[], ins: readonly LegDraft[]): LegDraft {
  if (one.role !== 'fee' || one.for !== undefined) return one
  const isIn = (legs: readonly LegDraft[]): boolean => legs.some(({ asset }) => asset.symbol === one.asset.symbol)
  return isIn(outs) ? { ...one, for: 'out' } : isIn(ins) ? { ...one, for: 'in' } : one
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
function exchangeOf(halves: readonly Meaning[]): Kind {
  const named = halves.find(({ kind }) => !ANONYMOUS.has(kind))
  if (named !== undefined) return named.kind
  const has = (half: Meaning, role: LegDraft['role']): boolean => half.legs.some((one) => one.role === role)
  const outIsFiat = halves.every((half) => !has(half, 'out') || FIAT_OUT.has(half.kind))
  const inIsFiat = halves.every((half) => !has(half, 'in') || FIAT_IN.has(half.kind))
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
