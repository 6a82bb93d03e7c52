import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { csvText, field, safeText, textField } from '../../../shared/exports/csv-text.ts'

test('fields are quoted where they have to be', () => {
  const fields = [field('a'), field('a,b'), field('say "x"'), field('a\nb'), field('a;b')]
  expect(fields).toEqual(['a', '"a,b"', '"say ""x"""', '"a\nb"', '"a;b"'])
})

test('what a spreadsheet would run gets an apostrophe, and a number of ours does not', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r']) expect(safeText(`${start}1`)).toBe(`'${start}1`)
  expect(safeText("'=1")).toBe("'=1")
  expect(textField('=1;2')).toBe('"\'=1;2"')
  expect(field('-12.5')).toBe('-12.5')
})

test('a table is read back as it was written', () => {
  const rows = [
    ['Name', 'Note'],
    ['a; b', 'two\r\nlines, "quoted"'],
  ]
  expect(Papa.parse<string[]>(csvText(rows.map((row) => row.map(field))).trim()).data).toEqual(rows)
})
