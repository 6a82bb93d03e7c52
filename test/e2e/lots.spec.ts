import { expect, test } from './fixtures/browser.ts'
import { goTo } from './fixtures/go-to.ts'
import { look } from './fixtures/look.ts'

test.use({ doorArguments: ['--sample'] })
test.setTimeout(240_000)

test('lots of a sale are named after their effect was seen, undone by one Undo, and a filed year keeps its own', async ({
  app: page,
}) => {
  await goTo(page, 'Ledger')
  const list = page.getByRole('table', { name: 'Events' })
  await page.getByRole('searchbox', { name: 'Search events' }).fill('BTC')
  await expect(list.getByRole('row').nth(1)).toContainText('BTC')
  const sale = list.getByRole('row').filter({ hasText: 'Sell' }).filter({ hasText: '−0.045 BTC' })
  await sale.click()
  const lots = page.getByRole('region', { name: 'Lots', exact: true })
  await lots.getByRole('button', { name: 'Name its lots…' }).click()
  const there = lots.getByRole('region', { name: 'Lots that are there' })
  await expect(there.getByRole('row').nth(2)).toBeVisible()
  const take = there.getByRole('textbox').last()

  await test.step('more than the lot has, and more than leaves, is said at once', async () => {
    await take.fill('1000')
    await expect(lots.getByRole('status')).toContainText('More is named')
    await expect(lots.getByRole('button', { name: 'Name these lots' })).toBeDisabled()
  })

  await test.step('the effect is shown, then the lot is named', async () => {
    await take.fill('0.001')
    await expect(lots.getByRole('region', { name: 'What it does to the years' })).toContainText('Net gain')
    await expect(lots.getByRole('status')).toContainText('0.001 of 0.045')
    await look(page, '60-name-lots')
    await lots.getByRole('button', { name: 'Name these lots' }).click()
    await expect(page.getByText('1 lot named.')).toBeVisible()
    await lots.getByRole('button', { name: 'Name its lots…' }).click()
    await expect(there.getByRole('textbox').last()).toHaveValue('0.001')
    await expect(lots.getByRole('button', { name: 'Name none any more' })).toBeVisible()
  })

  await test.step('one Undo takes it back', async () => {
    await lots.getByRole('button', { name: 'Name these lots' }).focus()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(there.getByRole('textbox').last()).toHaveValue('')
    await expect(lots.getByRole('button', { name: 'Name none any more' })).toHaveCount(0)
  })

  await test.step('once the year is filed, its sales keep the lots that they were filed with', async () => {
    await goTo(page, 'Check and file')
    await page.getByRole('button', { name: 'Freeze 2025…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Freeze 2025' }).click()
    await expect(page.getByText('2025 is frozen.', { exact: false })).toBeVisible()
    await goTo(page, 'Ledger')
    await page.getByRole('searchbox', { name: 'Search events' }).fill('BTC')
    await expect(list.getByRole('row').nth(1)).toContainText('BTC')
    await sale.click()
    await lots.getByRole('button', { name: 'Name its lots…' }).click()
    await expect(lots).toContainText('2025 is filed')
    await expect(there).toHaveCount(0)
  })
})
