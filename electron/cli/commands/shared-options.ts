import type { Command } from 'commander'
import { CommandFailure } from '../exit.ts'
import { type EngineClient, untilReadAgain } from '../ledger-session.ts'
import { createOutput, type Output } from '../output.ts'
import type { PassphraseOptions } from '../passphrase.ts'

/** The options that every command on a ledger takes. */
export interface LedgerOptions extends PassphraseOptions {
  readonly json?: boolean
}

/** Adds `--json` and `--passphrase-file`. */
export function onLedger(command: Command): Command {
  return command
    .option('--json', 'one JSON document on standard output')
    .option('--passphrase-file <file>', 'take the passphrase from the first line of this file')
}

export function outputOf(options: { readonly json?: boolean }): Output {
  return createOutput(options.json === true)
}

/** Waits until these files were read again, as a revert makes it necessary; the lines that say so. */
export async function readAgainLines(client: EngineClient, files: readonly string[]): Promise<string[]> {
  if (files.length === 0) return []
  const problem = await untilReadAgain(client)
  return problem === null ? files.map((file) => `Read again, as it held rows of it too: ${file}`) : [problem]
}

/** A tax year as people write it: four digits, or “2024-25” for the year that begins in 2024. */
export function parseYear(text: string): number {
  const match = /^(\d{4})(?:-\d{2}|-\d{4})?$/.exec(text)
  if (match?.[1] === undefined) throw new CommandFailure(`--year ${text}: write a tax year as 2025 or 2024-25`)
  return Number.parseInt(match[1], 10)
}

/** Every row of a paged list, a page at a time. */
export async function everyPage<Row>(
  read: (page: { offset: number; limit: number }) => Promise<{ total: number; rows: readonly Row[] }>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page = await read({ offset: rows.length, limit: 500 })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}

/** Ends the command unless `text` is a day of the calendar, written YYYY-MM-DD. */
export function refuseNoDate(option: string, text: string): void {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  if (day === null || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new CommandFailure(`${option} ${text}: write a day of the calendar as 2025-12-31`)
}
