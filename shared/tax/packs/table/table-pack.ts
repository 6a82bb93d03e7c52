import type { CurrencyCode } from '../../../events/identifiers.ts'
import type { Method } from '../../../events/interchange-types.ts'
import type { RulePack, TreatmentRule } from '../../pack.ts'
import type { TableYear } from '../../years/table-rules.ts'
import { withOwnRows } from './base-treatments.ts'
import type { Reliability } from './rows.ts'

/** A country of the table: what it says itself. What it does not say is as `tablePack` fills it in. */
export interface TableCountry
  extends Partial<Omit<RulePack, 'currency' | 'year' | 'treatments' | 'methods' | 'scope' | 'fees' | 'toVerify'>> {
  readonly id: string
  readonly name: string
  readonly currency: string
  /** How far the page that the rows were taken from was checked. */
  readonly reliability: Reliability
  /** Beside the general sentence that goes with `reliability`. */
  readonly verify: readonly string[]
  readonly methods: RulePack['methods']
  readonly scope: 'universal' | 'account'
  readonly scopeAuthority: string
  /** Scopes that the taxpayer may choose beside the country's. */
  readonly otherScope?: 'universal' | 'account'
  /** Does the fee of an own transfer dispose of its coins, or do they go without a row. */
  readonly transferFee?: 'dispose' | 'drop' | 'carry'
  /** Does a fee paid in a coin dispose of it, or does it go without a row. */
  readonly coinFee?: 'dispose' | 'drop'
  readonly feeAuthority?: string
  readonly rows: readonly TreatmentRule[]
  readonly year: Omit<TableYear, 'rule'>
}

const TRANSFER_CHOICES = {
  dispose: 'dispose',
  'dispose-capitalise': 'dispose-capitalise',
  carry: 'carry',
  drop: 'drop',
  cost: 'cost',
} as const

const GRADES: Readonly<Record<Reliability, string | null>> = {
  primary: null,
  secondary:
    'These rules were taken from secondary sources: have the figures checked by an adviser of the country before filing.',
  general:
    'These rules rest on general knowledge and were not checked against the law: have the figures checked by an adviser of the country before filing.',
}

const GENERAL = 'General rule, to be verified for the country'

/** Fills a country's own rows up to a rule pack. */
export function tablePack(country: TableCountry): RulePack {
  const {
    reliability,
    verify,
    scope,
    scopeAuthority,
    otherScope,
    transferFee,
    coinFee,
    feeAuthority,
    rows,
    year,
    ...own
  } = country
  const grade = GRADES[reliability]
  return {
    carriesIn: carriedInto(year),
    yearStart: { month: 1, day: 1 },
    swapValue: 'received',
    swapAuthority: GENERAL,
    transferFeeChoices: TRANSFER_CHOICES,
    holding: { rule: 'none', authority: 'No distinction by time held' },
    giftLossBasis: false,
    inheritedIsLong: false,
    disposalUnit: 'event',
    foreignMoney: { rule: 'exempt', authority: 'Not counted here; to be verified for the country' },
    boxes: [],
    identification: { dateTest: true, assumedOrderFrom: null, brokerFrom: null, authority: GENERAL },
    periods: [],
    ...own,
    currency: country.currency as CurrencyCode,
    toVerify: grade === null ? verify : [grade, ...verify],
    scope: [{ value: scope, authority: scopeAuthority }],
    scopeChoice: [scope, ...(otherScope === undefined ? [] : [otherScope])].map((value) => ({
      value,
      authority: scopeAuthority,
    })),
    fees: [
      {
        value: {
          buy: 'cost',
          sell: 'proceeds',
          swap: 'out',
          coin: coinFee ?? 'dispose',
          transfer: transferFee ?? 'dispose',
        },
        authority: feeAuthority ?? GENERAL,
      },
    ],
    treatments: withOwnRows(rows),
    year: { rule: 'table', ...year },
  }
}

/** Losses where some year's rule uses those of earlier ones, costs where they are carried. */
function carriedInto({ gains }: Omit<TableYear, 'rule'>): NonNullable<RulePack['carriesIn']> {
  if (gains.some(({ value }) => value.netting === 'revenue')) return ['costs']
  return gains.some(({ value }) => value.loss.use === 'forward') ? ['losses'] : []
}

/** One method and no other. */
export const only = (method: Method, authority: string): RulePack['methods'] => ({
  menu: [method],
  standard: method,
  authority,
})
