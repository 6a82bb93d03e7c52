import type { Command } from 'commander'
import type { Position, PositionScope } from '../../../shared/contract/tax-choices.ts'
import { CommandFailure } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { money, table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf, refuseNoDate } from './shared-options.ts'

interface PositionsOptions extends LedgerOptions {
  readonly set?: readonly string[]
  readonly clear?: readonly string[]
  readonly asset?: string
  readonly protocol?: string
  readonly account?: string
  readonly from?: string
  readonly to?: string
  readonly reason?: string
  readonly effects?: boolean
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** The register of positions: what the law leaves open for this ledger, what was chosen, what another choice would cost. */
export function addPositions(program: Command): void {
  onLedger(program.command('positions'))
    .argument('<ledger>')
    .description('the questions that the law leaves open, and the answers for this ledger')
    .option('--set <P=choice>', 'answer a question, for example P4=swap; may be given several times', collect)
    .option('--clear <P>', 'take the answer back; may be given several times', collect)
    .option('--asset <asset>', 'limit the answer to one asset')
    .option('--protocol <protocol>', 'limit the answer to one protocol')
    .option('--account <account>', 'limit the answer to one account')
    .option('--from <date>', 'the answer holds from this day, YYYY-MM-DD')
    .option('--to <date>', 'the answer holds up to this day, YYYY-MM-DD')
    .option('--reason <text>', 'why, for the record')
    .option('--effects', 'what each other choice would change in money, year by year')
    .action((ledger: string, options: PositionsOptions) => {
      const answers = (options.set ?? []).map(parseAnswer)
      for (const name of ['from', 'to'] as const) {
        const day = options[name]
        if (day !== undefined) refuseNoDate(`--${name}`, day)
      }
      if (answers.length === 0 && (options.clear ?? []).length === 0) refuseLoose(options)
      return withLedger(ledger, options, async (client) => {
        const acts = await record(client, answers, options)
        const { rows, jurisdiction, currency, revision } = await client.tax.positions()
        const effects = options.effects === true ? (await client.tax.positionEffects({})).rows : null
        outputOf(options).document({ revision, jurisdiction, currency, acts, positions: rows, effects }, () => [
          ...acts.map(({ what, act }) => `Recorded: ${what} (act ${act}).`),
          ...positionLines(rows, effects, null),
        ])
      })
    })
}

function parseAnswer(text: string): { id: string; choice: string } {
  const match = /^(P[1-9]\d?|[a-z]{2}\.[a-z_]+)=([a-z0-9][a-z0-9-]*)$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined)
    throw new CommandFailure(`--set ${text}: write a question and its answer as P4=swap or fr.nft=apart`)
  return { id: match[1], choice: match[2] }
}

/** A scope without an answer would be dropped unseen. */
function refuseLoose(options: PositionsOptions): void {
  for (const name of ['asset', 'protocol', 'account', 'from', 'to', 'reason'] as const)
    if (options[name] !== undefined) throw new CommandFailure(`--${name} belongs to --set or --clear`)
}

async function record(
  client: EngineClient,
  answers: readonly { id: string; choice: string }[],
  options: PositionsOptions,
): Promise<{ what: string; act: string }[]> {
  const { asset, protocol, account, from, to } = options
  const scope: PositionScope = {
    ...(asset === undefined ? {} : { asset }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(account === undefined ? {} : { account }),
  }
  const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  const isScoped = Object.keys(scope).length > 0 || Object.keys(span).length > 0
  const acts: { what: string; act: string }[] = []
  for (const id of options.clear ?? []) {
    const { act } = await client.tax.clearPosition({
      id,
      ...(isScoped ? { scope, ...span } : {}),
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    })
    acts.push({ what: `${id} taken back`, act })
  }
  if (answers.length === 0) return acts
  const reason = options.reason ?? ''
  const { act } = await client.tax.setPositions({
    answers: answers.map(({ id, choice }) => ({ id, choice, scope, ...span, reason })),
  })
  return [...acts, ...answers.map(({ id, choice }) => ({ what: `${id}=${choice}`, act }))]
}

interface Effects {
  readonly id: string
  readonly alternatives: readonly {
    readonly choice: string
    readonly refused: readonly { readonly text: string }[]
    readonly years: readonly {
      readonly year: number
      readonly label: string
      readonly taxable: string
      readonly gain: string
      readonly income: string
    }[]
  }[]
}

/** The register for people; `year`: only the effects on that year. */
export function positionLines(
  rows: readonly Position[],
  effects: readonly Effects[] | null,
  year: number | null,
): string[] {
  const lines = table(
    ['position', 'question', 'answer', 'for', 'events'],
    rows.flatMap((row) => {
      const standard = [
        row.id,
        row.question,
        `${row.default} (the country’s own)`,
        'everything else',
        String(row.events),
      ]
      const chosen = row.chosen.map((one) => [
        row.id,
        row.question,
        one.choice,
        [one.scopeLabel, one.from === null ? '' : `from ${one.from}`, one.to === null ? '' : `to ${one.to}`]
          .filter((part) => part !== '')
          .join(' '),
        String(row.events),
      ])
      const covered = row.chosen.some(
        ({ scopeLabel, from, to }) => scopeLabel === 'everything' && from === null && to === null,
      )
      return covered ? chosen : [...chosen, standard]
    }),
    ['events'],
  )
  if (effects === null) return lines
  const changes = effects.flatMap(({ id, alternatives }) =>
    alternatives.flatMap(({ choice, refused, years }) => [
      ...refused.map(({ text }) => `${id}=${choice}: ${text}`),
      ...years
        .filter((one) => year === null || one.year === year)
        .map(
          (one) =>
            `${id}=${choice} in ${one.label}: gain ${signed(one.gain)}, income ${signed(one.income)}, taxable ${signed(one.taxable)}`,
        ),
    ]),
  )
  return [...lines, ...(changes.length === 0 ? ['No other answer changes any figure that is still open.'] : changes)]
}

const signed = (sum: string): string => (sum.startsWith('-') || sum === '0' ? money(sum) : `+${money(sum)}`)
