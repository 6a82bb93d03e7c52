import { readFile, realpath } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { NONCE_PLACEHOLDER } from './policy.ts'

export type PageAnswer = { status: 200; mediaType: string; body: Buffer } | { status: 400 | 404 }

const MEDIA_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/**
 * Answers requests for the built page out of one folder, and out of nothing else.
 * @param root the folder that holds `index.html`
 * @returns a function of the request target as it stood in the request (`/assets/a.js?x`, not normalised) and the
 *   nonce of this answer. 400: the target cannot be read. 404: it is outside the folder or does not exist. A target
 *   without an extension is a place inside the app and is answered with the page itself.
 */
export function staticFiles(root: string): (target: string, nonce: string) => Promise<PageAnswer> {
  const folder = resolve(root)
  return async (target, nonce) => {
    const path = readablePath(target)
    if (path === null) return { status: 400 }
    const wanted = resolve(folder, `.${sep}${path}`)
    if (!contains(folder, wanted)) return { status: 404 }
    const file = extname(wanted) === '' ? join(folder, 'index.html') : wanted
    const mediaType = MEDIA_TYPES[extname(file).toLowerCase()]
    if (mediaType === undefined) return { status: 404 }
    const body = await readInside(folder, file)
    if (body === null) return { status: 404 }
    if (!mediaType.startsWith('text/html')) return { status: 200, mediaType, body }
    return { status: 200, mediaType, body: Buffer.from(body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce)) }
  }
}

/** True when `path` is `folder` or lies under it. Both must be absolute and resolved. */
export function contains(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`))
}

function readablePath(target: string): string | null {
  const raw = target.split(/[?#]/, 1)[0] ?? ''
  if (!raw.startsWith('/')) return null
  try {
    const path = decodeURIComponent(raw)
    return path.includes('\0') || path.includes('\\') ? null : path
  } catch {
    return null
  }
}

/** Reads a file after following every link to it, so that a link cannot lead out of the folder. */
async function readInside(folder: string, file: string): Promise<Buffer | null> {
  try {
    const [home, real] = await Promise.all([realpath(folder), realpath(file)])
    return contains(home, real) ? await readFile(real) : null
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG') return null
    throw error
  }
}
