import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CommandFailure } from '../exit.ts'

interface CalcCommandOptions {
  readonly rounded?: boolean
}

export function addCalc(program: Command): void {
  program
    .command('calc')
    .argument('[file]', 'interchange JSON; - or nothing reads standard input', '-')
    .description('no ledger: interchange JSON in, result JSON out')
    .option('--rounded', 'round each figure as the forms do, instead of 18 places')
    .option('--json', 'accepted for symmetry: the result is JSON in any case')
    .action(runCalc)
}

async function runCalc(file: string, options: CalcCommandOptions): Promise<void> {
  const { calcText } = await import('../calc.ts')
  const name = file === '-' ? 'standard input' : file
  const outcome = calcText(readInput(file, name), name, { rounded: options.rounded === true })
  if (!outcome.ok) throw new CommandFailure(outcome.error)
  for (const piece of outcome.pieces) process.stdout.write(piece)
  process.stdout.write('\n')
}

function readInput(file: string, name: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new CommandFailure(`${name}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`)
  }
}
