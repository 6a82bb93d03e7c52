import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BrowserWindow, Dialog } from 'electron'
import type { HostAbilities } from '../page/host.ts'

/**
 * The desktop's dialogs. Paths stay on this side: the page gets references and names.
 * @param registerLedger makes a ledger known to the engine and gives its reference
 */
export function dialogs(options: {
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>
  window: () => BrowserWindow
  documentsFolder: string
  registerLedger: (path: string) => string
}) {
  return {
    async pickLedger() {
      const picked = await options.dialog.showOpenDialog(options.window(), {
        title: 'Open a ledger',
        properties: ['openFile'],
        filters: [{ name: 'Tallystick ledgers', extensions: ['tally'] }],
      })
      const path = picked.canceled ? undefined : picked.filePaths[0]
      return path === undefined ? null : options.registerLedger(path)
    },
    async saveFile(file) {
      const wanted = await options.dialog.showSaveDialog(options.window(), {
        title: 'Save',
        defaultPath: join(options.documentsFolder, plainName(file.fileName)),
      })
      if (wanted.canceled || wanted.filePath === '') return { saved: false, name: null }
      await writeFile(wanted.filePath, Buffer.from(file.base64, 'base64'), { mode: 0o600 })
      return { saved: true, name: basename(wanted.filePath) }
    },
  } satisfies Pick<HostAbilities, 'pickLedger' | 'saveFile'>
}

/** The page's wish for a file's name as a mere name: what follows the last separator, without control characters. */
export function plainName(wish: string): string {
  const last = wish.split(/[/\\]/).at(-1) ?? ''
  const name = [...last]
    .filter((character) => character >= ' ' && !'<>:"|?*\u007f'.includes(character))
    .join('')
    .trim()
  return name === '' || /^\.+$/.test(name) ? 'tallystick' : name.slice(0, 120)
}
