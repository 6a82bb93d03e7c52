/** The memo of the change to basis by account on 2025-01-01: what was held, which basis was unused, where it went. */
import { formatAmount, formatMoney } from '../amount/decimal.ts'
import { civilClock, formatInstant } from '../events/civil-time.ts'
import type { Instant } from '../events/identifiers.ts'
import type { ChangeoverMemo, MemoAsset } from '../tax/changeover-memo.ts'
import { figureRef } from './figures.ts'
import { accountNamesOf, frameOf, symbolsOf } from './frame.ts'
import type { Report, ReportColumn, ReportDefinition, ReportFact, ReportInput, ReportSection } from './report.ts'

const FORM = 'us-changeover-memo'
/** The tax year in which basis by account begins. */
const YEAR = 2025

const PLANS: readonly ReportColumn[] = [
  { key: 'asset', label: 'Asset', kind: 'text', align: 'left', width: 10 },
  { key: 'plan', label: 'Plan', kind: 'text', align: 'left', width: 24 },
  { key: 'written', label: 'Written', kind: 'text', align: 'left', width: 14 },
  { key: 'completed', label: 'Complete', kind: 'text', align: 'left', width: 14 },
  { key: 'deadline', label: 'Had to be complete', kind: 'text', align: 'left', width: 22 },
  { key: 'units', label: 'Units', kind: 'amount', align: 'right', width: 18 },
  { key: 'without', label: 'Without basis', kind: 'amount', align: 'right', width: 16 },
  { key: 'basis', label: 'Basis', kind: 'money', align: 'right', width: 16 },
]
const UNUSED: readonly ReportColumn[] = [
  { key: 'acquired', label: 'Acquired', kind: 'date', align: 'left', width: 12 },
  { key: 'account', label: 'Lay in', kind: 'text', align: 'left', width: 24 },
  { key: 'amount', label: 'Unused units', kind: 'amount', align: 'right', width: 20 },
  { key: 'cost', label: 'Unused basis', kind: 'money', align: 'right', width: 16 },
]
const LINES: readonly ReportColumn[] = [
  { key: 'account', label: 'Account', kind: 'text', align: 'left', width: 24 },
  { key: 'acquired', label: 'Acquired', kind: 'date', align: 'left', width: 12 },
  { key: 'amount', label: 'Units', kind: 'amount', align: 'right', width: 18 },
  { key: 'cost', label: 'Basis', kind: 'money', align: 'right', width: 14 },
  { key: 'from', label: 'Came from', kind: 'text', align: 'left', width: 24 },
]

const PLAN_WORDS: Readonly<Record<MemoAsset['plan']['kind'], string>> = {
  residue: 'as the units lay, earliest first',
  specific: 'lot by lot',
  global: 'by a rule',
}

/** A section's name: no colon, which references use. */
const sectionId = (part: string, asset: string): string => `${part} ${asset.replaceAll(':', ' ')}`

function planTable(input: ReportInput, memo: ChangeoverMemo): ReportSection {
  const symbolOf = symbolsOf(input)
  const { dateAt } = civilClock(input.profile.zone)
  const day = (time: Instant | null): string => (time === null ? '' : dateAt(time))
  return {
    id: 'plans',
    title: 'Plans by asset',
    about: [],
    columns: PLANS,
    rows: memo.assets.map(({ asset, plan, totals }, at) => ({
      id: String(at + 1),
      cells: {
        asset: symbolOf(asset),
        plan:
          plan.order === null ? PLAN_WORDS[plan.kind] : `${PLAN_WORDS[plan.kind]}: ${plan.order.replaceAll('-', ' ')}`,
        written: day(plan.written),
        completed: day(plan.completed),
        deadline: `${plan.deadline}, ${plan.deadlineWhy === 'return-due' ? 'return due' : 'first use'}`,
        units: formatAmount(totals.units),
        without: totals.withoutBasis === 0n ? '' : formatAmount(totals.withoutBasis),
        basis: formatMoney(totals.basis, 2),
      },
      refs: { basis: figureRef(FORM, input.year, 'plans', String(at + 1), 'basis') },
      behind: [
        ...(plan.event === null ? [] : [`event:${plan.event}`]),
        figureRef(FORM, input.year, sectionId('lines', asset), 'total', 'cost'),
      ],
    })),
    totals: {},
    totalLabel: '',
    pages: [],
  }
}

