import type { Command } from 'commander'
import { EXIT } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { money, table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf, parseYear } from './shared-options.ts'

interface YearOptions extends LedgerOptions {
  readonly year: string
}

export function addFiling(program: Command): void {
  onLedger(program.command('file'))
    .argument('<ledger>')
    .description('freeze a tax year: its figures cannot move any more')
    .requiredOption('--year <year>')
    .action((ledger: string, options: YearOptions) => {
      const year = parseYear(options.year)
      return withLedger(ledger, options, async (client) => {
        const { filing } = await client.check.freeze({ year })
        outputOf(options).document({ filing }, () => [
          `Filed ${year}: gain ${money(filing.gain)}, ${filing.openPoints} open points.`,
          `inputs ${filing.inputHash}`,
          `result ${filing.resultHash}`,
        ])
        process.exitCode = filing.openPoints > 0 ? EXIT.found : EXIT.done
      })
    })

  onLedger(program.command('diff'))
    .argument('<ledger>')
    .description('what has changed since a year was filed')
    .requiredOption('--year <year>')
    .action((ledger: string, options: YearOptions) => {
      const year = parseYear(options.year)
      return withLedger(ledger, options, async (client) => {
        const diff = await client.check.diff({ year })
        outputOf(options).document(diff, () =>
          diff.same
            ? [`Nothing has changed since ${year} was filed.`]
            : table(
                ['line', 'filed', 'now'],
                diff.lines.map((line) => [
                  line.label,
                  ...[line.filed, line.now].map((text) => (text.includes('.') ? money(text) : text)),
                ]),
                ['filed', 'now'],
              ),
        )
        process.exitCode = diff.same ? EXIT.done : EXIT.found
      })
    })
}
