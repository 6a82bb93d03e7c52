/**
 * The shape of a country's rules as data. A pack reads like the statute's summary: each row a value, the dates it is in
 * force, and the authority. What needs an algorithm is named here and lives in code (`methods/`, `years/`).
 */
import type { Money } from '../amount/amount.ts'
import type { AssetKind } from '../events/account.ts'
import type { CivilDate, CurrencyCode } from '../events/identifiers.ts'
import type { CarryIn, FeeRules, Method } from '../events/interchange-types.ts'
import type { Kind } from '../events/kinds.ts'
import type { Holding } from './holding.ts'
import type { GainHead } from './result.ts'
import type { TableYear } from './years/table-rules.ts'

/** A value in force from `from` to `to`, both inclusive; an absent bound is open. */
export interface Dated<Value> {
  readonly from?: CivilDate
  readonly to?: CivilDate
  readonly value: Value
  readonly authority: string
}

const TREATMENTS = [
  /** No effect on lots; fee legs still count. */
  'nothing',
  /** Gives and takes at market value: purchase, sale, swap, spending. */
  'exchange',
  /** Units used for personal items: an exchange whose gain and loss the pack's rule may disregard. */
  'personal-use',
  /** Lots move where the asset stays the same; another asset is an exchange. */
  'carry-same',
  /** Lots move with date and cost, between accounts or into another wrapper. */
  'carry',
  /** Income at market value on receipt, which becomes the cost. */
  'income',
  /** Taken in at no cost, no income. */
  'acquire-nil',
  /** Taken in without an acquisition: no income now, and no gain in the law's sense later. */
  'acquire-outside',
  /** Taken in with the giver's cost and date. */
  'acquire-carried',
  /** Taken in at the market value of a death; always held long where the pack says so. */
  'acquire-inherited',
  /** A lot or pool from other records, as stated. */
  'opening',
  /** Disposal for the stated value, or for nothing. */
  'dispose-nil',
  /** Leaves the books with its cost, no gain or loss. */
  'leave',
  /** Leaves the books; whether a loss counts has to be decided. */
  'write-off',
  /** No disposal: the units stay in the books until a claim is made, which is open. */
  'await-claim',
  /** Disposal at market value and reacquisition at it. */
  'deemed',
  /** Income of the value of a debt that need not be paid any more. */
  'debt-released',
  /** Borrowed units come in at market value; given back, they are disposed of for what the debt was worth when taken. */
  'debt',
  /** Units go with their cost, which counts as a loss of its own, apart from gains. */
  'claim-loss',
  /** The person states the cost of units held. */
  'override',
  /** The parent's cost is divided between parent and child. */
  'split',
  /** A settled result of a derivative: profit with `in`, loss with `out`. */
  'derivative',
  /** Nobody knows yet what it was. */
  'unknown',
  /** The law is unsettled or facts decide, and no default is right. */
  'ask',
  /** Says something about other events: nothing moves, and it is open. */
  'note',
  /** A plug that makes balances agree: nothing in, no loss out, always open. */
  'correction',
] as const
export type Treatment = (typeof TREATMENTS)[number]

/** As a pack's row says it: `neutral-swap` is `carry` for coins against coins, as far as the pack's `neutralSwaps` goes, and else `exchange`. */
export type RuledTreatment = Treatment | 'neutral-swap'

/** What the law makes of some kinds. */
export interface TreatmentRule {
  readonly kinds: readonly Kind[]
  readonly treatment: RuledTreatment
  /** `income`: under which head. */
  readonly head?: string
  /** The question of the positions register that can change it, and what each answer makes of it. */
  readonly position?: string
  readonly choices?: Readonly<Record<string, RuledTreatment>>
  /** Answers that change the head of income, too. */
  readonly heads?: Readonly<Record<string, string>>
  readonly from?: CivilDate
  readonly to?: CivilDate
  readonly authority: string
}

/** A question of the register that no row of the treatments carries. */
export interface PositionRow {
  readonly id: string
  /** The pack's own choice. */
  readonly standard: string
  readonly choices: readonly string[]
  readonly authority: string
}

