import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser.ts'
import { look } from './fixtures/look.ts'

test.use({ doorArguments: ['--sample'] })
test.setTimeout(240_000)

const stage = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Stages and views' }).getByRole('link', { name })

async function taxPage(page: Page, name: string, title: string = name): Promise<void> {
  await stage(page, 'Tax').click()
  await page.getByRole('navigation', { name: 'Pages of Tax' }).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
}

const totals = (page: Page): Promise<void> => taxPage(page, 'Totals', 'Tax')

test('a year says its law and how it adds up, open questions are answered after their effect was seen, and methods are compared before one is chosen', async ({
  app: page,
}) => {
  const main = page.getByRole('main')
  const gain = page.getByRole('button', { name: /^Net gain of 2025:/ })

  await test.step('country, year, method with its rule, engine, and what is to be verified', async () => {
    await totals(page)
    await expect(gain).toBeVisible({ timeout: 60_000 })
    await expect(main).toContainText('United States')
    await expect(main).toContainText('2025, not filed')
    await expect(main).toContainText('First in, first out under Reg. 1.1012-1(j)')
    await expect(page.getByRole('region', { name: /^United States: to be verified/ })).toBeVisible()
    const sums = page.getByRole('region', { name: 'How 2025 adds up' })
    await expect(sums.getByRole('row', { name: /^Tax / })).toContainText('not worked out')
    await expect(page.getByRole('region', { name: '2025 with and without its open points' })).toContainText('At most')
    await look(page, '30-tax-totals')
  })

  await test.step('every figure of it opens its trace', async () => {
    const trace = page.getByRole('complementary', { name: 'Trace' })
    const figures = await main
      .getByRole('region', { name: /^(How 2025 adds up|2025 with and without|Lines of the return)/ })
      .getByRole('button', { name: /Show where it comes from$/ })
      .all()
    expect(figures.length).toBeGreaterThan(18)
    for (const figure of figures) {
      await figure.click()
      await expect(trace.getByLabel('Looking it up')).toHaveCount(0)
      await expect(trace.getByRole('alert')).toHaveCount(0)
      await expect(trace).toContainText(/tax year 2025/)
    }
    await page.keyboard.press('Escape')
    await expect(trace).toHaveCount(0)
  })

  const before = await gain.innerText()
  await test.step('a question of the register shows what each answer would change', async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('textbox', { name: 'Type what you want to do' }).fill('Positions')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Positions' })).toBeVisible()
    const touched = page.getByRole('region', { name: 'Questions that touch your records' })
    await page.getByRole('button', { name: 'Show what each answer would change' }).click()
    const meanwhile = touched.getByRole('row').filter({ hasText: 'unexplained deposits and withdrawals' })
    await expect(meanwhile).toContainText(/taxable.*less/, { timeout: 60_000 })
    await page.keyboard.press('j')
    await expect(page.locator(':focus')).toHaveAttribute('data-question', 'true')
    await touched.getByRole('button', { name: /unexplained deposits/ }).click()
    await expect(page.getByRole('region', { name: 'What other answers would change' })).toContainText('less')
  })

  const form = page.getByRole('form', { name: /unexplained deposits/ })
  await test.step('the effect for one asset alone can be asked for; nothing is set without a reason', async () => {
    await form.getByRole('radio', { name: /^The best/ }).check()
    await form.getByRole('combobox', { name: 'Asset' }).click()
    await page.getByRole('option', { name: /^BTC/ }).click()
    await expect(page.getByRole('region', { name: 'What other answers would change' })).toHaveCount(0)
    await form.getByRole('button', { name: 'Show what it changes' }).click()
    await expect(page.getByRole('region', { name: 'What other answers would change' })).toContainText(/less|same/, {
      timeout: 60_000,
    })
    await expect(form.getByRole('button', { name: 'Set this answer' })).toBeDisabled()
    await form.getByLabel('Reason').fill('I moved them between wallets of mine')
    await form.getByLabel('Reason').scrollIntoViewIfNeeded()
    await look(page, '31-position')
  })

  await test.step('set, the totals change; undone, they are what they were', async () => {
    await form.getByRole('button', { name: 'Set this answer' }).click()
    const mine = page.getByRole('region', { name: 'Your answers' })
    await expect(mine).toContainText('I moved them between wallets of mine')
    await expect(mine).toContainText('BTC')
    await expect(page.getByText('The books have changed since the effects were worked out')).toBeVisible()
    await totals(page)
    await expect(gain).not.toHaveText(before)
    await page.keyboard.press('ControlOrMeta+z')
    await expect(gain).toHaveText(before)
  })

  await test.step('an answer is taken back by its own button, and a locked question says why', async () => {
    await taxPage(page, 'Positions')
    await page.getByRole('button', { name: 'How is the unused basis of 2024 divided over the wallets?' }).click()
    await expect(page.getByRole('note')).toContainText('answered by a plan')
    await page.getByRole('button', { name: /^Is an airdrop/ }).click()
    const airdrop = page.getByRole('form', { name: /^Answer: Is an airdrop/ })
    await airdrop.getByRole('radio', { name: /^No/ }).check()
    await airdrop.getByLabel('Reason').fill('nothing was done for it')
    await airdrop.getByRole('button', { name: 'Set this answer' }).click()
    const mine = page.getByRole('region', { name: 'Your answers' })
    await mine.getByRole('button', { name: 'Take back the answer for everything' }).click()
    await expect(mine).toHaveCount(0)
  })

  const methods = page.getByRole('region', { name: 'Methods compared' })
  await test.step('methods stand side by side, those that the law forbids with the reason', async () => {
    await taxPage(page, 'Compare')
    await expect(methods.getByRole('row').filter({ hasText: 'Highest cost first' })).toContainText(/more|less/, {
      timeout: 60_000,
    })
    await expect(page.getByRole('region', { name: 'Not possible' })).toContainText('method-not-allowed')
  })

  await test.step('what is chosen is what was shown', async () => {
    await methods.getByRole('button', { name: 'Choose Highest cost first' }).click()
    const panel = page.getByRole('region', { name: 'Choose Highest cost first', exact: true })
    const then = await panel.getByRole('row').filter({ hasText: '2025' }).getByRole('cell').nth(2).innerText()
    await look(page, '32-compare-methods')
    await panel.getByRole('button', { name: 'Choose Highest cost first' }).click()
    await expect(methods).toContainText('Highest cost first, yours')
    await totals(page)
    await expect(page.getByRole('button', { name: /^Taxable gain of 2025:/ })).toHaveText(then)
    await page.keyboard.press('ControlOrMeta+z')
    await expect(main).toContainText('First in, first out under')
    await expect(gain).toHaveText(before)
  })

  await test.step('countries stand side by side as far as the books have exchange rates', async () => {
    await taxPage(page, 'Compare')
    await page.getByText('Countries', { exact: true }).click()
    await expect(page.getByRole('region', { name: 'Countries compared' })).toContainText('United States, yours', {
      timeout: 60_000,
    })
    await expect(page.getByRole('region', { name: 'Not possible with these books' })).toContainText('exchange rate')
    await look(page, '33-compare-countries')
  })
})

