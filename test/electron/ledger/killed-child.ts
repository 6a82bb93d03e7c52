import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Runs a script of this folder that says `ready`, kills it after so many milliseconds of work, and gives what it had said. */
export async function saidBeforeKilled(script: string, args: readonly string[], after: number): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let wrong = ''
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      if (said.includes('ready\n')) resolve()
    })
    child.stderr.on('data', (bytes: Buffer) => {
      wrong += bytes.toString()
    })
    child.on('exit', () => reject(new Error(`the child ended by itself: ${wrong}`)))
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  await ready
  await wait(after)
  child.kill('SIGKILL')
  await ended
  return said
}
