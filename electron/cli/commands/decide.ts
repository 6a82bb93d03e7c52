import type { Command } from 'commander'
import type { Decision } from '../../../shared/contract/events.ts'
import { KINDS, type Kind } from '../../../shared/events/kinds.ts'
import { CommandFailure } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { type LedgerOptions, onLedger, outputOf, readAgainLines, refuseNoDate } from './shared-options.ts'

interface DecideOptions extends LedgerOptions {
  readonly event: string
  readonly kind?: string
  readonly value?: string
  readonly cost?: string
  readonly acquired?: string
  readonly leg: string
  readonly ignore?: string
  readonly unignore?: boolean
  readonly note?: string
  readonly lot?: readonly string[]
  readonly identifiedAt?: string
  readonly unlot?: boolean
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

export function addDecide(program: Command): void {
  onLedger(program.command('decide'))
    .argument('<ledger>')
    .description('record a decision on an event')
    .requiredOption('--event <id>')
    .option('--kind <kind>', 'what it was, for example gift_out')
    .option('--value <amount>', 'market value of a leg in the home currency')
    .option('--cost <amount>', 'what the units of a leg had cost; with --acquired')
    .option('--acquired <date>', 'when they were acquired, YYYY-MM-DD')
    .option('--leg <number>', 'the leg that --value or --cost is about, from 0', '0')
    .option('--ignore <reason>', 'leave the event out, and why')
    .option('--unignore', 'take it in again')
    .option('--note <text>')
    .option(
      '--lot <event=amount>',
      'units that this sale or transfer takes, by the event they came in with (tax --lots lists them); several times',
      collect,
    )
    .option(
      '--identified-at <instant>',
      'when the lots were named, as 2025-03-01T09:30:00Z; absent: by the time of the sale',
    )
    .option('--unlot', 'name no lots any more')
    .action((ledger: string, options: DecideOptions) => {
      const decisions = decisionsOf(options)
      return withLedger(ledger, options, async (client) => {
        const made = await client.events.decide({ decisions })
        outputOf(options).document({ ...made, decisions }, () => [
          `Recorded ${decisions.map(({ what }) => what).join(', ')} on ${options.event} (act ${made.act}).`,
        ])
      })
    })

  onLedger(program.command('undo'))
    .argument('<ledger>')
    .description('revoke the latest live act')
    .action((ledger: string, options: LedgerOptions) =>
      withLedger(ledger, options, async (client) => {
        const result = await client.live.undo()
        const lines = await readAgainLines(client, result.readingAgain)
        outputOf(options).document(result, () => [
          result.undone === null ? 'There is nothing to undo.' : `Undone: ${result.undone}`,
          ...lines,
        ])
      }),
    )

  onLedger(program.command('redo'))
    .argument('<ledger>')
    .description('restore the act that was undone last')
    .action((ledger: string, options: LedgerOptions) =>
      withLedger(ledger, options, async (client) => {
        const result = await client.live.redo()
        const lines = await readAgainLines(client, result.readingAgain)
        outputOf(options).document(result, () => [
          result.redone === null ? 'There is nothing to redo.' : `Redone: ${result.redone}`,
          ...lines,
        ])
      }),
    )
}

function decisionsOf(options: DecideOptions): Decision[] {
  const { event } = options
  if (!/^\d{1,3}$/.test(options.leg)) throw new CommandFailure(`--leg ${options.leg}: write the leg’s number, from 0`)
  refuseUnreadable(options)
  const leg = Number.parseInt(options.leg, 10)
  const decisions: Decision[] = []
  if (options.kind !== undefined) {
    if (!isKind(options.kind)) throw new CommandFailure(`--kind ${options.kind}: is not a kind of event`)
    decisions.push({ what: 'kind', event, kind: options.kind })
  }
  if (options.value !== undefined) decisions.push({ what: 'value', event, leg, value: options.value })
  if ((options.cost === undefined) !== (options.acquired === undefined))
    throw new CommandFailure('--cost and --acquired go together')
  if (options.cost !== undefined && options.acquired !== undefined)
    decisions.push({ what: 'cost', event, leg, cost: options.cost, acquired: options.acquired })
  if (options.ignore !== undefined) decisions.push({ what: 'ignore', event, reason: options.ignore })
  if (options.unignore === true) decisions.push({ what: 'unignore', event })
  if (options.note !== undefined) decisions.push({ what: 'note', event, note: options.note })
  const lots = lotsOf(options)
  if (lots !== null) decisions.push({ what: 'lots', event, ...lots })
  if (decisions.length === 0)
    throw new CommandFailure(
      'nothing to decide: give --kind, --value, --cost, --ignore, --unignore, --note, --lot or --unlot',
    )
  return decisions
}

type NamedLots = Omit<Extract<Decision, { what: 'lots' }>, 'what' | 'event'>

/** The lots that are named, an empty list where they are taken back; null where nothing is said of them. */
function lotsOf({ lot, identifiedAt, unlot }: DecideOptions): NamedLots | null {
  if (unlot === true) {
    if (lot !== undefined || identifiedAt !== undefined) throw new CommandFailure('--unlot names no lots')
    return { lots: [] }
  }
  if (lot === undefined) {
    if (identifiedAt !== undefined) throw new CommandFailure('--identified-at belongs to --lot')
    return null
  }
  const lots = lot.map((text) => {
    const at = text.lastIndexOf('=')
    const amount = text.slice(at + 1)
    if (at < 1 || !/^\d{1,30}(\.\d{1,24})?$/.test(amount))
      throw new CommandFailure(`--lot ${text}: write the event and the units as kraken:…=0.5`)
    return { event: text.slice(0, at), amount }
  })
  if (identifiedAt === undefined) return { lots }
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(identifiedAt)
    ? Date.parse(identifiedAt)
    : Number.NaN
  if (Number.isNaN(instant))
    throw new CommandFailure(`--identified-at ${identifiedAt}: write an instant as 2025-03-01T09:30:00Z`)
  return { lots, identifiedAt: instant }
}

function refuseUnreadable(options: DecideOptions): void {
  for (const name of ['value', 'cost'] as const) {
    const text = options[name]
    if (text !== undefined && !/^\d{1,30}(\.\d{1,18})?$/.test(text))
      throw new CommandFailure(`--${name} ${text}: write a decimal number as 1234.56`)
  }
  if (options.acquired !== undefined) refuseNoDate('--acquired', options.acquired)
}

function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text)
}
