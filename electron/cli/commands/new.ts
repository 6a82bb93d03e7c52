import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { parseInterchange, problemLines } from '../../../shared/events/interchange.ts'
import type { Profile } from '../../../shared/events/interchange-types.ts'
import { CommandFailure } from '../exit.ts'
import { type EngineClient, startSession, untilMatched } from '../ledger-session.ts'
import { readNewPassphrase } from '../passphrase.ts'
import { executeOrDiscard, planFiles } from './import.ts'
import { type LedgerOptions, onLedger, outputOf, parseYear } from './shared-options.ts'

interface NewOptions extends LedgerOptions {
  readonly jurisdiction?: string
  readonly from?: string
  readonly currency?: string
  readonly zone?: string
  readonly method?: string
  readonly scope?: 'pack' | 'account' | 'universal'
  readonly name?: string
  readonly year?: string
}

export function addNew(program: Command): void {
  onLedger(program.command('new'))
    .argument('<ledger>', 'the file to make, for example Anna.tally')
    .description('create a ledger')
    .option(
      '--jurisdiction <cc>',
      'country of the taxpayer (us, gb, de, au, ca, fr, …; tallystick countries lists them), or none',
    )
    .option('--from <document>', 'a document of books (export --to json): its events, and its choices as the ledger’s')
    .option('--currency <code>', 'home currency; default: the country’s')
    .option('--zone <zone>', 'the taxpayer’s time zone, for example America/New_York')
    .option('--method <method>', 'how lots are chosen; default: the country’s')
    .option('--scope <scope>', 'pack, account or universal; default: pack')
    .option('--year <year>', 'the tax year to work on')
    .option('--name <name>', 'name of the taxpayer; default: the file’s name')
    .action(createLedger)
}

async function createLedger(ledger: string, options: NewOptions): Promise<void> {
  const output = outputOf(options)
  const file = resolve(ledger.endsWith('.tally') ? ledger : `${ledger}.tally`)
  if (existsSync(file)) throw new CommandFailure(`${ledger}: exists already; nothing was changed`)
  const { scope = 'pack' } = options
  if (!['pack', 'account', 'universal'].includes(scope))
    throw new CommandFailure(`--scope ${scope}: write pack, account or universal`)
  const { jurisdiction, zone, currency } = basics(options)
  const passphrase = await readNewPassphrase(options)
  mkdirSync(dirname(file), { recursive: true })
  const session = startSession(dirname(file))
  try {
    const countries = await session.client.session.jurisdictions()
    const country = countries.find((entry) => entry.code === jurisdiction.toLowerCase())
    if (country === undefined)
      throw new CommandFailure(
        `--jurisdiction ${jurisdiction}: there is no rule pack for it (unknown-jurisdiction); there are ${countries.map((entry) => entry.code).join(', ')}`,
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
        currency: currency ?? country.currency,
        zone,
        method,
        scope,
        taxYear:
          options.year === undefined ? Math.min(lastYear, new Date().getFullYear() - 1) : parseYear(options.year),
        rounding: 'cents',
      },
    })
    if (options.from !== undefined)
      await takeIn(session.client, options.from, (text) => output.message(text)).catch(async (error: unknown) => {
        await session.client.session.close()
        for (const made of [file, `${file}-lock`]) rmSync(made, { force: true })
        throw error
      })
    const now = options.from === undefined ? state : await session.client.session.state()
    const profile = now.phase === 'open' ? now.profile : null
    output.document({ ledger: file, profile, toVerify: country.toVerify }, () => [
      `Created ${file}`,
      ...country.toVerify.map((note) => `To verify (${country.name}): ${note}`),
    ])
  } finally {
    await session.end()
  }
}

/** What a ledger must have at its beginning: given by options, or by the document that it is made of. */
function basics(options: NewOptions): Pick<Profile, 'jurisdiction'> & { zone: string; currency: string | undefined } {
  const { from, jurisdiction, zone, currency } = options
  if (from === undefined) {
    if (jurisdiction === undefined) throw new CommandFailure('--jurisdiction <cc> is needed, or --from <document>')
    if (zone === undefined) throw new CommandFailure('--zone <zone> is needed, or --from <document>')
    return { jurisdiction, zone, currency }
  }
  const given = (['jurisdiction', 'currency', 'zone', 'method', 'scope'] as const).filter((name) => options[name])
  if (given.length > 0)
    throw new CommandFailure(`--${given[0]}: the document that --from names says it; leave the option out`)
  if (!existsSync(from)) throw new CommandFailure(`${from}: there is no such file`)
  const read = parseInterchange(readFileSync(from, 'utf8'), basename(from))
  if (!read.ok) throw new CommandFailure(problemLines(read).slice(0, 5).join('; '))
  return read.document.profile
}

/** Imports a document with its choices into the ledger just made. */
async function takeIn(client: EngineClient, from: string, say: (text: string) => void): Promise<void> {
  const plan = await planFiles(client, [from], say)
  const [file] = plan.files
  if (file === undefined || file.problem !== null) throw new CommandFailure(file?.problem ?? `${from}: cannot be read`)
  await executeOrDiscard(client, plan, file.file)
  await untilMatched(client)
}
