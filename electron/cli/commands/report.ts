import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { EXPORT_FORMATS } from '../../../shared/contract/export-formats.ts'
import { type ReportEntry, reportFormat } from '../../../shared/contract/tax.ts'
import { CommandFailure } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf, parseYear } from './shared-options.ts'

interface ReportOptions extends LedgerOptions {
  readonly list?: boolean
  readonly year?: string
  readonly form?: string
  readonly format?: string
  readonly out?: string
}
interface ExportOptions extends LedgerOptions {
  readonly to: string
  readonly out: string
}

export function addReport(program: Command): void {
  onLedger(program.command('report'))
    .argument('<ledger>')
    .description('write one form, or list the forms')
    .option('--list', 'list the forms')
    .option('--year <year>')
    .option('--form <form>', 'for example us-8949')
    .option('--format <format>', 'pdf, csv, xlsx, json, or what the form has besides (see --list)')
    .option('--out <file>')
    .action((ledger: string, options: ReportOptions) =>
      withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        const forms = await client.reports.list()
        if (options.list === true) {
          output.document({ forms }, () =>
            table(
              ['form', 'title', 'formats', 'years'],
              forms.flatMap((form) => byFormats(form).map((line) => [form.id, form.title, ...line])),
            ),
          )
          return
        }
        const { year, form, format, out } = options
        if (year === undefined || form === undefined || format === undefined || out === undefined)
          throw new CommandFailure('give --year, --form, --format and --out, or --list')
        const wanted = reportFormat.safeParse(format)
        if (!wanted.success) throw new CommandFailure(`--format ${format}: write ${reportFormat.options.join(', ')}`)
        const rendered = await client.reports.render({ form, year: parseYear(year), format: wanted.data })
        const bytes = Buffer.from(rendered.base64, 'base64')
        writeOut(out, bytes)
        output.document({ form, year: parseYear(year), format, file: resolve(out), bytes: bytes.length }, () => [
          `Written: ${out} (${bytes.length} bytes)`,
        ])
      }),
    )

  onLedger(program.command('export'))
    .argument('<ledger>')
    .description('everything, to leave or to check')
    .requiredOption('--to <format>', `one of: ${EXPORT_FORMATS.join(', ')}`)
    .requiredOption('--out <file>')
    .action((ledger: string, options: ExportOptions) => {
      const { out } = options
      const to = EXPORT_FORMATS.find((format) => format === options.to)
      if (to === undefined) throw new CommandFailure(`--to ${options.to}: write one of ${EXPORT_FORMATS.join(', ')}`)
      return withLedger(ledger, options, async (client) => {
        const exported = await client.reports.exportAll({ format: to })
        const bytes = Buffer.from(exported.base64, 'base64')
        writeOut(out, bytes)
        outputOf(options).document({ to, file: resolve(out), bytes: bytes.length }, () => [
          `Written: ${out} (${bytes.length} bytes)`,
        ])
      })
    })
}

/** The years of a form by the formats they can be had in. */
function byFormats({ formatsByYear }: ReportEntry): [formats: string, years: string][] {
  const years = new Map<string, string[]>()
  for (const { label, formats } of formatsByYear) {
    const known = years.get(formats.join(' '))
    if (known === undefined) years.set(formats.join(' '), [label])
    else known.push(label)
  }
  return [...years].map(([formats, labels]) => [formats, labels.join(' ')])
}

/** Writes a file the user asked for; says what is wrong with the path where it cannot. */
export function writeOut(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new CommandFailure(
      `${path}: cannot be written (${code === 'ENOSPC' ? 'the disk is full' : (code ?? 'unknown reason')})`,
    )
  }
}
