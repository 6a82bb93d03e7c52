import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CommandFailure, EXIT } from '../exit.ts'
import { withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf, refuseNoDate } from './shared-options.ts'

interface BalanceOptions extends LedgerOptions {
  readonly at?: string
  readonly against?: string
}
interface StatedBalance {
  readonly account: string
  readonly asset: string
  readonly amount: string
}

export function addBalances(program: Command): void {
  onLedger(program.command('balances'))
    .argument('<ledger>')
    .description('balances per account and asset')
    .option('--at <date>', 'at the end of this day, YYYY-MM-DD')
    .option('--against <file>', 'compare with stated balances: CSV with account, asset, amount')
    .action((ledger: string, options: BalanceOptions) => {
      if (options.at !== undefined) refuseNoDate('--at', options.at)
      return withLedger(ledger, options, async (client) => {
        const stated = options.against === undefined ? null : await readStated(options.against)
        const { rows } = await client.events.balances(options.at === undefined ? {} : { at: options.at })
        const output = outputOf(options)
        if (stated === null) {
          output.document({ balances: rows }, () =>
            table(
              ['account', 'asset', 'amount', 'negative since'],
              rows.map((row) => [row.accountName, row.symbol, row.amount, row.negativeSince ?? '']),
              ['amount'],
            ),
          )
          return
        }
        const differences = await compare(rows, stated)
        output.document({ compared: stated.length, differences }, () =>
          differences.length === 0
            ? [`All ${stated.length} balances agree.`]
            : table(
                ['account', 'asset', 'ours', 'stated', 'difference'],
                differences.map((row) => [row.account, row.asset, row.ours, row.stated, row.difference]),
                ['ours', 'stated', 'difference'],
              ),
        )
        process.exitCode = differences.length === 0 ? EXIT.done : EXIT.found
      })
    })
}

async function readStated(path: string): Promise<StatedBalance[]> {
  const { default: papaparse } = await import('papaparse')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new CommandFailure(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`)
  }
  const { data } = papaparse.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true })
  const header = (data[0] ?? []).map((name) => name.trim().toLowerCase())
  const [account, asset, amount] = ['account', 'asset', 'amount'].map((name) => header.indexOf(name))
  if (account === undefined || asset === undefined || amount === undefined || Math.min(account, asset, amount) < 0)
    throw new CommandFailure(`${path}, row 1: needs the columns account, asset, amount`)
  return data.slice(1).map((cells) => ({
    account: (cells[account] ?? '').trim(),
    asset: (cells[asset] ?? '').trim(),
    amount: (cells[amount] ?? '').trim(),
  }))
}

async function compare(
  rows: readonly { accountName: string; account: string; asset: string; symbol: string; amount: string }[],
  stated: readonly StatedBalance[],
) {
  const { Decimal } = await import('decimal.js')
  const Exact = Decimal.clone({ precision: 80 })
  return stated.flatMap((line, at) => {
    if (!/^-?\d+(\.\d+)?$/.test(line.amount))
      throw new CommandFailure(
        `stated balances, row ${at + 2}, column amount: ${line.amount} is not a plain decimal number`,
      )
    const ours = rows.find(
      (row) =>
        (row.accountName === line.account || row.account === line.account) &&
        (row.symbol === line.asset || row.asset === line.asset),
    )
    const difference = new Exact(ours?.amount ?? '0').minus(line.amount)
    return difference.isZero()
      ? []
      : [
          {
            account: line.account,
            asset: line.asset,
            ours: ours?.amount ?? '0',
            stated: line.amount,
            difference: difference.toFixed(),
          },
        ]
  })
}
