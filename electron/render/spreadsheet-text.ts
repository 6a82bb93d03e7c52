/** Text that a spreadsheet must not take for a formula. */
import type { CellKind } from '../../shared/reports/report.ts'

const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * A cell's text, safe to open in a spreadsheet: what begins like a formula (`=`, `+`, `-`, `@`, tab, carriage return)
 * gets an apostrophe before it. Numbers and dates of our own columns stay as they are.
 */
export function spreadsheetText(text: string, kind: CellKind): string {
  if ((kind === 'money' || kind === 'amount') && NUMBER.test(text)) return text
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** One CSV field, quoted where it has to be (RFC 4180). */
export const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
