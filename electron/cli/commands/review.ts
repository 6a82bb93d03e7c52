import type { Command } from 'commander'
import { EXIT } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { bound, table } from '../output.ts'
import { everyPage, type LedgerOptions, onLedger, outputOf, parseYear } from './shared-options.ts'

interface ReviewOptions extends LedgerOptions {
  readonly stage?: string
  readonly year?: string
}

export function addReview(program: Command): void {
  onLedger(program.command('review'))
    .argument('<ledger>')
    .description('open points, ranked by tax effect')
    .option('--stage <stage>', 'only those of one stage, for example transfers')
    .option('--year <year>', 'only those of one tax year')
    .action((ledger: string, options: ReviewOptions) => {
      const filter = {
        ...(options.stage === undefined ? {} : { stage: options.stage }),
        ...(options.year === undefined ? {} : { year: parseYear(options.year) }),
      }
      return withLedger(ledger, options, async (client) => {
        const { stages } = await client.check.stages()
        const open = await everyPage((page) => client.tax.open({ ...page, ...filter }))
        outputOf(options).document({ stages, open }, () => [
          ...stages.flatMap((stage) => [
            `${stage.state.padEnd(5)}  ${stage.title}`,
            ...stage.problems.map(({ text, count }) => `${String(count).padStart(10)}  ${text}`),
          ]),
          '',
          ...table(
            ['code', 'asset', 'amount', 'low', 'high', 'event', 'what'],
            open.map((point) => [
              point.code,
              point.symbol ?? '',
              point.amount ?? '',
              bound(point.effect.low),
              bound(point.effect.high),
              point.event ?? '',
              point.text,
            ]),
            ['amount', 'low', 'high'],
          ),
        ])
        process.exitCode = open.length > 0 ? EXIT.found : EXIT.done
      })
    })
}
