import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, Session, WebContents } from 'electron'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  closeSession,
  isOurPage,
  keepInPlace,
  ORIGIN,
  originOf,
  pageProtocol,
  SCHEME_PRIVILEGES,
  staysInside,
} from '../../../electron/desktop/security.ts'
import { windowOptions } from '../../../electron/desktop/window.ts'

const SOURCES = join(import.meta.dirname, '../../../electron/desktop')

/** Stands for Electron's emitters: keeps what was registered, lets a test fire it. */
function recorder() {
  const calls = new Map<string, (...args: never[]) => unknown>()
  return {
    calls,
    on: (event: string, listener: (...args: never[]) => unknown) => void calls.set(event, listener),
    fire: (event: string, ...args: unknown[]) => calls.get(event)?.(...(args as never[])),
  }
}

describe('the desktop window', () => {
  it('gives the page no Node, a world of its own and a sandbox', () => {
    expect(windowOptions('/preload.cjs', '/icon.png').webPreferences).toEqual({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
    })
  })

  it('serves the page under a scheme that cannot step around the policy', () => {
    expect(SCHEME_PRIVILEGES.privileges).toMatchObject({
      standard: true,
      secure: true,
      bypassCSP: false,
      corsEnabled: false,
    })
  })

  it.each([
    ['our page', { origin: ORIGIN, parent: null }, true],
    ['a frame inside our page', { origin: ORIGIN, parent: {} }, false],
    ['another host of our scheme', { origin: 'app://tallystick.evil', parent: null }, false],
    ['a page whose address only begins like ours', { origin: 'app://tallystick2', parent: null }, false],
    ['a web page', { origin: 'https://tallystick', parent: null }, false],
    ['a frame that is gone', null, false],
  ])('lets %s ask for channels: only our own page may', (_who, frame, allowed) => {
    expect(isOurPage(frame as Parameters<typeof isOurPage>[0])).toBe(allowed)
  })

  it('compares origins exactly', () => {
    expect(originOf('app://tallystick/ledger?x#y')).toBe(ORIGIN)
    expect(originOf('app://tallystick:1/')).not.toBe(ORIGIN)
    expect(originOf('app://tallystick.evil/')).not.toBe(ORIGIN)
    expect(originOf('https://evil/app://tallystick/')).not.toBe(ORIGIN)
    expect(originOf('nonsense')).toBeNull()
  })

  it.each([
    ['app://tallystick/assets/a.js', true],
    ['data:image/png;base64,AAAA', true],
    ['devtools://devtools/bundled/x.js', true],
    ['https://api.example/', false],
    ['http://127.0.0.1:1/', false],
    ['ws://127.0.0.1:1/', false],
    ['file:///etc/passwd', false],
    ['app://other/', false],
    ['nonsense', false],
  ])('knows whether %s stays inside the app', (address, inside) => {
    expect(staysInside(address)).toBe(inside)
  })
})

