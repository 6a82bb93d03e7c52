import { expect, test } from 'vitest'
import type { Report } from '../../../shared/reports/report.ts'
import { usScheduleD } from '../../../shared/reports/us-schedule-d.ts'
import { bought, inputOf, sold } from './history.ts'

const SINGLE = { 2025: { filingStatus: 'single' }, 2026: { filingStatus: 'single' } }
const losses = [
  bought('a', '2025-01-02', '10', '9000', 'ETH'),
  sold('sa', '2025-03-02', '10', '2000', undefined, 'ETH'),
  bought('b', '2022-01-02', '100', '1000'),
  sold('sb', '2025-06-01', '100', '3500'),
]
const linesOf = (report: Report) =>
  Object.fromEntries((report.sections[0]?.rows ?? []).map((row) => [row.id, row.cells]))

test('each line takes the totals of its boxes; 16 joins 7 and 15; 21 is the loss limit', () => {
  const report = usScheduleD.build(inputOf(losses, 2025, { person: SINGLE }))
  const lines = linesOf(report)
  expect(report.sections[0]?.rows.map((row) => row.id)).toEqual([
    '1b',
    '2',
    '3',
    '7',
    '8b',
    '9',
    '10',
    '15',
    '16',
    '21',
  ])
  expect(lines['3']).toMatchObject({ d: '2000.00', e: '9000.00', g: '0.00', h: '-7000.00' })
  expect(lines['10']).toMatchObject({ d: '3500.00', e: '1000.00', h: '2500.00' })
  expect([lines['1b']?.h, lines['7']?.h, lines['15']?.h, lines['16']?.h, lines['21']?.h]).toEqual([
    '0.00',
    '-7000.00',
    '2500.00',
    '-4500.00',
    '-3000.00',
  ])
})

test('what one year carries on stands on line 6 of the next', () => {
  const events = [...losses, bought('c', '2026-01-02', '1', '100'), sold('sc', '2026-02-02', '1', '1100')]
  const lines = linesOf(usScheduleD.build(inputOf(events, 2026, { person: SINGLE })))
  expect([lines['3']?.h, lines['6']?.h, lines['7']?.h, lines['16']?.h, lines['21']?.h]).toEqual([
    '1000.00',
    '-1500.00',
    '-500.00',
    '-500.00',
    '-500.00',
  ])
})

test('losses from before these books come in through the profile, each on its line', () => {
  const events = [bought('c', '2025-01-02', '1', '100'), sold('sc', '2025-02-02', '1', '1100')]
  const carryIn = { year: 2025, lossShort: '300', lossLong: '50' }
  const lines = linesOf(usScheduleD.build(inputOf(events, 2025, { carryIn })))
  expect([lines['6']?.h, lines['7']?.h, lines['14']?.h, lines['15']?.h, lines['16']?.h]).toEqual([
    '-300.00',
    '700.00',
    '-50.00',
    '-50.00',
    '650.00',
  ])
  expect(lines['21']).toBeUndefined()
})

test('boxes A to F only up to 2024', () => {
  const events = [bought('c', '2024-01-02', '1', '100'), sold('sc', '2024-02-02', '1', '1100')]
  const lines = linesOf(usScheduleD.build(inputOf(events, 2024)))
  expect(lines['3']).toMatchObject({ h: '1000.00', text: 'Totals of Form(s) 8949 with Box C checked' })
})

test('whole dollars add up the rounded rows of Form 8949', () => {
  const events = [
    bought('b', '2025-01-02', '3', '4.47'),
    ...[1, 2, 3].map((n) => sold(`s${n}`, `2025-02-0${n}`, '1', '1.50')),
  ]
  const lines = linesOf(usScheduleD.build(inputOf(events, 2025, { rounding: 'whole' })))
  expect([lines['3']?.d, lines['3']?.e, lines['7']?.h]).toEqual(['6', '3', '3'])
})
