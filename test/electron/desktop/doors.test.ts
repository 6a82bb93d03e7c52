import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import type { BrowserWindow, Dialog, MessagePortMain } from 'electron'
import { describe, expect, it } from 'vitest'
import { dialogs, plainName } from '../../../electron/desktop/host.ts'
import { menuTemplate } from '../../../electron/desktop/menu.ts'
import { relay } from '../../../electron/desktop/relay.ts'
import { sayAboutUpdates } from '../../../electron/desktop/updates.ts'

/** Stands for Chromium's end of a port as Electron's main side sees it. */
class PagePort extends EventEmitter {
  received: unknown[] = []
  started = false
  closed = false
  postMessage(frame: unknown): void {
    this.received.push(frame)
  }
  start(): void {
    this.started = true
  }
  close(): void {
    this.closed = true
    this.emit('close')
  }
}

const later = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

function relayed() {
  const { port1, port2 } = new MessageChannel()
  const page = new PagePort()
  let ended = 0
  relay(page as unknown as MessagePortMain, port1, () => {
    ended += 1
  })
  const toEngine: unknown[] = []
  port2.on('message', (frame) => toEngine.push(frame))
  return { page, engine: port2, toEngine, ended: () => ended }
}

describe('the desktop relay', () => {
  it('carries frames unread in both directions', async () => {
    const { page, engine, toEngine } = relayed()
    expect(page.started).toBe(true)
    page.emit('message', { data: '{"i":"1"}', ports: [] })
    page.emit('message', { data: new Uint8Array([1, 255]), ports: [] })
    engine.postMessage('answer')
    await expect.poll(() => toEngine).toEqual(['{"i":"1"}', new Uint8Array([1, 255])])
    await expect.poll(() => page.received).toEqual(['answer'])
    engine.close()
  })

  it('ends the engine’s port when the page goes, and asks for no reload', async () => {
    const { page, engine, ended } = relayed()
    const closed = new Promise((done) => engine.once('close', done))
    page.close()
    await closed
    await later(20)
    expect(ended()).toBe(0)
  })

  it('ends the page’s port and asks for a reload when the engine was locked', async () => {
    const { page, engine, ended } = relayed()
    engine.close()
    await expect.poll(() => ended()).toBe(1)
    expect(page.closed).toBe(true)
  })
})

describe('the desktop dialogs', () => {
  const window = (): BrowserWindow => ({}) as BrowserWindow

  it('give the page a reference to a picked ledger, never its path', async () => {
    const registered: string[] = []
    const picked = dialogs({
      dialog: {
        showOpenDialog: async () => ({ canceled: false, filePaths: ['/home/ada/Ada.tally'] }),
      } as unknown as Dialog,
      window,
      documentsFolder: '/home/ada/Documents',
      registerLedger(path) {
        registered.push(path)
        return 'a1b2'
      },
    })
    expect(await picked.pickLedger()).toBe('a1b2')
    expect(registered).toEqual(['/home/ada/Ada.tally'])
  })

  it('save what the page made under the name the user chose, for this user alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tallystick-save-'))
    let offered = ''
    const { saveFile } = dialogs({
      dialog: {
        showSaveDialog: async (_window: BrowserWindow, options: { defaultPath: string }) => {
          offered = options.defaultPath
          return { canceled: false, filePath: join(folder, 'mine.csv') }
        },
      } as unknown as Dialog,
      window,
      documentsFolder: '/home/ada/Documents',
      registerLedger: (path) => path,
    })
    const base64 = Buffer.from('a,b\n').toString('base64')
    expect(await saveFile({ fileName: '../../.bashrc', mediaType: 'text/csv', base64 })).toEqual({
      saved: true,
      name: 'mine.csv',
    })
    expect(offered).toBe(join('/home/ada/Documents', '.bashrc'))
    expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe('a,b\n')
    expect(statSync(join(folder, 'mine.csv')).mode & 0o777).toBe(0o600)
  })

  it('save nothing when the user cancels', async () => {
    const { pickLedger, saveFile } = dialogs({
      dialog: {
        showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
        showSaveDialog: async () => ({ canceled: true, filePath: '' }),
      } as unknown as Dialog,
      window,
      documentsFolder: '/tmp',
      registerLedger: (path) => path,
    })
    expect(await pickLedger()).toBeNull()
    expect(await saveFile({ fileName: 'a', mediaType: 'text/csv', base64: '' })).toEqual({ saved: false, name: null })
  })

  it.each([
    ['Form 8949 2025.pdf', 'Form 8949 2025.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system.ini', 'system.ini'],
    ['a\u0000b\n.csv', 'ab.csv'],
    ['..', 'tallystick'],
    ['', 'tallystick'],
    ['x'.repeat(300), 'x'.repeat(120)],
  ])('take %j for the mere name %j', (wish, name) => {
    expect(plainName(wish)).toBe(name)
  })
})

describe('the desktop menu', () => {
  const labels = (platform: NodeJS.Platform, developing: boolean): string =>
    JSON.stringify(menuTemplate({ lock() {}, updates() {}, quit() {} }, platform, developing))

  it('locks at a keystroke, on every system', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      expect(labels(platform, false)).toContain('{"label":"Lock now","accelerator":"CmdOrCtrl+L"}')
      expect(labels(platform, false)).toContain('Updates…')
    }
  })

  it('has developer tools only while developing, and leaves undo to the page', () => {
    expect(labels('linux', true)).toContain('toggleDevTools')
    expect(labels('linux', false)).not.toContain('toggleDevTools')
    expect(labels('darwin', true)).not.toContain('undo')
  })
})

it('says about updates, when asked, that nobody is asked for them', async () => {
  const shown: string[] = []
  await sayAboutUpdates(
    {
      showMessageBox: async (_window: BrowserWindow, options: { message: string; detail?: string }) => {
        shown.push(options.message, options.detail ?? '')
        return { response: 0, checkboxChecked: false }
      },
    } as unknown as Dialog,
    {} as BrowserWindow,
    '1.2.3',
  )
  expect(shown[0]).toContain('1.2.3')
  expect(shown[1]).toContain('contacts nobody')
})
