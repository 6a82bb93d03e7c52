import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser.ts'
import { goTo } from './fixtures/go-to.ts'

test.use({ doorArguments: ['--sample'] })
test.setTimeout(240_000)

/** How many events the list says it shows. */
async function found(page: Page): Promise<number> {
  return Number.parseInt(await page.getByText(/^[\d,]+ events?$/).innerText(), 10)
}

test('events are merged after what they become was seen, put back, and what is attached is removed and comes back', async ({
  app: page,
}) => {
  await goTo(page, 'Ledger')
  const list = page.getByRole('table', { name: 'Events' })
  await page.getByRole('searchbox', { name: 'Search events' }).fill('DOT')
  await expect(list.getByRole('row').nth(1)).toContainText('+0.272855 DOT')
  const before = await found(page)
  for (const place of [1, 2, 3]) await list.getByRole('row').nth(place).getByRole('checkbox').check()
  const bar = page.getByRole('region', { name: 'Ticked events' })
  await bar.getByRole('button', { name: 'Merge…' }).click()
  const becomes = bar.getByRole('region', { name: 'What it becomes' })
  await expect(becomes).toContainText('+0.812025')
  await expect(becomes).toContainText('different days')
  await bar.getByRole('button', { name: 'Merge 3 into one' }).click()
  await expect.poll(() => found(page)).toBe(before - 2)
  const merged = list.getByRole('row').nth(1)
  await expect(merged).toContainText('+0.812025')

  await test.step('a file attached to it is removed, and one Undo brings it back', async () => {
    await merged.click()
    const files = page.getByRole('region', { name: 'Attachments' })
    const chooser = page.waitForEvent('filechooser')
    await files.getByRole('button', { name: 'Attach a file…' }).click()
    await (await chooser).setFiles({
      name: 'receipt.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('three rewards'),
    })
    const remove = files.getByRole('button', { name: 'Remove receipt.txt' })
    await remove.click()
    await expect(remove).toHaveCount(0)
    await page.keyboard.press('ControlOrMeta+z')
    await expect(remove).toBeVisible()
  })

  await test.step('put back as it was, the three stand again', async () => {
    await page.getByRole('region', { name: 'By hand' }).getByRole('button', { name: 'Put it back as it was' }).click()
    await expect.poll(() => found(page)).toBe(before)
  })

  await test.step('an event is split in a proportion, with all its movements', async () => {
    await page.getByRole('searchbox', { name: 'Search events' }).fill('BTC')
    const sale = list.getByRole('row').filter({ hasText: 'Sell' }).filter({ hasText: '−0.045 BTC' })
    await sale.click()
    const hand = page.getByRole('region', { name: 'By hand' })
    await hand.getByRole('button', { name: 'Split…' }).click()
    await hand.getByRole('textbox', { name: 'Part 1, leg 1: amount' }).fill('0.015')
    await hand.getByRole('button', { name: 'Share all out in this proportion' }).click()
    await expect(hand.getByRole('textbox', { name: 'Part 2, leg 1: amount' })).toHaveValue('0.03')
    await expect(hand.getByRole('status')).toContainText('The parts move what the whole moves')
    await hand.getByRole('button', { name: 'Split into 2' }).click()
    await expect(sale).toHaveCount(0)
    await expect(list.getByRole('row').filter({ hasText: '−0.03 BTC' })).toBeInViewport()
  })
})

test('rules change their order and go by keyboard, and say what that changes', async ({ app: page }) => {
  await goTo(page, 'Ledger')
  await page.getByRole('link', { name: 'Rules' }).click()
  const rules = page.getByRole('region', { name: 'Rules, from general to special' })
  for (const [name, note] of [
    ['All of it', 'one of many'],
    ['Polkadot', 'staked'],
  ] as const) {
    await page.getByRole('button', { name: 'New rule' }).click()
    const form = page.getByRole('form', { name: 'New rule' })
    await expect(form.getByLabel('Name')).toBeFocused()
    await form.getByLabel('Name').fill(name)
    await form.getByRole('combobox', { name: 'Asset' }).click()
    await page.getByRole('option', { name: 'DOT', exact: true }).click()
    await form.getByLabel('Set the note').fill(note)
    await form.getByRole('button', { name: 'Save and apply' }).click()
    await expect(rules.getByRole('row').filter({ hasText: name })).toBeVisible()
  }
  const caught = (name: string) => rules.getByRole('row').filter({ hasText: name })
  const some = (name: string) => caught(name).getByRole('cell', { name: /^[1-9]\d* events$/ })
  await expect(some('Polkadot')).toBeVisible()
  await expect(caught('All of it').getByRole('cell', { name: '0 events', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'More general: Polkadot' }).press('Enter')
  await expect(some('All of it')).toBeVisible()
  await expect(page.getByText(/“Polkadot” is more general now\. It changes \d+ decisions/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'More special: Polkadot' })).toBeFocused()

  await page.getByRole('button', { name: 'Delete the rule All of it' }).press('Enter')
  await expect(caught('All of it')).toHaveCount(0)
  await expect(some('Polkadot')).toBeVisible()
  await caught('Polkadot')
    .getByRole('button', { name: /^Details of/ })
    .press('Enter')
  await expect(page.getByRole('region', { name: 'Caught by Polkadot' })).toContainText('staked')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(some('All of it')).toBeVisible()
})

/** Trades of one coin, enough of them that comparing methods takes a while. */
function manyTrades(count: number): string {
  const rows = ['"txid","refid","time","type","subtype","aclass","subclass","asset","wallet","amount","fee","balance"']
  for (let at = 0; at < count; at += 1) {
    const time = new Date(Date.UTC(2022, 0, 1) + at * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
    const bought = at % 3 !== 2
    const both = [
      ['XXBT', bought ? '0.01' : '-0.015'],
      ['ZUSD', `${bought ? '-' : ''}${300 + (at % 97)}`],
    ] as const
    for (const [asset, amount] of both)
      rows.push(
        `"L${at}${asset}","T${at}-A","${time}","trade","tradespot","currency","","${asset}","spot / main",${amount},0,0`,
      )
  }
  return `${rows.join('\n')}\n`
}

test('a comparison is cancelled, changes nothing, and can be begun again', async ({ app: page }) => {
  await goTo(page, 'Read-in')
  await page
    .getByRole('main')
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'many.csv', mimeType: 'text/csv', buffer: Buffer.from(manyTrades(20_000)) })
  await page.getByRole('button', { name: /^Read in 4\d,\d{3} rows/ }).click({ timeout: 120_000 })
  await expect(page.getByRole('region', { name: 'Read in so far' })).toContainText('many.csv')
  await page.getByRole('navigation', { name: 'Stages and views' }).getByRole('link', { name: 'Tax' }).click()
  await page.getByRole('navigation', { name: 'Pages of Tax' }).getByRole('link', { name: 'Compare' }).click()
  const working = page.getByRole('status', { name: /^Working the years out/ })
  await working.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Cancelled. Nothing was changed.')).toBeVisible()
  await expect(working).toHaveCount(0)
  await page.getByRole('button', { name: 'Compare again' }).click()
  await expect(page.getByRole('region', { name: 'Methods compared' })).toContainText('First in, first out, yours', {
    timeout: 120_000,
  })
})
