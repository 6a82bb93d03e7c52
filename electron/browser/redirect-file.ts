import { randomBytes } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder } from '../app-folders.ts'

/**
 * The page that leads this user's own browser into the app. It is a file and not a link on a command line, because
 * every user of a computer can read every command line, and only this user can read the file.
 */
export type RedirectFile = {
  path: string
  /** Puts a new token in place of the old one, at the same path. */
  write(token: string): void
  remove(): void
}

/**
 * @param folder made if missing, with mode 0700; refused when it belongs to somebody else
 * @param origin `http://127.0.0.1:<port>`
 * @param port names the file, so that several doors do not share one
 */
export function redirectFile(folder: string, origin: string, port: number): RedirectFile {
  makePrivateFolder(folder)
  const path = join(folder, `open-tallystick-${port}.html`)
  return {
    path,
    write(token) {
      const draft = `${path}.${randomBytes(6).toString('hex')}`
      writeFileSync(draft, redirectPage(`${origin}/#token=${token}`), { flag: 'wx', mode: 0o600 })
      renameSync(draft, path)
    },
    remove() {
      rmSync(path, { force: true })
    },
  }
}

/** `url` holds only characters that need no escaping in HTML: an origin and a base64url token. */
function redirectPage(url: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${url}">
<title>Tallystick</title>
</head>
<body><p><a href="${url}">Open Tallystick</a>. This link works once; this file holds a new one afterwards.</p></body>
</html>
`
}
