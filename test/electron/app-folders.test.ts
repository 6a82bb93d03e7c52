import { chmodSync, mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appFolders, makePrivateFolder } from '../../electron/app-folders.ts'

describe('where data lives', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.local/share/Tallystick'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/ada', '/data/Tallystick'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada', '/home/ada/.local/share/Tallystick'],
    ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/Tallystick'],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\Ada', 'D:\\Local\\Tallystick'],
    ['win32', {}, 'C:\\Users\\Ada', 'C:\\Users\\Ada\\AppData\\Local\\Tallystick'],
    ['linux', { TALLYSTICK_DATA: '/mnt/safe' }, '/home/ada', '/mnt/safe'],
    ['linux', { TALLYSTICK_DATA: 'here' }, '/home/ada', '/home/ada/.local/share/Tallystick'],
  ] as const)('on %s with %j is the system’s own place for it', (platform, env, home, data) => {
    expect(appFolders({ platform, env, home }).data).toBe(data)
  })

  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.cache/Tallystick/compiled'],
    ['linux', { XDG_CACHE_HOME: '/cache', TALLYSTICK_DATA: '/mnt/safe' }, '/home/ada', '/cache/Tallystick/compiled'],
    ['darwin', {}, '/Users/ada', '/Users/ada/Library/Caches/Tallystick/compiled'],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\Ada', 'D:\\Local\\Tallystick\\Compiled'],
  ] as const)('on %s with %j compiled code stays out of the folder of the ledgers', (platform, env, home, compiled) => {
    expect(appFolders({ platform, env, home }).compiled).toBe(compiled)
  })
})

describe.runIf(process.platform !== 'win32')('a private folder', () => {
  const parent = mkdtempSync(join(tmpdir(), 'tallystick-folders-'))

  it('is made for this user alone', () => {
    const folder = makePrivateFolder(join(parent, 'a', 'b'))
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('is closed to others when it was open to them', () => {
    const folder = join(parent, 'open')
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    makePrivateFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('is refused where a file or a link stands in its place', () => {
    writeFileSync(join(parent, 'file'), '')
    expect(() => makePrivateFolder(join(parent, 'file'))).toThrow()
    mkdirSync(join(parent, 'target'))
    symlinkSync(join(parent, 'target'), join(parent, 'link'))
    expect(() => makePrivateFolder(join(parent, 'link'))).toThrow('is not a folder')
  })
})
