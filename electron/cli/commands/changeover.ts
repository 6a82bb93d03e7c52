import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type AllocationPlan, allocationPlan } from '../../../shared/contract/tax-changeover.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { money, table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf, refuseNoDate } from './shared-options.ts'

interface ChangeoverOptions extends LedgerOptions {
  readonly plan?: string
  readonly written?: string
  readonly completed?: string
  readonly record?: boolean
  readonly reason?: string
}

/** The US change to basis by account: what was unused, what a plan would give, and putting one on record. */
export function addChangeover(program: Command): void {
  onLedger(program.command('changeover'))
    .argument('<ledger>')
    .description('the US change to basis by account of 2025-01-01: unused basis, plans, deadlines')
    .option(
      '--plan <file>',
      'a plan as JSON: {"plan": "specific", "allocations": […]} or {"plan": "global", "order", "accounts"}',
    )
    .option('--written <date>', 'when the plan was put into the books, YYYY-MM-DD')
    .option('--completed <date>', 'when it was carried out, YYYY-MM-DD')
    .option('--record', 'put the plan on record: complete, and irrevocable from then on')
    .option('--reason <text>', 'why, for the record')
    .action((ledger: string, options: ChangeoverOptions) => {
      const plan = options.plan === undefined ? null : readPlan(options.plan)
      for (const name of ['written', 'completed'] as const) {
        const day = options[name]
        if (day !== undefined) refuseNoDate(`--${name}`, day)
      }
      if (
        plan === null &&
        (options.record === true || options.written !== undefined || options.completed !== undefined)
      )
        throw new CommandFailure('--record, --written and --completed belong to --plan')
      return withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (plan === null) {
          const { job: _job, ...state } = await client.tax.changeover()
          output.document(state, () => (state.applies ? stateLines(state) : [state.why ?? '']))
          process.exitCode = state.state === 'unplanned' ? EXIT.found : EXIT.done
          return
        }
        const call = {
          plan,
          ...(options.written === undefined ? {} : { written: options.written }),
          ...(options.completed === undefined ? {} : { completed: options.completed }),
        }
        if (options.record === true) {
          const recorded = await client.tax.recordAllocation({ ...call, confirmed: true, reason: options.reason ?? '' })
          output.document(recorded, () => [
            `Recorded for good (act ${recorded.act}). Print it: tallystick report --form us-changeover-memo.`,
          ])
          return
        }
        const { job: _job, ...proposed } = await client.tax.proposeAllocation(call)
        if (!proposed.ok)
          throw new CommandFailure(
            proposed.refused.map(({ text, rule }) => `${text} (${rule})`).join(' ') || 'the plan cannot be followed',
          )
        output.document(proposed, () => [
          ...table(
            ['asset', 'account', 'from', 'lot', 'acquired', 'units', 'basis'],
            proposed.rows.map((row) => [
              row.symbol,
              row.accountName,
              row.fromName,
              row.lot,
              row.acquired ?? '',
              row.amount,
              money(row.cost),
            ]),
            ['units', 'basis'],
          ),
          ...proposed.years
            .filter(({ difference }) => difference !== '0')
            .map(({ label, difference }) => `${label}: taxable ${money(difference)} against now`),
          'Nothing was stored. Add --record to put the plan on record for good.',
        ])
      })
    })
}

function readPlan(path: string): AllocationPlan {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new CommandFailure(`--plan ${path}: cannot be read`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new CommandFailure(`--plan ${path}: is not JSON`)
  }
  const read = allocationPlan.safeParse(json)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new CommandFailure(
    `--plan ${path}: ${issue?.path.join('.') || 'the plan'}: ${issue?.message ?? 'cannot be read'}`,
  )
}

interface ShownState {
  readonly assets: readonly {
    readonly symbol: string
    readonly units: string
    readonly basisUnits: string
    readonly cost: string
    readonly plan: string
    readonly deadlines: { readonly specific: string; readonly global: string }
    readonly locked: string | null
  }[]
  readonly plans: readonly {
    readonly name: string
    readonly possible: boolean
    readonly until: string
    readonly why: string | null
  }[]
}

const stateLines = ({ assets, plans }: ShownState): string[] => [
  ...table(
    ['asset', 'units', 'units with basis', 'basis', 'plan', 'lot by lot before', 'by a rule before'],
    assets.map((asset) => [
      asset.symbol,
      asset.units,
      asset.basisUnits,
      money(asset.cost),
      asset.plan,
      asset.deadlines.specific,
      asset.deadlines.global,
    ]),
    ['units', 'units with basis', 'basis'],
  ),
  ...plans.map((plan) => `${plan.name}: ${plan.possible ? `possible (${plan.until})` : (plan.why ?? '')}`),
]
