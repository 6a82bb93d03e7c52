import type { Command } from 'commander'
import { withLedger } from '../ledger-session.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface ShiftOptions extends LedgerOptions {
  readonly zone?: string
}

export function addShift(program: Command): void {
  onLedger(program.command('shift'))
    .argument('<ledger>')
    .argument('<batch>')
    .argument('<file>', 'the file’s name in that import')
    .description(
      'what speaks for the zone of an imported file; with --zone, read it in that zone without importing it again',
    )
    .option('--zone <zone>', 'for example Europe/Berlin')
    .action((ledger: string, batch: string, file: string, options: ShiftOptions) =>
      withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (options.zone === undefined) {
          const found = await client.zones.evidence({ batch, file })
          output.document(found, () => [
            `${file} is read in ${found.zone ?? 'no zone'}${found.matters ? '' : '; all its times name their zone'}.`,
            ...found.evidence.map(({ zone, text }) => `${zone}: ${text}`),
          ])
          return
        }
        const { changed, act } = await client.zones.shift({ batch, file, zone: options.zone })
        output.document({ changed, act }, () => [
          changed === 0 ? 'No time of it moved.' : `${changed} events moved; tallystick undo takes that back.`,
        ])
      }),
    )
}
