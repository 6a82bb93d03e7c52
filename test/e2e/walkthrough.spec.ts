import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Download } from '@playwright/test'
import { expect, test } from './fixtures/browser.ts'
import { goTo } from './fixtures/go-to.ts'
import { look } from './fixtures/look.ts'

const SAMPLES = resolve(dirname(fileURLToPath(import.meta.url)), '../../samples')
const PASSPHRASE = 'willow anchor copper violin seventeen'

/** The made-up client's exports, as they would be dropped. */
function sampleFiles(): string[] {
  return readdirSync(SAMPLES)
    .filter((name) => /\.(csv|xlsx|json|zip)$/i.test(name))
    .map((name) => join(SAMPLES, name))
}

async function textOf(download: Download): Promise<string> {
  const path = await download.path()
  return readFileSync(path, 'utf8')
}

test('from an empty computer to a filed form, and every figure back to its row', async ({ app: page }) => {
  test.setTimeout(600_000)
  page.setDefaultTimeout(20_000)
  const panel = page.getByRole('main')

  await test.step('the first screen offers three things', async () => {
    await expect(page.getByRole('button', { name: /New ledger/ })).toBeVisible()
    await expect(page.getByRole('button')).toHaveCount(3)
    await look(page, '01-first-screen')
  })

  await test.step('a ledger is made, with a passphrase that is judged in words', async () => {
    await page.getByRole('button', { name: /New ledger/ }).click()
    await page.getByLabel('Name of the books').fill('Ada’s books')
    await page.getByRole('combobox', { name: 'Time zone' }).fill('America/New_York')
    await page.getByRole('option', { name: 'America/New_York' }).click()
    await page.getByLabel('Tax year').fill('2025')
    await page.getByLabel('Passphrase').fill('bitcoin1')
    await expect(panel).toContainText('Weak')
    await page.getByLabel('Passphrase').fill(PASSPHRASE)
    await expect(panel).toContainText('Strong')
    await page.getByLabel('The same again').fill(PASSPHRASE)
    await look(page, '02-new-ledger')
    await page.getByRole('button', { name: 'Make the ledger' }).click()
  })

  await test.step('the recovery sheet is saved, and a wrong check word is refused', async () => {
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the sheet' }).click()
    expect((await saved).suggestedFilename()).toMatch(/^[a-z0-9-]+\.pdf$/)
    await page.getByLabel('Check word').fill('surely-not-this-word')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect(panel).toContainText('That is not the word')
    await look(page, '03-recovery-sheet')
    await page.getByRole('button', { name: 'Later' }).click()
    await expect(page.getByRole('navigation', { name: 'Stages and views' })).toBeVisible()
  })

  await test.step('empty screens teach', async () => {
    await goTo(page, 'Your books')
    await look(page, '04-your-books')
    await goTo(page, 'Sources')
    await expect(page.getByText('No places yet')).toBeVisible()
    await look(page, '05-sources-empty')
    await goTo(page, 'Ledger')
    await expect(page.getByText('No events yet')).toBeVisible()
    await goTo(page, 'Transfers')
    await goTo(page, 'Tax')
  })

  await test.step('the sample files are dropped and previewed; nothing is added yet', async () => {
    await goTo(page, 'Read-in')
    await look(page, '06-read-in-empty')
    await panel.locator('input[type=file]').setInputFiles(sampleFiles())
    await expect(page.getByRole('region', { name: 'What would be read in' })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('article')).toHaveCount(sampleFiles().length)
    await look(page, '07-preview')
    const first = page
      .getByRole('article')
      .filter({ hasText: /kraken/i })
      .first()
    await first.getByRole('button', { name: /added$/ }).click()
    const events = first.getByRole('region', { name: 'Events that would be added' })
    await events.getByRole('row').nth(1).click()
    await expect(first.getByRole('region', { name: /^Row \d+ of/ }).first()).toBeVisible()
    await look(page, '08-preview-raw-row')
  })

  await test.step('the preview is what is read in', async () => {
    await page.getByRole('button', { name: /^Read in \d/ }).click()
    await expect(page.getByRole('region', { name: 'Read in so far' })).toBeVisible({ timeout: 60_000 })
    await look(page, '09-read-in-done')
    await goTo(page, 'Sources')
    await expect(page.getByRole('region', { name: 'Accounts' }).getByRole('row')).not.toHaveCount(0)
    await look(page, '10-sources')
  })

  let before = ''
  await test.step('certain transfers are accepted, the likely ones after their effect was shown', async () => {
    await goTo(page, 'Transfers')
    await page.getByRole('button', { name: 'Look for pairs' }).first().click()
    await expect(page.getByRole('tab', { name: /^Likely [1-9]/ })).toBeVisible({ timeout: 60_000 })
    await page.getByRole('tab', { name: /^Accepted [1-9]/ }).click()
    await expect(page.getByRole('article').first()).toContainText('accepted by default, because it is certain')
    await page.getByRole('tab', { name: /^Likely [1-9]/ }).click()
    await look(page, '11-transfers')
    await page.getByRole('button', { name: 'Why' }).first().click()
    await look(page, '12-transfers-why')
    before = await page.getByRole('tab', { name: /^Accepted/ }).innerText()
    await page.getByRole('button', { name: /^Accept all/ }).click()
    const effect = page.getByRole('region', { name: /^Accept \d+ likely/ })
    await expect(effect).toContainText('before')
    await look(page, '13-transfers-effect')
    await effect.getByRole('button', { name: /^Accept \d+ pair/ }).click()
    await expect(page.getByRole('tab', { name: 'Likely 0' })).toBeVisible()
  })

  await test.step('undo takes the whole act back, redo does it again', async () => {
    const accepted = page.getByRole('tab', { name: /^Accepted/ })
    const after = await accepted.innerText()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(accepted).toHaveText(before)
    await expect(page.getByRole('tab', { name: 'Likely 13' })).toBeVisible()
    await expect(page.getByRole('article').first()).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(accepted).toHaveText(after)
    await expect(page.getByRole('tab', { name: 'Likely 0' })).toBeVisible()
  })

  await test.step('every event is in the ledger view, and a row opens in place', async () => {
    await goTo(page, 'Ledger')
    const list = page.getByRole('table', { name: 'Events' })
    await expect(list.getByRole('row').nth(3)).toBeVisible()
    await look(page, '14-ledger')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Decide' })).toBeVisible()
    await expect(page.getByRole('region', { name: /^Row \d+ of/ }).first()).toBeVisible()
    await look(page, '15-ledger-row')
    await page.getByRole('searchbox', { name: 'Search events' }).fill('no such thing anywhere')
    await expect(page.getByText('No event fits these filters')).toBeVisible()
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect(list.getByRole('row').nth(3)).toBeVisible()
  })

  await test.step('the totals of 2025, and a disposal traced to the row it came from', async () => {
    await goTo(page, 'Tax')
    await expect(panel).toContainText(/Net (gain|loss) of 2025/, { timeout: 60_000 })
    await look(page, '16-tax')
    await page.getByRole('tab', { name: 'Disposals' }).click()
    const disposals = page.getByRole('region', { name: 'Disposals of 2025' })
    await disposals
      .getByRole('button', { name: /^Disposal of/ })
      .first()
      .click()
    const trace = page.getByRole('complementary', { name: 'Trace' })
    await expect(trace).toContainText('isposal')
    for (let depth = 0; depth < 12; depth += 1) {
      if (await trace.getByRole('region', { name: /^Row \d+ of/ }).count()) break
      await trace
        .getByRole('button', { name: /^Show what/ })
        .first()
        .click()
      await expect(trace.getByLabel('Looking it up')).toHaveCount(0)
    }
    await expect(trace.getByRole('region', { name: /^Row \d+ of/ }).first()).toBeVisible()
    await look(page, '17-tax-trace')
    await page.keyboard.press('Escape')
    await expect(trace).toHaveCount(0)
    for (const tab of ['Income', 'Lots', 'Open points']) {
      await page.getByRole('tab', { name: tab }).click()
      await look(page, `18-tax-${tab.toLowerCase().replace(' ', '-')}`)
    }
  })

  await test.step('the 8949 is looked at and saved', async () => {
    await goTo(page, 'Reports')
    const form = page.getByRole('article', { name: /8949/ })
    await form.getByRole('button', { name: 'Look' }).click()
    await expect(page.getByRole('columnheader').first()).toBeVisible()
    await look(page, '19-reports')
    const csv = page.waitForEvent('download')
    await form.getByRole('button', { name: /as CSV$/ }).click()
    expect((await textOf(await csv)).split('\n').length).toBeGreaterThan(2)
    const pdf = page.waitForEvent('download')
    await form.getByRole('button', { name: /as PDF$/ }).click()
    expect((await textOf(await pdf)).startsWith('%PDF')).toBe(true)
  })

  await test.step('the checks hold before filing', async () => {
    await goTo(page, 'Check and file')
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Everything adds up.' })).toBeVisible({ timeout: 60_000 })
    await look(page, '20-check-and-file')
    await page.getByRole('button', { name: 'Freeze 2025…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Freeze 2025' }).click()
    await expect(panel).toContainText('Nothing has changed since.')
  })

  await test.step('settings, palette and shortcuts', async () => {
    await goTo(page, 'Settings')
    await expect(page.getByRole('region', { name: 'History' }).getByRole('row').nth(1)).toBeVisible()
    await look(page, '21-settings')
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('textbox', { name: 'Type what you want to do' })).toBeVisible()
    await look(page, '22-palette')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+?')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    await look(page, '23-shortcuts')
    await page.keyboard.press('Escape')
  })

  await test.step('locked, the page holds nothing; the passphrase opens it again', async () => {
    await page.getByRole('button', { name: /Ada’s books/ }).click()
    await page.getByRole('menuitem', { name: 'Lock' }).click()
    await expect(panel).toContainText('Locked. The file is closed', { timeout: 30_000 })
    await expect(page.getByText('kraken', { exact: false })).toHaveCount(0)
    await look(page, '24-locked')
    await page.getByLabel('Passphrase').fill('not the passphrase at all')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByRole('alert')).toContainText('wrong passphrase')
    await look(page, '25-wrong-passphrase')
    await page.getByLabel('Passphrase').fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByRole('navigation', { name: 'Stages and views' })).toBeVisible({ timeout: 30_000 })
    await goTo(page, 'Tax')
    await expect(panel).toContainText(/Net (gain|loss) of 2025/, { timeout: 60_000 })
  })
})