function assetTables(input: ReportInput, { asset, unused, lines, wallets, totals }: MemoAsset): ReportSection[] {
  const symbol = symbolsOf(input)(asset)
  const accountOf = accountNamesOf(input)
  const ref = (part: string, row: string): string => figureRef(FORM, input.year, sectionId(part, asset), row, 'cost')
  const basis = formatMoney(totals.basis, 2)
  return [
    {
      id: sectionId('unused', asset),
      title: `${symbol}: unused basis`,
      about: [
        `Units held: ${wallets.map(({ account, units }) => `${accountOf(account)} ${formatAmount(units)}`).join('; ')}.`,
      ],
      columns: UNUSED,
      rows: unused.map((lot, at) => ({
        id: String(at + 1),
        cells: {
          acquired: lot.acquired ?? '',
          account: accountOf(lot.account),
          amount: formatAmount(lot.amount),
          cost: formatMoney(lot.cost, 2),
        },
        refs: { cost: ref('unused', String(at + 1)) },
        behind: [`event:${lot.lot}`],
      })),
      totals: {
        cost: formatMoney(
          unused.reduce((sum, { cost }) => (sum + cost) as typeof cost, 0n as typeof totals.basis),
          2,
        ),
      },
      totalLabel: 'Unused basis',
      pages: [],
    },
    {
      id: sectionId('lines', asset),
      title: `${symbol}: basis by account from ${YEAR}-01-01`,
      about: [],
      columns: LINES,
      rows: lines.map((line, at) => ({
        id: String(at + 1),
        cells: {
          account: accountOf(line.account),
          acquired: line.acquired ?? '',
          amount: formatAmount(line.amount),
          cost: formatMoney(line.cost, 2),
          from: line.from === null ? '' : accountOf(line.from),
        },
        refs: { cost: ref('lines', String(at + 1)) },
        behind: [`event:${line.lot}`],
      })),
      totals: { cost: basis },
      totalLabel: 'Basis',
      pages: [],
    },
  ]
}

function build(input: ReportInput): Report {
  const memo = input.changeover ?? null
  const facts: ReportFact[] =
    memo === null
      ? []
      : [
          { label: 'Authority', value: memo.authority },
          { label: 'As of', value: `${memo.at} 00:00, ${memo.zone}` },
          { label: 'Hash of this record', value: memo.hash },
          ...(input.made === undefined ? [] : [{ label: 'Made', value: formatInstant(input.made) }]),
        ]
  const frame = frameOf(input, FORM, 'Change to basis by account', 'Record of unused basis on 1 January 2025')
  return {
    ...frame,
    facts: [...frame.facts, ...facts],
    sections:
      memo === null ? [] : [planTable(input, memo), ...memo.assets.flatMap((asset) => assetTables(input, asset))],
    notes:
      memo === null
        ? ['Nothing was held on 2025-01-01, or basis was kept by account before: there is nothing to change over.']
        : [
            'The hash is of the figures and plans above in canonical form; the time at which this page was made is not part of it.',
            'A plan that is complete cannot be changed.',
          ],
  }
}

export const usChangeoverMemo: ReportDefinition = {
  id: FORM,
  title: 'Change to basis by account',
  about: 'The record of unused basis on 2025-01-01 and of the plan for it, with hash and time.',
  jurisdictions: ['us'],
  formats: (year) => (year === YEAR ? ['pdf', 'csv', 'xlsx', 'json'] : []),
  build,
}
