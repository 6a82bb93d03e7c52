import type { Command } from 'commander'
import type { EventRow } from '../../../shared/contract/events.ts'
import type { LinkView } from '../../../shared/contract/links.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { oneLine } from '../output.ts'
import { effectLines } from './hand.ts'
import { everyPage, type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface LinkOptions extends LedgerOptions {
  readonly accept?: string
  readonly dryRun?: boolean
  readonly swap?: string
  readonly unlink?: string
}

const side = (rows: readonly EventRow[]): string =>
  rows.map(({ id, source, timeText }) => `${id} (${source ?? 'by hand'}, ${timeText})`).join(' + ')
const line = ({ state, grade, facts, corroborating, reason }: LinkView): string =>
  oneLine(`${state.padEnd(8)}  ${grade.padEnd(7)}  ${side(facts)} ← ${side(corroborating)}: ${reason}`)

export function addLink(program: Command): void {
  onLedger(program.command('link'))
    .argument('<ledger>')
    .description('records of one movement from two sources: which is the fact, which corroborates')
    .option('--accept <grade>', 'link what is proposed: proved, likely or unclear')
    .option('--dry-run', 'with --accept: only show how many records would count no more, and the years that move')
    .option('--swap <event>', 'let this record, which stands behind another, be the fact')
    .option('--unlink <event>', 'let this record count by itself again')
    .action((ledger: string, options: LinkOptions) => {
      const { accept } = options
      if (accept !== undefined && accept !== 'proved' && accept !== 'likely' && accept !== 'unclear')
        throw new CommandFailure(`--accept ${accept}: write proved, likely or unclear`)
      return withLedger(ledger, options, async (client) => {
        const { job } = await client.links.propose()
        for await (const jobs of await client.live.jobs()) {
          const mine = jobs.find(({ id }) => id === job)
          if (mine === undefined || mine.state !== 'running') break
        }
        if (options.swap !== undefined) await client.links.swap({ event: options.swap })
        if (options.unlink !== undefined) await client.links.unlink({ events: [options.unlink] })
        const open = await everyPage(async (page) => {
          const { total, links } = await client.links.list({ ...page, state: 'proposed' })
          return { total, rows: links }
        })
        if (accept !== undefined && options.dryRun === true) {
          const { links, records, tax } = open.some(({ grade }) => grade === accept)
            ? await client.links.effect({ grade: accept })
            : { links: 0, records: 0, tax: null }
          outputOf(options).document({ done: false, links, records, tax }, () => [
            `${links} links of ${records} records would be accepted; those records would count no more.`,
            ...(links === 0 ? [] : effectLines(tax)),
          ])
          return
        }
        let linked = 0
        if (accept !== undefined && open.some(({ grade }) => grade === accept))
          linked = (await client.links.accept({ grade: accept })).linked
        const all: LinkView[] = []
        for (const state of ['proposed', 'linked'] as const)
          all.push(
            ...(await everyPage(async (page) => {
              const { total, links } = await client.links.list({ ...page, state })
              return { total, rows: links }
            })),
          )
        const counts = await client.links.counts()
        outputOf(options).document({ counts, linked, links: all }, () => [
          ...all.map(line),
          `${counts.linked} linked, ${counts.proposed} proposed, ${counts.rejected} kept apart`,
        ])
        process.exitCode = counts.proposed > 0 ? EXIT.found : EXIT.done
      })
    })
}
