import { contextBridge, ipcRenderer } from 'electron'

/** The page's own window; this file alone of the main side runs beside a page. */
declare const window: {
  readonly location: { readonly origin: string }
  postMessage(message: unknown, options: { targetOrigin: string; transfer: readonly object[] }): void
}

/**
 * All that the page gets from the desktop: it may ask for the two channels. Each comes as a message port in a message
 * of the window to itself, because a port cannot pass through the bridge.
 */
contextBridge.exposeInMainWorld('tallystick', {
  door: 'desktop',
  connect: (lane: unknown): Promise<void> => ipcRenderer.invoke('tallystick:connect', lane),
})

ipcRenderer.on('tallystick:port', (event, lane: unknown) => {
  window.postMessage({ tallystick: lane }, { targetOrigin: window.location.origin, transfer: [...event.ports] })
})