/** Plans for the change of scope. */
export interface ChangeoverRules {
  readonly from: CivilDate
  /** A rule for all lots had to be written down before this day. */
  readonly writtenBefore: CivilDate
  /** The last day, where no disposal sets an earlier or later one. */
  readonly due: CivilDate
  readonly authority: string
}

/** What the law does to holdings as a person comes under it, and as they leave. */
export interface ResidenceRules {
  /** Are holdings sold at market value on the day of leaving. */
  readonly exitDisposal: boolean
  /** Do holdings take their market value of the day of arrival as cost. */
  readonly entryStepUp: boolean
  readonly authority: string
}

export type ScopeRule = 'universal' | 'account'
/** `received`: both sides of a swap take the value of what is received; `exchanged`: each side the other's. */
export type SwapValueRule = 'received' | 'exchanged'

export interface LossLimit {
  readonly single: Money
  readonly marriedSeparately: Money
}

export interface CapitalGainsRates {
  readonly basic: Money
  readonly higher: Money
}

/** A fact about the person that the year's figures may need; `id` names the member of the profile's `person` it is kept in. */
export interface PersonFact {
  readonly id: 'filingStatus' | 'band' | 'partner' | 'otherGains.short' | 'otherGains.long' | 'otherIncome'
  readonly label: string
  readonly about: string
  /** The answers there are; absent for amounts and for yes or no. */
  readonly choices?: readonly { readonly id: string; readonly label: string }[]
  /** What is assumed while the fact is missing, in words. */
  readonly assumed: string
}

/** Private units that may be used up for personal items without a gain: up to what cost. */
export interface PersonalUse {
  readonly costLimit: Money
  readonly authority: string
}

