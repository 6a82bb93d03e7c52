/** How a command ends: 0 done, 1 done but open points or differences were found, 2 bad use or bad input, 3 the ledger cannot be opened. */
export const EXIT = { done: 0, found: 1, badInput: 2, ledger: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command with one clear line on standard error. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode
  constructor(message: string, exitCode: ExitCode = EXIT.badInput) {
    super(message)
    this.name = 'CommandFailure'
    this.exitCode = exitCode
  }
}

/** Errors of the contract after which the ledger stays shut. */
const LEDGER_CODES = new Set(['WRONG_PASSPHRASE', 'LOCKED', 'DAMAGED', 'NEWER_VERSION', 'IN_USE', 'DISK_FULL'])

/** The exit code for an error of the contract, by its code. */
export function exitCodeOf(code: string): ExitCode {
  return LEDGER_CODES.has(code) ? EXIT.ledger : EXIT.badInput
}
