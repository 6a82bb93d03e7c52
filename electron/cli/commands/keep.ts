import { constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { CommandFailure, EXIT } from '../exit.ts'
import { startSession, withLedger } from '../ledger-session.ts'
import { readNewPassphrase, readPassphrase } from '../passphrase.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface OutOptions extends LedgerOptions {
  readonly out: string
}
interface RekeyOptions extends LedgerOptions {
  readonly newPassphraseFile?: string
}

/** `backup`, `restore`, `rekey` and `verify`: what keeps a ledger safe. */
export function addKeep(program: Command): void {
  onLedger(program.command('backup'))
    .argument('<ledger>')
    .description('write a verified encrypted copy')
    .requiredOption('--out <file>')
    .action((ledger: string, options: OutOptions) => {
      refuseExisting(options.out)
      return withLedger(ledger, options, async (client) => {
        const made = await client.session.backup()
        moveFile(join(dirname(resolve(ledger)), made.fileName), resolve(options.out))
        outputOf(options).document({ backup: resolve(options.out), bytes: made.bytes }, () => [
          `Backup written to ${options.out} (${made.bytes} bytes), opened and checked.`,
        ])
      })
    })

  program
    .command('restore')
    .argument('<backup>')
    .description('put a backup in place under a new name; overwrites nothing')
    .requiredOption('--out <ledger>', 'the ledger file to make')
    .option('--json', 'one JSON document on standard output')
    .action(async (backup: string, options: OutOptions) => {
      if (!existsSync(backup)) throw new CommandFailure(`${backup}: there is no such file`)
      refuseExisting(options.out)
      const session = startSession(dirname(resolve(options.out)))
      try {
        const ref = session.register(resolve(backup))
        const restored = await session.client.session.restore({ ref })
        moveFile(join(dirname(resolve(options.out)), `${restored.name}.tally`), resolve(options.out))
        outputOf(options).document({ ledger: resolve(options.out), bytes: restored.bytes }, () => [
          `Restored ${basename(backup)} as ${options.out}. Its passphrase is the one it had when the backup was made. Prove it with tallystick verify.`,
        ])
      } finally {
        await session.end()
      }
    })

  onLedger(program.command('rekey'))
    .argument('<ledger>')
    .description('change the passphrase: a new file under a new key, verified, then renamed')
    .option('--new-passphrase-file <file>', 'take the new passphrase from here (or from TALLYSTICK_NEW_PASSPHRASE)')
    .action(async (ledger: string, options: RekeyOptions) => {
      const current = await readPassphrase(options)
      const next = await readNewPassphrase({ passphraseFile: options.newPassphraseFile }, 'TALLYSTICK_NEW_PASSPHRASE')
      await withLedger(ledger, options, async (client) => {
        const done = await client.session.changePassphrase({ current, next })
        outputOf(options).document(done, () => [
          'The passphrase was changed. The old recovery sheet no longer opens this ledger: print a new one.',
        ])
      })
    })

  onLedger(program.command('verify'))
    .argument('<ledger>')
    .description('check all laws, hashes and the audit chain')
    .action((ledger: string, options: LedgerOptions) =>
      withLedger(ledger, options, async (client) => {
        const result = await client.check.verify()
        outputOf(options).document(result, () => [
          ...result.checks.map(({ name, ok, detail }) => `${ok ? 'ok    ' : 'FAILED'}  ${name}: ${detail}`),
          result.ok ? 'The ledger is sound.' : 'The ledger has faults.',
        ])
        process.exitCode = result.ok ? EXIT.done : EXIT.found
      }),
    )
}

function refuseExisting(path: string): void {
  if (existsSync(path)) throw new CommandFailure(`${path}: exists already; nothing was changed`)
}

function moveFile(from: string, to: string): void {
  if (from === to) return
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    copyFileSync(from, to, constants.COPYFILE_EXCL)
    rmSync(from)
  }
}
