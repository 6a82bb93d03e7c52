import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { reportCsv } from '../../../electron/render/csv.ts'
import { spreadsheetText } from '../../../electron/render/spreadsheet-text.ts'
import { madeReport } from './made-report.ts'

const text = reportCsv(madeReport)
const rows = Papa.parse<string[]>(text).data
const blocks = text.split('\r\n\r\n').map((block) => Papa.parse<string[]>(block.trim()).data)

test('the first block is a clean table: one head, every row of every box', () => {
  expect(blocks[0]?.[0]).toEqual([
    'Description',
    '(b) Date acquired',
    '(c) Date sold',
    '(d) Proceeds',
    '(e) Cost',
    '(h) Gain or (loss)',
    'Wallet',
    'Section',
    'Remark',
  ])
  expect(blocks[0]?.slice(1).map((row) => [row[7], row[3], row[5]])).toEqual([
    ['C', '30000.00', '8500.00'],
    ['C', '1000.00', '-234.56'],
    ['C', '1.00', '-1.00'],
    ['F', '123456789012345678.12', '123456789012345678.12'],
  ])
})

test('a text that a spreadsheet would run is escaped, a loss is not', () => {
  expect(rows.flat().filter((cell) => /^[=+@]/.test(cell))).toEqual([])
  expect(blocks[0]?.[2]?.[0]).toBe("'=1+1")
  expect(blocks[0]?.[3]?.[0]).toBe('\'+cmd|"/C calc"!A0, and\na second line')
  expect(blocks[0]?.[2]?.[5]).toBe('-234.56')
  expect(rows.flat()).toContain("'-1 TOK left")
  expect(rows.flat()).toContain("'@a source")
  expect(spreadsheetText('\tx', 'text')).toBe("'\tx")
  expect(spreadsheetText('-cmd', 'money')).toBe("'-cmd")
})

test('totals of each sheet and box, open points and settings follow, each after an empty line', () => {
  expect(blocks[1]).toEqual([
    ['Section', 'Totals of', '(d) Proceeds', '(e) Cost', '(h) Gain or (loss)'],
    ['C', 'Sheet 1', '31000.00', '22734.56', '8265.44'],
    ['C', 'Sheet 2', '1.00', '2.00', '-1.00'],
    ['C', 'Box C, all sheets', '31001.00', '22736.56', '8264.44'],
    ['F', 'Sheet 1', '123456789012345678.12', '0.00', '123456789012345678.12'],
    ['F', 'Box F, all sheets', '123456789012345678.12', '0.00', '123456789012345678.12'],
  ])
  expect(blocks[2]?.map((row) => row.slice(2))).toEqual([
    ['At least', 'At most'],
    ['0.00', '31.20'],
    ['not known', 'not known'],
  ])
  expect(blocks[3]).toContainEqual(['Method', 'FIFO'])
})
