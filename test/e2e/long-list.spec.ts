import { chromium } from '@playwright/test'
import { expect, test } from './fixtures/browser.ts'
import { chosenChromium, launchOptions } from './fixtures/chromium.ts'
import { serveLongList } from './fixtures/long-list/serve.ts'

let list: Awaited<ReturnType<typeof serveLongList>>
test.beforeAll(async () => {
  list = await serveLongList()
})
test.afterAll(async () => list.close())

for (const scale of [1, 2, 3]) {
  test(`the last of a million rows is reached at scale factor ${scale}`, async () => {
    const browser = await chromium.launch(launchOptions(chosenChromium()))
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: scale })
    await page.goto(list.url)
    const rows = page.getByRole('table', { name: 'Events' })
    await expect(page.locator('[data-index="0"]')).toBeInViewport()

    await rows.press('End')
    const last = page.locator('[data-index="999999"]')
    await expect(last).toBeInViewport({ ratio: 0.99 })
    await expect(last).toContainText('Kraken')
    const gap = await rows.evaluate((element) => {
      const row = element.querySelector('[data-index="999999"]')
      return row === null ? null : Math.abs(row.getBoundingClientRect().bottom - element.getBoundingClientRect().bottom)
    })
    expect(gap, 'the last row stands at the lower edge').toBeLessThanOrEqual(2)

    await rows.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }))
    await expect.poll(() => firstInView(page)).toBeGreaterThan(499_000)
    const before = await firstInView(page)
    await rows.hover()
    await page.mouse.wheel(0, 320)
    await expect.poll(() => firstInView(page), 'a wheel step moves by its own pixels').toBe(before + 10)

    await rows.press('Home')
    await expect(page.locator('[data-index="0"]')).toBeInViewport({ ratio: 0.99 })
    await browser.close()
  })
}

/** Index of the first row whose middle is in view. */
function firstInView(page: import('@playwright/test').Page): Promise<number> {
  return page.getByRole('table', { name: 'Events' }).evaluate((element) => {
    const top = element.getBoundingClientRect().top
    const row = [...element.querySelectorAll('[data-index]')].find((each) => {
      const box = each.getBoundingClientRect()
      return box.top + box.height / 2 >= top
    })
    return Number(row?.getAttribute('data-index') ?? -1)
  })
}
