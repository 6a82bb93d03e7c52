import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type AppFolders, appFolders, makePrivateFolder } from '../electron/app-folders.ts'
import { startBrowserDoor } from '../electron/browser/browser-door.ts'
import { openInBrowser } from '../electron/browser/open-in-browser.ts'
import { keepCompiledCode } from '../electron/compile-cache.ts'
import { openDoorSettings } from '../electron/door-settings.ts'
import { startEngine } from '../electron/engine/start-engine.ts'
import { keepRunning } from '../electron/keep-running.ts'
import { openSample } from '../electron/open-sample.ts'
import packageJson from '../package.json' with { type: 'json' }
import { runDesktop } from './desktop-shell.ts'
import { ensureRenderer, RENDERER_OUT } from './renderer-build.ts'

const USE = `npm start -- [options]

  --sample      open a ledger made from samples/
  --browser     serve the app to your own browser, even where the desktop window could open
  --no-open     do not open the browser
  --port N      serve on this port (default: one that is free)
  --data DIR    keep ledgers in this folder (default: this system's folder for application data)
`

type Wishes = { sample: boolean; browser: boolean; open: boolean; port: number; data: string | undefined }

/** What was asked for, or the sentence that says what is wrong with it. */
export function readWishes(args: string[]): Wishes | { wrong: string } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        sample: { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        data: { type: 'string' },
      },
    })
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
      return { wrong: `--port takes a number from 1 to 65535, not ${values.port}` }
    }
    return {
      sample: values.sample,
      browser: values.browser,
      open: !values['no-open'],
      port: Number(values.port),
      data: values.data,
    }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<void> {
  const wishes = readWishes(process.argv.slice(2))
  if ('wrong' in wishes) {
    process.stderr.write(`${wishes.wrong}\n\n${USE}`)
    process.exitCode = 2
    return
  }
  const folders = appFolders({ platform: process.platform, env: environment(wishes.data), home: homedir() })
  makePrivateFolder(folders.data)
  keepCompiledCode(folders.compiled)
  if (!wishes.browser) {
    const desktop = await runDesktop({ sample: wishes.sample, data: folders.data, say })
    if (desktop.ran) {
      process.exitCode = desktop.exitCode
      return
    }
    say(`No desktop window: ${desktop.why}. Serving the app to your browser instead.`)
  }
  await serveBrowser(wishes, folders).catch((error: unknown) => {
    const line = advice(error, wishes.port)
    if (line === null) throw error
    process.stderr.write(`${line}\n`)
    process.exit(1)
  })
}

function environment(data: string | undefined): Record<string, string | undefined> {
  if (data === undefined) return process.env
  return { ...process.env, TALLYSTICK_DATA: resolve(process.env.INIT_CWD ?? process.cwd(), data) }
}

async function serveBrowser(wishes: Wishes, folders: AppFolders): Promise<void> {
  keepRunning()
  if (await ensureRenderer()) say('Built the page.')
  const engine = startEngine({ dataFolder: folders.data, door: 'the browser window' })
  const door = await startBrowserDoor({
    engine,
    root: RENDERER_OUT,
    doorsFolder: folders.doors,
    port: wishes.port,
    version: packageJson.version,
    settings: openDoorSettings(folders.data),
  })
  if (wishes.sample) for (const line of await openSample(engine)) say(line)
  const opened = wishes.open && (await openInBrowser(door.linkFile))
  say(
    opened
      ? `Tallystick is open in your browser (${door.origin}). Should no page appear, open this one-time link: ${door.link}`
      : `Tallystick is served. Open this one-time link in a browser of this computer: ${door.link} (from another computer: ssh -L ${door.port}:127.0.0.1:${door.port} this-computer, then open the address inside that file)`,
  )
  say('Press Ctrl-C to lock the ledger and end.')

  let ending = false
  const end = (): void => {
    if (ending) return
    ending = true
    door.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}

/** What a person can do about an error of the start, where it is one that they can do something about. */
export function advice(error: unknown, port: number): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Name another with --port, or leave it out.`
  if (code === 'EACCES')
    return `${error instanceof Error ? error.message : code}. Choose a port above 1023 or a folder of your own.`
  if (code === 'ENOSPC') return 'The disk is full. Make room and start again.'
  return null
}

if (import.meta.main) await main()