describe('the desktop session', () => {
  it('grants no permission, no device, no download and no request that leaves the app', () => {
    const session = recorder()
    const set = recorder()
    closeSession({
      on: session.on,
      setPermissionRequestHandler: (handler: never) => set.on('request', handler),
      setPermissionCheckHandler: (handler: never) => set.on('check', handler),
      setDevicePermissionHandler: (handler: never) => set.on('device', handler),
      setSpellCheckerEnabled: (on: boolean) => set.on(`spelling ${on}`, () => undefined),
      webRequest: { onBeforeRequest: (handler: never) => set.on('before', handler) },
    } as unknown as Session)

    const granted: boolean[] = []
    set.fire('request', {}, 'media', (answer: boolean) => granted.push(answer))
    expect(granted).toEqual([false])
    expect(set.fire('check')).toBe(false)
    expect(set.fire('device')).toBe(false)
    expect(set.calls.has('spelling false')).toBe(true)
    let prevented = false
    session.fire('will-download', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
    const cancelled = (url: string): boolean => {
      let answer = { cancel: false }
      set.fire('before', { url }, (given: { cancel: boolean }) => (answer = given))
      return answer.cancel
    }
    expect(cancelled('https://evil.example/')).toBe(true)
    expect(cancelled('app://tallystick/')).toBe(false)
  })

  it('lets no page go elsewhere, open a window or take in a guest', () => {
    const app = recorder()
    keepInPlace(app as unknown as App)
    const contents = recorder()
    let openHandler = (): unknown => undefined
    app.fire('web-contents-created', {}, {
      on: contents.on,
      setWindowOpenHandler: (handler: () => unknown) => (openHandler = handler),
    } as unknown as WebContents)

    expect(openHandler()).toEqual({ action: 'deny' })
    const prevents = (event: string, details: object = {}): boolean => {
      let prevented = false
      contents.fire(event, { ...details, preventDefault: () => (prevented = true) })
      return prevented
    }
    expect(prevents('will-attach-webview')).toBe(true)
    expect(prevents('will-redirect')).toBe(true)
    expect(prevents('will-frame-navigate', { isMainFrame: true, url: 'https://evil.example/' })).toBe(true)
    expect(prevents('will-frame-navigate', { isMainFrame: true, url: 'file:///etc/passwd' })).toBe(true)
    expect(prevents('will-frame-navigate', { isMainFrame: false, url: `${ORIGIN}/` })).toBe(true)
    expect(prevents('will-frame-navigate', { isMainFrame: true, url: `${ORIGIN}/ledger` })).toBe(false)
  })
})

describe('app://tallystick', () => {
  let answer: ReturnType<typeof pageProtocol>
  beforeAll(() => {
    const root = mkdtempSync(join(tmpdir(), 'tallystick-page-'))
    writeFileSync(join(root, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__">')
    answer = pageProtocol(root)
  })

  it('answers the page with the policy and a fresh nonce', async () => {
    const page = await answer({ url: `${ORIGIN}/`, method: 'GET' })
    const nonce = /nonce="([^"]+)"/.exec(await page.text())?.[1]
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /)
  })

  it.each([
    ['another host', 'app://elsewhere/', 'GET', 403],
    ['a path outside the page', `${ORIGIN}/..%2f..%2fetc/passwd.txt`, 'GET', 404],
    ['a write', `${ORIGIN}/`, 'POST', 405],
  ])('refuses %s', async (_what, url, method, status) => {
    expect((await answer({ url, method })).status).toBe(status)
  })
})

describe('the sources of the desktop door', () => {
  const sources = readdirSync(SOURCES).map((name) => ({ name, text: readFileSync(join(SOURCES, name), 'utf8') }))
  const all = sources.map(({ text }) => text).join('\n')

  it('make one window, with the options that are tested here', () => {
    expect(all.match(/new (BrowserWindow|BrowserView|WebContentsView)\(/g)).toEqual(['new BrowserWindow('])
    expect(all).toContain('new BrowserWindow(windowOptions(')
  })

  it('answer one call of the page, and check who asks first', () => {
    expect(all.match(/ipcMain\.\w+\(/g)).toEqual(['ipcMain.handle('])
    expect(all).toMatch(
      /ipcMain\.handle\('tallystick:connect', \(event, lane: unknown\) => \{\s+const frame = event\.senderFrame\s+if \(!isOurPage\(frame\)/,
    )
  })

  it('reach neither the network, nor other programs, nor an updater', () => {
    expect(all).not.toMatch(
      /openExternal|openPath|autoUpdater|\bnet\b\.|child_process|node:https?|\bfetch\(|executeJavaScript|eval\(/,
    )
  })

  it('expose the two channels to the page and nothing else', () => {
    const preload = sources.find(({ name }) => name === 'preload.ts')?.text ?? ''
    expect(preload.match(/exposeInMainWorld\(/g)).toHaveLength(1)
    expect(preload.match(/ipcRenderer\.\w+\('[^']+'/g)).toEqual([
      "ipcRenderer.invoke('tallystick:connect'",
      "ipcRenderer.on('tallystick:port'",
    ])
  })
})

describe('the installers', () => {
  const settings = readFileSync(join(SOURCES, '../../electron-builder.yml'), 'utf8')

  it.each([
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'grantFileProtocolExtraPrivileges: false',
    'enableCookieEncryption: true',
  ])('set the fuse %s', (fuse) => {
    expect(settings).toContain(`\n  ${fuse}\n`)
  })

  it('compile nothing, publish nothing, and keep native programs outside the archive', () => {
    expect(settings).toContain('\nnpmRebuild: false\n')
    expect(settings).toContain('\npublish: null\n')
    expect(settings).toContain('\nasarUnpack:\n  - "**/*.node"\n')
    expect(settings).toContain('\n  hardenedRuntime: true\n')
  })
})
