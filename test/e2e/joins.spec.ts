import { expect, test } from './fixtures/browser.ts'
import { look } from './fixtures/look.ts'

test.use({ doorArguments: ['--sample'] })

const OWN = '0x1111111111111111111111111111111111111111'
const POOL = '0x2222222222222222222222222222222222222222'
const HASH = `0x${'a1'.repeat(32)}`
const COIN = `"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress","Value_IN(AVAX)","Value_OUT(AVAX)","CurrentValue @ $30/AVAX","TxnFee(AVAX)","TxnFee(USD)","Historical $Price/AVAX","Status","ErrCode","Method"
"${HASH}","1","1705000000","2024-01-11 19:06:40","${OWN}","${POOL}","","0","2","60","0.01","0.3","30","","","Swap Exact AVAX For Tokens"
`
const TOKENS = `chain_id,tx_hash,block_number,block_unix_timestamp,block_datetime,from,to,token_value,token_address,token_name,token_symbol
43114,${HASH},1,1705000000,2024-01-11 19:06:40,${POOL},${OWN},60,0x1212121212121212121212121212121212121212,Some Dollar,SOMEUSD
`

test('a swap over two files is one event with its records, taken apart and made one again', async ({ app: page }) => {
  test.setTimeout(240_000)
  page.setDefaultTimeout(30_000)
  const goTo = (name: string) =>
    page.getByRole('navigation', { name: 'Stages and views' }).getByRole('link', { name }).click()
  await goTo('Read-in')
  const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page
    .getByRole('main')
    .locator('input[type=file]')
    .first()
    .setInputFiles([file(`export-${OWN}.csv`, COIN), file(`export-token-${OWN}.csv`, TOKENS)])
  const said = page.getByRole('region', { name: 'Told by several records of one transaction' })
  await expect(said).toContainText('1 transaction told by several records will be one event each')
  await look(page, '50-joined-plan')
  await page.getByRole('button', { name: /^Read in 2 rows/ }).click()
  await expect(page.getByRole('region', { name: 'Read in so far' })).toContainText(OWN.slice(0, 12))

  await goTo('Ledger')
  await page
    .getByRole('searchbox')
    .or(page.getByPlaceholder(/Search/))
    .first()
    .fill('SOMEUSD')
  const rows = page.getByRole('table', { name: 'Events' }).getByRole('row').filter({ hasText: 'SOMEUSD' })
  await expect(rows).toHaveCount(1)
  await rows.first().click()
  const records = page.getByRole('list', { name: 'Joined from' })
  await expect(records.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByText('One transaction hash: one asset left, and another arrived.')).toBeVisible()
  await look(page, '51-joined-event')

  await page.getByRole('button', { name: 'Take apart' }).click()
  await expect(page.getByText('Taken apart: its records count by themselves.')).toBeVisible()
  await expect(rows).toHaveCount(1)
  await rows.first().click()
  await page.getByRole('button', { name: 'Make one event of them' }).click()
  await expect(page.getByText('Its records are one event.')).toBeVisible()

  await test.step('records of which one was spoken of before the other came wait under Told twice', async () => {
    const hash = `0x${'b2'.repeat(32)}`
    const [coin, token] = [COIN, TOKENS].map((text) =>
      text.replaceAll(HASH, hash).replaceAll('SOMEUSD', 'OTHERUSD').replaceAll('1212', '3434'),
    )
    const bring = async (name: string, text: string) => {
      await goTo('Read-in')
      await page
        .getByRole('main')
        .locator('input[type=file]')
        .first()
        .setInputFiles([file(name, text)])
      await page.getByRole('button', { name: /^Read in 1 row/ }).click()
      await expect(page.getByRole('button', { name: /^Read in 1 row/ })).toHaveCount(0)
    }
    await bring(`export-token-${OWN}.csv`, token as string)
    await goTo('Ledger')
    await page.getByRole('searchbox', { name: 'Search events' }).fill('OTHERUSD')
    await page.getByRole('table', { name: 'Events' }).getByRole('row').filter({ hasText: 'OTHERUSD' }).first().click()
    await page.getByRole('textbox', { name: 'Note' }).fill('of my friend')
    await page.getByRole('button', { name: 'Save note' }).click()
    await bring(`export-${OWN}.csv`, coin as string)
    await goTo('Ledger')
    await page.getByRole('link', { name: 'Told twice' }).click()
    const waiting = page.getByRole('region', { name: 'Transactions that wait for you' })
    await expect(waiting.getByRole('article')).toHaveCount(1)
    await look(page, '52-joins-waiting')
    await waiting.getByRole('button', { name: 'Make one event of them' }).click()
    await expect(waiting).toHaveCount(0)
  })
})
