import { expect, test } from 'vitest'
import type { Report } from '../../../shared/reports/report.ts'
import { us8949 } from '../../../shared/reports/us-8949.ts'
import { bought, inputOf, sold } from './history.ts'

const month = (n: number): string => String((n % 9) + 1).padStart(2, '0')
const many = (year: number, count: number) => [
  bought('old', `${year - 3}-01-02`, '1', '100'),
  sold('first', `${year}-01-02`, '1', '150', '1'),
  bought('new', `${year}-01-03`, '50', '5000'),
  ...Array.from({ length: count }, (_, n) => sold(`s${n}`, `${year}-${month(n)}-10`, '1', '150', '1')),
]
const sectionsOf = (report: Report) => report.sections.map((section) => [section.id, section.rows.length])

test('from 2025 sales without a broker form are in boxes I and L, eleven a sheet', () => {
  const report = us8949.build(inputOf(many(2025, 12), 2025))
  expect(sectionsOf(report)).toEqual([
    ['I', 12],
    ['L', 1],
  ])
  const [short] = report.sections
  expect(short?.pages).toEqual([
    { from: 0, count: 11, totals: { d: '1639.00', e: '1100.00', g: '0.00', h: '539.00' } },
    { from: 11, count: 1, totals: { d: '149.00', e: '100.00', g: '0.00', h: '49.00' } },
  ])
  expect(short?.totals).toEqual({ d: '1788.00', e: '1200.00', g: '0.00', h: '588.00' })
})

test('up to 2024 they are in boxes C and F, fourteen a sheet', () => {
  const report = us8949.build(inputOf(many(2024, 15), 2024))
  expect(sectionsOf(report)).toEqual([
    ['C', 15],
    ['F', 1],
  ])
  expect(report.sections[0]?.pages.map((page) => page.count)).toEqual([14, 1])
})

test('the columns of a row: units and symbol, dates as the form writes them, proceeds net of the fee', () => {
  const events = [bought('b', '2024-01-02', '1', '42000.10'), sold('s', '2025-02-01', '0.5', '50000', '25.50')]
  const row = us8949.build(inputOf(events, 2025)).sections[0]?.rows[0]
  expect(row?.cells).toEqual({
    a: '0.5 XBT',
    b: '01/02/2024',
    c: '02/01/2025',
    d: '49974.50',
    e: '21000.05',
    f: '',
    g: '0.00',
    h: '28974.45',
    term: 'Long',
    box: 'L',
    wallet: 'Kraken',
    transaction: '',
  })
})

test('whole dollars: 1.49 is 1, 1.50 is 2, and the totals are those of the rounded rows', () => {
  const events = [
    bought('b', '2025-01-02', '3', '4.47'),
    ...[1, 2, 3].map((n) => sold(`s${n}`, `2025-02-0${n}`, '1', '1.50')),
  ]
  const section = us8949.build(inputOf(events, 2025, { rounding: 'whole' })).sections[0]
  expect(section?.rows.map((row) => [row.cells.d, row.cells.e, row.cells.h])).toEqual([
    ['2', '1', '1'],
    ['2', '1', '1'],
    ['2', '1', '1'],
  ])
  expect(section?.totals).toEqual({ d: '6', e: '3', g: '0', h: '3' })
})

test('cents: the totals are those of the printed rows, although thirds of a cent were cut', () => {
  const events = [
    bought('b', '2025-01-02', '3', '100'),
    ...[1, 2, 3].map((n) => sold(`s${n}`, `2025-02-0${n}`, '1', '50')),
  ]
  const section = us8949.build(inputOf(events, 2025)).sections[0]
  expect(section?.rows.map((row) => row.cells.e)).toEqual(['33.33', '33.33', '33.33'])
  expect(section?.totals.e).toBe('99.99')
})

test('a sale without a known purchase is marked, and both bounds are said', () => {
  const report = us8949.build(inputOf([sold('s', '2025-02-01', '1', '130', '5')], 2025))
  expect(report.sections[0]?.rows[0]).toMatchObject({
    cells: { d: '125.00', e: '0.00' },
    mark: expect.stringContaining('zero'),
  })
  expect(report.open).toEqual([
    expect.objectContaining({ code: 'missing-acquisition', low: '0.00', high: '125.00', ref: 'event:s' }),
  ])
  expect(report.open[0]?.text).toContain('1 XBT')
})

test('a year without sales says so', () => {
  const report = us8949.build(inputOf([bought('b', '2025-01-02', '1', '100')], 2025))
  expect([report.sections, report.notes[0]]).toEqual([[], 'No disposals of digital assets in 2025.'])
})

test('every report says under what its figures hold', () => {
  const report = us8949.build(
    inputOf(many(2025, 1), 2025, { method: 'hifo', person: { 2025: { filingStatus: 'single' } } }),
  )
  const facts = Object.fromEntries(report.facts.map((fact) => [fact.label, fact.value]))
  expect(facts).toMatchObject({
    Books: 'Ada’s books',
    Rules: 'US',
    Method: 'HIFO',
    'Dates in zone': 'UTC',
    'Filing status': 'single',
    'Values from': 'the other side of the trade',
    Engine: `Tallystick ${report.engine}`,
    Input: report.inputHash,
  })
  expect(report.inputHash).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test('TXF is offered up to 2024, whose boxes it has codes for', () => {
  expect(us8949.formats(2024)).toContain('txf')
  expect(us8949.formats(2025)).not.toContain('txf')
})

test('files have the columns that tax programs ask for, with the transaction where it is known', () => {
  const events = [bought('b', '2024-01-02', '1', '42000'), sold('s', '2025-02-01', '0.5', '50000')]
  const input = { ...inputOf(events, 2025), transactionOf: (event: string) => (event === 's' ? '0xab12' : undefined) }
  const section = us8949.build(input).sections[0]
  expect(
    [...(section?.columns ?? []), ...(section?.fileColumns ?? [])].map((column) => column.field ?? column.label),
  ).toEqual([
    'Description',
    'Date Acquired',
    'Date Sold',
    'Proceeds',
    'Cost Basis',
    'Code',
    'Adjustment',
    'Gain or Loss',
    'Term',
    'Box',
    'Wallet',
    'Transaction ID',
  ])
  expect(section?.rows[0]?.cells.transaction).toBe('0xab12')
})
