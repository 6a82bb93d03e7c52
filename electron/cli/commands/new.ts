import { existsSync, mkdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { CommandFailure } from '../exit.ts'
import { startSession } from '../ledger-session.ts'
import { readNewPassphrase } from '../passphrase.ts'
import { type LedgerOptions, onLedger, outputOf, parseYear } from './shared-options.ts'

interface NewOptions extends LedgerOptions {
  readonly jurisdiction: string
  readonly currency?: string
  readonly zone: string
  readonly method?: string
  readonly scope: 'pack' | 'account' | 'universal'
  readonly name?: string
  readonly year?: string
}

export function addNew(program: Command): void {
  onLedger(program.command('new'))
    .argument('<ledger>', 'the file to make, for example Anna.tally')
    .description('create a ledger')
    .requiredOption(
      '--jurisdiction <cc>',
      'country of the taxpayer (us, gb, de, au, ca, fr, …; tallystick countries lists them), or none',
    )
    .option('--currency <code>', 'home currency; default: the country’s')
    .requiredOption('--zone <zone>', 'the taxpayer’s time zone, for example America/New_York')
    .option('--method <method>', 'how lots are chosen; default: the country’s')
    .option('--scope <scope>', 'pack, account or universal', 'pack')
    .option('--year <year>', 'the tax year to work on')
    .option('--name <name>', 'name of the taxpayer; default: the file’s name')
    .action(createLedger)
}

async function createLedger(ledger: string, options: NewOptions): Promise<void> {
  const output = outputOf(options)
  const file = resolve(ledger.endsWith('.tally') ? ledger : `${ledger}.tally`)
  if (existsSync(file)) throw new CommandFailure(`${ledger}: exists already; nothing was changed`)
  if (!['pack', 'account', 'universal'].includes(options.scope))
    throw new CommandFailure(`--scope ${options.scope}: write pack, account or universal`)
  const passphrase = await readNewPassphrase(options)
  mkdirSync(dirname(file), { recursive: true })
  const session = startSession(dirname(file))
  try {
    const countries = await session.client.session.jurisdictions()
    const country = countries.find((entry) => entry.code === options.jurisdiction.toLowerCase())
    if (country === undefined)
      throw new CommandFailure(
        `--jurisdiction ${options.jurisdiction}: there is no rule pack for it (unknown-jurisdiction); there are ${countries.map((entry) => entry.code).join(', ')}`,
      )
    const method = options.method ?? country.defaultMethod
    if (!country.methods.some((entry) => entry.id === method))
      throw new CommandFailure(
        `--method ${method}: not a method of ${country.name} (method-not-allowed); there are ${country.methods.map((entry) => entry.id).join(', ')}`,
      )
    const fileName = basename(file, '.tally')
    const lastYear = country.years.at(-1) ?? 2025
    const { state } = await session.client.session.create({
      passphrase,
      fileName,
      profile: {
        name: options.name ?? fileName,
        jurisdiction: country.code,
        currency: options.currency ?? country.currency,
        zone: options.zone,
        method,
        scope: options.scope,
        taxYear:
          options.year === undefined ? Math.min(lastYear, new Date().getFullYear() - 1) : parseYear(options.year),
        rounding: 'cents',
      },
    })
    const profile = state.phase === 'open' ? state.profile : null
    output.document({ ledger: file, profile, toVerify: country.toVerify }, () => [
      `Created ${file}`,
      ...country.toVerify.map((note) => `To verify (${country.name}): ${note}`),
    ])
  } finally {
    await session.end()
  }
}
