/** Text that a spreadsheet must not take for a formula. */
import { safeText } from '../../shared/exports/csv-text.ts'
import type { CellKind } from '../../shared/reports/report.ts'

const NUMBER = /^-?\d+(\.\d+)?$/

/** A cell's text, safe to open in a spreadsheet. Numbers of our own columns stay as they are, losses too. */
export const spreadsheetText = (text: string, kind: CellKind): string =>
  (kind === 'money' || kind === 'amount') && NUMBER.test(text) ? text : safeText(text)
