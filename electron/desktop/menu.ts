import type { MenuItemConstructorOptions } from 'electron'

export type MenuActs = { lock: () => void; updates: () => void; quit: () => void }

/**
 * The window's menu. Undo and redo are left to the page: there they undo decisions, not only typing.
 * @param developing adds the developer tools, which a packaged app does not offer
 */
export function menuTemplate(
  acts: MenuActs,
  platform: NodeJS.Platform,
  developing: boolean,
): MenuItemConstructorOptions[] {
  const lock: MenuItemConstructorOptions = { label: 'Lock now', accelerator: 'CmdOrCtrl+L', click: acts.lock }
  const quit: MenuItemConstructorOptions = {
    label: 'Quit Tallystick',
    accelerator: 'CmdOrCtrl+Q',
    click: acts.quit,
  }
  const updates: MenuItemConstructorOptions = { label: 'Updates…', click: acts.updates }
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const own: MenuItemConstructorOptions[] =
    platform === 'darwin'
      ? [{ label: 'Tallystick', submenu: [updates, separator, lock, separator, { role: 'hide' }, quit] }]
      : [{ label: 'File', submenu: [lock, separator, quit] }]
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
    ...(developing ? ([separator, { role: 'toggleDevTools' }] satisfies MenuItemConstructorOptions[]) : []),
  ]
  return [
    ...own,
    { label: 'Edit', submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
    { label: 'View', submenu: view },
    ...(platform === 'darwin' ? [] : [{ label: 'Help', submenu: [updates] }]),
  ]
}
