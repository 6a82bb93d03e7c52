import type { BrowserWindowConstructorOptions } from 'electron'
import { webPreferences } from './security.ts'

/** Printed once the window is up: what waits for it learns that it need not open another door. */
export const READY_LINE = 'Tallystick is open in its own window.'

/** The one window, hidden until its first page is drawn. */
export function windowOptions(preload: string, icon: string): BrowserWindowConstructorOptions {
  return {
    title: 'Tallystick',
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 640,
    show: false,
    icon,
    backgroundColor: '#ffffff',
    webPreferences: webPreferences(preload),
  }
}
