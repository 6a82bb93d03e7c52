import { describe, expect, it } from 'vitest'
import type { ImportMessage } from '../../../electron/intake/messages.ts'
import { formatAmount, formatMoney } from '../../../shared/amount/decimal.ts'
import { collect, fixture, otherRows } from '../../electron/intake/collect.ts'
import { linesOfFixture } from './read-lines.ts'

const NUMBERED = `Filer Name,Account Number,Box 1a. DTI code,1b. Name of digital asset,1c. Number of units,1d. Date acquired,1e. Date sold or disposed,1f. Proceeds,1g. Cost or other basis,1i. Wash sale loss disallowed,2. Check if basis reported to IRS,4. Federal income tax withheld,6. Type of gain or loss,9. Noncovered,11a,11b
"Kraken, Inc.",1,4H95J0R2X,Bitcoin (BTC),0.5,01/02/2025,2/1/2025,"$50,000.00","$42,000.00",,X,,Short-term,,,
"Kraken, Inc.",1,,ETH,2,VARIOUS,2025-03-04,"6,000.00",,,,12.50,,X,,
"Kraken, Inc.",1,,USDC,70000,,12/31/2025,"70,000.00",,,,,,X,QS,31
"Kraken, Inc.",1,,BTC,0.5,01/02/2025,32/1/2025,1,,,X,,,,,
"Kraken, Inc.",1,,,,,,,,,,,,,,
`
const WORDED = `Account,Asset,Quantity,Date Sold,Gross Proceeds,Cost Basis,Form 8949 Box
Spot,BTC,1,2025-05-05,100000,,H
Spot,BTC,1,2025-05-05,100000,,H
Spot,BTC,1,2025-05-05,100000,,
`

const forms = (messages: readonly ImportMessage[]) =>
  messages
    .flatMap((message) => (message.type === 'batch' ? message.brokerForms : []))
    .map(({ form: { units, proceeds, basis, withheldTax, ...rest } }) => ({
      ...rest,
      units: formatAmount(units),
      proceeds: formatMoney(proceeds),
      ...(basis === undefined ? {} : { basis: formatMoney(basis) }),
      ...(withheldTax === undefined ? {} : { withheldTax: formatMoney(withheldTax) }),
    }))

describe('Form 1099-DA as a table', () => {
  it('is read by the numbers of the form’s boxes, into the account of the broker', async () => {
    const read = await collect(NUMBERED)
    const account = 'kraken'
    const filer = 'Kraken, Inc.'
    expect(read.tables[0]).toMatchObject({ source: 'broker-forms', account: { id: account } })
    expect(forms(read.messages)).toEqual([
      {
        account,
        filer,
        asset: 'BTC',
        units: '0.5',
        acquired: '2025-01-02',
        sold: '2025-02-01',
        proceeds: '50000',
        basis: '42000',
        basisReported: true,
        term: 'S',
      },
      {
        account,
        filer,
        asset: 'ETH',
        units: '2',
        sold: '2025-03-04',
        proceeds: '6000',
        withheldTax: '12.5',
        basisReported: false,
        noncovered: true,
      },
      {
        account,
        filer,
        asset: 'USDC',
        units: '70000',
        sold: '2025-12-31',
        proceeds: '70000',
        basisReported: false,
        noncovered: true,
        aggregate: 'QS',
        count: 31,
      },
    ])
  })

  it('says of every row what became of it', async () => {
    const read = await collect(NUMBERED)
    expect(read.summary.counts).toMatchObject({ rows: 5, understood: 3, skipped: 1, notUnderstood: 1 })
    expect(otherRows(read).filter((line) => !line.includes('broker-form'))).toEqual([
      '5 not-understood [1e. Date sold or disposed]: “32/1/2025” is no day (MM/DD/YYYY or YYYY-MM-DD)',
      '6 skipped: no sale is reported on it',
    ])
  })

  it('is read by words, keeps twins apart, and does not guess whether basis was reported', async () => {
    const read = await collect(WORDED)
    expect(forms(read.messages).map(({ box, basisReported, account }) => [box, basisReported, account])).toEqual([
      ['H', false, 'spot'],
      ['H', false, 'spot'],
    ])
    expect(new Set(read.rows.map(({ identity }) => identity)).size).toBe(3)
    expect(otherRows(read).join('\n')).toContain('it does not say whether the basis was reported (box 2)')
  })

  it('leaves a list of sales that says nothing of forms to others', async () => {
    const read = await collect('Asset,Quantity,Date Sold,Proceeds,Cost Basis\nBTC,1,2025-05-05,100000,1\n')
    expect(read.tables.map(({ source }) => source)).not.toContain('broker-forms')
  })
})

const FILES: Readonly<Record<string, readonly string[]>> = {
  'broker-forms-boxes.csv': [
    'broker-forms / 1099-DA, UTC',
    '2 broker-form',
    '3 broker-form',
    '4 broker-form',
    '5 broker-form',
    '6 not-understood [1e. Date sold or disposed]: “32/1/2025” is no day (MM/DD/YYYY or YYYY-MM-DD)',
    '7 not-understood [1c. Number of units]: the amount “half” is not a number',
    '8 skipped: no sale is reported on it',
  ],
  'broker-forms-words.csv': [
    'broker-forms / 1099-DA, UTC',
    '2 broker-form',
    '3 broker-form',
    '4 broker-form',
    '5 not-understood [Date Sold]: “2025-02-31” is no day (MM/DD/YYYY or YYYY-MM-DD)',
    '6 broker-form',
    '7 not-understood [basis reported]: it does not say whether the basis was reported (box 2), nor for which box of Form 8949 it is',
  ],
}

describe('Form 1099-DA as a file', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('brings what was transferred in, the tax withheld and the loss disallowed', async () => {
    const [, moved, , shortened] = forms((await collect(fixture('broker-forms-boxes.csv'))).messages)
    expect(moved).toMatchObject({ withheldTax: '12.5', dateIn: '2025-01-15', noncovered: true, basisReported: false })
    expect(shortened).toMatchObject({ basis: '9.75', term: 'L', grossOrNet: 'net', customerInfo: true })
  })

  it('keeps equal sales of one day apart', async () => {
    const sales = forms((await collect(fixture('broker-forms-words.csv'))).messages)
    expect(sales.map(({ units, proceeds }) => `${units} ${proceeds}`)).toEqual([
      '1 100000',
      '1 100000',
      '3 450',
      '3 -450',
    ])
  })
})
