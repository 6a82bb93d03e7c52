import type { StageState } from '../../shared/contract/tax.ts'

/** Where an open point is settled. What is not named here is settled when the year is checked. */
const STAGES: Readonly<Record<string, StageState['id']>> = {
  'missing-acquisition': 'sources',
  'unmatched-out': 'transfers',
  'unmatched-in': 'transfers',
  'transfer-difference': 'transfers',
  'standing-order-assumed': 'books',
  'changeover-unplanned': 'books',
  'fee-rule-overridden': 'books',
  'person-fact-missing': 'books',
  'year-outside-tables': 'books',
}

/** The stage of the walk-through in which an open point of this code is settled. */
export const stageOf = (code: string): StageState['id'] => STAGES[code] ?? 'file'
