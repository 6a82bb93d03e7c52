/**
 * What the tax engine gives: every figure exact, money × 10⁻¹⁸, units × 10⁻²⁴, dates civil in the profile's zone.
 * `result-document.ts` writes it as a `tallystick/result@1` document.
 */
import type { Amount, Money } from '../amount/amount.ts'
import type { AccountId, AssetId, CivilDate, CurrencyCode, EventId, Instant } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'

/** The version of the computation; a filing records it, and a change of any figure changes it. */
export const ENGINE_VERSION = '1.1.0'

export type Term = 'short' | 'long'

/** Gains that some laws keep apart from those on private holdings. */
export type GainHead = 'derivative' | 'business' | 'personal-use' | 'nft'

/**
 * Where the units of a lot came from. A move (transfer, bridge, wrapper) makes a new origin whose `parent` is the lot
 * they were taken from and whose `via` is the event that moved them: the chain behind every disposal.
 */
export interface LotOrigin {
  /** The event that first acquired the units. */
  readonly event: EventId
  /** Index of its leg in that event. */
  readonly leg: number
  readonly asset: AssetId
  /** The account, or its group, that the lot is in. */
  readonly account: AccountId
  /** Instant that orders the lot by age. */
  readonly time: Instant
  /** Day number of the acquisition. */
  readonly day: number
  /** First day number on which a disposal is long-term. */
  readonly longFrom: number
  /** Rank among equal instants: the order in which lots were first listed. */
  readonly sequence: number
  /** Cost per unit as a fraction, for the methods that compare it. */
  readonly unitCost: Money
  readonly perUnits: Amount
  readonly parent: LotOrigin | null
  readonly via: EventId | null
  readonly note: LotNote | null
}

/** What sets a lot apart from a purchase. */
export interface LotNote {
  /** No acquisition is known: cost 0, and whatever is disposed of is open. */
  readonly missing?: true
  /** Taken in without an acquisition in the law's sense: what it fetches is not taxed. */
  readonly outside?: true
  /** Inherited: always long-term; the form says so in its date column. */
  readonly inherited?: true
  /** A gift worth less than its cost when given: the basis for a loss, and the day from which that basis counts. */
  readonly lossBasis?: {
    readonly cost: Money
    readonly amount: Amount
    readonly day: number
    readonly longFrom: number
  }
}

/** One lot fraction disposed of, or one matching rule of a disposal. */
export interface DisposalRow {
  readonly event: EventId
  /** Rows made of several events (a day of the United Kingdom); null where `event` is all. */
  readonly events: readonly EventId[] | null
  /** Number of the row among those of its event (or day) and asset, from 0; with both, the row's identity. */
  readonly part: number
  readonly time: Instant
  /** Null under universal scope. */
  readonly account: AccountId | null
  readonly asset: AssetId
  readonly amount: Amount
  readonly acquired: CivilDate | null
  readonly disposed: CivilDate
  /** Gross of disposal fees. */
  readonly proceeds: Money
  /** Only the fees that the pack lets count. */
  readonly fees: Money
  /** With acquisition fees. */
  readonly cost: Money
  /** proceeds − fees − cost. */
  readonly rawGain: Money
  /** rawGain, less what the law denies of a loss. */
  readonly gain: Money
  readonly term: Term | null
  readonly taxable: boolean
  readonly rule: string
  /** The event of the lot's first acquisition. */
  readonly lot: EventId | null
  readonly taxYear: number
  readonly box: string | null
  /** What the form's columns say where a broker's form or a code changes them; absent: proceeds less fees, cost, no code. */
  readonly entry?: FormEntry
  /** The head of gain that the law keeps apart from holdings; null for holdings, and where the law keeps none apart. */
  readonly head: GainHead | null
  /** What the event was. */
  readonly kind: Kind
  /** The lot behind it, with the transfers it went through; null for pools. */
  readonly origin: LotOrigin | null
  /** Entries of the French form 2086 behind the row. */
  readonly form2086?: Form2086
}

/** What a column of the French form 2086 is filled from: exact, before the form rounds. */
export interface Form2086 {
  /** Line 212: value of the whole portfolio just before. */
  readonly portfolio: Money
  /** Line 213: price without any cash balance. */
  readonly price: Money
  /** Line 216: cash balance, positive received, negative paid. */
  readonly soulte: Money
  /** Line 220: total acquisition price so far. */
  readonly acquisition: Money
  /** Line 221: fractions of it used up before. */
  readonly consumed: Money
  /** Line 222: cash balances received in earlier swaps. */
  readonly soultes: Money
}

