import type { BrowserWindow, Dialog } from 'electron'

/**
 * All that this app does about updates: nothing, until the user asks in the menu, and then it says so. It has no
 * updater, contacts nobody, and leaves it to the user where to get a newer version.
 */
export async function sayAboutUpdates(
  dialog: Pick<Dialog, 'showMessageBox'>,
  window: BrowserWindow,
  version: string,
): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'info',
    title: 'Updates',
    message: `This is Tallystick ${version}.`,
    detail:
      'Tallystick never looks for updates by itself and contacts nobody for them. Get a newer version from where you got this one; your ledgers stay where they are.',
    buttons: ['Close'],
  })
}
