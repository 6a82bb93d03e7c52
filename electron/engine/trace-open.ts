/** Figures of a tax year that hang on its open points: what they are called, and the events behind them. */
import type { YearTotals } from '../../shared/tax/result.ts'
import { openOfYear } from './tax-answers.ts'
import type { Source } from './tax-book.ts'

interface OpenFigure {
  readonly label: string
  readonly of: (totals: YearTotals) => bigint | null
}

const FIGURES: Readonly<Record<string, OpenFigure>> = {
  low: { label: 'Gain at least', of: ({ low }) => low },
  high: { label: 'Gain at most', of: ({ high }) => high },
  incomeLow: { label: 'Income at least', of: ({ incomeLow }) => incomeLow },
  incomeHigh: { label: 'Income at most', of: ({ incomeHigh }) => incomeHigh },
  'withoutOpen.gain': { label: 'Gain without the open points', of: ({ withoutOpen }) => withoutOpen.gain },
  'withoutOpen.income': { label: 'Income without the open points', of: ({ withoutOpen }) => withoutOpen.income },
}

/** Such a figure by its name; null where it is another one. */
export const openFigure = (field: string): OpenFigure | null =>
  Object.hasOwn(FIGURES, field) ? (FIGURES[field] ?? null) : null

/** References of the events that the year's open points are on. */
export const openEvents = (source: Source, year: number): string[] => [
  ...new Set(openOfYear(source, year).flatMap(({ event }) => (event === null ? [] : [`event:${event}`]))),
]
