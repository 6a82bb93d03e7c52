/** Text that a spreadsheet must not take for a formula, and that comes back from our own tables as it was. */

/** Would a spreadsheet take it for a formula? So it does with what begins with `=`, `+`, `-`, `@`, tab or carriage return. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text)

/** Text with an apostrophe before what looks like a formula, and before what looks as if it had one already. */
export const guarded = (text: string): string => (looksLikeFormula(text.replace(/^'+/, '')) ? `'${text}` : text)

/** The text that was guarded. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && looksLikeFormula(text.replace(/^'+/, '')) ? text.slice(1) : text
