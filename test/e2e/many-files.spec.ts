import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { ownNotes } from '../fixtures/own-notes.ts'
import { expect, test } from './fixtures/browser.ts'
import { goTo } from './fixtures/go-to.ts'

test.use({ doorArguments: ['--sample'] })
test.setTimeout(240_000)

type Upload = { name: string; mimeType: string; buffer: Buffer }

const EXAMPLES = join(import.meta.dirname, '../fixtures/sources')
const example = (name: string): Upload => upload(name, readFileSync(join(EXAMPLES, name)))
function upload(name: string, body: Uint8Array | string): Upload {
  const mimeType = name.endsWith('.csv') ? 'text/csv' : name.endsWith('.json') ? 'application/json' : 'application/zip'
  return { name, mimeType, buffer: Buffer.from(body) }
}

/** Drops files on the stage and waits until the plan stands. */
async function drop(page: Page, files: readonly Upload[]): Promise<void> {
  await goTo(page, 'Read-in')
  await page
    .getByRole('main')
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files])
  for (const { name } of files) await expect(page.getByRole('article', { name, exact: true })).toBeVisible()
}

const UNKNOWN = 'Zeit;Vorgang;Menge;Münze\n02.01.2024 10:00;Kauf;0,5;BTC\n'
const SYMBOLS = `Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash
2018-01-02 10:00:00 UTC,,,3,BCC,,,,,,,
`
const NOTES = 'When,Coin,Units,Paid\n2024-01-02 11:00:00,BTC,0.5,21000\n'
const RECIPE = ownNotes({ account: 'Notes', zone: 'UTC' })
const DOCUMENT = {
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/Chicago' },
  accounts: [{ id: 'elsewhere' }],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    {
      id: 'bought-elsewhere',
      time: '2024-07-01T12:00:00Z',
      kind: 'buy',
      legs: [
        { role: 'in', account: 'elsewhere', asset: 'BTC', amount: '0.1' },
        { role: 'out', account: 'elsewhere', asset: 'USD', amount: '6000' },
      ],
    },
  ],
}

test('of ten files at once it is said what is amiss with which, and the others are read in', async ({ app: page }) => {
  const damaged = upload('damaged.zip', zipSync({ 'a.csv': strToU8('a,b\n1,2\n') }).subarray(0, 40))
  const archive = zipSync({
    'exports/anycoin.csv': readFileSync(join(EXAMPLES, 'anycoin.csv')),
    'exports/bitmex.csv': readFileSync(join(EXAMPLES, 'bitmex.csv')),
  })
  const sound = [
    'binance-auto-invest',
    'bitstamp',
    'bitvavo',
    'blockfi-trades',
    'htx-trades',
    'poloniex-trades',
    'strike-monthly',
  ]
  await drop(page, [
    ...sound.map((name) => example(`${name}.csv`)),
    upload('archive.zip', archive),
    damaged,
    upload('unknown.csv', UNKNOWN),
  ])
  const summary = page.getByRole('region', { name: 'Files to look at' })
  await expect(summary).toContainText('10 files')
  await expect(summary.getByRole('listitem').filter({ hasText: 'damaged.zip' })).toContainText('cannot be read')
  await expect(summary.getByRole('listitem').filter({ hasText: 'unknown.csv' })).toContainText('no reader knows')
  await expect(page.getByRole('article', { name: 'archive.zip' })).toContainText('into 2 accounts')
  await expect(page.getByRole('article', { name: 'damaged.zip' }).getByRole('alert')).toContainText(
    'damaged or cut short',
  )
  await expect(page.getByText('Nothing is read of damaged.zip and unknown.csv')).toBeVisible()

  await test.step('the mapping is begun, left, and found again as it was left', async () => {
    await summary.getByRole('button', { name: 'Go to unknown.csv' }).click()
    const unknown = page.getByRole('article', { name: 'unknown.csv' })
    await expect(unknown).toBeInViewport()
    await unknown.getByRole('button', { name: 'Map this table' }).click()
    await page.getByLabel('Name of this mapping').fill('Half done')
    await goTo(page, 'Sources')
    await page.getByRole('navigation', { name: 'Stages and views' }).getByRole('link', { name: 'Read-in' }).click()
    await expect(page.getByLabel('Name of this mapping')).toHaveValue('Half done')
    await page.getByRole('button', { name: 'Back' }).click()
    await expect(unknown).toBeInViewport()
    await expect(unknown).toBeFocused()
  })

  await page.getByRole('button', { name: /^Read in \d+ rows/ }).click()
  await expect(page.getByText(/Nothing was read of damaged\.zip and unknown\.csv/)).toBeVisible()
  const done = page.getByRole('region', { name: 'Read in so far' })
  const batch = done.getByRole('row').filter({ hasText: 'and 9 more' })
  await expect(batch).toBeVisible()

  await test.step('a row that no reader knows leads to an event by hand', async () => {
    const details = batch.getByRole('button', { name: /^Details of/ })
    await details.press('Enter')
    const add = done.getByRole('button', { name: 'Add an event that blockfi-trades.csv tells of' })
    await expect(add).toBeVisible()
    const below = async () => ((await add.boundingBox())?.y ?? 0) - ((await details.boundingBox())?.y ?? 0)
    const place = await below()
    const files = await done.getByRole('button', { name: /^Add an event that/ }).count()
    await expect(done.getByRole('region', { name: 'Rows not understood' })).toHaveCount(files)
    expect(await below(), 'rows that come do not push the button away under the hand').toBe(place)
    await add.click()
    const form = page.getByRole('region', { name: 'Add an event' })
    await expect(form.getByRole('textbox', { name: 'Note' })).toHaveValue('from blockfi-trades.csv')
  })
})

