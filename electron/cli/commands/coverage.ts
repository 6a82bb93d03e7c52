import type { Command } from 'commander'
import { EXCUSES } from '../../../shared/contract/coverage.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface CoverageOptions extends LedgerOptions {
  readonly account?: string
  readonly excuse?: string
  readonly from?: string
  readonly to?: string
  readonly note?: string
}

export function addCoverage(program: Command): void {
  onLedger(program.command('coverage'))
    .argument('<ledger>')
    .description('which days of each account some import tells of, and where the gaps are')
    .option('--account <id>', 'only this account')
    .option('--excuse <why>', `say why days of --account have no records: ${EXCUSES.join(', ')}`)
    .option('--from <day>', 'the first of those days')
    .option('--to <day>', 'the last of them')
    .option('--note <text>', 'in your words')
    .action((ledger: string, options: CoverageOptions) => {
      const { account, excuse, from, to } = options
      const why = EXCUSES.find((one) => one === excuse)
      if (excuse !== undefined && why === undefined)
        throw new CommandFailure(`--excuse ${excuse}: write ${EXCUSES.join(', ')}`)
      return withLedger(ledger, options, async (client) => {
        if (why !== undefined) {
          if (account === undefined || from === undefined || to === undefined)
            throw new CommandFailure('--excuse needs --account, --from and --to')
          await client.coverage.excuse({ account, from, to, why, note: options.note ?? '' })
        }
        const timeline = await client.coverage.timeline(account === undefined ? {} : { account })
        outputOf(options).document(timeline, () =>
          timeline.accounts.flatMap(({ name, state, first, last, covered, spans, gaps, lookBacks }) => [
            `${name}: ${state.replace('-', ' ')}${first === null ? '' : `, ${first} to ${last}, ${covered} days covered`}`,
            ...spans.map((span) => `  ${span.from} to ${span.to}  ${span.file} (${span.events} events)`),
            ...gaps.map(
              (gap) =>
                `  ${gap.from} to ${gap.to}  no records, ${gap.days} days${gap.excuse === null ? '' : `: ${gap.excuse.why} ${gap.excuse.note}`.trimEnd()}`,
            ),
            ...lookBacks.map(({ text }) => `  ${text}`),
          ]),
        )
        const isOpen = timeline.accounts.some(({ gaps }) =>
          gaps.some((gap) => gap.excuse === null && gap.where !== 'after'),
        )
        process.exitCode = isOpen ? EXIT.found : EXIT.done
      })
    })
}