/** What a country's law is, as far as it is data. */
export interface RulePack {
  readonly id: string
  readonly name: string
  /** What has to be verified before anybody relies on the figures, a sentence each; absent where the sources are settled. */
  readonly toVerify?: readonly string[]
  /** First and last tax year that the pack's tables cover; absent: 2022 to 2026. */
  readonly tableYears?: readonly [first: number, last: number]
  /** What the pack needs to know of the person, in the order to ask. */
  readonly facts?: readonly PersonFact[]
  /** Sums from before the books that its years take in; absent: losses, unless it has none. */
  readonly carriesIn?: readonly Exclude<keyof CarryIn, 'year'>[]
  /** How the return rounds to whole units: in the person's favour (what is received down, what was spent up), or what is beyond them dropped; absent: halves up. */
  readonly wholeUnits?: { readonly rule: 'favour' | 'truncate'; readonly authority: string }
  /** The currency that the law counts in; null where any will do. */
  readonly currency: CurrencyCode | null
  /** First day of the tax year. */
  readonly yearStart: { readonly month: number; readonly day: number }
  readonly methods: {
    readonly menu: readonly Method[]
    readonly standard: Method
    readonly authority: string
    /** When another method may begin; until the first one listed in the profile begins, the standard holds. Absent: any day. */
    readonly change?: { readonly when: 'year-start' | 'never'; readonly authority: string }
  }
  readonly scope: readonly Dated<ScopeRule>[]
  /** Scopes that the profile may choose, and until when. */
  readonly scopeChoice: readonly Dated<'account' | 'universal'>[]
  readonly swapValue: SwapValueRule
  readonly swapAuthority: string
  readonly fees: readonly Dated<Required<FeeRules>>[]
  /** A choice on position P6 as a fee rule of own transfers. */
  readonly transferFeeChoices: Readonly<Record<string, Required<FeeRules>['transfer']>>
  /** Heads of gain that the law keeps apart from private holdings; absent: none. Losses of one do not meet gains of another. */
  readonly gainHeads?: { readonly heads: readonly GainHead[]; readonly authority: string }
  /** Is there a short and a long term, by which calendar rule, and is the long one exempt. */
  readonly holding: Holding
  readonly treatments: readonly TreatmentRule[]
  /** How `personal-use` is read; absent: as any exchange. */
  readonly personalUse?: PersonalUse
  /** Own transfers take the oldest lots whatever the method, and no lots can be named for them. */
  readonly transfersFifo?: { readonly authority: string }
  /** The method of a wallet's coin may change only when none of it is left there. */
  readonly methodKeptUntilEmpty?: { readonly authority: string }
  /** What is carried over without the giver's figures has no cost, whatever its market value. */
  readonly carriedOnly?: boolean
  /** A gift in: is there a second basis for losses. */
  readonly giftLossBasis: boolean
  readonly inheritedIsLong: boolean
  /** Are rows of one asset and day one disposal, those of one event and asset, or is each row one. */
  readonly disposalUnit: 'event' | 'day' | 'row'
  /** Gains on foreign money itself: not computed and open, exempt, or with lots of its own like a coin. */
  readonly foreignMoney: { readonly rule: 'open' | 'exempt' | 'lots'; readonly authority: string }
  /** Boxes of the form by term. */
  readonly boxes: readonly Dated<{ readonly short: string; readonly long: string }>[]
  /** From when a standing order assumed for the whole history is reported, and books no longer bind a broker. */
  readonly identification: {
    readonly dateTest: boolean
    readonly assumedOrderFrom: CivilDate | null
    readonly brokerFrom: CivilDate | null
    readonly authority: string
  }
  /** Which algorithm of `years/` makes the year's totals, and the tables it reads. */
  readonly year: YearRules
  /** Lines of the return that take income, by head; a row without heads takes what no row before it names. */
  readonly incomeLines?: readonly Dated<{ readonly line: string; readonly heads: readonly string[] }>[]
  /** Questions of the register beyond those of the treatments. */
  readonly positions?: readonly PositionRow[]
  /** How unused basis may be divided when accounts become units of basis of their own. */
  readonly changeover?: ChangeoverRules
  /** Absent: neither an exit nor an entry changes anything. */
  readonly residence?: ResidenceRules
  /** Days of a tax year whose gains are counted apart, because a rate changes inside it. */
  readonly periods: readonly Dated<string>[]
  /** Gains and losses are counted month by month (`2025-03`). */
  readonly monthly?: boolean
  /** Gains that are counted apart because the person chose so: `period` is their name among the year's periods. */
  readonly rateClasses?: readonly RateClass[]
  /** Which swaps of `neutral-swap` rows keep their cost. */
  readonly neutralSwaps?: NeutralSwaps
  /** Days on which disposals are outside the tax: their rows are shown, `taxable: false`. */
  readonly untaxed?: readonly Untaxed[]
  /** Fees that the law does not let count; absent: all count as `fees` says. */
  readonly feeRelief?: FeeRelief
  /** A choice on a position that makes some fees not count. */
  readonly feeReliefChoice?: { readonly position: string; readonly choice: string; readonly relief: FeeRelief }
  /** Heads of income whose units have no cost though their value was income. */
  readonly nilCostHeads?: { readonly heads: readonly string[]; readonly authority: string }
  /** Share of the proceeds that may stand for the cost and fees where it is more, by whole years held; longest first. */
  readonly deemedCost?: readonly { readonly yearsHeld: number; readonly share: Money; readonly authority: string }[]
  /** Days on which what is held takes its market value as its cost. */
  readonly stepUps?: readonly StepUp[]
  /** Units acquired so many days before are taken first, the newest of them first; a loss waits for units bought as soon after. */
  readonly recentFirst?: { readonly days: number; readonly authority: string }
  /** Units acquired by this day keep their lots, apart from the average of all later ones. */
  readonly oldHoldings?: { readonly acquiredTo: CivilDate; readonly authority: string }
  /** Losses that a purchase near them denies. */
  readonly superficialLosses?: SuperficialLossRule
}

/** Losses denied where the same property is bought again within so many days before or after. */
export interface SuperficialLossRule {
  readonly days: number
  readonly authority: string
}

