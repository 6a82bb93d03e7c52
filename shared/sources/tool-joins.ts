/** Rows that another tool has joined itself: the halves of a transfer, the legs of an exchange. */
import type { Amount } from '../amount/amount.ts'
import type { Kind } from '../events/kinds.ts'
import type { CellProblem } from './cells.ts'
import type { Meaning } from './legs.ts'
import type { LegDraft } from './source-format.ts'
import type { JoinedRow } from './table-source.ts'
import { tradeKind } from './trade-kind.ts'

/**
 * Halves that the tool itself joined, each read on its own first: a transfer where one asset left and arrived, otherwise
 * an exchange; a half whose other half is not in the file stays what it is.
 */
export function joinedHalves(rows: readonly JoinedRow[]): Meaning | CellProblem {
  const halves = rows.map(({ facts }) => facts as Meaning)
  const main = halves.find((half) => half.legs.some(({ role }) => role !== 'fee')) ?? halves[0]
  if (halves.length === 1 || main === undefined) return main ?? { kind: 'informational', legs: [] }
  const legs = halves.flatMap((half) => half.legs)
  const outs = legs.filter(({ role }) => role === 'out')
  const ins = legs.filter(({ role }) => role === 'in')
  const on = (symbol: string): Pick<LegDraft, 'for'> =>
    outs.some(({ asset }) => asset.symbol === symbol)
      ? { for: 'out' }
      : ins.some(({ asset }) => asset.symbol === symbol)
        ? { for: 'in' }
        : {}
  const fees = legs
    .filter(({ role }) => role !== 'out' && role !== 'in')
    .map((one) => (one.role === 'fee' && one.for === undefined ? { ...one, ...on(one.asset.symbol) } : one))
  const warnings = halves.flatMap((half) => half.warnings ?? [])
  const told = warnings.length === 0 ? {} : { warnings }
  const [out] = outs
  const [into] = ins
  if (out === undefined || into === undefined) return { kind: main.kind, legs: [...outs, ...ins, ...fees], ...told }
  const symbols = new Set([...outs, ...ins].map(({ asset }) => `${asset.contract ?? ''} ${asset.symbol.toUpperCase()}`))
  if (symbols.size > 1) return { kind: exchangeOf(halves), legs: [...outs, ...ins, ...fees], ...told }
  const left = outs.reduce((sum, { amount }) => sum + amount, 0n)
  const arrived = ins.reduce((sum, { amount }) => sum + amount, 0n)
  const lost = left - arrived
  const plain = [...outs, ...ins].map(({ value: _, ...one }) => one)
  if (lost < 0n) {
    return {
      kind: 'transfer',
      legs: [...plain, ...fees],
      warnings: [...warnings, 'more arrived than was sent: both sides are kept as they are stated'],
    }
  }
  if (lost === 0n) return { kind: 'transfer', legs: [...plain, ...fees], ...told }
  const explains = fees.some((fee) => fee.asset.symbol === out.asset.symbol && fee.amount === lost)
  const rest = explains ? fees.filter((fee) => fee.asset.symbol !== out.asset.symbol || fee.amount !== lost) : fees
  // Several that left: the first that is large enough bears what is missing.
  const bearer = outs.find(({ amount }) => amount >= lost)
  if (bearer === undefined) {
    const warning = 'less arrived than was sent: both sides are kept as they are stated'
    return { kind: 'transfer', legs: [...plain, ...fees], warnings: [...warnings, warning] }
  }
  const within: LegDraft = {
    role: 'fee',
    asset: bearer.asset,
    amount: lost as Amount,
    for: 'out',
    included: true,
    ...(bearer.account === undefined ? {} : { account: bearer.account }),
  }
  return { kind: 'transfer', legs: [...plain, within, ...rest], ...told }
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
