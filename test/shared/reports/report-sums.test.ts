import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Report, ReportSection } from '../../../shared/reports/report.ts'
import { rowsPerSheet, us8949 } from '../../../shared/reports/us-8949.ts'
import { usScheduleD } from '../../../shared/reports/us-schedule-d.ts'
import { generatedHistory } from '../tax/plain/generated-history.ts'
import { computed } from '../tax/result-of-document.ts'
import type { JsonObject } from '../tax/scenario-files.ts'

const cents = (text: string | undefined): bigint => BigInt((text ?? '0.00').replace('.', ''))
const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n)
const columnSum = (section: ReportSection, column: string): bigint =>
  sum(section.rows.map((row) => cents(row.cells[column])))
const lineOf = (report: Report, id: string): bigint =>
  cents(report.sections[0]?.rows.find((row) => row.id === id)?.cells.h)

test('whatever the history: sheets add up to their box, rows to their sheet, boxes to Schedule D', () => {
  const profile = { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York' }
  fc.assert(
    fc.property(generatedHistory(profile, '2024-06-01', 60), (history) => {
      const { document, result } = computed(history as unknown as JsonObject)
      for (const year of result.totals.keys()) {
        const { accounts, assets } = document
        const input = {
          result,
          profile: document.profile,
          accounts,
          assets,
          year,
          ledgerName: 'Books',
          priceSources: [],
        }
        const form = us8949.build(input)
        for (const section of form.sections) {
          for (const column of ['d', 'e', 'g', 'h']) {
            expect(columnSum(section, column)).toBe(cents(section.totals[column]))
            expect(sum(section.pages.map((page) => cents(page.totals[column])))).toBe(cents(section.totals[column]))
          }
          for (const row of section.rows) {
            expect(cents(row.cells.d) - cents(row.cells.e) + cents(row.cells.g)).toBe(cents(row.cells.h))
          }
          expect(section.pages.every((page) => page.count <= rowsPerSheet(year))).toBe(true)
          expect(section.pages.reduce((all, page) => all + page.count, 0)).toBe(section.rows.length)
        }
        const schedule = usScheduleD.build(input)
        const boxes = sum(form.sections.map((section) => cents(section.totals.h)))
        expect(lineOf(schedule, '16')).toBe(boxes + lineOf(schedule, '6') + lineOf(schedule, '14'))
        expect(form.sections.reduce((all, section) => all + section.rows.length, 0)).toBe(
          result.disposals.filter((row) => row.taxYear === year).length,
        )
      }
    }),
    { numRuns: 60 },
  )
})
