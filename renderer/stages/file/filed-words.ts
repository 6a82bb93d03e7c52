import { exactText, moneyText } from '../../components/decimal-text.ts'

/** Names of a year's figures in the words of the Tax view, in the order in which they are told. */
const NAMES: Readonly<Record<string, string>> = {
  blocked: 'The year cannot be worked out now',
  gain: 'Net gain',
  taxable: 'Taxable gain',
  shortTerm: 'Net gain, short term',
  longTerm: 'Net gain, long term',
  gains: 'Gains',
  losses: 'Losses',
  proceeds: 'Proceeds',
  cost: 'Cost basis',
  fees: 'Fees',
  income: 'Income',
  incomeTaxable: 'Taxable income',
  low: 'Net gain, at least',
  high: 'Net gain, at most',
  incomeLow: 'Income, at least',
  incomeHigh: 'Income, at most',
  'withoutOpen: gain': 'Net gain without what is open',
  'withoutOpen: income': 'Income without what is open',
  disposals: 'Disposals',
  'rows of disposals': 'Lines of disposals',
  'rows of income': 'Lines of income',
  'rows of open': 'Open points',
}
const ORDER = Object.keys(NAMES)

/** Figures that count things; all other decimals are money. */
const COUNTS: readonly string[] = ['disposals']

export interface DiffLine {
  readonly label: string
  readonly filed: string
  readonly now: string
}

/** The name of a figure as people read it; a line of a country's return names itself. */
export function figureName(label: string): string {
  return NAMES[label] ?? label
}

/** A figure as people read it: money to the cent, whatever else as it is. */
export function figureText({ label }: DiffLine, value: string, locale: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value
  return COUNTS.includes(label) ? exactText(value, locale) : moneyText(value, locale)
}

/** The lines in the order in which the Tax view tells them, lines of the return after the figures they add up to. */
export function inOrder(lines: readonly DiffLine[]): DiffLine[] {
  const placeOf = ({ label }: DiffLine): number => {
    const place = ORDER.indexOf(label)
    return place === -1 ? ORDER.indexOf('low') - 0.5 : place
  }
  return [...lines].sort((left, right) => placeOf(left) - placeOf(right))
}