test('a symbol is asked in the plan, a recipe is changed, and the choices of a document are taken over only when ticked', async ({
  app: page,
}) => {
  await test.step('a symbol that may stand for two assets is answered where it is asked', async () => {
    await drop(page, [upload('others.csv', SYMBOLS)])
    const plan = page.getByRole('article', { name: 'others.csv' })
    await plan.getByRole('button', { name: 'BCC is BCH' }).click()
    await expect(plan.getByRole('button', { name: 'BCC is BCH' })).toHaveCount(0)
    await plan.getByRole('button', { name: '1 added' }).click()
    await expect(plan.getByRole('row').filter({ hasText: '+3' })).toContainText('BCH')
    await page.getByRole('button', { name: 'Discard' }).click()
    await goTo(page, 'Sources')
    await expect(page.getByRole('region', { name: 'Your answers' })).toContainText('BCC is BCH')
    await expect(page.getByRole('region', { name: 'Your answers' })).toContainText('in Koinly')
  })

  await test.step('what is no recipe is refused, and the mapping of one that is known is changed', async () => {
    await goTo(page, 'Read-in')
    const takeIn = async (name: string, body: string): Promise<void> => {
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Take in a recipe…' }).click()
      await (await chooser).setFiles(upload(name, body))
    }
    await takeIn('wrong.recipe.json', '{"a":1}')
    await expect(page.getByRole('alert').filter({ hasText: 'That was not done' })).toContainText('nothing was taken in')
    await takeIn('own-notes.recipe.json', JSON.stringify(RECIPE))
    await expect(page.getByRole('region', { name: 'Recipes' }).last()).toContainText('Own notes')
    await drop(page, [upload('notes.csv', NOTES)])
    const plan = page.getByRole('article', { name: 'notes.csv' })
    await plan.getByRole('button', { name: 'Change the mapping' }).click()
    await page.getByLabel('Name of this mapping').fill('Own notes, better')
    await page.getByRole('combobox', { name: 'Times are in' }).fill('Europe/Berlin')
    await page.getByRole('option', { name: 'Europe/Berlin' }).click()
    await page.getByRole('button', { name: 'Save and read with it' }).click()
    await expect(plan).toContainText('Own notes, better')
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect(page.getByRole('region', { name: 'Recipes' }).last().getByRole('row').nth(1)).toContainText('2')
  })

  await test.step('a document’s choices stay where they are until the box is ticked', async () => {
    await drop(page, [upload('books.json', JSON.stringify(DOCUMENT))])
    const choices = page.getByRole('region', { name: 'Choices of books.json' })
    await expect(choices.getByRole('row').filter({ hasText: 'America/Chicago' })).toContainText('America/New_York')
    await choices.getByRole('checkbox', { name: 'Take its choices over, in the same act' }).check()
    await page.getByRole('button', { name: /^Read in 1 row/ }).click()
    await expect(page.getByRole('region', { name: 'Read in so far' })).toContainText('books.json')
    await goTo(page, 'Your books')
    await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue('America/Chicago')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue('America/New_York')
  })
})
