import type { Command } from 'commander'
import type { Movement, PairProposal } from '../../../shared/contract/transfers.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { oneLine } from '../output.ts'
import { everyPage, type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface MatchOptions extends LedgerOptions {
  readonly accept?: string
}

export function addMatch(program: Command): void {
  onLedger(program.command('match'))
    .argument('<ledger>')
    .description('pair transfers, with reasons')
    .option('--accept <grade>', 'accept what is certain, or likely as well')
    .action((ledger: string, options: MatchOptions) => {
      const { accept } = options
      if (accept !== undefined && accept !== 'certain' && accept !== 'likely')
        throw new CommandFailure(`--accept ${accept}: write certain or likely`)
      return withLedger(ledger, options, async (client) => {
        await matchAll(client)
        let accepted = 0
        if (accept !== undefined) accepted += await acceptGrade(client, 'certain')
        if (accept === 'likely') accepted += await acceptGrade(client, 'likely')
        const counts = await client.transfers.counts()
        const proposals: PairProposal[] = []
        for (const tab of ['certain', 'likely', 'unclear', 'accepted'] as const)
          proposals.push(
            ...(await everyPage(async (page) => {
              const { total, pairs } = await client.transfers.list({ ...page, tab })
              return { total, rows: pairs }
            })),
          )
        const open = counts.certain + counts.likely + counts.unclear + counts.alone
        outputOf(options).document({ counts, accepted, pairs: proposals }, () => [
          ...proposals.map(pairLine),
          `${counts.accepted} accepted, ${counts.certain} certain, ${counts.likely} likely, ${counts.unclear} unclear, ${counts.alone} without a partner`,
        ])
        process.exitCode = open > 0 ? EXIT.found : EXIT.done
      })
    })
}

function pairLine(pair: PairProposal): string {
  const side = (movements: readonly Movement[]) =>
    movements.map(({ amount, symbol, accountName }) => `${amount} ${symbol} ${accountName}`).join(' + ')
  const grade = pair.state === 'accepted' ? 'accepted' : pair.grade.padEnd(8)
  return oneLine(`${grade}  ${side(pair.outs)} → ${side(pair.ins)}: ${pair.reason}`)
}

/** Runs the matcher and waits for its end. */
export async function matchAll(client: EngineClient): Promise<void> {
  const { job } = await client.transfers.propose()
  for await (const jobs of await client.live.jobs()) {
    const mine = jobs.find((entry) => entry.id === job)
    if (mine === undefined || mine.state === 'done') return
    if (mine.state === 'failed') throw new Error(mine.message ?? 'the matcher failed')
    if (mine.state === 'cancelled') throw new CommandFailure('the matcher was cancelled')
  }
}

async function acceptGrade(client: EngineClient, grade: 'certain' | 'likely'): Promise<number> {
  const counts = await client.transfers.counts()
  if (counts[grade] === 0) return 0
  return (await client.transfers.accept({ grade })).accepted
}
