import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { ownNotes } from '../fixtures/own-notes.ts'
import { expect, test } from './fixtures/browser.ts'
import { goTo } from './fixtures/go-to.ts'
import { look } from './fixtures/look.ts'

test.use({ doorArguments: ['--sample'] })

async function drop(page: Page, name: string, text: string): Promise<void> {
  await goTo(page, 'Read-in')
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(text) }
  await page.getByRole('main').locator('input[type=file]').first().setInputFiles(file)
  await expect(page.getByRole('article', { name })).toBeVisible({ timeout: 30_000 })
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

const HEADER = '"Zeit";"Vorgang";"Menge";"Münze";"Gebühr";"Beleg"'
const FIRST = `Auszug der kleinen Börse
${HEADER}
"02.01.2024 10:00";"Kauf";"0,5";"BTC";"0,001";"A1"
"13.01.2024 11:00";"Verkauf";"0,1";"BTC";"";"A2"
"14.01.2024 12:00";"Treuebonus";"0,02";"ETH";"";"A3"
`
const LATER = `Auszug der kleinen Börse
${HEADER}
"14.01.2024 12:00";"Treuebonus";"0,02";"ETH";"";"A3"
"20.02.2024 09:30";"Kauf";"3";"ETH";"";"A4"
`

test('a table that nobody knows is mapped once, and the next one is read by itself', async ({ app: page }) => {
  test.setTimeout(300_000)
  page.setDefaultTimeout(30_000)
  await drop(page, 'kleine-boerse.csv', FIRST)
  await page.getByRole('button', { name: 'Map this table' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Map kleine-boerse.csv' })).toBeVisible()
  const preview = page.getByRole('region', { name: 'What the rows become' })
  await expect(preview.getByRole('status')).toContainText('3 rows tried')
  await expect(preview.getByRole('row').filter({ hasText: 'Treuebonus' })).toContainText('Treuebonus')

  await test.step('each change shows at once what the rows become', async () => {
    await page.getByRole('combobox', { name: 'Times are in' }).fill('Europe/Berlin')
    await page.getByRole('option', { name: 'Europe/Berlin' }).click()
    await choose(page, 'Numbers are written', '1,234.56 (point)')
    await expect(preview.getByRole('status')).toContainText('3 not understood')
    await look(page, '31-mapping-stopped')
    await choose(page, 'Numbers are written', '1.234,56 (comma)')
    await expect(preview.getByRole('row').filter({ hasText: 'Verkauf' })).toContainText('0.1')
    await page.getByRole('combobox', { name: 'Meaning of Treuebonus' }).fill('Staking rew')
    await page.getByRole('option', { name: 'Staking reward' }).click()
    await choose(page, 'Direction of Treuebonus', 'came in')
    await expect(preview.getByRole('row').filter({ hasText: 'Treuebonus' })).toContainText('Staking reward')
    await expect(preview.getByRole('status')).toContainText('0 not understood')
    await page.getByLabel('Name of this mapping').fill('Little exchange')
    await page.getByRole('combobox', { name: 'Goes into the account' }).fill('Little exchange')
    await page.keyboard.press('Escape')
    await look(page, '32-mapping')
  })

  await test.step('saved, it reads the file', async () => {
    await page.getByRole('button', { name: 'Save and read with it' }).click()
    const plan = page.getByRole('article', { name: 'kleine-boerse.csv' })
    await expect(plan).toContainText('into Little exchange')
    await expect(plan.getByRole('button', { name: '3 added' })).toBeVisible()
    await page.getByRole('button', { name: /^Read in 3 rows/ }).click()
    const recipes = page.getByRole('region', { name: 'Recipes' }).last()
    await expect(recipes.getByRole('row').filter({ hasText: 'Little exchange' })).toContainText('Zeit')
  })

  await test.step('and the next one is known by its header', async () => {
    await drop(page, 'kleine-boerse-2.csv', LATER)
    const plan = page.getByRole('article', { name: 'kleine-boerse-2.csv' })
    await expect(plan).toContainText('Little exchange')
    await expect(plan.getByRole('button', { name: '1 added' })).toBeVisible()
    await expect(plan.getByRole('button', { name: '1 skipped' })).toBeVisible()
    await page.getByRole('button', { name: 'Discard' }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the recipe Little exchange' }).click()
    expect((await saved).suggestedFilename()).toMatch(/\.recipe\.json$/)
    await look(page, '33-recipes')
  })

  await test.step('its times are shifted after the effect was shown, and shifted back by Undo', async () => {
    const done = page.getByRole('region', { name: 'Read in so far' })
    await done.getByRole('row').filter({ hasText: 'kleine-boerse.csv' }).first().click()
    await expect(done).toContainText('Its times are read in Europe/Berlin')
    await done.getByRole('button', { name: 'Shift its times…' }).click()
    await done.getByRole('combobox', { name: 'Read its times in' }).fill('UTC')
    await page.getByRole('option', { name: 'UTC', exact: true }).click()
    await expect(done.getByRole('list', { name: 'What the shift does' })).toContainText('1 hour later')
    await look(page, '33-shift')
    await done.getByRole('button', { name: 'Shift 3 events' }).click()
    await expect(done).toContainText('Its times are read in UTC')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(done).toContainText('Its times are read in Europe/Berlin')
  })
})

test('coverage shows every account’s files and gaps, and a gap is excused', async ({ app: page }) => {
  test.setTimeout(300_000)
  page.setDefaultTimeout(30_000)
  await goTo(page, 'Sources')
  const coverage = page.getByRole('region', { name: 'Coverage by account' })
  const row = coverage.getByRole('row').filter({ hasText: /\d gap/ })
  await expect(row.first()).toBeVisible()
  const before = await row.count()
  await row.first().click()
  await expect(coverage.getByRole('heading', { name: 'Covered by' })).toBeVisible()
  await look(page, '34-coverage')
  const excuse = coverage.getByRole('button', { name: /^Excuse/ })
  while ((await excuse.count()) > 0) {
    const open = await excuse.count()
    await excuse.first().click()
    await expect(excuse).toHaveCount(open - 1)
  }
  await expect(row).toHaveCount(before - 1)
  await expect(coverage).toContainText('Excused: nothing happened')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(row).toHaveCount(before)
})

test('a rule shows what it would catch, is applied, and undone', async ({ app: page }) => {
  test.setTimeout(300_000)
  page.setDefaultTimeout(30_000)
  await goTo(page, 'Ledger')
  await page.getByRole('link', { name: 'Told twice' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Told twice' })).toBeVisible()
  await look(page, '35-told-twice')
  await page.getByRole('link', { name: 'Rules' }).click()
  await page.getByRole('button', { name: 'New rule' }).click()
  const form = page.getByRole('form', { name: 'New rule' })
  await form.getByLabel('Name').fill('Ethers of the pool')
  await form.getByRole('combobox', { name: 'Asset' }).click()
  await page.getByRole('option', { name: 'ETH', exact: true }).click()
  await choose(page, 'Direction', 'came in')
  await form.getByLabel('Set the note').fill('from my pool')
  const effect = form.getByRole('region', { name: 'What it would do' })
  await expect(effect.getByRole('status')).toContainText(/[1-9]\d* events? would change/)
  await look(page, '36-rule')
  await form.getByRole('button', { name: 'Save and apply' }).click()
  const rule = page
    .getByRole('region', { name: 'Rules, from general to special' })
    .getByRole('row')
    .filter({ hasText: 'Ethers of the pool' })
  await expect(rule).toContainText(/[1-9]\d* events?/)
  await rule.click()
  await expect(page.getByRole('region', { name: 'Caught by Ethers of the pool' })).toContainText('from my pool')
  await look(page, '37-rules')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(rule).toHaveCount(0)
})

test('events are changed together after the effect was shown, and one Undo takes it back', async ({ app: page }) => {
  test.setTimeout(300_000)
  page.setDefaultTimeout(30_000)
  await goTo(page, 'Ledger')
  const list = page.getByRole('table', { name: 'Events' })
  await page.getByRole('searchbox', { name: 'Search events' }).fill('LINK')
  await expect(list.getByRole('row').nth(1)).toContainText('LINK')
  await page.getByRole('button', { name: 'Change many…' }).click()
  const panel = page.getByRole('region', { name: 'Change many events' })
  await panel.getByLabel('Does not count, because').fill('a test of mine')
  const effect = panel.getByRole('region', { name: 'What it would do' })
  await expect(effect.getByRole('status')).toContainText(/[1-9]\d* events? would change/)
  await look(page, '38-change-many')
  await panel.getByRole('button', { name: /^Change [1-9]/ }).click()
  await expect(panel).toHaveCount(0)
  const struck = page.locator('[data-ignored]')
  await expect(struck.first()).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(struck).toHaveCount(0)

  await test.step('two are ticked and grouped', async () => {
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect(list.getByRole('row').nth(3)).toBeVisible()
    for (const place of [1, 2]) await list.getByRole('row').nth(place).getByRole('checkbox').check()
    const bar = page.getByRole('region', { name: 'Ticked events' })
    await expect(bar.getByRole('status')).toHaveText('2 events ticked')
    await bar.getByRole('button', { name: 'Group…' }).click()
    await bar.getByLabel('Name of the group').fill('My links')
    await look(page, '39-ticked')
    await bar.getByRole('button', { name: 'Group 2' }).click()
    await expect(list.getByRole('row').nth(1)).toContainText('My links')
    await bar.getByRole('button', { name: 'Untick all' }).click()
  })
})

test('an event is added by hand, split into parts, and keeps the file attached to it', async ({ app: page }) => {
  test.setTimeout(300_000)
  page.setDefaultTimeout(30_000)
  await goTo(page, 'Ledger')
  await page.getByRole('button', { name: 'Add an event…' }).click()
  const form = page.getByRole('region', { name: 'Add an event' })
  for (const [leg, amount, asset] of [
    [1, '0.5', 'BTC'],
    [2, '20000', 'USD'],
  ] as const) {
    await form.getByRole('textbox', { name: `New event, leg ${leg}: amount` }).fill(amount)
    await form.getByRole('combobox', { name: `New event, leg ${leg}: asset` }).fill(asset)
    await form.getByRole('combobox', { name: `New event, leg ${leg}: account` }).click()
    await page.getByRole('option', { name: 'Kraken', exact: true }).click()
  }
  await form.getByRole('textbox', { name: 'Note' }).fill('bought of a friend')
  await look(page, '40-add')
  await form.getByRole('button', { name: 'Add it' }).click()
  await expect(form).toHaveCount(0)
  await page.getByRole('searchbox', { name: 'Search events' }).fill('bought of a friend')
  const row = page.getByRole('table', { name: 'Events' }).getByRole('row').nth(1)
  await expect(row).toContainText('0.5 BTC')
  await row.click()

  await test.step('a receipt is attached and comes back byte for byte', async () => {
    const files = page.getByRole('region', { name: 'Attachments' })
    const chooser = page.waitForEvent('filechooser')
    await files.getByRole('button', { name: 'Attach a file…' }).click()
    const receipt = Buffer.from('received 20,000 for half a bitcoin')
    await (await chooser).setFiles({ name: 'receipt.txt', mimeType: 'text/plain', buffer: receipt })
    await expect(files).toContainText('receipt.txt')
    const saved = page.waitForEvent('download')
    await files.getByRole('button', { name: 'Save receipt.txt' }).click()
    expect(readFileSync(await (await saved).path())).toEqual(receipt)
    await look(page, '41-event-by-hand')
  })

  await test.step('split, the parts must move what the whole moves', async () => {
    await page.getByRole('button', { name: 'Split…' }).click()
    const hand = page.getByRole('region', { name: 'By hand' })
    await hand.getByRole('textbox', { name: 'Part 1, leg 1: amount' }).fill('0.2')
    await expect(hand.getByRole('status')).toContainText('Not yet shared out')
    await hand.getByRole('button', { name: 'The rest into part 2' }).click()
    await expect(hand.getByRole('status')).toContainText('The parts move what the whole moves')
    await hand.getByRole('button', { name: 'Split into 2' }).click()
    await expect(page.getByText('2 events', { exact: true })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(page.getByText('1 event', { exact: true })).toBeVisible()
  })
})

const LEDGERS = `"txid","refid","time","type","subtype","aclass","subclass","asset","wallet","amount","fee","balance"
"LC9-AAAAA-BBBBBB","T9-CCCCC-DDDDDD","2024-01-02 10:00:00","trade","tradespot","currency","crypto","XXBT","spot / main",0.5,0,0
"LD9-AAAAA-BBBBBB","T9-CCCCC-DDDDDD","2024-01-02 10:00:00","trade","tradespot","currency","fiat","ZUSD","spot / main",-21000,0,0
`
const TRADES = `txid,ordertxid,pair,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers
T9-CCCCC-DDDDDD,O2,XXBTZUSD,2024-01-02 10:00:00,buy,limit,42000,21000,7.36,0.5,0,,
`
const KOINLY = `Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash
2018-01-02 10:00:00 UTC,,,3,BCC,,,,,,,
`

const NOTES = `When,Coin,Units,Paid
2024-01-02 11:00:00,BTC,0.5,21000
`
const RECIPE = ownNotes({ account: 'Kraken', zone: 'ask' })

test('what two exports tell is linked once accepted, and what a symbol stands for is asked and remembered', async ({
  app: page,
}) => {
  test.setTimeout(300_000)
  page.setDefaultTimeout(30_000)
  for (const [name, text] of [
    ['ledgers-2024.csv', LEDGERS],
    ['trades-2024.csv', TRADES],
    ['others.csv', KOINLY],
  ] as const) {
    await drop(page, name, text)
    await page.getByRole('button', { name: /^Read in \d/ }).click()
    await expect(
      page.getByRole('region', { name: 'Read in so far' }).getByRole('row').filter({ hasText: name }),
    ).toBeVisible()
  }

  await goTo(page, 'Ledger')
  await page.getByRole('link', { name: 'Told twice' }).click()
  const link = page.getByRole('article').filter({ hasText: '21,000' })
  await expect(link).toContainText('Would corroborate it')
  await page.getByRole('button', { name: 'Accept all likely ones…' }).click()
  const bulk = page.getByRole('region', { name: 'Accept all likely links' })
  await expect(bulk.getByRole('status')).toContainText('1 record would stand behind another')
  await look(page, '42-told-twice')
  await bulk.getByRole('button', { name: 'Not now' }).click()
  await link.getByRole('button', { name: 'Accept' }).click()
  await page.getByRole('tab', { name: 'Linked 1' }).click()
  await expect(link).toContainText('Corroborates it')
  await link.getByRole('button', { name: 'Let this be the fact' }).click()
  await look(page, '43-linked')
  await link.getByRole('button', { name: 'End the link' }).click()
  await expect(page.getByRole('tab', { name: 'Rejected 1' })).toBeVisible()

  await goTo(page, 'Sources')
  const symbols = page.getByRole('region', { name: 'Symbols to look at' })
  await symbols.getByRole('row').filter({ hasText: 'BCC' }).click()
  const form = page.getByRole('form', { name: 'What BCC stands for' })
  await form.getByRole('combobox', { name: 'BCC stands for' }).fill('BCH')
  await form.getByLabel('Note').click()
  await look(page, '44-symbols')
  await form.getByRole('button', { name: 'Remember' }).click()
  await expect(page.getByRole('region', { name: 'Your answers' })).toContainText('BCC is BCH')

  await test.step('a zone that no one knows is asked with evidence', async () => {
    await goTo(page, 'Read-in')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Take in a recipe…' }).click()
    const buffer = Buffer.from(JSON.stringify(RECIPE))
    await (await chooser).setFiles({ name: 'own-notes.recipe.json', mimeType: 'application/json', buffer })
    await expect(page.getByRole('region', { name: 'Recipes' }).last()).toContainText('Own notes')
    await drop(page, 'notes.csv', NOTES)
    const plan = page.getByRole('article', { name: 'notes.csv' })
    const evidence = plan.getByRole('region', { name: 'What speaks for which zone' })
    await expect(evidence).toContainText('1 of 1 movement of this file would lie where Kraken ledgers has them')
    await look(page, '45-zone')
    await evidence.getByRole('button').first().click()
    await expect(evidence).toHaveCount(0)
    await page.getByRole('button', { name: 'Discard' }).click()
  })
})
