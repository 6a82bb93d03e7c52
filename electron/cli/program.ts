import { Command, CommanderError } from 'commander'
import { EXIT } from './exit.ts'

/** Everything `tallystick` can do. Commands are loaded when they are called: `calc` alone must start in no time. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const program = new Command('tallystick')
    .description('Crypto tax books on your own computer.')
    .showHelpAfterError('(--help lists the commands)')
    .exitOverride()
  if (argv[0] === 'calc') {
    const { addCalc } = await import('./commands/calc.ts')
    addCalc(program)
  } else {
    const { addLedgerCommands } = await import('./commands/ledger-commands.ts')
    addLedgerCommands(program)
  }
  for (const command of program.commands) command.exitOverride()
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.badInput
  }
}
