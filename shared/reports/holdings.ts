/** What is held after the last event of the books: lots by account, pools by asset, with their cost. */
import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_AMOUNT, ZERO_MONEY } from '../amount/amount.ts'
import { formatAmount, formatMoney } from '../amount/decimal.ts'
import type { AssetId } from '../events/identifiers.ts'
import type { HeldLot, PoolBalance } from '../tax/result.ts'
import { figureRef } from './figures.ts'
import { accountNamesOf, frameOf, symbolsOf } from './frame.ts'
import type { Report, ReportColumn, ReportDefinition, ReportInput, ReportSection } from './report.ts'

const FORM = 'holdings'

const LOTS: readonly ReportColumn[] = [
  { key: 'account', label: 'Account', kind: 'text', align: 'left', width: 22 },
  { key: 'asset', label: 'Asset', kind: 'text', align: 'left', width: 12 },
  { key: 'amount', label: 'Amount', kind: 'amount', align: 'right', width: 22 },
  { key: 'acquired', label: 'Acquired', kind: 'date', align: 'left', width: 13 },
  { key: 'longFrom', label: 'Long-term from', kind: 'date', align: 'left', width: 14 },
  { key: 'cost', label: 'Cost', kind: 'money', align: 'right', width: 17 },
]
const POOLS: readonly ReportColumn[] = [
  { key: 'asset', label: 'Asset', kind: 'text', align: 'left', width: 20 },
  { key: 'account', label: 'Account', kind: 'text', align: 'left', width: 24 },
  { key: 'amount', label: 'Amount', kind: 'amount', align: 'right', width: 28 },
  { key: 'cost', label: 'Cost', kind: 'money', align: 'right', width: 28 },
]

const ASSETS: readonly ReportColumn[] = [
  { key: 'asset', label: 'Asset', kind: 'text', align: 'left', width: 25 },
  { key: 'lots', label: 'Lots', kind: 'text', align: 'right', width: 10 },
  { key: 'amount', label: 'Amount', kind: 'amount', align: 'right', width: 35 },
  { key: 'cost', label: 'Cost', kind: 'money', align: 'right', width: 30 },
]

const money = (value: Money): string => formatMoney(value, 2)
const costOf = (held: readonly { readonly cost: Money }[]): Money =>
  held.reduce((sum, one) => (sum + one.cost) as Money, ZERO_MONEY)

function lotTable(input: ReportInput, lots: readonly HeldLot[]): ReportSection {
  const symbolOf = symbolsOf(input)
  const accountOf = accountNamesOf(input)
  const hasTerms = lots.some((lot) => lot.longFrom !== null)
  return {
    id: 'lots',
    title: 'Lots',
    about: [],
    columns: hasTerms ? LOTS : LOTS.filter((column) => column.key !== 'longFrom'),
    rows: lots.map((lot, index) => ({
      id: String(index + 1),
      cells: {
        account: accountOf(lot.account),
        asset: symbolOf(lot.asset),
        amount: formatAmount(lot.amount),
        acquired: lot.acquired ?? '',
        longFrom: lot.longFrom ?? '',
        cost: money(lot.cost),
      },
      refs: { cost: figureRef(FORM, input.year, 'lots', String(index + 1), 'cost') },
      behind: [`event:${lot.origin}`],
      ...(lot.chain.note?.missing === true ? { mark: 'No purchase is known; taken in at a cost of zero.' } : {}),
    })),
    totals: { cost: money(costOf(lots)) },
    totalLabel: 'Total cost',
    pages: [],
  }
}

function assetTable(input: ReportInput, lots: readonly HeldLot[]): ReportSection {
  const symbolOf = symbolsOf(input)
  const byAsset = new Map<AssetId, number[]>()
  lots.forEach((lot, index) => {
    const known = byAsset.get(lot.asset)
    if (known) known.push(index)
    else byAsset.set(lot.asset, [index])
  })
  return {
    id: 'assets',
    title: 'By asset',
    about: [],
    columns: ASSETS,
    narrow: true,
    rows: [...byAsset].map(([asset, places]) => {
      const held = places.map((place) => lots[place] as HeldLot)
      return {
        id: asset.replaceAll(':', ' '),
        cells: {
          asset: symbolOf(asset),
          lots: String(held.length),
          amount: formatAmount(held.reduce((sum, lot) => (sum + lot.amount) as Amount, ZERO_AMOUNT)),
          cost: money(costOf(held)),
        },
        refs: { cost: figureRef(FORM, input.year, 'assets', asset.replaceAll(':', ' '), 'cost') },
        behind: places.map((place) => figureRef(FORM, input.year, 'lots', String(place + 1), 'cost')),
      }
    }),
    totals: { cost: money(costOf(lots)) },
    totalLabel: 'Total cost',
    pages: [],
  }
}

function poolTable(input: ReportInput, pools: readonly PoolBalance[]): ReportSection {
  const symbolOf = symbolsOf(input)
  const accountOf = accountNamesOf(input)
  return {
    id: 'pools',
    title: 'Pools',
    about: [],
    columns: POOLS,
    rows: pools.map((pool, index) => ({
      id: String(index + 1),
      cells: {
        asset: symbolOf(pool.asset),
        account: accountOf(pool.account),
        amount: formatAmount(pool.amount),
        cost: money(pool.cost),
      },
      refs: {},
      behind: [],
    })),
    totals: { cost: money(costOf(pools)) },
    totalLabel: 'Total cost',
    pages: [],
  }
}

function build(input: ReportInput): Report {
  const { lots, pools } = input.result
  const sections: ReportSection[] = []
  if (lots.length > 0) sections.push(assetTable(input, lots), lotTable(input, lots))
  if (pools.length > 0) sections.push(poolTable(input, pools))
  const day = input.lastEvent === undefined ? '' : `, on ${input.lastEvent}`
  const notes = [`As the books stand after their last event${day}, whatever year is chosen.`]
  if (sections.length === 0) notes.unshift('Nothing is held.')
  return { ...frameOf(input, FORM, 'Holdings', `What is held after the last event${day}`), sections, notes }
}

export const holdings: ReportDefinition = {
  id: FORM,
  title: 'Holdings',
  about: 'Lots and pools that are left, with date and cost.',
  jurisdictions: null,
  formats: () => ['pdf', 'csv', 'xlsx', 'json'],
  build,
}