/** The acquisition price of a whole portfolio: gross, what of it is used up, and cash balances received in swaps. */
export interface PortfolioState {
  readonly acquisition: Money
  readonly consumed: Money
  readonly soultes: Money
}

/** A row's columns on the official form, as a broker's form has them. */
export interface FormEntry {
  /** Index of the broker's form it is matched with; null where only a code is added. */
  readonly form: number | null
  readonly proceeds: Money
  readonly cost: Money
  readonly adjustment: Money
  /** Codes in alphabetical order. */
  readonly code: string
  /** Rows that the form has as one: the first carries the sums of all, the others make no line. */
  readonly joined: 'first' | 'other' | null
  /** Units of the line where rows are joined. */
  readonly units: Amount
}

export interface IncomeRow {
  readonly event: EventId
  readonly time: Instant
  readonly date: CivilDate
  readonly account: AccountId
  readonly asset: AssetId
  readonly amount: Amount
  readonly value: Money
  readonly head: string
  readonly taxYear: number
}

/** What was paid for coins where no lots are kept: a cost of the year in which it was paid. */
export interface CostRow {
  readonly event: EventId
  readonly time: Instant
  readonly date: CivilDate
  readonly asset: AssetId
  readonly cost: Money
  readonly taxYear: number
}

/** Units that left without a disposal: gifts, donations, losses that no law counts. */
export interface TransferOutRow {
  readonly event: EventId
  readonly time: Instant
  readonly kind: string
  readonly account: AccountId | null
  readonly asset: AssetId
  readonly amount: Amount
  readonly acquired: CivilDate | null
  readonly date: CivilDate
  /** Market value of the units where known. */
  readonly value: Money | null
  readonly cost: Money
  readonly term: Term | null
  readonly lot: EventId | null
  readonly taxYear: number
  readonly origin: LotOrigin | null
}

export interface HeldLot {
  /** Null under universal scope. */
  readonly account: AccountId | null
  readonly asset: AssetId
  readonly amount: Amount
  readonly acquired: CivilDate | null
  readonly cost: Money
  readonly origin: EventId
  /** First day on which a disposal would be long-term. */
  readonly longFrom: CivilDate | null
  readonly chain: LotOrigin
}

export interface PoolBalance {
  readonly asset: AssetId
  readonly account: AccountId | null
  readonly amount: Amount
  readonly cost: Money
}

/** The least and the most that a figure can become; null where a bound is not known. */
export interface Effect {
  readonly low: Money | null
  readonly high: Money | null
}

/** Something only the user, or a better record, can settle. `effect` is what the item adds to the year's gain (or income). */
export interface OpenPoint {
  readonly code: string
  readonly event: EventId | null
  readonly account: AccountId | null
  readonly asset: AssetId | null
  readonly amount: Amount | null
  readonly taxYear: number | null
  readonly effect: Effect
  /** What the totals count meanwhile, between the bounds. */
  readonly counted: Money
  /** Which total the effect is of; `none`: neither, or not computable. */
  readonly of: 'gain' | 'income' | 'none'
  /** A name or a fact that the sentence of this code needs. */
  readonly detail: string | null
}

/** What is held of an asset on a day, and what it is worth; `value` null where no price is known. */
export interface HeldValue {
  readonly asset: AssetId
  readonly amount: Amount
  readonly cost: Money
  readonly value: Money | null
  /** Stated by a snapshot of the day. */
  readonly stated: boolean
}

export interface YearTotals {
  readonly year: number
  /** As the country writes it: `2025`, `2024-25`. */
  readonly label: string
  readonly proceeds: Money
  readonly fees: Money
  readonly cost: Money
  readonly gain: Money
  /** Per disposal as the law counts them. */
  readonly gains: Money
  readonly losses: Money
  readonly disposals: number
  readonly shortTerm: Money
  readonly longTerm: Money
  readonly exempt: Money
  readonly denied: Money
  readonly discount: Money
  readonly income: Money
  readonly incomeByHead: Readonly<Record<string, Money>>
  readonly incomeTaxable: Money
  /** Net loss that the year lets count against other income. */
  readonly deduction: Money
  /** Allowance used up. */
  readonly allowance: Money
  readonly taxable: Money
  /** Null where the pack does not compute it. */
  readonly tax: Money | null
  readonly carryOut: Readonly<Record<string, Money>>
  /** Bounds of `gain` with the open points settled either way. */
  readonly low: Money | null
  readonly high: Money | null
  /** Bounds of `income`, likewise. */
  readonly incomeLow: Money | null
  readonly incomeHigh: Money | null
  /** The totals without what open points count for meanwhile. */
  readonly withoutOpen: { readonly gain: Money; readonly income: Money }
  /** Holdings on the day that the country asks for; absent where it asks for none. */
  readonly wealth?: readonly HeldValue[]
  /** What is held as the year ends, where the country's sheet asks for it. */
  readonly closing?: readonly { readonly asset: AssetId; readonly amount: Amount; readonly cost: Money }[]
  /** Months or other periods counted apart: gains, losses and proceeds by name; absent where there are none. */
  readonly periods?: Readonly<
    Record<string, { readonly gains: Money; readonly losses: Money; readonly proceeds: Money }>
  >
  /** Further lines of the country's return, in its order. */
  readonly lines: readonly { readonly id: string; readonly label: string; readonly amount: Money }[]
}

