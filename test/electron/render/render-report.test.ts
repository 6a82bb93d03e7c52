import { expect, test } from 'vitest'
import { MEDIA_TYPES, renderReport, reportFileName } from '../../../electron/render/render-report.ts'
import { reportTxf } from '../../../electron/render/txf.ts'
import { REPORT_FORMATS } from '../../../shared/reports/report.ts'
import { madeReport } from './made-report.ts'

test('every format begins as its kind of file does', async () => {
  const starts: Record<string, string> = {
    pdf: '%PDF-',
    csv: 'Description,',
    xlsx: 'PK',
    json: '{',
    txf: 'V042',
    sru: '#BLANKETT ',
    'sru-info': '#DATABESKRIVNING_START',
  }
  for (const format of REPORT_FORMATS) {
    const bytes = await renderReport(madeReport, format)
    expect(new TextDecoder('latin1').decode(bytes).startsWith(starts[format] as string)).toBe(true)
    expect(MEDIA_TYPES[format]).not.toBe('')
  }
})

test('JSON is the report itself', async () => {
  expect(JSON.parse(new TextDecoder().decode(await renderReport(madeReport, 'json')))).toEqual(madeReport)
})

test('file names are plain letters, whatever the ledger is called', () => {
  expect(reportFileName(madeReport, 'pdf')).toBe('us-8949-2024-adas-books.pdf')
  expect(reportFileName({ ...madeReport, ledgerName: '../..\\é:*' }, 'csv')).toBe('us-8949-2024-e.csv')
  expect(reportFileName({ ...madeReport, ledgerName: '帳簿' }, 'csv')).toBe('us-8949-2024.csv')
})

test('TXF: header, one record a row, cost before proceeds, CRLF', () => {
  const records = reportTxf(madeReport).split('^\r\n')
  expect(records[0]).toBe('V042\r\nATallystick 1.0.0\r\nD 12/31/2024\r\n')
  expect(records[2]).toBe(
    'TD\r\nN712\r\nC1\r\nL1\r\nP=1+1\r\nD03/10/2024\r\nD06/01/2024\r\n$1234.56\r\n$1000.00\r\n$\r\n',
  )
  expect(records[4]).toContain('N714')
  expect(records).toHaveLength(6)
  expect(records[3]).toContain('and?a second line')
})

test('TXF leaves out boxes that the format has no code for', () => {
  const later = { ...madeReport, sections: madeReport.sections.map((section) => ({ ...section, id: 'L' })) }
  expect(reportTxf(later).split('^\r\n')).toHaveLength(2)
})
