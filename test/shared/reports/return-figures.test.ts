import { expect, test } from 'vitest'
import { figureOf } from '../../../shared/reports/figures.ts'
import { returnFigures } from '../../../shared/reports/return-figures.ts'
import { usChangeoverMemo } from '../../../shared/reports/us-changeover-memo.ts'
import { bought, inputOf, sold } from './history.ts'

const euros = (id: string, date: string, amount: string, cost: string) => bought(id, date, amount, cost, 'BTC', 'EUR')
const inEuros = (id: string, date: string, amount: string, sum: string) =>
  sold(id, date, amount, sum, undefined, 'BTC', 'EUR')

test('Germany: the sale held long is on the list and not taxed, the short one is, and Anlage SO adds them up', () => {
  const events = [
    euros('b1', '2023-01-10', '1', '1000'),
    inEuros('s1', '2025-02-01', '1', '4000'),
    euros('b2', '2025-03-01', '1', '5000'),
    inEuros('s2', '2025-08-01', '1', '7000'),
  ]
  const input = inputOf(events, 2025, { jurisdiction: 'de', currency: 'EUR', zone: 'Europe/Berlin' })
  const report = returnFigures.build(input)
  expect(report.sections.map(({ id }) => id)).toEqual(['year', 'de-anlage-so', 'de-anlage-so-sums'])
  const [year, sales, sums] = report.sections
  const amounts = Object.fromEntries(year?.rows.map(({ id, cells }) => [id, cells.amount]) ?? [])
  expect(amounts).toMatchObject({ gain: '2000.00', exempt: '3000.00', taxable: '2000.00' })
  expect(sales?.rows.map(({ cells }) => [cells.gewinn, cells.steuerpflichtig])).toEqual([
    ['3000.00', 'nein'],
    ['2000.00', 'ja'],
  ])
  expect(sales?.rows.map(({ behind }) => behind)).toEqual([['disposal:s1~BTC~0'], ['disposal:s2~BTC~0']])
  expect(sums?.rows.some(({ cells }) => cells.betrag === '2000')).toBe(true)
  const figure = figureOf(report, 'form:return-figures:2025:year:taxable:amount')
  expect(figure).toMatchObject({ text: '2000.00', behind: ['total:2025:taxable'] })
})

test('Germany: a quantity is shown in all its decimals, never as money', () => {
  const events = [euros('b1', '2025-01-10', '1', '1000'), inEuros('s1', '2025-02-01', '0.005', '15')]
  const input = inputOf(events, 2025, { jurisdiction: 'de', currency: 'EUR', zone: 'Europe/Berlin' })
  const sales = returnFigures.build(input).sections.find(({ id }) => id === 'de-anlage-so')
  expect(sales?.rows.map(({ cells }) => cells.menge)).toEqual(['0.005'])
  expect(sales?.columns.find(({ key }) => key === 'menge')).toMatchObject({ kind: 'amount', label: 'Menge' })
  expect(sales?.columns.map(({ label }) => label)).toContain('Veräußerungspreis')
})

test('boxes are rounded as their form rounds: in whole pounds gains go down and costs up, else to pence', () => {
  const events = [
    bought('b', '2025-05-01', '1', '100.25', 'BTC', 'GBP'),
    sold('s', '2025-08-01', '1', '300.75', undefined, 'BTC', 'GBP'),
  ]
  const profile = { jurisdiction: 'gb', currency: 'GBP', zone: 'Europe/London' }
  const boxes = (rounding: 'cents' | 'whole') => {
    const { sections } = returnFigures.build(inputOf(events, 2025, { ...profile, rounding }))
    const rows = sections.find(({ id }) => id === 'gb-sa108')?.rows ?? []
    return Object.fromEntries(rows.map(({ cells }) => [cells.box, cells.value]))
  }
  expect(boxes('whole')).toMatchObject({ '13.2': '300', '13.3': '101', '13.4': '200' })
  expect(boxes('cents')).toMatchObject({ '13.2': '300.75', '13.3': '100.25', '13.4': '200.50' })
})

test('lines of a year that was filed are those that were filed, in their order', () => {
  const input = inputOf([euros('b', '2025-01-10', '1', '1000')], 2025, {
    jurisdiction: 'de',
    currency: 'EUR',
    zone: 'Europe/Berlin',
  })
  const report = returnFigures.build({ ...input, forms: { 'de-anlage-so-sums': [{ zeile: '41', betrag: '7' }] } })
  const section = report.sections.at(-1)
  expect(section?.columns.map(({ label, align }) => [label, align])).toEqual([
    ['Zeile', 'left'],
    ['Betrag', 'right'],
  ])
  expect(section?.rows.map(({ cells }) => cells)).toEqual([{ zeile: '41', betrag: '7' }])
})

test('a country of which something is to be verified says so on the report, once', () => {
  const input = inputOf([], 2025, { jurisdiction: 'ch', currency: 'CHF', zone: 'Europe/Zurich' })
  const report = returnFigures.build(input)
  expect(report.notes.filter((note) => note.includes('verify'))).toEqual([])
  expect(report.facts.find(({ label }) => label === 'To verify')?.value.length).toBeGreaterThan(20)
})

test('the memo without anything to change over says so', () => {
  const report = usChangeoverMemo.build({ ...inputOf([], 2025), changeover: null })
  expect(report.sections).toEqual([])
  expect(report.notes[0]).toContain('nothing to change over')
  expect(usChangeoverMemo.formats(2024)).toEqual([])
})

test('a method from the beginning is named without a day, a later one with its own', () => {
  const method = [
    { from: '1970-01-01', method: 'fifo' },
    { from: '2026-01-01', method: 'hifo' },
  ]
  const report = returnFigures.build(inputOf([bought('b', '2025-01-10', '1', '1000')], 2025, { method }))
  expect(report.facts.find(({ label }) => label === 'Method')?.value).toBe('FIFO; HIFO from 2026-01-01')
})

test('what stands on the pages is said in words: accounts by their names, heads of income, and no ids of ours', () => {
  const german = inputOf([euros('b1', '2025-01-10', '1', '1000'), inEuros('s1', '2025-02-01', '1', '1500')], 2025, {
    jurisdiction: 'de',
    currency: 'EUR',
    zone: 'Europe/Berlin',
  })
  const named = {
    ...german,
    accounts: german.accounts.map((account) => ({ ...account, name: `The account ${account.id}` })),
  }
  const sales = returnFigures.build(named).sections.find(({ id }) => id === 'de-anlage-so')
  const [first] = german.accounts
  expect(sales?.rows.map(({ cells }) => cells.wallet)).toEqual([`The account ${first?.id}`])
  expect(sales?.columns.find(({ key }) => key === 'wallet')?.width).toBeGreaterThan(10)

  const forms = {
    'gb-income': [{ year: '2024-25', line: 'SA100 box 17', heads: 'lending, staking', value: '12.00' }],
    'se-k4-sums': [{ year: '2024', line: 'k4-proceeds', label: 'K4 D · Proceeds', value: '5' }],
    'us-income': [{ year: '2024', line: 'Schedule 1 line 8v', heads: 'mining', value: '1.00' }],
  }
  const { sections } = returnFigures.build({ ...german, forms })
  const cells = (form: string) => sections.find(({ id }) => id === form)?.rows[0]?.cells
  expect(cells('gb-income')).toMatchObject({ line: 'SA100 box 17', heads: 'Lending interest, Staking rewards' })
  expect(cells('us-income')).toMatchObject({ heads: 'Mining' })
  expect(cells('se-k4-sums')).toEqual({ year: '2024', label: 'K4 D · Proceeds', value: '5' })
})
