import type { Command } from 'commander'
import type { EventRow } from '../../../shared/contract/events.ts'
import type { JoinView } from '../../../shared/contract/joins.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { oneLine } from '../output.ts'
import { everyPage, type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface JoinOptions extends LedgerOptions {
  readonly apart?: string
  readonly together?: string
  readonly waiting?: boolean
}

const legs = ({ legs: all }: EventRow): string =>
  all.map(({ role, amount, symbol }) => `${role} ${amount} ${symbol}`).join(', ')
const lines = ({ id, state, reason, event, records }: JoinView): string[] => [
  oneLine(`${state.padEnd(7)}  ${id}${event === null ? '' : `  ${event.kind}: ${legs(event)}`}  (${reason})`),
  ...records.map((record) => oneLine(`           ${record.id}  ${record.kind}: ${legs(record)}`)),
]

export function addJoin(program: Command): void {
  onLedger(program.command('join'))
    .argument('<ledger>')
    .description(
      'transactions that several files of an explorer or a wallet tell of: one event each, with the records behind it',
    )
    .option('--apart <event>', 'take this joined event apart: its records count by themselves, now and later')
    .option('--together <event>', 'join records that wait or were taken apart, by the id that the list shows')
    .option('--waiting', 'list only those that wait for you')
    .action((ledger: string, options: JoinOptions) => {
      if (options.apart !== undefined && options.together !== undefined)
        throw new CommandFailure('--apart and --together: one at a time')
      return withLedger(ledger, options, async (client) => {
        if (options.apart !== undefined) await client.joins.apart({ ids: [options.apart] })
        if (options.together !== undefined) await client.joins.join({ ids: [options.together] })
        const states = options.waiting === true ? (['waiting'] as const) : (['joined', 'waiting', 'apart'] as const)
        const all: JoinView[] = []
        for (const state of states)
          all.push(
            ...(await everyPage(async (page) => {
              const { total, joins } = await client.joins.list({ ...page, state })
              return { total, rows: joins }
            })),
          )
        const { revision: _, ...counts } = await client.joins.counts()
        outputOf(options).document({ counts, joins: all }, () => [
          ...all.flatMap(lines),
          `${counts.joined} joined, ${counts.waiting} waiting, ${counts.apart} taken apart`,
        ])
        process.exitCode = counts.waiting > 0 ? EXIT.found : EXIT.done
      })
    })
}
