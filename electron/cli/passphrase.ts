import { readFileSync } from 'node:fs'
import { CommandFailure } from './exit.ts'

export interface PassphraseOptions {
  readonly passphraseFile?: string | undefined
}

/**
 * The passphrase: from `--passphrase-file` (its first line), from the environment, or asked for at the terminal without
 * echo. Never from an argument, which other users of the machine could read.
 */
export async function readPassphrase(
  options: PassphraseOptions,
  question = 'Passphrase: ',
  variable = 'TALLYSTICK_PASSPHRASE',
): Promise<string> {
  if (options.passphraseFile !== undefined) {
    const text = readPassphraseFile(options.passphraseFile)
    if (text === '')
      throw new CommandFailure(`${options.passphraseFile}: the file is empty; its first line is the passphrase`)
    return text
  }
  const fromEnvironment = process.env[variable]
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment
  if (!process.stdin.isTTY)
    throw new CommandFailure(`no passphrase: set ${variable}, give a passphrase file, or run this at a terminal`)
  return ask(question)
}

/** A new passphrase: as `readPassphrase`, but asked for twice at the terminal. */
export async function readNewPassphrase(
  options: PassphraseOptions,
  variable = 'TALLYSTICK_PASSPHRASE',
): Promise<string> {
  const asks = options.passphraseFile === undefined && (process.env[variable] ?? '') === ''
  const first = await readPassphrase(options, 'New passphrase: ', variable)
  if (first.length < 8) throw new CommandFailure('a passphrase has at least 8 characters')
  if (asks && (await ask('Once more: ')) !== first) throw new CommandFailure('the two passphrases differ')
  return first
}

function readPassphraseFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? ''
  } catch (error) {
    throw new CommandFailure(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`)
  }
}

function ask(question: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const finish = (settle: () => void) => {
      stdin.off('data', onData)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      settle()
    }
    const onData = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n') return finish(() => resolve(typed))
        if (character === '\u0003') return finish(() => reject(new CommandFailure('cancelled')))
        if (character === '\u007f' || character === '\b') typed = [...typed].slice(0, -1).join('')
        else typed += character
      }
    }
    stdin.on('data', onData)
  })
}
