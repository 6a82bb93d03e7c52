import type { MessagePort } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'

/**
 * Carries frames unread between the page's port and the engine's, until either ends, and then ends the other. The two
 * kinds of port cannot be joined: the page's lives in Chromium, the engine's in Node.
 * @param engineEnded called when it was the engine that ended: the ledger is locked, the page must start anew
 */
export function relay(
  page: Pick<MessagePortMain, 'on' | 'postMessage' | 'start' | 'close'>,
  engine: MessagePort,
  engineEnded: () => void,
): void {
  let pageEnded = false
  page.on('message', (event) => engine.postMessage(event.data))
  page.on('close', () => {
    pageEnded = true
    engine.close()
  })
  engine.on('message', (frame: unknown) => page.postMessage(frame))
  engine.on('close', () => {
    if (pageEnded) return
    page.close()
    engineEnded()
  })
  page.start()
}
