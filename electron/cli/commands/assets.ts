import type { Command } from 'commander'
import { ASSET_KINDS, type AssetKind } from '../../../shared/events/account.ts'
import { CommandFailure } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { oneLine, table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface AssetOptions extends LedgerOptions {
  readonly set?: string
  readonly kind?: string
  readonly family?: string
  readonly symbol?: string
  readonly families?: boolean
}

export function addAssets(program: Command): void {
  onLedger(program.command('assets'))
    .argument('<ledger>')
    .description('the assets of the books: what each is, its family and its contract; say what one is')
    .option('--set <asset>', 'change this asset, by the id that the list shows: with --kind, --family or --symbol')
    .option('--kind <kind>', ASSET_KINDS.join(', '))
    .option('--family <family>', 'the family it belongs to; it counts only where a position joins families')
    .option('--symbol <symbol>', 'how it is called on screens and forms')
    .option('--families', 'list the families that the program knows, each with its reason')
    .action((ledger: string, options: AssetOptions) => {
      const { set, kind, family, symbol } = options
      const isChange = kind !== undefined || family !== undefined || symbol !== undefined
      if (isChange !== (set !== undefined))
        throw new CommandFailure('--set goes with --kind, --family or --symbol, and they with it')
      if (kind !== undefined && !(ASSET_KINDS as readonly string[]).includes(kind))
        throw new CommandFailure(`--kind ${kind}: one of ${ASSET_KINDS.join(', ')}`)
      return withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (options.families === true) {
          const families = await client.assets.families()
          output.document({ families }, () =>
            families.map(({ id, members, reason }) => oneLine(`${id}: ${members.join(', ')} (${reason})`)),
          )
          return
        }
        if (set !== undefined)
          await client.assets.edit({
            id: set,
            ...(kind === undefined ? {} : { kind: kind as AssetKind }),
            ...(family === undefined ? {} : { family }),
            ...(symbol === undefined ? {} : { symbol }),
          })
        const { assets } = await client.assets.list()
        const shown = set === undefined ? assets : assets.filter(({ id }) => id === set)
        output.document({ assets: shown }, () =>
          table(
            ['asset', 'symbol', 'name', 'kind', 'family', 'chain', 'contract', 'looks like spam'],
            shown.map(({ id, symbol: code, name, kind: is, family: of, chain, contract, spam }) => [
              id,
              code,
              name ?? '',
              is,
              of ?? '',
              chain ?? '',
              contract ?? '',
              spam ?? '',
            ]),
          ),
        )
      })
    })
}
