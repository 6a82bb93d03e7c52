import readXlsxFile from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { reportXlsx } from '../../../electron/render/xlsx.ts'
import { madeReport } from './made-report.ts'

const bytes = Buffer.from(await reportXlsx(madeReport))
const sheets = await readXlsxFile(bytes)
const dataOf = (name: string) => sheets.find((sheet) => sheet.sheet === name)?.data ?? []

test('one sheet a box, then what is open, then what the figures rest on', () => {
  expect(sheets.map((sheet) => sheet.sheet)).toEqual(['Box C', 'Box F', 'Open points', 'About'])
})

test('money is a number that can be added up; a sum too long for one stays exact, as text', () => {
  expect(dataOf('Box C')[2]?.slice(3)).toEqual([1000, 1234.56, -234.56, 'Ledger', null])
  expect(dataOf('Box F')[1]?.[3]).toBe('123456789012345678.12')
})

test('formulas in names arrive as text', () => {
  expect(dataOf('Box C')[2]?.[0]).toBe("'=1+1")
})

test('sheets and box have their totals', () => {
  expect(
    dataOf('Box C')
      .slice(4)
      .map((row) => [row[0], row[3], row[5]]),
  ).toEqual([
    ['Sheet 1', 31000, 8265.44],
    ['Sheet 2', 1, -1],
    ['Box C, all sheets', 31001, 8264.44],
  ])
})

test('equal reports are equal bytes', async () => {
  expect(Buffer.compare(Buffer.from(await reportXlsx(structuredClone(madeReport))), bytes)).toBe(0)
})
