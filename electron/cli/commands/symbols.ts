import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CommandFailure, EXIT } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { textOf } from './recipes.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface SymbolOptions extends LedgerOptions {
  readonly answer?: string
  readonly asset?: string
  readonly source?: string
  readonly from?: string
  readonly to?: string
  readonly import?: string
  readonly export?: string
}

export function addSymbols(program: Command): void {
  onLedger(program.command('symbols'))
    .argument('<ledger>')
    .description('symbols that may stand for several assets or for one never heard of; answer, take answers along')
    .option('--answer <symbol>', 'say what a symbol stands for: with --asset')
    .option('--asset <asset>', 'the asset that it stands for')
    .option('--source <id>', 'at this source only')
    .option('--from <day>', 'from this day on')
    .option('--to <day>', 'until this day')
    .option('--import <file>', 'take answers in from a file')
    .option('--export <file>', 'write all answers to a file')
    .action((ledger: string, options: SymbolOptions) =>
      withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (options.answer !== undefined) {
          if (options.asset === undefined) throw new CommandFailure('--answer needs --asset')
          const { answer, events } = await client.assets.answer({
            source: options.source ?? null,
            symbol: options.answer,
            from: options.from ?? null,
            to: options.to ?? null,
            asset: options.asset,
          })
          output.document({ answer, events }, () => [
            `${answer.symbol} stands for ${answer.asset}; ${events} events were put right.`,
          ])
          return
        }
        if (options.import !== undefined) {
          const { added, events } = await client.assets.importAnswers({ text: textOf(options.import) })
          output.document({ added, events }, () => [`Took ${added} answers in; ${events} events were put right.`])
          return
        }
        if (options.export !== undefined) {
          const { text } = await client.assets.exportAnswers()
          writeFileSync(options.export, text)
          output.document({ file: options.export }, () => [`Wrote ${options.export}.`])
          return
        }
        const { mentions } = await client.assets.mentions({})
        const { answers } = await client.assets.answers()
        output.document({ mentions, answers }, () =>
          table(
            ['symbol', 'source', 'taken for', 'or', 'events', 'why'],
            mentions.map(({ symbol, sourceName, asset, choices, count, reason }) => [
              symbol,
              sourceName,
              asset,
              choices.filter((one) => one !== asset).join(', '),
              String(count),
              reason,
            ]),
            ['events'],
          ),
        )
        process.exitCode = mentions.some(({ found }) => found === 'ambiguous') ? EXIT.found : EXIT.done
      }),
    )
}
