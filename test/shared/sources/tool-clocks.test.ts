import { describe, expect, it } from 'vitest'
import { collect, times } from '../../electron/intake/collect.ts'

const many = (row: (date: string, n: number) => string, last: string) =>
  [...Array.from({ length: 40 }, (_, n) => row('05/09/2017 10:00', n)), row(last, 40)].join('\n')

const COINTRACKING = '"Type","Buy","Cur.","Sell","Cur.","Fee","Cur.","Exchange","Group","Comment","Date","Tx-ID"\n'
const bought = (date: string, n: number) => `"Deposit","${n + 1}","ETH","","","","","Kraken","","","${date}",""`

const COINTRACKER = 'Date,Received Quantity,Received Currency,Sent Quantity,Sent Currency,Fee Amount,Fee Currency,Tag\n'
const received = (date: string, n: number) => `${date},${n + 1},ETH,,,,,`

const days = async (text: string, fileName = 'export.csv') => {
  const read = await collect(text, { fileName })
  return { days: [...new Set(times(read).map((time) => time.slice(0, 10)))], warnings: read.warnings }
}

describe('Dates with slashes', () => {
  it('are read in the order that any row of the file proves, however late', async () => {
    expect(await days(COINTRACKING + many(bought, '25/12/2017 10:00'))).toEqual({
      days: ['2017-09-05', '2017-12-25'],
      warnings: [],
    })
    expect(await days(COINTRACKING + many(bought, '12/25/2017 10:00'))).toEqual({
      days: ['2017-05-09', '2017-12-25'],
      warnings: [],
    })
  })

  it('are read as the tool writes them where none proves it, which is told', async () => {
    const read = await days(COINTRACKING + many(bought, '06/10/2017 10:00'))
    expect(read.days).toEqual(['2017-05-09', '2017-06-10'])
    expect(read.warnings).toEqual([expect.stringContaining('no row proves')])
  })

  it('are not proved by dates with points, which begin with the day in the same file', async () => {
    const read = await days(COINTRACKING + many(bought, '25.12.2017 10:00'))
    expect(read.days).toEqual(['2017-05-09', '2017-12-25'])
    expect(read.warnings).toEqual([expect.stringContaining('no row proves')])
  })

  it('need no proof where the tool documents them, and are told where a row proves the other order', async () => {
    expect(await days(COINTRACKER + many(received, '06/10/2017 10:00'))).toEqual({
      days: ['2017-05-09', '2017-06-10'],
      warnings: [],
    })
    const turned = await days(COINTRACKER + many(received, '25/12/2017 10:00'))
    expect(turned.days).toEqual(['2017-09-05', '2017-12-25'])
    expect(turned.warnings).toEqual([expect.stringContaining('written day before month, not as the tool writes them')])
  })

  it('of the old Trezor Suite follow the language of the computer', async () => {
    const header = 'Date & Time;Type;Transaction ID;Addresses;Fee;Total\n'
    const row = (date: string, n: number) => `${date}, 2:58:40 PM;RECV;a${n};bc1q;0;0.5`
    const read = await days(`${header}${row('5/9/2022', 1)}\n${row('25/9/2022', 2)}\n`, 'export-btc-2022.csv')
    expect(read.days).toEqual(['2022-09-05', '2022-09-25'])
  })
})
