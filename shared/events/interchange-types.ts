/**
 * The typed form of a `tallystick/events@1` document: what `calc` computes from and what an export writes. Decimals are
 * already bigints, times instants, dates civil dates; shorthand members of the document are spelt out.
 */
import type { Amount, Money } from '../amount/amount.ts'
import type { Account, Asset } from './account.ts'
import type { LedgerEvent } from './event.ts'
import type { AccountId, AssetId, CivilDate, CurrencyCode, Instant, ZoneName } from './identifiers.ts'
import type { Decided, Told } from './interchange-decided.ts'

export const INTERCHANGE_SCHEMA = 'tallystick/events@1'
export const RESULT_SCHEMA = 'tallystick/result@1'

export const METHODS = [
  'fifo',
  'lifo',
  'hifo',
  'lofo',
  'specific',
  'acb',
  'moving-average',
  'total-average',
  's104',
  'portfolio-fr',
  'fifo-average',
  'yearly-costs',
] as const
/**
 * How lots or pools are chosen. `fifo-average` (DE): dates by FIFO, value by the wallet's average. `yearly-costs` (PL): no
 * lots, the costs of a year stand against its revenue.
 */
export type Method = (typeof METHODS)[number]

/** A method in force from a civil date on, for one asset or account where named. */
export interface MethodFrom {
  readonly from: CivilDate
  readonly method: Method
  readonly asset?: AssetId
  readonly account?: AccountId
}

export const SCOPES = ['account', 'universal', 'pack'] as const
/** The unit of basis: each account (or its group), one for all, or the rule pack's own rule with its changeover. */
export type Scope = (typeof SCOPES)[number]

export const BUY_FEE_RULES = ['cost'] as const
export const SELL_FEE_RULES = ['proceeds'] as const
export const SWAP_FEE_RULES = ['out', 'in', 'split'] as const
export const COIN_FEE_RULES = ['dispose', 'drop'] as const
export const TRANSFER_FEE_RULES = ['dispose', 'carry', 'drop', 'cost', 'dispose-capitalise'] as const

/** Fee rules that the profile sets over the rule pack's, one by one; absent members leave the pack's rule. */
export interface FeeRules {
  readonly buy?: (typeof BUY_FEE_RULES)[number]
  readonly sell?: (typeof SELL_FEE_RULES)[number]
  readonly swap?: (typeof SWAP_FEE_RULES)[number]
  readonly coin?: (typeof COIN_FEE_RULES)[number]
  readonly transfer?: (typeof TRANSFER_FEE_RULES)[number]
}

/** One recorded choice on a question of the positions register; the narrowest scope that applies wins. */
export interface PositionChoice {
  readonly choice: string
  readonly scope?: { readonly asset?: AssetId; readonly protocol?: string; readonly account?: AccountId }
  readonly from?: CivilDate
  readonly to?: CivilDate
  readonly reason?: string
}

/** What a rule pack must know about the person in one tax year: sums outside this ledger share allowances and limits. */
export interface PersonYear {
  readonly filingStatus?: string
  readonly band?: string
  readonly partner?: boolean
  readonly otherGains?: { readonly short?: Money; readonly long?: Money }
  readonly otherIncome?: Money
}

/** Losses and costs carried into the first year of this ledger, as of the end of the year before `year`. */
export interface CarryIn {
  /** The tax year (in which it begins) that these sums are carried into. */
  readonly year: number
  readonly lossShort?: Money
  readonly lossLong?: Money
  readonly losses?: Money
  readonly costs?: Money
  readonly frAcquisition?: Money
  readonly frConsumed?: Money
  readonly frSoultes?: Money
}

export interface Profile {
  /** Lower-case ISO 3166 country code, or `none` for the plain arithmetic pack. */
  readonly jurisdiction: string
  readonly currency: CurrencyCode
  readonly zone: ZoneName
  /** Absent: the pack's default. One method is spelt as itself, changes over time as a list in document order. */
  readonly method?: Method | readonly MethodFrom[]
  readonly scope: Scope
  readonly fees: FeeRules
  /** By id of the register (`P1`, …). */
  readonly positions: Readonly<Record<string, readonly PositionChoice[]>>
  /** By tax year (the calendar year in which it begins), as four digits. */
  readonly person: Readonly<Record<string, PersonYear>>
  readonly carryIn?: CarryIn
  readonly rounding?: 'cents' | 'whole'
}

/** The price of one unit of `asset` in `currency`. `time`: a civil date is that whole day in the profile's zone; an instant is exact and wins. */
export interface PriceEntry {
  readonly asset: AssetId
  readonly currency: CurrencyCode
  readonly time: CivilDate | Instant
  readonly price: Money
  /** Where the price came from (a file, a provider), for the report. */
  readonly source?: string
}
export type Prices = readonly PriceEntry[]

/** One row of a broker's form (US: 1099-DA). Column d of the 8949 is the form's proceeds. */
export interface BrokerForm {
  readonly account: AccountId
  readonly asset: AssetId
  readonly units: Amount
  readonly sold: CivilDate
  readonly proceeds: Money
  readonly basisReported: boolean
  readonly box?: 'G' | 'H' | 'J' | 'K' | 'Y'
  readonly acquired?: CivilDate
  readonly basis?: Money
  readonly term?: 'S' | 'L' | 'O'
  readonly grossOrNet?: 'gross' | 'net'
  readonly washLoss?: Money
  readonly withheldTax?: Money
  readonly noncovered?: boolean
  readonly customerInfo?: boolean
  readonly unitsIn?: Amount
  readonly dateIn?: CivilDate
  readonly aggregate?: 'QS' | 'NFT'
  readonly count?: number
  readonly filer?: string
}

/** A whole document. Events are in document order, each with `order` = its index, which breaks ties of time. */
export interface InterchangeDocument {
  readonly profile: Profile
  readonly accounts: readonly Account[]
  readonly assets: readonly Asset[]
  readonly events: readonly LedgerEvent[]
  readonly prices: Prices
  readonly brokerForms: readonly BrokerForm[]
  /** Of our own books: what the sources said beside the events, and what people decided. No computation reads them. */
  readonly told?: readonly Told[]
  readonly decided?: Decided
}
