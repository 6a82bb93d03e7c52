import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { browserCommand } from '../../../electron/browser/open-in-browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'tallystick-path-'))
writeFileSync(join(folder, 'xdg-open'), '#!/bin/sh\n')
chmodSync(join(folder, 'xdg-open'), 0o755)
const file = '/home/ada/open.html'

it('opens the file with the system’s own opener, and never a link with the token', () => {
  expect(browserCommand(file, { platform: 'darwin', env: {} })).toEqual({ command: '/usr/bin/open', args: [file] })
  expect(browserCommand(file, { platform: 'win32', env: { SystemRoot: 'C:\\Windows' } })?.args).toEqual([file])
  expect(browserCommand(file, { platform: 'linux', env: { DISPLAY: ':0', PATH: `/none:${folder}` } })).toEqual({
    command: join(folder, 'xdg-open'),
    args: [file],
  })
})

it.each([
  ['there is no screen', { PATH: folder }],
  ['the screen’s name is empty', { PATH: folder, DISPLAY: '' }],
  ['no opener is installed', { PATH: '/none', WAYLAND_DISPLAY: 'wayland-0' }],
])('opens nothing where %s', (_why, env) => {
  expect(browserCommand(file, { platform: 'linux', env })).toBeNull()
})
