import { chromium, type Page } from '@playwright/test'
import { chosenChromium, findChromium, launchOptions } from '../e2e/fixtures/chromium.ts'
import { serveLongList } from '../e2e/fixtures/long-list/serve.ts'
import type { BenchOptions, BenchResult } from './bench.ts'

const AT_MOST = 2
const ROUNDS = 3
/** Fling, drag across the whole list, and back: pixels per step and steps. */
const WHEEL = [
  { step: 120, steps: 120 },
  { step: 800, steps: 60 },
  { step: -800, steps: 30 },
] as const

interface Frames {
  readonly seen: number
  readonly dropped: number
  readonly longestMs: number
}

/**
 * Scrolls the Ledger view's list through 1,000,000 generated events in a real Chromium, by the wheel and by dragging the
 * bar, and counts dropped frames against the same list with empty rows.
 */
export async function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  await findChromium()
  const list = await serveLongList()
  const browser = await chromium.launch(launchOptions(chosenChromium()))
  try {
    const full: Frames[] = []
    const empty: Frames[] = []
    for (let round = 0; round < (quick ? 1 : ROUNDS); round += 1) {
      say(`  round ${round + 1}`)
      empty.push(await scrollThrough(await browser.newPage(), `${list.url}?rows=empty`))
      full.push(await scrollThrough(await browser.newPage(), list.url))
    }
    const dropped = sum(full)
    const baseline = sum(empty)
    return [
      {
        name: 'scroll through 1,000,000 events',
        figure: `${dropped} frames dropped of ${seen(full)} (an empty list: ${baseline} of ${seen(empty)})`,
        bar: `≤ ${AT_MOST} × those of an empty list`,
        met: dropped <= AT_MOST * Math.max(1, baseline),
        measured: {
          dropped,
          seen: seen(full),
          longestMs: Math.round(Math.max(...full.map((frames) => frames.longestMs))),
          baselineDropped: baseline,
          baselineSeen: seen(empty),
          baselineLongestMs: Math.round(Math.max(...empty.map((frames) => frames.longestMs))),
        },
      },
    ]
  } finally {
    await browser.close()
    await list.close()
  }
}

const sum = (frames: readonly Frames[]): number => frames.reduce((total, each) => total + each.dropped, 0)
const seen = (frames: readonly Frames[]): number => frames.reduce((total, each) => total + each.seen, 0)

async function scrollThrough(page: Page, url: string): Promise<Frames> {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(url)
  const rows = page.getByRole('table', { name: 'Events' })
  await rows.locator('[data-index="0"]').waitFor()
  await rows.hover()
  await page.evaluate(() => {
    const times: number[] = []
    const tick = (time: number): void => {
      times.push(time)
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    Object.assign(window, { frameTimes: times })
  })
  for (const { step, steps } of WHEEL)
    for (let turn = 0; turn < steps; turn += 1) {
      await page.mouse.wheel(0, step)
      await page.waitForTimeout(12)
    }
  await rows.evaluate(async (element) => {
    for (let place = 0; place <= 100; place += 1) {
      element.scrollTop = (element.scrollHeight * place) / 100
      await new Promise(requestAnimationFrame)
    }
  })
  const times = await page.evaluate(() => (window as unknown as { frameTimes: number[] }).frameTimes)
  await page.close()
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  const frame = 1000 / 60
  return {
    seen: gaps.length,
    dropped: gaps.reduce((total, gap) => total + Math.max(0, Math.round(gap / frame) - 1), 0),
    longestMs: Math.max(0, ...gaps),
  }
}
