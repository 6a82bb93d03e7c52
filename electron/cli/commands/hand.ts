import type { Command } from 'commander'
import { z } from 'zod'
import { type HandDeed, type HandEvent, handChange, handEvent } from '../../../shared/contract/hand.ts'
import type { TaxEffectView } from '../../../shared/contract/primitives.ts'
import { CommandFailure } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { money } from '../output.ts'
import { amountText, type EventOptions, eventOfOptions, jsonOption, kindOption } from './hand-input.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface DoOptions extends LedgerOptions {
  readonly yes?: boolean
}
interface AddOptions extends DoOptions, EventOptions {
  readonly events?: string
  readonly newAccount?: string
}
interface OneOptions extends DoOptions {
  readonly event: string
  readonly change?: string
  readonly into?: string
  readonly parts?: string
}
interface ManyOptions extends DoOptions {
  readonly event: readonly string[]
  readonly kind: string
  readonly note?: string
}

const CHANGE = 'what is to be other, as JSON or @file, for example {"note":"…"}'

/** `event`, `add`, `copy`, `edit`, `remove`, `split`, `merge`: each shows what it would do, and does it with `--yes`. */
export function addHand(program: Command): void {
  onLedger(program.command('event'))
    .argument('<ledger>')
    .description('one event with all that it holds, as the other commands take it')
    .requiredOption('--event <id>')
    .action((ledger: string, options: OneOptions) =>
      withLedger(ledger, options, async (client) => {
        const { event } = await client.hand.written({ event: options.event })
        outputOf(options).document(event, () => eventLines(event))
      }),
    )

  work(program, 'add', 'add an event that no source tells of')
    .option('--kind <kind>', 'what it was, for example buy')
    .option('--time <time>', 'when: 2024-05-05 or 2024-05-05T12:00:00Z')
    .option('--account <account>', 'where, by name or id')
    .option('--new-account <name>', 'the account, made first where there is none of that name')
    .option('--in <movement...>', 'what came, for example "0.5 BTC", or "0.5 BTC @ Kraken"')
    .option('--out <movement...>', 'what left')
    .option('--fee <movement...>', 'what it cost')
    .option('--note <text>')
    .option('--events <json>', 'one event or several in full, as JSON or @file, as `event --json` writes them')
    .action((ledger: string, options: AddOptions) =>
      withLedger(ledger, options, async (client) => {
        const { newAccount } = options
        let account = options.account
        if (newAccount !== undefined) {
          if (options.yes === true)
            account = (await client.hand.addAccount({ name: newAccount, kind: 'manual' })).account
          else {
            const { accounts } = await client.intake.accounts()
            if (!accounts.some(({ name }) => name.toLowerCase() === newAccount.toLowerCase())) {
              outputOf(options).document({ done: false, newAccount }, () => [
                `It would make the account ${newAccount} and add the event. Nothing was done: --yes does it.`,
              ])
              return
            }
            account = newAccount
          }
        }
        const events =
          options.events === undefined
            ? [await eventOfOptions(client, { ...options, ...(account === undefined ? {} : { account }) })]
            : [jsonOption('--events', options.events, z.union([handEvent, z.array(handEvent).min(1)]))].flat()
        await doOrShow(client, options, { what: 'add', events })
      }),
    )

  work(program, 'copy', 'add a second event like one that is there')
    .requiredOption('--event <id>')
    .option('--change <json>', CHANGE)
    .action((ledger: string, options: OneOptions) =>
      withLedger(ledger, options, (client) =>
        doOrShow(client, options, { what: 'copy', event: options.event, ...changeOf(options) }),
      ),
    )

  work(program, 'edit', 'change an event that was added by hand')
    .requiredOption('--event <id>')
    .requiredOption('--change <json>', CHANGE)
    .action((ledger: string, options: OneOptions) =>
      withLedger(ledger, options, (client) =>
        doOrShow(client, options, { what: 'edit', event: options.event, ...changeOf(options) }),
      ),
    )

  work(program, 'remove', 'take an event away that was added by hand')
    .requiredOption('--event <id>')
    .action((ledger: string, options: OneOptions) =>
      withLedger(ledger, options, (client) => doOrShow(client, options, { what: 'remove', event: options.event })),
    )

  work(program, 'split', 'split an event into parts that together move what it moves')
    .requiredOption('--event <id>')
    .option(
      '--into <amounts>',
      'amounts that add up to one of its movements, for example 0.2,0.3; all else is shared out',
    )
    .option('--parts <json>', 'the parts in full, as JSON or @file')
    .action((ledger: string, options: OneOptions) =>
      withLedger(ledger, options, async (client) =>
        doOrShow(client, options, { what: 'split', event: options.event, parts: await partsOf(client, options) }),
      ),
    )

  work(program, 'merge', 'merge events into one of all their movements')
    .requiredOption('--event <id...>')
    .requiredOption('--kind <kind>', 'what they were together')
    .option('--note <text>', 'else their own notes')
    .action((ledger: string, options: ManyOptions) =>
      withLedger(ledger, options, (client) =>
        doOrShow(client, options, {
          what: 'merge',
          events: [...options.event],
          kind: kindOption(options.kind),
          ...(options.note === undefined ? {} : { note: options.note }),
        }),
      ),
    )
}

