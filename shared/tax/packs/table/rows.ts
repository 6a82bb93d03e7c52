import type { Money } from '../../../amount/amount.ts'
import { ONE_MONEY } from '../../../amount/amount.ts'
import type { CivilDate } from '../../../events/identifiers.ts'
import type { Dated, PersonFact } from '../../pack.ts'
import type { Rates } from '../../years/table-rules.ts'

/** How far a cell of a table was checked. Everything but `primary` is to be verified before anybody relies on it. */
export type Reliability = 'primary' | 'secondary' | 'general'

export const date = (text: string): CivilDate => text as CivilDate
export const whole = (units: bigint): Money => (units * ONE_MONEY) as Money
/** A percentage in hundredths of a percent: `percent(27_50n)` is 27.5 %. */
export const percent = (hundredths: bigint): Money => ((hundredths * ONE_MONEY) / 10_000n) as Money

/** A value for whole tax years that begin in the calendar years `from` to `to`. */
export function inYears<Value>(
  from: number | null,
  to: number | null,
  value: Value,
  authority: string,
  start = '01-01',
): Dated<Value> {
  return {
    ...(from === null ? {} : { from: date(`${from}-${start}`) }),
    ...(to === null ? {} : { to: date(`${to}-${start}`) }),
    value,
    authority,
  }
}

export const flat = (rate: Money, surcharge?: Money): Rates => ({
  kind: 'flat',
  rate,
  ...(surcharge === undefined ? {} : { surcharge }),
})
export const slices = (...rows: readonly (readonly [over: bigint, rate: Money])[]): Rates => ({
  kind: 'slices',
  slices: rows.map(([over, rate]) => ({ over: whole(over), rate })),
})
export const OWN_SCALE: Rates = { kind: 'own-scale' }
export const NO_RATES: Rates = { kind: 'none' }

/** Gains made elsewhere that share the year's allowance and losses. */
export const OTHER_GAINS: PersonFact = {
  id: 'otherGains.short',
  label: 'Gains made elsewhere',
  about: 'Gains of the year outside this ledger that share its allowance, limit or losses; a loss with a minus.',
  assumed: 'none',
}

/** Income below which the slices of the tax are already used up. */
export const OTHER_INCOME: PersonFact = {
  id: 'otherIncome',
  label: 'Other income of the same base',
  about: 'Savings or capital income outside this ledger: the slices of the tax begin above it.',
  assumed: 'none',
}

export const PARTNER: PersonFact = {
  id: 'partner',
  label: 'Tax partner all year',
  about: 'A partner doubles the tax-free amount.',
  assumed: 'no',
}
