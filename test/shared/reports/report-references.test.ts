import { expect, test } from 'vitest'
import { figureOf, figureRef, parseFigureRef } from '../../../shared/reports/figures.ts'
import { REPORTS, reportById, reportsFor } from '../../../shared/reports/registry.ts'
import { bought, inputOf, received, sold } from './history.ts'

const input = inputOf(
  [
    bought('old', '2022-01-02', '1', '100'),
    bought('b', '2025-01-02', '5', '900'),
    sold('s1', '2025-02-01', '3', '300', '2'),
    sold('s2', '2025-03-01', '9', '90'),
    received('r', '2025-04-01', '1', '30'),
  ],
  2025,
)

test('every reference of every report leads on: to a figure of a report, or to the books', () => {
  let seen = 0
  for (const definition of REPORTS) {
    const report = definition.build(input)
    for (const section of report.sections) {
      expect(section.id).not.toContain(':')
      for (const row of section.rows) {
        for (const [column, ref] of Object.entries(row.refs)) {
          const figure = figureOf(report, ref)
          expect(figure?.text, ref).toBe(row.cells[column])
          for (const behind of figure?.behind ?? []) {
            const parts = parseFigureRef(behind)
            if (parts) expect(figureOf(reportById(parts.form)?.build(input) ?? report, behind), behind).not.toBeNull()
            else expect(behind).toMatch(/^(disposal|event|total|income):/)
            seen++
          }
        }
      }
      for (const column of Object.keys(section.totals)) {
        const total = figureOf(report, figureRef(report.id, report.year, section.id, 'total', column))
        expect(total?.text).toBe(section.totals[column])
        expect(total?.behind.length).toBe(section.rows.filter((row) => row.refs[column] !== undefined).length)
      }
    }
  }
  expect(seen).toBeGreaterThan(20)
})

test('a reference to a cell that is not there, or to another report, finds nothing', () => {
  const report = reportById('us-8949')?.build(input)
  if (!report) throw new Error('there is no us-8949')
  expect(figureOf(report, 'form:us-8949:2025:I:1:d')?.text).toBeDefined()
  for (const ref of [
    'form:us-8949:2025:I:99:d',
    'form:us-8949:2025:I:1:z',
    'form:us-8949:2024:I:1:d',
    'form:gains:2025:I:1:d',
    'event:s1',
    '',
  ]) {
    expect(figureOf(report, ref)).toBeNull()
  }
})

test('the list has each report once; official forms only for their country', () => {
  expect(new Set(REPORTS.map((report) => report.id)).size).toBe(REPORTS.length)
  expect(reportsFor('us').map((report) => report.id)).toEqual([
    'us-8949',
    'us-schedule-d',
    'us-changeover-memo',
    'return-figures',
    'gains',
    'income',
    'holdings',
  ])
  expect(reportsFor('gb').map((report) => report.id)).toEqual(['return-figures', 'gains', 'income', 'holdings'])
  expect(reportById('nothing')).toBeUndefined()
})
