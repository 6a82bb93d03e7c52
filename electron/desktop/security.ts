import type { App, Session, WebContents, WebFrameMain, WebPreferences } from 'electron'
import { freshNonce, pageHeaders } from '../page/policy.ts'
import { staticFiles } from '../page/static-files.ts'

export const SCHEME = 'app'
const HOST = 'tallystick'
/** The one origin of the desktop page. */
export const ORIGIN = `${SCHEME}://${HOST}`

/** What the scheme may do: behave like `https` for the page's own files, and nothing beyond. */
export const SCHEME_PRIVILEGES = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: false, bypassCSP: false },
} as const

/** The page is a page: no Node, a world of its own, an operating-system sandbox, nothing that loads from elsewhere. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
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
  }
}

/** The origin of an address, exactly; null for what is no address. Node's own `origin` is `null` for `app:`. */
export function originOf(address: string): string | null {
  try {
    const url = new URL(address)
    return `${url.protocol}//${url.host}`
  } catch {
    return null
  }
}

/** True for the top frame of our own page, and for no other frame, page or window. */
export function isOurPage(frame: Pick<WebFrameMain, 'origin' | 'parent'> | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === ORIGIN
}

/** Answers `app://tallystick/…` out of the folder of the built page, with the policy and a nonce of its own. */
export function pageProtocol(root: string): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  const answerFile = staticFiles(root)
  return async (request) => {
    const nonce = freshNonce()
    const headers = pageHeaders(nonce)
    if (originOf(request.url) !== ORIGIN) return new Response(null, { status: 403, headers })
    if (request.method !== 'GET') return new Response(null, { status: 405, headers })
    const answer = await answerFile(new URL(request.url).pathname, nonce)
    if (answer.status !== 200) return new Response(null, { status: answer.status, headers })
    return new Response(new Uint8Array(answer.body), { headers: { ...headers, 'content-type': answer.mediaType } })
  }
}

/** Nothing that a page can ask a system for is granted, nothing leaves the computer, nothing is downloaded. */
export function closeSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !staysInside(details.url) }))
}

/** Addresses that no packet leaves this process for. */
export function staysInside(address: string): boolean {
  const origin = originOf(address)
  return origin === ORIGIN || origin === 'devtools://devtools' || /^(data|blob):/.test(address)
}

/** No page of this app goes anywhere else, opens anything, or takes a guest in. */
export function keepInPlace(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => holdInPlace(contents))
}

function holdInPlace(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || originOf(event.url) !== ORIGIN) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
}
