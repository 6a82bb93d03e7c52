import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { codeOf, connectPlain } from './cipher.ts'
import { failure, type VaultFailure } from './failures.ts'

/** Who holds a ledger: shown to a second door. */
export interface Holder {
  /** “the desktop app”, “the browser door”, “the terminal”. */
  readonly door: string
  readonly pid: number
  /** Milliseconds since the epoch. */
  readonly since: number
}

export interface EngineLock {
  readonly status: 'taken'
  release(): void
}

const lockPath = (path: string): string => `${path}-lock`
const holderPath = (path: string): string => `${path}-lock-holder`

/**
 * Takes the one engine's place on a ledger: an exclusive transaction on an empty database beside it, which the operating
 * system frees when the process ends, however it ends. The holder's name stands in a second small file, since nobody can
 * read the first while it is held. Both are removed on release.
 */
export function takeEngineLock(path: string, holder: Holder): EngineLock | VaultFailure {
  for (;;) {
    const taken = tryLock(path, holder)
    if (taken) return taken
  }
}

/** Null where the file was removed by its last holder between opening and locking it: then a lock on it guards nothing. */
function tryLock(path: string, holder: Holder): EngineLock | VaultFailure | null {
  const name = basename(path)
  const file = lockPath(path)
  let lock: ReturnType<typeof connectPlain> | null = null
  try {
    writeFileSync(file, '', { flag: 'a', mode: 0o600 })
    const before = statSync(file).ino
    lock = connectPlain(file, { timeout: 0 })
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    if (statSync(file, { throwIfNoEntry: false })?.ino !== before) {
      lock.close()
      return null
    }
    writeFileSync(holderPath(path), JSON.stringify(holder), { mode: 0o600 })
  } catch (error) {
    lock?.close()
    if (codeOf(error).startsWith('SQLITE_BUSY')) return failure('in-use', name, whoHolds(path))
    if (codeOf(error) === 'ENOENT' && lock) return null
    return failure('unreadable', name, error instanceof Error ? error.message : codeOf(error))
  }
  const held = lock
  return {
    status: 'taken',
    release: () => {
      if (!held.open) return
      removeQuietly(holderPath(path))
      removeQuietly(file)
      held.close()
    },
  }
}

/** Windows keeps a file that is open; the empty file that then stays behind guards the next start as well. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch (error) {
    if (codeOf(error) !== 'EBUSY' && codeOf(error) !== 'EPERM') throw error
  }
}

function whoHolds(path: string): string {
  try {
    const holder = JSON.parse(readFileSync(holderPath(path), 'utf8')) as Partial<Holder>
    const since = typeof holder.since === 'number' ? ` since ${new Date(holder.since).toISOString()}` : ''
    return `${holder.door ?? 'another Tallystick'} (process ${holder.pid ?? 'unknown'}) has it${since}`
  } catch {
    return 'another Tallystick has it'
  }
}
