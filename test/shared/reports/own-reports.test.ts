import { expect, test } from 'vitest'
import { gains } from '../../../shared/reports/gains.ts'
import { holdings } from '../../../shared/reports/holdings.ts'
import { income } from '../../../shared/reports/income.ts'
import { bought, inputOf, received, sold } from './history.ts'

const rewards = [
  received('r1', '2025-02-01', '1', '30.005'),
  received('r2', '2025-03-01', '2', '70.005'),
  received('a1', '2025-04-01', '5', '12', 'airdrop'),
  received('old', '2024-04-01', '5', '99', 'airdrop'),
]

test('income is listed by head, with the sum of the exact values', () => {
  const report = income.build(inputOf(rewards, 2025))
  expect(report.sections.map((section) => [section.title, section.rows.length, section.totals.value])).toEqual([
    ['The year', 2, '112.01'],
    ['Staking rewards', 2, '100.01'],
    ['Airdrops', 1, '12.00'],
  ])
  expect(report.sections[1]?.rows[1]?.cells).toEqual({
    date: '2025-03-01',
    asset: 'ETH',
    amount: '2',
    account: 'Kraken',
    value: '70.00',
  })
  expect(report.sections[1]?.about).toEqual(['On a US return: Schedule 1, line 8v.'])
})

test('income of a year without any says so', () => {
  expect(income.build(inputOf(rewards, 2026)).notes[0]).toBe('No income in 2026.')
})

test('gains: the year, then each disposal by term, totals of the exact figures', () => {
  const events = [
    bought('b', '2023-01-02', '3', '100'),
    ...[1, 2, 3].map((n) => sold(`s${n}`, `2025-02-0${n}`, '1', '50', '1')),
  ]
  const report = gains.build(inputOf(events, 2025))
  expect(report.sections.map((section) => section.id)).toEqual(['summary', 'long'])
  const long = report.sections[1]
  expect(long?.rows[0]?.cells).toMatchObject({
    disposed: '2025-02-01',
    acquired: '2023-01-02',
    rule: 'FIFO',
    cost: '33.33',
    gain: '15.67',
    fees: '1.00',
  })
  expect(long?.totals).toEqual({ proceeds: '150.00', fees: '3.00', cost: '100.00', gain: '47.00' })
  expect(report.sections[0]?.rows.find((row) => row.id === 'gain')?.cells.amount).toBe('47.00')
})

test('gains: a loss that does not count stands apart, and the totals of the tables are those of the year', () => {
  const events = [
    bought('b', '2023-01-02', '2', '100'),
    sold('s', '2025-02-01', '1', '60'),
    {
      id: 'gone',
      time: '2025-03-01T12:00:00Z',
      kind: 'unmatched_out',
      legs: [{ role: 'out', account: 'kraken', asset: 'BTC', amount: '1', value: '20' }],
    },
  ]
  const report = gains.build(inputOf(events, 2025))
  expect(report.sections.map((section) => [section.id, section.totals.gain])).toEqual([
    ['summary', undefined],
    ['long', '10.00'],
    ['uncounted', '-30.00'],
  ])
  expect(report.sections[0]?.rows.find((row) => row.id === 'gain')?.cells.amount).toBe('10.00')
})

test('gains of Canada show the part of a loss that is denied, so that each row adds up', () => {
  const events = [
    bought('b1', '2025-01-02', '2', '200', 'BTC', 'CAD'),
    sold('s1', '2025-03-01', '1', '60', undefined, 'BTC', 'CAD'),
    bought('b2', '2025-03-10', '0.5', '30', 'BTC', 'CAD'),
  ]
  const report = gains.build(inputOf(events, 2025, { jurisdiction: 'ca', currency: 'CAD', zone: 'America/Toronto' }))
  const table = report.sections.find(({ id }) => id === 'disposals')
  expect(table?.columns.map(({ key }) => key).slice(-3)).toEqual(['cost', 'denied', 'gain'])
  expect(table?.rows.map(({ cells }) => [cells.proceeds, cells.cost, cells.denied, cells.gain])).toEqual([
    ['60.00', '100.00', '20.00', '-20.00'],
  ])
  expect(table?.totals).toMatchObject({ denied: '20.00', gain: '-20.00' })
})

test('gains of a United Kingdom year have one table, with the rule that matched', () => {
  const gbp = (id: string, date: string, amount: string, cost: string) => bought(id, date, amount, cost, 'BTC', 'GBP')
  const events = [gbp('b', '2025-05-01', '10', '100'), sold('s', '2025-06-01', '4', '80', undefined, 'BTC', 'GBP')]
  const report = gains.build(inputOf(events, 2025, { jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London' }))
  expect(report.yearLabel).toBe('2025-26')
  expect(report.sections.map((section) => section.id)).toEqual(['summary', 'disposals'])
  expect(report.sections[1]?.rows[0]?.cells).toMatchObject({
    rule: 'Section 104',
    acquired: '',
    account: 'all accounts',
    cost: '40.00',
  })
})

test('holdings: what is left, with date and cost; pools where the country pools', () => {
  const events = [bought('b', '2025-01-02', '4', '100'), sold('s', '2025-02-01', '1', '50')]
  const [assets, lots] = holdings.build(inputOf(events, 2025)).sections
  expect(assets?.rows[0]?.cells).toEqual({ asset: 'XBT', lots: '1', amount: '3', cost: '75.00' })
  expect(lots?.rows[0]?.cells).toEqual({
    account: 'Kraken',
    asset: 'XBT',
    amount: '3',
    acquired: '2025-01-02',
    longFrom: '2026-01-03',
    cost: '75.00',
  })
  expect(lots?.totals).toEqual({ cost: '75.00' })
  const gb = events.map((event) => JSON.parse(JSON.stringify(event).replaceAll('USD', 'GBP')))
  const [pools] = holdings.build(inputOf(gb, 2025, { jurisdiction: 'gb', currency: 'GBP' })).sections
  expect(pools?.rows[0]?.cells).toMatchObject({ asset: 'XBT', amount: '3', cost: '75.00' })
})

test('nothing held says so', () => {
  expect(holdings.build(inputOf([], 2025)).notes[0]).toBe('Nothing is held.')
})

test('gains also list what left without a disposal, with the cost that went along', () => {
  const gift = {
    id: 'g',
    time: '2025-03-01T12:00:00Z',
    kind: 'gift_out',
    legs: [{ role: 'out', account: 'kraken', asset: 'BTC', amount: '1', value: '80' }],
  }
  const report = gains.build(inputOf([bought('b', '2025-01-02', '4', '100'), gift], 2025))
  expect(report.sections.map((section) => section.id)).toEqual(['left'])
  expect(report.sections[0]?.rows[0]?.cells).toMatchObject({
    kind: 'gift out',
    asset: 'XBT',
    amount: '1',
    value: '80.00',
    cost: '25.00',
  })
  expect(report.notes[0]).toBe('No disposals in 2025.')
})
