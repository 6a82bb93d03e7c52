/** The layouts of Coinbase's reports, told apart by their header. */
import { isFiatCode } from '../assets/fiat.ts'
import { bestLayout, foldName, type Layout } from './header.ts'
import type { Recognition, TableHeader } from './source-format.ts'

const TIME = ['Timestamp', 'Transaction Type', 'Asset', 'Quantity Transacted']
const SPREAD = ['Subtotal', 'Total (inclusive of fees and/or spread)', 'Fees and/or Spread', 'Notes']
const PRICE = ['Price Currency', 'Price at Transaction']
const SPOT = ['Spot Price Currency', 'Spot Price at Transaction']

const FIXED: readonly Layout[] = [
  { layout: 'transactions with ID', required: ['ID', ...TIME, ...PRICE, ...SPREAD] },
  { layout: 'transactions', required: [...TIME, ...PRICE, ...SPREAD] },
  { layout: 'transactions 2021–2023', required: [...TIME, ...SPOT, ...SPREAD] },
  {
    layout: 'transactions 2021',
    required: [...TIME, ...SPOT, 'Subtotal', 'Total (inclusive of fees)', 'Fees', 'Notes'],
  },
  {
    layout: 'old transactions report',
    required: [
      'Timestamp',
      'Balance',
      'Amount',
      'Currency',
      'To',
      'Notes',
      'Instantly Exchanged',
      'Transfer Total',
      'Transfer ID',
    ],
    optional: [
      'Transfer Total Currency',
      'Transfer Fee',
      'Transfer Fee Currency',
      'Transfer Payment Method',
      'Order Price',
      'Order Currency',
      'Order Tracking Code',
      'Order Custom Parameter',
      'Order Paid Out',
      'Recurring Payment ID',
    ],
  },
]

const FIRST_OF_V1 = / spot price at transaction$/

/** The currency that stands before each money column of the oldest layout (`EUR Subtotal`), or null. */
export function currencyInHeader(header: TableHeader): string | null {
  for (const name of header.names) {
    const folded = foldName(name)
    const code = folded.slice(0, 3).toUpperCase()
    if (FIRST_OF_V1.test(folded) && folded[3] === ' ' && isFiatCode(code)) return code
  }
  return null
}

/** The coin that the transfers report has as its third header, or null. */
export function coinInHeader(header: TableHeader): string | null {
  const name = header.names[2]?.trim() ?? ''
  return /^[A-Z0-9]{2,10}$/.test(name) ? name : null
}

/** The layout with its dynamic names filled in, for this header. */
function coinbaseLayouts(header: TableHeader): readonly Layout[] {
  const layouts = [...FIXED]
  const fiat = currencyInHeader(header)
  if (fiat !== null) {
    const money = [
      `${fiat} Spot Price at Transaction`,
      `${fiat} Subtotal`,
      `${fiat} Total (inclusive of fees)`,
      `${fiat} Fees`,
    ]
    layouts.push({ layout: 'transactions to 2021', required: [...TIME, ...money, 'Notes'] })
  }
  const coin = coinInHeader(header)
  if (coin !== null) {
    const required = [
      'Timestamp',
      'Type',
      coin,
      'Subtotal',
      'Fees',
      'Total',
      'Currency',
      'Price Per Coin',
      'Payment Method',
      'ID',
    ]
    layouts.push({ layout: 'old transfers report', required, optional: ['Share'] })
  }
  return layouts
}

export const recogniseCoinbase = (header: TableHeader): Recognition | null =>
  bestLayout(header, coinbaseLayouts(header))

/** Frozen. In the oldest layout the money columns carry the currency's name, so only the others identify a row there. */
export const COINBASE_IDENTITY: Readonly<Record<string, readonly string[]>> = {
  'transactions with ID': ['ID'],
  transactions: [...TIME, 'Price Currency', 'Subtotal', 'Notes'],
  'transactions 2021–2023': [...TIME, 'Spot Price Currency', 'Subtotal', 'Notes'],
  'transactions 2021': [...TIME, 'Spot Price Currency', 'Subtotal', 'Notes'],
  'transactions to 2021': [...TIME, 'Notes'],
  'old transfers report': ['ID'],
  'old transactions report': ['Timestamp', 'Amount', 'Currency', 'To', 'Notes', 'Transfer Total', 'Transfer ID'],
}
