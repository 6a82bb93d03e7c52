import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures/browser.ts'

test.use({ doorArguments: ['--sample'] })
test.setTimeout(240_000)

test('books begin with the closing lots of another tool, from the first stage on, by its own columns', async ({
  app: page,
}) => {
  await page.getByRole('navigation', { name: 'Stages and views' }).getByRole('link', { name: 'Your books' }).click()
  const section = page.getByRole('region', { name: 'Years that were filed elsewhere' })
  const download = page.waitForEvent('download')
  await section.getByRole('button', { name: 'Save the template' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toBe(
    'asset,account,amount,acquired,cost,currency,as of\r\n',
  )
  await section.getByRole('button', { name: 'Read in closing lots' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Read-in' })).toBeVisible()
  const main = page.getByRole('main')
  await main
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'closing-lots-2021.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'Coin Symbol,Exchange,Remaining Quantity,Date of Acquisition,Cost Basis in USD\nADA,Old exchange,100,03/14/2019,6.50\nADA,Old exchange,50,11/25/2020,8.00\n',
      ),
    })
  await expect(page.getByText('Opening lots').first()).toBeVisible()
  await main.getByRole('button', { name: 'Read in 2 rows' }).click()
  await expect(page.getByRole('region', { name: 'Read in so far' })).toContainText('closing-lots-2021.csv')
})

test('lots under names that nobody knows are mapped once, with day, cost and place of each', async ({ app: page }) => {
  page.setDefaultTimeout(30_000)
  await page.getByRole('navigation', { name: 'Stages and views' }).getByRole('link', { name: 'Read-in' }).click()
  await page
    .getByRole('main')
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'bestand-2021.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'Posten;Coin;Menge;Kaufdatum;Anschaffungskosten (EUR);Depot\n1;ADA;1.000,5;14.03.2019;62,50;Altes Depot\n2;ADA;50;25.11.2020;8,00;Altes Depot\n',
      ),
    })
  await page.getByRole('button', { name: 'Map this table' }).click()
  const preview = page.getByRole('region', { name: 'What the rows become' })
  await expect(preview.getByRole('status')).toContainText('0 not understood')
  await expect(
    preview
      .getByRole('row')
      .filter({ hasText: '1000.5' })
      .or(preview.getByRole('row').filter({ hasText: '1,000.5' }))
      .first(),
  ).toContainText('Opening lot')
  await expect(page.getByRole('combobox', { name: 'Lot acquired on' })).toHaveValue('Kaufdatum')
  await expect(page.getByRole('combobox', { name: 'What the lot cost' })).toHaveValue('Anschaffungskosten (EUR)')
  await page.getByRole('button', { name: 'Save and read with it' }).click()
  await page.getByRole('button', { name: 'Read in 2 rows' }).click()
  await expect(page.getByRole('region', { name: 'Read in so far' })).toContainText('bestand-2021.csv')
})
