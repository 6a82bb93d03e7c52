import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, describe, expect, test } from 'vitest'
import { reportPdf } from '../../../electron/render/pdf.ts'
import { printedNumber } from '../../../electron/render/pdf-blocks.ts'
import { madeReport } from './made-report.ts'

const bytes = await reportPdf(madeReport)
const folder = mkdtempSync(join(tmpdir(), 'tallystick-pdf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const hasPdfToText = spawnSync('pdftotext', ['-v']).status !== null

test('one page a sheet of the form, and one for what the figures rest on', async () => {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  expect(pdf.getPageCount()).toBe(4)
  expect(pdf.getTitle()).toBe('Form 8949 2024')
  expect(pdf.getSubject()).toBe(madeReport.inputHash)
})

test('equal reports are equal bytes: no clock in the document', async () => {
  expect(Buffer.compare(await reportPdf(structuredClone(madeReport)), bytes)).toBe(0)
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  expect(pdf.getCreationDate()?.toISOString()).toBe('2000-01-01T00:00:00.000Z')
})

test('another input is another document', async () => {
  expect(Buffer.compare(await reportPdf({ ...madeReport, inputHash: 'sha256:00' }), bytes)).not.toBe(0)
})

test('a report without rows is a page that says so', async () => {
  const pdf = await PDFDocument.load(await reportPdf({ ...madeReport, sections: [], open: [] }))
  expect(pdf.getPageCount()).toBe(1)
})

test('numbers are grouped, a loss stands in parentheses on US forms and behind a minus elsewhere', () => {
  expect(printedNumber('-1234567.50', 'parentheses')).toBe('(1,234,567.50)')
  expect(printedNumber('-1234567.50', 'minus')).toBe('\u22121,234,567.50')
  expect(printedNumber('123', 'minus')).toBe('123')
  expect(printedNumber('0.123456789', 'minus')).toBe('0.123456789')
  expect(printedNumber('VARIOUS', 'minus')).toBe('VARIOUS')
})

describe.runIf(hasPdfToText)('the text of the pages (read with pdftotext)', () => {
  const file = join(folder, 'form.pdf')
  writeFileSync(file, bytes)
  const pages = hasPdfToText ? execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f') : []

  test('every page has heads, its totals, and a footer with books, engine, hash and page number', () => {
    for (const [index, totals] of [
      [0, '31,000.00'],
      [1, '(1.00)'],
      [2, '123,456,789,012,345,678.12'],
    ] as const) {
      const page = pages[index] ?? ''
      for (const text of [
        'Form 8949',
        '2024',
        'Description',
        'Totals of this sheet',
        totals,
        'Ada’s “books”',
        'Tallystick 1.0.0',
      ]) {
        expect(page).toContain(text)
      }
      expect(page).toContain(madeReport.inputHash)
      expect(page).toContain(`Page ${index + 1} of 4`)
    }
    expect(pages[1]).toContain('Box C, all sheets')
    expect(pages[0]).not.toContain('Box C, all sheets')
  })
  test('losses stand in parentheses, remarks below their table', () => {
    expect(pages[0]).toContain('(234.56)')
    expect(pages[1]).toContain('† No purchase is known.')
  })
  test('the last page names what is open and what the figures rest on', () => {
    expect(pages[3]).toContain('2 open points')
    expect(pages[3]).toContain('31.20')
    expect(pages[3]).toContain('not known')
    expect(pages[3]).toContain('FIFO')
  })
})
