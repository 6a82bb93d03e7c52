import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

type Surroundings = { platform: NodeJS.Platform; env: Record<string, string | undefined> }

/**
 * The command that opens a file in the user's own browser, or null where there is none: no opener installed, or no
 * screen to open it on. The file's path is its only argument that comes from us.
 */
export function browserCommand(file: string, from: Surroundings = process): { command: string; args: string[] } | null {
  if (from.platform === 'darwin') return { command: '/usr/bin/open', args: [file] }
  if (from.platform === 'win32') {
    return { command: join(from.env.SystemRoot ?? 'C:\\Windows', 'explorer.exe'), args: [file] }
  }
  const screen = [from.env.DISPLAY, from.env.WAYLAND_DISPLAY].some((value) => value !== undefined && value !== '')
  if (!screen) return null
  const opener = onPath('xdg-open', from.env.PATH ?? '')
  return opener === null ? null : { command: opener, args: [file] }
}

/** Opens a file in the user's own browser. False where that cannot be done. */
export function openInBrowser(file: string): Promise<boolean> {
  const found = browserCommand(file)
  if (found === null) return Promise.resolve(false)
  return new Promise((done) => {
    const child = spawn(found.command, found.args, { stdio: 'ignore', detached: true })
    child.once('error', () => done(false))
    child.once('spawn', () => {
      child.unref()
      done(true)
    })
  })
}

function onPath(name: string, path: string): string | null {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, name)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not in this folder, or not to be run by this user: the next one may have it.
    }
  }
  return null
}