test('the country changes and comes back, facts about the person and plans are refused with the rule, and a blocked year leaves the others', async ({
  app: page,
}) => {
  const main = page.getByRole('main')
  const pages = page.getByRole('navigation', { name: 'Pages of Tax' })

  await test.step('another country in Your books, and back with Undo', async () => {
    await stage(page, 'Your books').click()
    await page.getByRole('combobox', { name: 'Country of tax' }).click()
    await page.getByRole('option', { name: 'Germany' }).click()
    await expect(page.getByRole('region', { name: /^Germany: to be verified/ })).toBeVisible()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await totals(page)
    await expect(main).toContainText('EStG', { timeout: 60_000 })
    await expect(pages).not.toContainText('Change of 2025')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(main).toContainText('Reg. 1.1012-1(j)')
    await expect(pages).toContainText('Change of 2025')
  })

  await test.step('facts are kept by year', async () => {
    await taxPage(page, 'About you')
    const facts = page.getByRole('form', { name: 'Facts of 2025' })
    await facts.getByRole('combobox', { name: /^Filing status/ }).click()
    await page.getByRole('option', { name: 'Single' }).click()
    await facts.getByRole('textbox', { name: /^Long-term gains outside/ }).fill('-12,000.50')
    await facts.getByRole('button', { name: 'Save the facts of 2025' }).click()
    await expect(page.getByRole('region', { name: 'Years with facts' }).last()).toContainText('2025')
  })

  await test.step('what is refused is said beside the form, with the rule, and not stored', async () => {
    const carried = page.getByRole('form', { name: 'Carried in from before these books' })
    await carried.getByRole('textbox', { name: /^Short-term losses/ }).fill('-500')
    await carried.getByRole('button', { name: 'Save what is carried in' }).click()
    await expect(carried.getByRole('alert')).toContainText(/carry-in.*Nothing was changed/)
    const dates = page.getByRole('form', { name: 'Another method from a day' })
    const methods = page.getByRole('region', { name: 'Methods by date' })
    const begin = async (method: string): Promise<void> => {
      await dates.getByRole('textbox', { name: 'From the day' }).fill('2024-05-05')
      await dates.getByRole('combobox', { name: 'Method' }).click()
      await page.getByRole('option', { name: method }).click()
      await dates.getByRole('button', { name: 'Begin it then' }).click()
    }
    await begin('Highest cost first')
    await expect(methods.last()).toContainText('5 May 2024')
    await begin('Lowest cost first')
    await expect(methods.first().getByRole('alert')).toContainText('method-dates')
    await expect(methods.last()).not.toContainText('Lowest cost first')
    await look(page, '34-about-you')
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(page.getByText('First in, first out holds throughout.')).toBeVisible()
  })

  const assets = page.getByRole('region', { name: 'Unused basis by asset' })
  await test.step('the change of 2025 says what was unused, where, and until when a plan was possible', async () => {
    await taxPage(page, 'Change of 2025')
    await assets.getByRole('button', { name: 'BTC', exact: true }).click({ timeout: 60_000 })
    await expect(page.getByRole('region', { name: 'BTC by account' })).toContainText('Kraken')
    await expect(assets).toContainText('allocation-late')
    await look(page, '35-changeover')
    await assets.getByRole('button', { name: 'BTC', exact: true }).click()
  })

  await test.step('a plan is refused with the rule, or shown with what it gives; recording asks first', async () => {
    const plan = page.getByRole('form', { name: 'A plan' })
    await plan.getByText('By a rule', { exact: true }).click()
    await plan.getByRole('combobox', { name: 'Asset' }).click()
    await page.getByRole('option', { name: 'LTC' }).click()
    await plan.getByRole('button', { name: 'Show what it gives' }).click()
    await expect(plan.getByRole('region', { name: /^Refused/ })).toContainText('allocation-written-late')
    await plan.getByLabel('Written down on').fill('2024-11-01')
    await plan.getByLabel('Complete on').fill('2025-02-01')
    await plan.getByRole('button', { name: 'Show what it gives' }).click()
    await expect(plan.getByRole('region', { name: 'Where the plan puts each lot' })).toContainText('LTC')
    await plan.getByRole('button', { name: 'Put it on record…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Put the plan on record' })
    await expect(dialog).toContainText('irrevocable')
    await look(page, '36-changeover-plan')
    await dialog.getByRole('button', { name: 'Not now' }).click()
    await expect(page.getByText('No plan is on record.')).toBeVisible()
    await plan.getByRole('button', { name: 'Put it on record…' }).click()
    await dialog.getByRole('button', { name: 'I agree; put it on record' }).click()
    await expect(page.getByRole('region', { name: 'Plans on record' })).toContainText('LTC')
    await assets.getByRole('button', { name: 'LTC', exact: true }).click()
    await expect(assets).toContainText('allocation-irrevocable')
    await page.getByRole('button', { name: 'The memo' }).click()
    await expect(page.getByRole('article', { name: 'Change to basis by account' })).toHaveAttribute('data-open', 'true')
  })

  await test.step('a year that cannot be worked out says why, and the years before it stay usable', async () => {
    await stage(page, 'Read-in').click()
    await main
      .getByLabel('Files to read in')
      .setInputFiles([
        { name: 'named-lot.json', mimeType: 'application/json', buffer: Buffer.from(SALE_OF_A_LATER_LOT) },
      ])
    await page.getByRole('button', { name: /^Read in \d/ }).click({ timeout: 30_000 })
    await expect(page.getByRole('region', { name: 'Read in so far' })).toContainText('named-lot.json')
    await totals(page)
    await expect(page.getByRole('region', { name: '2025 cannot be worked out' })).toContainText('named-lot-missing', {
      timeout: 60_000,
    })
    await page.getByRole('button', { name: 'Show the event' }).click()
    await expect(page.getByRole('complementary', { name: 'Trace' })).toContainText('named-lot.json')
    await look(page, '37-tax-blocked')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '2023', exact: true }).click()
    await expect(main).toContainText(/Net (gain|loss) of 2023/)
  })
})

const leg = (role: string, asset: string, amount: string) => ({ role, account: 'paper', asset, amount })
/** A sale of 2024 that names a lot bought after it. */
const SALE_OF_A_LATER_LOT = JSON.stringify({
  schema: 'tallystick/events@1',
  profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' },
  accounts: [{ id: 'paper', name: 'Paper wallet', kind: 'wallet' }],
  assets: [
    { id: 'ETH', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    { id: 'p1', time: '2022-03-01T12:00:00Z', kind: 'buy', legs: [leg('in', 'ETH', '1'), leg('out', 'USD', '1000')] },
    {
      id: 'p2',
      time: '2024-06-01T12:00:00Z',
      kind: 'sell',
      legs: [leg('out', 'ETH', '1'), leg('in', 'USD', '2500')],
      lots: [{ event: 'p3', amount: '1' }],
    },
    { id: 'p3', time: '2024-09-01T12:00:00Z', kind: 'buy', legs: [leg('in', 'ETH', '1'), leg('out', 'USD', '2600')] },
  ],
})
