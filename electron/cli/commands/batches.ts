import type { Command } from 'commander'
import { withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf, readAgainLines } from './shared-options.ts'

export function addBatches(program: Command): void {
  onLedger(program.command('batches'))
    .argument('<ledger>')
    .description('list the imports')
    .action((ledger: string, options: LedgerOptions) =>
      withLedger(ledger, options, async (client) => {
        const { batches } = await client.intake.batches()
        outputOf(options).document({ batches }, () =>
          table(
            ['batch', 'made', 'state', 'files', 'events', 'not understood'],
            batches.map((batch) => [
              batch.id,
              new Date(batch.made).toISOString(),
              batch.state,
              batch.title,
              String(batch.events),
              String(batch.notUnderstood),
            ]),
            ['events', 'not understood'],
          ),
        )
      }),
    )

  onLedger(program.command('revert'))
    .argument('<ledger>')
    .argument('<batch>')
    .description('take an import back as a whole')
    .action((ledger: string, batch: string, options: LedgerOptions) =>
      withLedger(ledger, options, async (client) => {
        const { events, revision, readingAgain } = await client.intake.revert({ batch })
        const lines = await readAgainLines(client, readingAgain)
        outputOf(options).document({ batch, events, revision, readingAgain }, () => [
          `Reverted ${batch}: ${events} events left the books.`,
          ...lines,
        ])
      }),
    )
}