export interface Untaxed {
  readonly from?: CivilDate
  readonly to?: CivilDate
  /** Only an exchange of home currency and assets of this answer, nothing else in it. */
  readonly moneyTokens?: { readonly position: string; readonly choice: string }
  /** Not where the person chose so. */
  readonly unless?: { readonly position: string; readonly choice: string }
  readonly authority: string
}

export interface FeeRelief {
  readonly acquisition: boolean
  readonly disposal: boolean
  readonly authority: string
}

export interface NeutralSwaps {
  /** Asset kinds against which a swap is never neutral. */
  readonly taxableKinds: readonly AssetKind[]
  /** A choice on a position that makes these kinds neutral, too. */
  readonly unless?: { readonly position: string; readonly choice: string }
  /** Only between assets of one kind. */
  readonly sameKindOnly: boolean
  /** Assets of this answer stand for money: a swap into or out of them is never neutral. */
  readonly moneyTokens?: { readonly position: string; readonly choice: string }
  readonly authority: string
}

export interface RateClass {
  readonly period: string
  readonly position: string
  readonly choice: string
  /** Is the asset disposed of chosen, or the event by its accounts and assets. */
  readonly by: 'asset' | 'event'
  readonly from?: CivilDate
  readonly authority: string
}

export interface StepUp {
  /** First day on which the new cost holds; a tax year begins on it. */
  readonly from: CivilDate
  /** The day whose price counts, or a snapshot of that day. */
  readonly valuedAt: CivilDate
  /** `higher`: the value or the real cost, whichever is more. `value`: the value alone. */
  readonly cost: 'higher' | 'value'
  /** Only units acquired by this day. */
  readonly acquiredTo?: CivilDate
  /** Only where the person chose it. */
  readonly chosen?: { readonly position: string; readonly choice: string; readonly substituteTax: Money }
  readonly authority: string
}

/** The tables of a German year. */
export interface GermanYear {
  readonly rule: 'de'
  /** Below it nothing of the year's net from private sales is taxed; from it on all of it. */
  readonly saleLimit: readonly Dated<Money>[]
  /** The same for rewards and other services. */
  readonly rewardLimit: readonly Dated<Money>[]
  /** For all capital income together; shown, never applied to what is only part of it. */
  readonly saverAllowance: readonly Dated<Money>[]
  /** Heads of income that share the limit of rewards. */
  readonly rewardHeads: readonly string[]
  readonly carryBackYears: number
  readonly carryAuthority: string
  /** The last year whose tables are known. */
  readonly lastYear: number
}

/** A bracket of a progressive scale: the rate of what lies above `above`. */
export interface Bracket {
  readonly above: Money
  readonly rate: Money
}

/** The tables of an Australian year. */
export interface AustralianYear {
  readonly rule: 'au'
  /** Share of a discount gain that is not counted. */
  readonly discount: readonly Dated<Money>[]
  readonly brackets: readonly Dated<readonly Bracket[]>[]
  readonly levy: readonly Dated<Money>[]
}

export type YearRules =
  | GermanYear
  | AustralianYear
  | { readonly rule: 'plain' }
  | TableYear
  | { readonly rule: 'us'; readonly lossLimit: readonly Dated<LossLimit>[] }
  | { readonly rule: 'ca'; readonly inclusion: readonly Dated<Money>[] }
  | {
      readonly rule: 'fr'
      readonly exemption: readonly Dated<Money>[]
      readonly rates: readonly Dated<{ readonly incomeTax: Money; readonly socialLevies: Money }>[]
    }
  | {
      readonly rule: 'gb'
      readonly exempt: readonly Dated<Money>[]
      readonly rates: readonly Dated<CapitalGainsRates>[]
      /** Miscellaneous income up to this much is free; above it, it may be claimed instead of expenses. */
      readonly miscellaneous: readonly Dated<Money>[]
      /** Proceeds above which disposals have to be reported, even where no tax is due. */
      readonly reporting: readonly Dated<Money>[]
    }
