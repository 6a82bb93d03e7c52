/** Comma-separated text for other programs: a field is quoted where it must be, and never becomes a formula. */

/** A field of free text. What a spreadsheet would take for a formula gets an apostrophe in front. */
export function textField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return field(safe)
}

/** A field as it is: numbers, dates, words of a closed list. */
export const field = (text: string): string => (/[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const csvText = (lines: readonly (readonly string[])[]): string =>
  `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
