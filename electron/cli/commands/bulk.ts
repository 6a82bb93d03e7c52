import type { Command } from 'commander'
import { eventFilter } from '../../../shared/contract/events.ts'
import { bulkChange } from '../../../shared/contract/hand.ts'
import { ruleCondition } from '../../../shared/contract/rules.ts'
import { CommandFailure } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { effectLines } from './hand.ts'
import { jsonOption } from './hand-input.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface BulkOptions extends LedgerOptions {
  readonly when?: string
  readonly filter?: string
  readonly event?: readonly string[]
  readonly kind?: string
  readonly ignore?: string
  readonly unignore?: boolean
  readonly note?: string
  readonly counterparty?: string
  readonly account?: string
  readonly asset?: string
  readonly yes?: boolean
}
interface GroupOptions extends LedgerOptions {
  readonly event?: readonly string[]
  readonly name?: string
  readonly out?: boolean
  readonly yes?: boolean
}

/** `bulk`: one change of many events; `group`: events under one name. */
export function addBulk(program: Command): void {
  onLedger(program.command('bulk'))
    .argument('<ledger>')
    .description(
      'change all events that a condition fits, as one act; shows how many, some of them, and the years that move',
    )
    .option('--when <json>', 'the condition, as JSON or @file, as rules have it')
    .option('--filter <json>', 'or a filter of the list of events')
    .option('--event <id...>', 'or these events')
    .option('--kind <kind>', 'what they were')
    .option('--ignore <reason>', 'leave them out, and why')
    .option('--unignore', 'take them in again')
    .option('--note <text>')
    .option('--counterparty <account>', 'the account on the other side of one-sided movements')
    .option('--account <from=to>', 'move their movements from one account to another')
    .option('--asset <from=to>', 'take one asset for another')
    .option('--yes', 'do it')
    .action((ledger: string, options: BulkOptions) => {
      const { when, filter, event } = options
      const target = {
        ...(when === undefined ? {} : { when: jsonOption('--when', when, ruleCondition) }),
        ...(filter === undefined ? {} : { filter: jsonOption('--filter', filter, eventFilter) }),
        ...(event === undefined ? {} : { events: [...event] }),
      }
      const change = changeOf(options)
      return withLedger(ledger, options, async (client) => {
        const effect = await client.hand.bulkPreview({ target, change })
        const { fits, changes, sample, tax } = effect
        const output = outputOf(options)
        if (options.yes !== true) {
          const events = sample.map(({ id, kind, date, note }) => ({ id, kind, date, note }))
          output.document({ done: false, fits, changes, sample: events, tax }, () => [
            `It fits ${fits} events; ${changes} would change.`,
            ...table(
              ['day', 'event', 'kind', 'note'],
              events.map(({ id, kind, date, note }) => [date, id, kind, note]),
            ),
            ...(changes === 0 ? [] : effectLines(tax)),
            'Nothing was done: --yes does it.',
          ])
          return
        }
        const made = await client.hand.bulkApply({ target, change, changes })
        output.document({ done: true, ...made }, () => [
          `Changed ${made.changed} events at once. Act ${made.act}; undo takes it back.`,
        ])
      })
    })

  onLedger(program.command('group'))
    .argument('<ledger>')
    .description('list the groups of events; put events under one name, or take them out. It changes no figure')
    .option('--event <id...>', 'these events')
    .option('--name <name>', 'the group’s name')
    .option('--out', 'take them out of their groups')
    .option('--yes', 'do it')
    .action((ledger: string, options: GroupOptions) =>
      withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        const { event, name } = options
        const { groups } = await client.hand.groups()
        if (event === undefined) {
          output.document({ groups }, () =>
            table(
              ['group', 'events'],
              groups.map((one) => [one.name, one.events.join(', ')]),
            ),
          )
          return
        }
        if ((name === undefined) === (options.out !== true))
          throw new CommandFailure('say either --name, or --out to take the events out of their groups')
        const events = [...event]
        const words = name === undefined ? 'take them out of their groups' : `put them under “${name}”`
        if (options.yes !== true) {
          output.document({ done: false, events, group: name ?? null }, () => [
            `It would ${words}: ${events.join(', ')}`,
            'Nothing was done: --yes does it.',
          ])
          return
        }
        const made =
          name === undefined ? await client.hand.ungroup({ events }) : await client.hand.group({ events, name })
        output.document({ done: true, ...made }, () => [`Done: ${words}. Act ${made.act}; undo takes it back.`])
      }),
    )
}

function changeOf(options: BulkOptions) {
  const { kind, ignore, unignore, note, counterparty, account, asset } = options
  const given = {
    ...{ kind, ignore, unignore, note, counterparty },
    account: account === undefined ? undefined : fromTo('--account', account),
    asset: asset === undefined ? undefined : fromTo('--asset', asset),
  }
  if (Object.values(given).every((value) => value === undefined))
    throw new CommandFailure('say what is to change: --kind, --ignore, --note, --account from=to …')
  const read = bulkChange.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  )
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new CommandFailure(`--${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`)
}

function fromTo(option: string, text: string): { from: string; to: string } {
  const [from = '', to = '', more] = text.split('=')
  if (from === '' || to === '' || more !== undefined) throw new CommandFailure(`${option} ${text}: write it as from=to`)
  return { from, to }
}
