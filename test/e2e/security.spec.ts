import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser.ts'
import { REBOUND_HOST } from './fixtures/chromium.ts'

/** What a hostile page on this computer gets from the door: tried in a real browser, which adds its own headers. */
type Attempt = { fetched: string; swapped: string; socket: string }

async function attempt(page: Page, origin: string): Promise<Attempt> {
  return page.evaluate(async (door) => {
    const outcome = (asked: Promise<Response>): Promise<string> =>
      asked.then(
        async (response) => `${response.type} ${response.status} ${(await response.text()).length}`,
        () => 'refused',
      )
    const fetched = await outcome(fetch(`${door}/`))
    const swapped = await outcome(
      fetch(`${door}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: 'x' }),
      }),
    )
    const socket = await new Promise<string>((done) => {
      const opened = new WebSocket(`${door.replace('http', 'ws')}/channel/engine`)
      opened.addEventListener('open', () => done('opened'))
      opened.addEventListener('close', () => done('refused'))
    })
    return { fetched, swapped, socket }
  }, origin)
}

test.describe('a page from elsewhere', () => {
  let server: Server
  let foreign: string

  test.beforeEach(async () => {
    server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>elsewhere</title>')
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    foreign = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  test.afterEach(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })

  test('on another port of this computer can neither read the app, nor swap a token, nor open a channel', async ({
    page,
    door,
    watch,
  }) => {
    await page.goto(foreign)
    expect(await attempt(page, door.origin)).toEqual({ fetched: 'refused', swapped: 'refused', socket: 'refused' })
    expect(watch.take().length, 'the browser says on its console what it refused').toBeGreaterThan(0)
  })

  test('cannot frame the app', async ({ page, door, watch }) => {
    await page.goto(foreign)
    const loaded = await page.evaluate(async (address) => {
      const frame = document.createElement('iframe')
      const settled = new Promise((done) => frame.addEventListener('load', done))
      frame.src = address
      document.body.append(frame)
      await settled
      return frame.contentDocument === null
    }, `${door.origin}/`)
    expect(loaded).toBe(true)
    const framed = page.frames().find((frame) => frame !== page.mainFrame())
    expect(await framed?.evaluate(() => document.querySelector('#root') !== null)).toBe(false)
    expect(watch.take().join('\n')).toContain('frame')
  })

  test('cannot use the app’s scripts or pictures as its own', async ({ page, door, watch }) => {
    await page.goto(foreign)
    const outcome = await page.evaluate(
      (address) =>
        new Promise<string>((done) => {
          const picture = new Image()
          picture.addEventListener('load', () => done('loaded'))
          picture.addEventListener('error', () => done('refused'))
          picture.src = address
        }),
      `${door.origin}/mark.svg`,
    )
    expect(outcome).toBe('refused')
    watch.take()
  })
})

test('a foreign name that was made to point to this computer is served nothing', async ({ page, door, watch }) => {
  const rebound = door.origin.replace('127.0.0.1', REBOUND_HOST)
  const answer = await page.goto(`${rebound}/`)
  expect(answer?.status()).toBe(421)
  expect(await answer?.text()).toBe('421 Misdirected Request\n')
  expect(await attempt(page, rebound)).toEqual({ fetched: 'basic 421 24', swapped: 'basic 421 24', socket: 'refused' })
  expect(watch.take().every((problem) => problem.includes(REBOUND_HOST) || problem.startsWith('console'))).toBe(true)
})

test('the link works once: who replays it is told to open the link again', async ({ page, door, context, watch }) => {
  const address = /url=([^"]+)/.exec(readFileSync(door.linkFile, 'utf8'))?.[1] ?? ''
  await page.goto(address)
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem('tallystick.secret'))).toMatch(/^[\w-]{43}$/)
  expect(page.url(), 'the token does not stay in the address').not.toContain('token')

  const replay = await context.newPage()
  const swapped = replay.waitForResponse((response) => response.url().endsWith('/session'))
  await replay.goto(address)
  expect((await swapped).status()).toBe(401)
  expect(await replay.evaluate(() => sessionStorage.getItem('tallystick.secret'))).toBeNull()
  expect(watch.take().every((problem) => problem.includes('401'))).toBe(true)
})

test('a second tab of the same browser has no secret of its own accord', async ({ app, door, context }) => {
  await expect.poll(() => app.evaluate(() => sessionStorage.getItem('tallystick.secret'))).toMatch(/^[\w-]{43}$/)
  const second = await context.newPage()
  await second.goto(door.origin)
  expect(await second.evaluate(() => sessionStorage.getItem('tallystick.secret'))).toBeNull()
  expect(await context.cookies()).toEqual([])
})

test('a socket without the secret, or with a wrong one, is closed before a frame passes', async ({ page, door }) => {
  await page.goto(door.origin)
  const outcomes = await page.evaluate(async () => {
    const tryWith = (first: string | null): Promise<{ code: number; frames: number }> =>
      new Promise((done) => {
        const socket = new WebSocket(`ws://${location.host}/channel/engine`)
        let frames = 0
        socket.addEventListener('message', () => {
          frames += 1
        })
        socket.addEventListener('open', () => {
          if (first === null) return
          socket.send(first)
          socket.send(JSON.stringify({ i: '1', p: { u: '/session/state' } }))
        })
        socket.addEventListener('close', (event) => done({ code: event.code, frames }))
      })
    return Promise.all([tryWith(null), tryWith(''), tryWith('a'.repeat(43)), tryWith('ready')])
  })
  expect(outcomes).toEqual(Array.from({ length: 4 }, () => ({ code: 4401, frames: 0 })))
})

test('no path leads out of the page’s folder', async ({ page, door, request }) => {
  await page.goto(door.origin)
  for (const path of [
    '/..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/..%5cpackage.json',
  ]) {
    const answer = await request.get(`${door.origin}${path}`)
    expect(['400 Bad Request\n', '404 Not Found\n'], path).toContain(await answer.text())
  }
})

test('a planted inline script does not run, and the watch of these tests sees it', async ({ page, door, watch }) => {
  await page.goto(door.origin)
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.planted = true'
    document.head.append(script)
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    document.head.append(style)
    void fetch('https://evil.example/').catch(() => undefined)
  })
  expect(await page.evaluate(() => 'planted' in window)).toBe(false)
  const violations: string[] = []
  await expect
    .poll(() => {
      violations.push(...watch.take().filter((problem) => problem.startsWith('policy violation')))
      return violations
    })
    .toEqual([
      expect.stringContaining('script-src-elem inline'),
      expect.stringContaining('style-src-elem inline'),
      expect.stringContaining('connect-src https://evil.example/'),
    ])
  watch.take()
})

test('the door ends on Ctrl-C, and takes its private link with it', async ({ app, door }) => {
  expect(existsSync(door.linkFile)).toBe(true)
  const code = await door.end('SIGINT')
  expect(code).toBe(0)
  expect(existsSync(door.linkFile)).toBe(false)
  await app.close()
})
