/** Comma-separated text for other programs: a field is quoted where it must be, and never becomes a formula. */
import { looksLikeFormula } from '../sources/formula-guard.ts'

/** Text that is safe to open in a spreadsheet: an apostrophe stands before what looks like a formula. */
export const safeText = (text: string): string => (looksLikeFormula(text) ? `'${text}` : text)

/** One field as it is (RFC 4180): numbers, dates, words of a closed list. A semicolon is quoted for the spreadsheets that part by it. */
export const field = (text: string): string => (/[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A field of free text. */
export const textField = (text: string): string => field(safeText(text))

export const csvText = (lines: readonly (readonly string[])[]): string =>
  `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
