import type { Money } from '../../shared/amount/amount.ts'
import { formatMoney, parseDecimal } from '../../shared/amount/decimal.ts'

/** Where a command writes. With `json`, standard output gets exactly one JSON document and nothing else. */
export interface Output {
  readonly json: boolean
  /** The one document of `--json`; without it the lines for people. */
  document(value: unknown, lines: () => readonly string[]): void
  /** Progress and messages: always on standard error. */
  message(text: string): void
}

export interface Streams {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
}

export function createOutput(json: boolean, streams: Streams = process): Output {
  return {
    json,
    document(value, lines) {
      const text = json ? JSON.stringify(value, null, 2) : lines().join('\n')
      if (text !== '') streams.stdout.write(`${text}\n`)
    },
    message(text) {
      streams.stderr.write(`${text}\n`)
    },
  }
}

/** A table in plain text. Columns named in `right` are right-aligned. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string[] {
  if (rows.length === 0) return ['(none)']
  const clean = rows.map((row) => row.map(oneLine))
  const widths = columns.map((name, at) => Math.max(name.length, ...clean.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        const width = widths[at] ?? 0
        return right.includes(columns[at] ?? '') ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...clean.map(line)]
}

/** Text from files may hold line breaks and terminal escapes: shown as one harmless line. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach the terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim()
}

/** Money as people read it: to the cent, thousands apart. Full precision is what `--json` is for. Other text stays as it is. */
export function money(text: string): string {
  const exact = parseDecimal(text, 18)
  if (typeof exact !== 'bigint') return text
  const [whole = '', cents = ''] = formatMoney(exact as Money, 2).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

/** A bound of money, or that there is none. */
export const bound = (text: string | null): string => (text === null ? 'unknown' : money(text))
