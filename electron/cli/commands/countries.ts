import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { startSession } from '../ledger-session.ts'
import { table } from '../output.ts'
import { outputOf } from './shared-options.ts'

/** The countries with a rule pack: what `new --jurisdiction` takes. */
export function addCountries(program: Command): void {
  program
    .command('countries')
    .description('the countries there are rules for, their methods, and what is to be verified')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: { readonly json?: boolean }) => {
      // The engine wants a folder of ledgers; this command has none.
      const folder = mkdtempSync(join(tmpdir(), 'tallystick-'))
      const session = startSession(folder)
      try {
        const countries = await session.client.tax.countries()
        outputOf(options).document({ countries }, () =>
          table(
            ['code', 'country', 'currency', 'years', 'methods', 'to verify'],
            countries.map((country) => [
              country.code,
              country.name,
              country.currency ?? 'any',
              `${country.years[0]?.label ?? ''} to ${country.years.at(-1)?.label ?? ''}`,
              country.methods.map(({ id }) => id).join(' '),
              country.toVerify.length > 0 ? 'yes' : '',
            ]),
          ),
        )
      } finally {
        await session.end()
        rmSync(folder, { recursive: true, force: true })
      }
    })
}
