import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { openDoorSettings } from '../../electron/door-settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallystick-settings-'))
})

it('keeps after how long the ledger locks itself until the next start', () => {
  openDoorSettings(folder).setIdleMinutes(60)
  expect(openDoorSettings(folder).idleMinutes()).toBe(60)
  expect(statSync(join(folder, 'doors.json')).mode & 0o077).toBe(0)
})

it.each(['', 'no json', '{"idleMinutes":-5}', '{"idleMinutes":"never"}', '[]'])(
  'locks after the usual time when its file holds %j',
  (text) => {
    writeFileSync(join(folder, 'doors.json'), text)
    expect(openDoorSettings(folder).idleMinutes()).toBe(15)
    openDoorSettings(folder).setIdleMinutes(0)
    expect(readFileSync(join(folder, 'doors.json'), 'utf8')).toBe('{"idleMinutes":0}\n')
  },
)
