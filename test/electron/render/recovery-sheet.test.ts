import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, test } from 'vitest'
import { recoverySheetPdf } from '../../../electron/render/recovery-sheet.ts'

test('the recovery sheet is one page, and its document data do not name the ledger', async () => {
  const key = Array.from({ length: 8 }, (_, n) => `AAAA${n}`).join('-')
  const pdf = await PDFDocument.load(
    await recoverySheetPdf({ name: 'Ada’s books', key, checkWord: 'K7QRTM', made: '2025-01-02' }),
  )
  expect(pdf.getPageCount()).toBe(1)
  expect(pdf.getTitle()).toBe('Recovery sheet')
  expect([pdf.getAuthor(), pdf.getSubject()]).toEqual([undefined, undefined])
})
