import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser.ts'
import { goTo } from './fixtures/go-to.ts'

test.use({ doorArguments: ['--sample'] })

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name} `) })
const countOf = async (page: Page, name: string): Promise<number> =>
  Number.parseInt((await tab(page, name).innerText()).replace(/\D/g, ''), 10)

test('an event that is ignored counts again after Undo, and a second window follows both', async ({
  app: page,
  door,
  context,
}) => {
  test.setTimeout(180_000)
  await goTo(page, 'Ledger')
  await page.getByRole('searchbox', { name: 'Search events' }).fill('LINK')
  const list = page.getByRole('table', { name: 'Events' })
  await expect(list.getByRole('row').nth(1)).toContainText('LINK')

  const other = await context.newPage()
  await other.goto(door.link)
  await goTo(other, 'Ledger')
  await other.getByRole('searchbox', { name: 'Search events' }).fill('LINK')
  const struck = other.locator('[data-ignored]')
  await expect(other.getByRole('table', { name: 'Events' }).getByRole('row').nth(1)).toContainText('LINK')
  await expect(struck).toHaveCount(0)

  await page.keyboard.press('Tab')
  await page.locator('[data-index="0"] [role="row"]').first().click()
  await page.getByLabel('Why it does not count').fill('a test of mine')
  await page.getByRole('button', { name: 'Ignore', exact: true }).click()
  await expect(page.locator('[data-ignored]')).toHaveCount(1)
  await expect(struck, 'the other window is told by the engine').toHaveCount(1)

  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.locator('[data-ignored]')).toHaveCount(0)
  await expect(struck).toHaveCount(0)
  await other.close()
})

test('pairs are walked, accepted and rejected from the keyboard', async ({ app: page }) => {
  await goTo(page, 'Transfers')
  await tab(page, 'Likely').click()
  const [likely, accepted, rejected] = [
    await countOf(page, 'Likely'),
    await countOf(page, 'Accepted'),
    await countOf(page, 'Rejected'),
  ]
  expect(likely).toBeGreaterThan(2)
  await expect(page.locator('article[data-here]')).toHaveAttribute('data-place', '0')
  await page.keyboard.press('j')
  await expect(page.locator('article[data-here]')).toHaveAttribute('data-place', '1')
  await page.keyboard.press('k')
  await expect(page.locator('article[data-here]')).toHaveAttribute('data-place', '0')
  await page.keyboard.press('Enter')
  await expect(tab(page, 'Accepted')).toHaveText(`Accepted ${accepted + 1}`)
  await expect(tab(page, 'Likely')).toHaveText(`Likely ${likely - 1}`)
  await page.keyboard.press('Backspace')
  await expect(tab(page, 'Rejected')).toHaveText(`Rejected ${rejected + 1}`)
  await expect(tab(page, 'Likely')).toHaveText(`Likely ${likely - 2}`)
})

test('a file of no known layout asks for its source, a broken row is kept with its reason, and a batch is taken back', async ({
  app: page,
}) => {
  await goTo(page, 'Read-in')
  const header = '"txid","refid","time","type","subtype","aclass","asset","wallet","amount","fee","balance"'
  const row = (id: string, amount: string) =>
    `"L${id}","Q${id}","2025-05-0${id} 10:00:00","deposit","","currency","ZUSD","spot / main",${amount},0,0`
  await page
    .getByRole('main')
    .locator('input[type=file]')
    .setInputFiles([
      { name: 'mystery.csv', mimeType: 'text/csv', buffer: Buffer.from('alpha,beta\n1,2\n3,4\n') },
      {
        name: 'kraken-with-a-broken-row.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from([header, row('1', '10.5'), row('2', '1e-18x'), row('3', '20')].join('\n')),
      },
    ])
  const mystery = page.getByRole('article', { name: 'mystery.csv' })
  await expect(mystery).toContainText(/No known header|mystery\.csv/, { timeout: 30_000 })
  const broken = page.getByRole('article', { name: 'kraken-with-a-broken-row.csv' })
  await expect(broken.getByRole('button', { name: '1 not understood' })).toBeVisible({ timeout: 30_000 })
  await broken.getByRole('button', { name: '1 not understood' }).click()
  await expect(broken.getByRole('region', { name: 'Rows not understood' })).toContainText('1e-18x')
  await page.getByRole('button', { name: /^Read in/ }).click()
  const done = page.getByRole('region', { name: 'Read in so far' })
  const mine = done
    .getByRole('row')
    .filter({ hasText: 'mystery.csv' })
    .or(done.getByRole('row').filter({ hasText: 'broken-row' }))
  await expect(mine.first()).toContainText('In the ledger')
  await mine
    .first()
    .getByRole('button', { name: /^Take back/ })
    .click()
  await expect(mine.first()).toContainText('Taken back')
})
