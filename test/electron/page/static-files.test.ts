import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { contains, staticFiles } from '../../../electron/page/static-files.ts'

describe('the files of the page', () => {
  let answer: ReturnType<typeof staticFiles>
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'tallystick-static-'))
    const root = join(folder, 'page')
    mkdirSync(join(root, 'assets.js'), { recursive: true })
    mkdirSync(join(folder, 'page-secret'))
    writeFileSync(
      join(root, 'index.html'),
      '<style nonce="__CSP_NONCE__"></style><script nonce="__CSP_NONCE__"></script>',
    )
    writeFileSync(join(root, 'a b.css'), 'p {}')
    writeFileSync(join(root, 'program.exe'), 'MZ')
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    writeFileSync(join(folder, 'page-secret', 'secret.txt'), 'secret')
    symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'))
    answer = staticFiles(root)
  })

  it('come with the nonce of this answer wherever the page has a place for it', async () => {
    const page = await answer('/', 'n0')
    expect(page).toMatchObject({ status: 200, mediaType: 'text/html; charset=utf-8' })
    expect('body' in page && page.body.toString()).toBe('<style nonce="n0"></style><script nonce="n0"></script>')
  })

  it('are found by their names as a browser writes them', async () => {
    expect(await answer('/a%20b.css?v=1', '')).toMatchObject({ status: 200, mediaType: 'text/css; charset=utf-8' })
  })

  it.each([
    ['a link that leads out of the folder', '/link.txt', 404],
    ['a neighbour whose name begins like the folder', '/../page-secret/secret.txt', 404],
    ['a folder that is named like a file', '/assets.js', 404],
    ['a kind of file the page has none of', '/program.exe', 404],
    ['a path that is no path', 'index.html', 400],
    ['a broken escape', '/%zz.js', 400],
    ['a path as Windows writes it', '/..%5csecret.txt', 400],
    ['a name longer than any', `/${'x'.repeat(5_000)}.js`, 404],
  ])('are not %s', async (_what, target, status) => {
    expect(await answer(target, '')).toEqual({ status })
  })

  it('lie in their folder, not beside it', () => {
    expect(contains('/a/b', '/a/b')).toBe(true)
    expect(contains('/a/b', '/a/b/c')).toBe(true)
    expect(contains('/a/b', '/a/b/..c')).toBe(true)
    expect(contains('/a/b', '/a/bc')).toBe(false)
    expect(contains('/a/b', '/a')).toBe(false)
  })
})
