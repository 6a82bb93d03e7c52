import { spawn } from 'node:child_process'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../../../electron/cli/main.ts')

/** Compiled sources of earlier runs: half the time of a start. */
const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/compiled')

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Run through a shell line in which `$CLI` stands for the command. */
  readonly shell?: string
}

/** The passphrase that the ledgers of these tests are made with. */
export const UNLOCKED = { TALLYSTICK_PASSPHRASE: 'correct horse battery staple' }

/** Runs `tallystick` as a process of its own, with nothing of this one's passphrases in its environment. */
export function tallystick(args: readonly string[], { env = {}, input = '', shell }: RunOptions = {}): Promise<Ran> {
  const { TALLYSTICK_PASSPHRASE: _, ...inherited } = process.env
  const environment = { ...inherited, ...env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: CACHE }
  const child =
    shell === undefined
      ? spawn(process.execPath, [MAIN, ...args], { env: environment })
      : spawn('sh', ['-c', shell, 'sh', ...args], {
          env: { ...environment, NODE: process.execPath, CLI: MAIN },
        })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

/** Runs a command with `--json` on an unlocked ledger: how it ended, and what it printed, read. */
export async function answered(...args: readonly string[]) {
  const ran = await tallystick([...args, '--json'], { env: UNLOCKED })
  return { ...ran, json: JSON.parse(ran.out === '' ? 'null' : ran.out) }
}

/** What a command answers with `--json`, which ends well or (1) with something to look at. */
export async function answerOf<T>(...args: readonly string[]): Promise<T> {
  const { code, json, err } = await answered(...args)
  if (code !== 0 && code !== 1) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`)
  return json as T
}
