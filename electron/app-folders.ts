import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

/** Where the app keeps its own things on this computer. All paths are absolute. */
export type AppFolders = {
  /** Ledgers, backups and settings. Closed, a ledger is one file in here and can be copied. */
  data: string
  /** What the running doors leave for the user's own browser; nothing that outlives the app. */
  doors: string
  /** Code compiled at earlier starts; it can be thrown away at any time. */
  compiled: string
}

export type Surroundings = {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
}

/**
 * The folders of the app: `TALLYSTICK_DATA` where it is set to an absolute path, otherwise what the system names for
 * an application's own data. On Windows that is the local, not the roaming profile: a ledger that is open must not be
 * copied about by a profile sync.
 */
export function appFolders(
  from: Surroundings = { platform: process.platform, env: process.env, home: homedir() },
): AppFolders {
  const path = from.platform === 'win32' ? win32 : posix
  const named = (name: string): string | undefined => {
    const value = from.env[name]
    return value !== undefined && path.isAbsolute(value) ? value : undefined
  }
  const data = named('TALLYSTICK_DATA') ?? path.join(systemDataFolder(from.platform, named, from.home), 'Tallystick')
  return { data, doors: path.join(data, 'doors'), compiled: compiledFolder(from.platform, named, from.home) }
}

function systemDataFolder(
  platform: NodeJS.Platform,
  named: (name: string) => string | undefined,
  home: string,
): string {
  if (platform === 'win32') return named('LOCALAPPDATA') ?? win32.join(home, 'AppData', 'Local')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support')
  return named('XDG_DATA_HOME') ?? posix.join(home, '.local', 'share')
}

function compiledFolder(platform: NodeJS.Platform, named: (name: string) => string | undefined, home: string): string {
  if (platform === 'win32') return win32.join(systemDataFolder(platform, named, home), 'Tallystick', 'Compiled')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'Tallystick', 'compiled')
  return posix.join(named('XDG_CACHE_HOME') ?? posix.join(home, '.cache'), 'Tallystick', 'compiled')
}

/**
 * Makes a folder that only this user can enter, or proves that the one that stands is such a folder.
 * Throws when something else stands there: a link, a file, or a folder of another user.
 */
export function makePrivateFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory()) throw new Error(`${folder} is not a folder. Move it away and start again.`)
  if (process.getuid !== undefined) {
    if (found.uid !== process.getuid()) {
      throw new Error(`${folder} belongs to another user. Give it to this user, or name another folder.`)
    }
    if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700)
  }
  return folder
}
