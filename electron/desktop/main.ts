import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RPCHandler } from '@orpc/server/ws'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerMonitor,
  protocol,
  session,
} from 'electron'
import packageJson from '../../package.json' with { type: 'json' }
import { appFolders, makePrivateFolder } from '../app-folders.ts'
import { openDoorSettings } from '../door-settings.ts'
import { servePort } from '../engine/serve-port.ts'
import { startEngine } from '../engine/start-engine.ts'
import { createIdleLock } from '../idle-lock.ts'
import { keepRunning } from '../keep-running.ts'
import { openSample } from '../open-sample.ts'
import { createHost } from '../page/host.ts'
import { dialogs } from './host.ts'
import { menuTemplate } from './menu.ts'
import { relay } from './relay.ts'
import { closeSession, isOurPage, keepInPlace, ORIGIN, pageProtocol, SCHEME, SCHEME_PRIVILEGES } from './security.ts'
import { createTray } from './tray.ts'
import { sayAboutUpdates } from './updates.ts'
import { READY_LINE, windowOptions } from './window.ts'

const POWER_CHECK_MS = 5_000

const here = dirname(fileURLToPath(import.meta.url))
const outFolder = join(here, '..')
const resource = (name: string): string => join(outFolder, '..', 'build', name)

const folders = appFolders()
makePrivateFolder(folders.data)
keepRunning()
app.setPath('userData', join(folders.data, 'shell'))
app.commandLine.appendSwitch('disable-http-cache')
app.enableSandbox()
protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES])
keepInPlace(app)
// Not awaited: the app becomes ready only once this module has run to its end.
if (app.requestSingleInstanceLock()) run().catch(endWith)
else app.quit()

async function run(): Promise<void> {
  await app.whenReady()
  closeSession(session.defaultSession)
  session.defaultSession.protocol.handle(SCHEME, pageProtocol(join(outFolder, 'renderer')))

  const engine = startEngine({ dataFolder: folders.data, door: 'the desktop app' })
  const window = new BrowserWindow(windowOptions(join(outFolder, 'preload', 'preload.cjs'), resource('icon.png')))
  const lock = (): void => {
    host.send('lock')
    engine.lock()
  }
  const settings = openDoorSettings(folders.data)
  const idle = createIdleLock(lock, settings.idleMinutes())
  const host = createHost({
    door: 'desktop',
    version: packageJson.version,
    ...dialogs({
      dialog,
      window: () => window,
      documentsFolder: app.getPath('documents'),
      registerLedger: engine.registerLedger,
    }),
    idleMinutes: settings.idleMinutes,
    setIdleMinutes(minutes) {
      settings.setIdleMinutes(minutes)
      idle.setMinutes(minutes)
    },
  })
  const hostHandler = new RPCHandler(host.router)
  const show = (): void => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    host.send('focus')
  }

  ipcMain.handle('tallystick:connect', (event, lane: unknown) => {
    const frame = event.senderFrame
    if (!isOurPage(frame) || frame === null) throw new Error('not our page')
    if (lane !== 'engine' && lane !== 'host') throw new Error('no such channel')
    const { port1, port2 } = new MessageChannelMain()
    if (lane === 'engine')
      relay(port1, engine.connect(), () => {
        if (!window.isDestroyed()) window.webContents.reload()
      })
    else {
      servePort(hostHandler, port1, (message) => (message as { readonly data: unknown }).data)
      port1.start()
    }
    frame.postMessage('tallystick:port', lane, [port2])
  })

  powerMonitor.on('suspend', lock)
  powerMonitor.on('lock-screen', lock)
  setInterval(() => {
    if (powerMonitor.getSystemIdleTime() * 1_000 < POWER_CHECK_MS) idle.active()
    idle.check()
  }, POWER_CHECK_MS).unref()

  const acts = {
    lock,
    show,
    updates: () => {
      // It rejects only where the window went meanwhile: then nobody reads it any more.
      sayAboutUpdates(dialog, window, packageJson.version).catch(() => undefined)
    },
    quit: () => app.quit(),
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(acts, process.platform, !app.isPackaged)))
  const tray = createTray(resource('tray.png'), acts)
  app.on('second-instance', show)
  app.on('activate', show)
  app.on('window-all-closed', () => app.quit())
  endEngineBeforeQuitting(() => {
    tray.destroy()
    host.send('quit')
    return engine.stop()
  })

  if (process.argv.includes('--sample')) process.stdout.write(`${(await openSample(engine)).join('\n')}\n`)
  window.once('ready-to-show', () => {
    window.show()
    process.stdout.write(`${READY_LINE}\n`)
  })
  await window.loadURL(`${ORIGIN}/`)
}

/** Quitting waits until the ledger is closed: then it is one file. */
function endEngineBeforeQuitting(end: () => Promise<void>): void {
  let ended = false
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    ended = true
    end().then(() => app.exit(0), endWith)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())
}

function endWith(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  app.exit(1)
}
