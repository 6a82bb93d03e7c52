import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reasonIn, whyNoWindow } from '../../scripts/desktop-shell.ts'
import { hashOf } from '../../scripts/renderer-build.ts'
import { advice, readWishes } from '../../scripts/start.ts'

describe('npm start', () => {
  it('opens whatever fits, on a free port, when nothing is asked for', () => {
    expect(readWishes([])).toEqual({ sample: false, browser: false, open: true, port: 0, data: undefined })
  })

  it('takes its options', () => {
    expect(readWishes(['--sample', '--browser', '--no-open', '--port', '8080', '--data', 'x'])).toEqual({
      sample: true,
      browser: true,
      open: false,
      port: 8080,
      data: 'x',
    })
  })

  it.each([['--port', '70000'], ['--port', 'x'], ['--port', '-1'], ['--nonsense'], ['file.csv']])(
    'says what is wrong with %s %s',
    (...args) => {
      expect(readWishes(args.filter((arg) => arg !== undefined))).toEqual({ wrong: expect.stringMatching(/.{10}/) })
    },
  )

  it('knows where no window can open, and says why', () => {
    expect(whyNoWindow('linux', {}, 1000)).toBe('this computer has no screen here')
    expect(whyNoWindow('linux', { DISPLAY: ':0' }, 0)).toBe('Electron does not run as the system administrator')
    expect(whyNoWindow('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000)).toBeNull()
    expect(whyNoWindow('darwin', {}, 501)).toBeNull()
  })

  it('says what to do about a port that is taken, a folder that is closed, a disk that is full', () => {
    const error = (code: string) => Object.assign(new Error(`${code}: not here`), { code })
    expect(advice(error('EADDRINUSE'), 8080)).toContain('Port 8080 is taken')
    expect(advice(error('EACCES'), 80)).toContain('above 1023')
    expect(advice(error('ENOSPC'), 0)).toContain('disk is full')
    expect(advice(new Error('a bug'), 0)).toBeNull()
  })

  it('turns the trace of a failed fetch into one line', () => {
    expect(reasonIn('TypeError: fetch failed\n    at node:internal/x\n')).toBe('its server cannot be reached from here')
    expect(reasonIn('HTTPError: Response code 403 (Forbidden) for https://x\n    at y')).toBe(
      'Response code 403 (Forbidden) for https://x',
    )
    expect(reasonIn('')).toBe('its installer failed')
  })
})

describe('the build that stands', () => {
  it('is known by the names and the content of its sources', () => {
    const root = mkdtempSync(join(tmpdir(), 'tallystick-hash-'))
    mkdirSync(join(root, 'a'))
    writeFileSync(join(root, 'a', 'one'), '1')
    writeFileSync(join(root, 'two'), '2')
    const first = hashOf(['a', 'two', 'absent'], root)
    expect(hashOf(['a', 'two', 'absent'], root)).toBe(first)
    writeFileSync(join(root, 'a', 'one'), '2')
    expect(hashOf(['a', 'two', 'absent'], root)).not.toBe(first)
    writeFileSync(join(root, 'a', 'one'), '1')
    writeFileSync(join(root, 'a', 'three'), '')
    expect(hashOf(['a', 'two', 'absent'], root)).not.toBe(first)
  })
})
