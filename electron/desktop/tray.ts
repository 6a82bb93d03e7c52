import { Menu, nativeImage, Tray } from 'electron'

/** The small icon beside the clock: what one wants at hand while the window is covered. */
export function createTray(icon: string, acts: { show: () => void; lock: () => void; quit: () => void }): Tray {
  const tray = new Tray(nativeImage.createFromPath(icon))
  tray.setToolTip('Tallystick')
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Show Tallystick', click: acts.show },
      { label: 'Lock now', click: acts.lock },
      { type: 'separator' },
      { label: 'Quit Tallystick', click: acts.quit },
    ]),
  )
  tray.on('click', acts.show)
  return tray
}
