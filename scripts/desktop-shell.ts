import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { READY_LINE } from '../electron/desktop/window.ts'
import { ensureRenderer, hashOf, ROOT } from './renderer-build.ts'

const ELECTRON = join(ROOT, 'node_modules', 'electron')
const MAIN = join(ROOT, 'out', 'main', 'main.js')
const MAIN_STAMP = join(ROOT, 'out', 'main.sha256')
const MAIN_INPUTS = ['electron', 'shared', 'migrations', 'electron.vite.config.ts', 'package-lock.json']
const FETCH_LIMIT_MS = 120_000
const WINDOW_LIMIT_MS = 30_000
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type DesktopOutcome = { ran: true; exitCode: number } | { ran: false; why: string }

/**
 * Opens the app in its desktop window and waits until it is closed. Where that cannot be, says why in words that
 * complete “No desktop window: …”.
 */
export async function runDesktop(options: {
  sample: boolean
  data: string
  say: (line: string) => void
}): Promise<DesktopOutcome> {
  const unfit = whyNoWindow(process.platform, process.env, process.getuid?.())
  if (unfit !== null) return { ran: false, why: unfit }
  if (electronBinary() === null) {
    options.say('Fetching the desktop shell (Electron, once, about 120 MB) …')
    const failed = await fetchElectron()
    if (failed !== null) return { ran: false, why: failed }
  }
  const binary = electronBinary()
  if (binary === null) return { ran: false, why: 'Electron was fetched but its program is not there' }
  await ensureDesktopBuild()
  return openWindow(binary, options)
}

/** Why no window can open here whatever is installed, or null. */
export function whyNoWindow(
  platform: NodeJS.Platform,
  env: Record<string, string | undefined>,
  uid: number | undefined,
): string | null {
  if (platform !== 'linux') return null
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'this computer has no screen here'
  if (uid === 0) return 'Electron does not run as the system administrator'
  return null
}

/** Where Electron's program lies, or null while it has not been fetched. */
function electronBinary(): string | null {
  const pathFile = join(ELECTRON, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(ELECTRON, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(binary) ? binary : null
}

/** Runs Electron's own installer, which checks what it fetched. Null when it worked, else why not. */
function fetchElectron(): Promise<string | null> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(ELECTRON, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    let late = false
    child.stderr.on('data', (part: Buffer) => {
      said = (said + part.toString('utf8')).slice(-4_000)
    })
    const limit = setTimeout(() => {
      late = true
      child.kill()
    }, FETCH_LIMIT_MS)
    child.once('error', (error) => done(`Electron's installer did not start (${error.message})`))
    child.once('close', (code) => {
      clearTimeout(limit)
      if (code === 0) done(null)
      else if (late)
        done('Electron could not be fetched within two minutes (npx install-electron fetches it at leisure)')
      else done(`Electron could not be fetched (${reasonIn(said)})`)
    })
  })
}

/** The cause in an installer's stack trace, in one line for people. */
export function reasonIn(stack: string): string {
  const error = /^\w*Error: (.+)$/m.exec(stack)?.[1]
  if (error === undefined) return 'its installer failed'
  return error === 'fetch failed' ? 'its server cannot be reached from here' : error.slice(0, 160)
}

/** How to start the desktop window as it is built from the sources, without fetching anything; or why not. */
export async function desktopCommand(): Promise<{ binary: string; args: string[] } | { why: string }> {
  const unfit = whyNoWindow(process.platform, process.env, process.getuid?.())
  if (unfit !== null) return { why: unfit }
  const binary = electronBinary()
  if (binary === null) return { why: 'Electron’s program has not been fetched (npx install-electron fetches it)' }
  await ensureDesktopBuild()
  return { binary, args: [ROOT] }
}

async function ensureDesktopBuild(): Promise<void> {
  await ensureRenderer()
  const wanted = hashOf(MAIN_INPUTS)
  if (existsSync(MAIN) && existsSync(MAIN_STAMP) && readFileSync(MAIN_STAMP, 'utf8') === wanted) return
  const { build } = await import('electron-vite')
  await build({
    root: ROOT,
    configFile: join(ROOT, 'electron.vite.config.ts'),
    logLevel: 'warn',
    ignoreConfigWarning: true,
  })
  writeFileSync(MAIN_STAMP, wanted)
}

function openWindow(
  binary: string,
  options: { sample: boolean; data: string; say: (line: string) => void },
): Promise<DesktopOutcome> {
  return new Promise((done) => {
    const child = spawn(binary, [ROOT, ...(options.sample ? ['--sample'] : [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TALLYSTICK_DATA: options.data },
    })
    let up = false
    let interrupted = false
    let lastError = ''
    const limit = setTimeout(() => child.kill(), WINDOW_LIMIT_MS)
    child.stdout.on('data', (part: Buffer) => {
      if (up || !part.toString('utf8').includes(READY_LINE)) return
      up = true
      clearTimeout(limit)
      options.say(READY_LINE)
    })
    child.stderr.on('data', (part: Buffer) => {
      lastError = part.toString('utf8').trim().split('\n').at(-1) ?? lastError
      if (up) process.stderr.write(part)
    })
    child.once('error', (error) => done({ ran: false, why: `Electron did not start (${error.message})` }))
    child.once('close', (code) => {
      clearTimeout(limit)
      for (const signal of ENDINGS) process.off(signal, end)
      // Ending well without a window means that another one was open already and has been brought to the front.
      if (up || interrupted || code === 0) done({ ran: true, exitCode: code ?? 1 })
      else done({ ran: false, why: `Electron ended before its window was up (${lastError.slice(0, 160)})` })
    })
    const end = (signal: NodeJS.Signals): void => {
      interrupted = true
      child.kill(signal)
    }
    for (const signal of ENDINGS) process.on(signal, end)
  })
}
