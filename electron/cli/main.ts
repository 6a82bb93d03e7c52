#!/usr/bin/env node
import { appFolders } from '../app-folders.ts'
import { keepCompiledCode } from '../compile-cache.ts'
import { CommandFailure, EXIT, exitCodeOf } from './exit.ts'
import { oneLine } from './output.ts'

// A reader that has seen enough (head) closes the pipe: no fault, and nobody to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

keepCompiledCode(appFolders().compiled)

try {
  const { runCommand } = await import('./program.ts')
  await runCommand(process.argv.slice(2))
} catch (error) {
  process.exitCode = report(error)
}

/** One clear line on standard error for what a person can act on; the whole error for a bug. */
function report(error: unknown): number {
  if (error instanceof CommandFailure) {
    process.stderr.write(`tallystick: ${oneLine(error.message)}\n`)
    return error.exitCode
  }
  if (isContractError(error)) {
    process.stderr.write(`tallystick: ${oneLine(error.message)}\n`)
    return exitCodeOf(error.code)
  }
  process.stderr.write(`tallystick: this is a fault of the program, please report it\n`)
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return EXIT.badInput
}

/** An error that the contract names, as its client throws it (`ORPCError`, `defined`). */
function isContractError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'defined' in error && error.defined === true && 'code' in error
}