const work = (program: Command, name: string, description: string): Command =>
  onLedger(program.command(name))
    .argument('<ledger>')
    .description(`${description}; shows what it would do`)
    .option('--yes', 'do it')

const changeOf = ({ change }: OneOptions) =>
  change === undefined ? {} : { change: jsonOption('--change', change, handChange) }

async function partsOf(client: EngineClient, { event, into, parts }: OneOptions): Promise<HandEvent[]> {
  if (parts !== undefined) return jsonOption('--parts', parts, z.array(handEvent).min(2))
  if (into === undefined) throw new CommandFailure('say how: --into 0.2,0.3 or --parts @parts.json')
  const amounts = into.split(',').map((text) => amountText('--into', text))
  if (amounts.length < 2) throw new CommandFailure(`--into ${into}: a split has at least two parts`)
  return (await client.hand.shares({ event, amounts })).parts
}

async function doOrShow(client: EngineClient, options: DoOptions, deed: HandDeed): Promise<void> {
  const output = outputOf(options)
  if (options.yes !== true) {
    const { makes, replaces, tax, refusal } = await client.hand.preview(deed)
    output.document({ done: false, makes, replaces, tax, refusal }, () => [
      ...makes.flatMap((event) => ['It would make', ...eventLines(event)]),
      ...(replaces.length === 0 ? [] : [`in place of ${replaces.join(', ')}`]),
      ...effectLines(tax),
      ...(refusal === null ? [] : [`With it no year could be computed: ${refusal}`]),
      'Nothing was done: --yes does it.',
    ])
    return
  }
  const made = await doneBy(client, deed)
  output.document({ done: true, ...made }, () => [
    made.events.length === 0 ? 'Done.' : `Done: ${made.events.join(', ')}`,
    `Act ${made.act}; undo takes it back.`,
  ])
}

function doneBy({ hand }: EngineClient, deed: HandDeed) {
  switch (deed.what) {
    case 'add':
      return hand.add(deed)
    case 'copy':
      return hand.copy(deed)
    case 'edit':
      return hand.edit(deed)
    case 'remove':
      return hand.remove(deed)
    case 'split':
      return hand.split(deed)
    case 'merge':
      return hand.merge(deed)
  }
}

const eventLines = ({ time, kind, legs, note }: HandEvent): string[] => [
  `  ${new Date(time).toISOString()}  ${kind}${note === '' ? '' : `  “${note}”`}`,
  ...legs.map(
    ({ role, amount, asset, account, value }) =>
      `    ${role.padEnd(4)} ${amount} ${asset} in ${account}${value === undefined ? '' : `, worth ${money(value)}`}`,
  ),
]

/** The years that a change would move, one line each. */
export function effectLines(tax: TaxEffectView | null): string[] {
  if (tax === null) return ['What it does to the years cannot be said beforehand.']
  if (tax.years.length === 0) return ['No figure of any year would change.']
  return tax.years.map(
    ({ year, filed, gainBefore, gainAfter, incomeBefore, incomeAfter, openBefore, openAfter }) =>
      `${year}: gain ${money(gainBefore)} → ${money(gainAfter)}, income ${money(incomeBefore)} → ${money(incomeAfter)}, open points ${openBefore} → ${openAfter}${filed ? ' (filed: it stays as filed; the difference to it grows or shrinks)' : ''}`,
  )
}
