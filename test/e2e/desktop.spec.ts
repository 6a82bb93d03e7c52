import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { test as base, _electron as electron, expect } from '@playwright/test'
import { desktopCommand } from '../../scripts/desktop-shell.ts'

/** The desktop door in the real Electron, on a data folder of its own. Reported as skipped, with the reason, where it cannot run. */
const test = base.extend<{ desktop: ElectronApplication; shown: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the first parameter's shape
  desktop: async ({}, use, testInfo) => {
    const command = await desktopCommand()
    testInfo.skip('why' in command, 'why' in command ? `no desktop window: ${command.why}` : '')
    if ('why' in command) return
    const data = mkdtempSync(join(tmpdir(), 'tallystick-desktop-'))
    const app = await electron.launch({
      executablePath: command.binary,
      args: command.args,
      env: { ...(process.env as Record<string, string>), TALLYSTICK_DATA: data },
    })
    await use(app)
    await app.close()
    rmSync(data, { recursive: true, force: true })
  },
  shown: async ({ desktop }, use) => {
    const shown = await desktop.firstWindow()
    await expect(shown.locator('#root')).not.toBeEmpty()
    await use(shown)
  },
})

test('the desktop window shows the app, and its page has no Node', async ({ shown }) => {
  expect(new URL(shown.url()).protocol).toBe('app:')
  expect(await shown.evaluate(() => typeof (globalThis as { process?: unknown; require?: unknown }).process)).toBe(
    'undefined',
  )
  expect(await shown.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined')
})

test('the desktop page cannot leave, open a window, ask for a permission or run what was planted', async ({
  desktop,
  shown,
}) => {
  const before = shown.url()
  const opened = await shown.evaluate(() => window.open('https://evil.example/') === null)
  expect(opened).toBe(true)
  await shown.evaluate(() => {
    location.href = 'https://evil.example/'
  })
  const permission = await shown.evaluate(() =>
    navigator.permissions.query({ name: 'geolocation' }).then((found) => found.state),
  )
  expect(permission).toBe('denied')
  const planted = await shown.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.planted = true'
    document.head.append(script)
    return 'planted' in window
  })
  expect(planted).toBe(false)
  expect(shown.url()).toBe(before)
  expect(desktop.windows()).toHaveLength(1)
})

test('the desktop window locks when the computer sleeps', async ({ desktop, shown }) => {
  const reloaded = shown.waitForEvent('load')
  await desktop.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
  await reloaded
  await expect(shown.locator('#root')).not.toBeEmpty()
})