/** One line of an official form as the engine gives it, by column. */
export type FormLine = Readonly<Record<string, string>>

/** A tax year that cannot be computed, and why; every later year is blocked as well. */
export interface BlockedYear {
  readonly year: number
  readonly refusals: readonly Refusal[]
}

/** The time under one country's law of a person who moved, and what that law makes of it. */
export interface ResidencePart {
  readonly jurisdiction: string
  readonly currency: CurrencyCode
  readonly zone: string
  /** From this instant; null: from the beginning. */
  readonly from: Instant | null
  /** Up to this instant, which belongs to the next part; null: to the end. */
  readonly to: Instant | null
  /** The event that began it. */
  readonly event: EventId | null
  readonly result: TaxResult
}

export interface TaxResult {
  readonly engine: string
  readonly inputHash: string
  readonly jurisdiction: string
  readonly currency: CurrencyCode
  readonly zone: string
  /** The method that the profile, or else the pack, sets. */
  readonly method: string
  readonly disposals: readonly DisposalRow[]
  readonly income: readonly IncomeRow[]
  readonly transfersOut: readonly TransferOutRow[]
  /** Absent where costs stand behind lots or pools. */
  readonly costs?: readonly CostRow[]
  readonly lots: readonly HeldLot[]
  readonly pools: readonly PoolBalance[]
  /** The acquisition price of the whole portfolio, where the law keeps it as one. */
  readonly portfolio?: PortfolioState
  readonly totals: ReadonlyMap<number, YearTotals>
  readonly open: readonly OpenPoint[]
  /** Years that could not be computed; the others stand. */
  readonly blocked: readonly BlockedYear[]
  /** How the brokers' forms agree with the disposals; empty without forms. */
  readonly brokerForms: readonly BrokerFormStatus[]
  /** Each country's part where the person moved; empty where nobody did. The result itself is the first part's. */
  readonly residence: readonly ResidencePart[]
}

/** How a broker's form stands to the disposals of its account. */
export interface BrokerFormStatus {
  /** Index of the form in the input. */
  readonly form: number
  readonly status:
    | 'matched'
    | 'basis-missing'
    | 'basis-differs'
    | 'proceeds-differs'
    | 'term-differs'
    | 'aggregate'
    | 'unmatched'
  /** Ids of the disposal rows (`disposalId`). */
  readonly rows: readonly string[]
  readonly taxYear: number
  /** What the books have for the same units: proceeds less fees, and cost. */
  readonly proceeds: Money
  readonly cost: Money
}

/** Why nothing was computed: what to change, in words a person can act on. */
export interface Refusal {
  readonly code:
    | 'unknown-jurisdiction'
    | 'currency-not-of-country'
    | 'method-not-allowed'
    | 'position-not-allowed'
    | 'scope-not-allowed'
    | 'method-change-not-allowed'
    | 'named-lot-missing'
    | 'named-lots-exceed'
    | 'year-filed'
    | 'unknown-account'
    | 'unknown-asset'
    | 'invalid-event'
    | 'unknown-zone'
    | 'allocation-not-equal'
    | 'allocation-basis-reused'
    | 'allocation-late'
    | 'allocation-written-late'
    | 'allocation-irrevocable'
    | 'before-asset-existed'
  readonly event: EventId | null
  readonly text: string
  /** The rule that refuses, as the law names it. */
  readonly rule?: string
  /** The tax year that it blocks, with every later one; absent: all. */
  readonly taxYear?: number
}

export type TaxOutcome =
  | { readonly ok: true; readonly result: TaxResult }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** The stable identity of a row: the same as long as its event, and the rows of it before this one, are the same. */
export const disposalId = (row: DisposalRow): string => `${row.event}~${row.asset}~${row.part}`
