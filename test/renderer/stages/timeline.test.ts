import { expect, test } from 'vitest'
import { placeOnLine, yearMarks } from '../../../renderer/stages/sources/timeline.ts'

const LINE = { from: '2024-01-01', to: '2024-12-31' }

test('days lie where they are in the year, both ends included', () => {
  expect(placeOnLine(LINE, LINE)).toEqual({ left: 0, width: 100 })
  const half = placeOnLine({ from: '2024-07-02', to: '2024-12-31' }, LINE)
  expect(half.left).toBeCloseTo(50, 1)
  expect(half.left + half.width).toBeCloseTo(100, 5)
})

test('what begins before the line or ends after it is cut at its ends', () => {
  expect(placeOnLine({ from: '2020-01-01', to: '2030-01-01' }, LINE)).toEqual({ left: 0, width: 100 })
})

test('a single day on a line of many years can still be seen, also at its end', () => {
  const line = { from: '2010-01-01', to: '2024-12-31' }
  const last = placeOnLine({ from: '2024-12-31', to: '2024-12-31' }, line)
  expect(last.width).toBeGreaterThan(0.3)
  expect(last.left + last.width).toBeLessThanOrEqual(100)
})

test('years are marked where they begin, and fewer of them on a long line', () => {
  expect(yearMarks({ from: '2023-06-01', to: '2025-02-01' }).map(({ year }) => year)).toEqual([2024, 2025])
  expect(yearMarks({ from: '2000-06-01', to: '2025-02-01' }, 12).map(({ year }) => year)).toEqual([
    2001, 2004, 2007, 2010, 2013, 2016, 2019, 2022, 2025,
  ])
  expect(yearMarks({ from: '2024-02-01', to: '2024-03-01' })).toEqual([])
})
