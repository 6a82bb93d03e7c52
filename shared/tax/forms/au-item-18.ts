import type { Money } from '../../amount/amount.ts'
import type { RoundingStep } from '../../amount/arithmetic.ts'
import { roundMoney } from '../../amount/arithmetic.ts'
import { formatAmount, formatMoney, formatMoneyFull } from '../../amount/decimal.ts'
import type { AssetId } from '../../events/identifiers.ts'
import type { Kind } from '../../events/kinds.ts'
import type { DisposalRow, FormLine, TaxResult } from '../result.ts'

const LOST: ReadonlySet<Kind> = new Set<Kind>(['lost', 'stolen', 'slashing'])
const ENDED: ReadonlySet<Kind> = new Set<Kind>(['burn', 'nft_burn'])

/** The CGT event of a disposal. Authority: ITAA 1997 ss 104-10, 104-20, 104-25. */
const cgtEvent = (kind: Kind): 'A1' | 'C1' | 'C2' => (LOST.has(kind) ? 'C1' : ENDED.has(kind) ? 'C2' : 'A1')

/** Is a row's gain a discount capital gain, before losses are applied to it. Authority: ITAA 1997 s 115-5. */
export const isDiscountGain = (row: DisposalRow): boolean =>
  row.taxable && row.term === 'long' && row.gain > 0n && row.head !== 'derivative' && row.head !== 'business'

/**
 * One line of the list of parcels behind item 18; null for what is on revenue account. The cost base has the fees of
 * buying and of selling in it (element 2).
 * Authority: ITAA 1997 ss 110-25, 110-35, 121-20.
 */
export function parcelLine(
  row: DisposalRow,
  symbolOf: (asset: AssetId) => string,
  rounding?: RoundingStep,
): FormLine | null {
  if (row.head === 'derivative' || row.head === 'business') return null
  const money = (value: bigint): string =>
    rounding === undefined
      ? formatMoneyFull(value as Money)
      : formatMoney(roundMoney(value as Money, rounding, 'truncate'), rounding === 'whole' ? 0 : 2)
  return {
    asset: symbolOf(row.asset),
    quantity: formatAmount(row.amount),
    acquired: row.acquired ?? '',
    disposed: row.disposed,
    event: cgtEvent(row.kind),
    proceeds: money(row.proceeds),
    costBase: money(row.cost + row.fees),
    gain: money(row.gain),
    discount: isDiscountGain(row) ? 'Y' : 'N',
    counted: row.taxable ? 'Y' : 'N',
    method: row.rule,
    account: row.account ?? '',
  }
}

/** The labels of item 18 by year; money in whole dollars, cents left out. Authority: Tax return for individuals, item 18. */
export function item18Lines(result: TaxResult, year?: number): FormLine[] {
  const lines: FormLine[] = []
  for (const totals of result.totals.values()) {
    if (year !== undefined && totals.year !== year) continue
    const rows = result.disposals.filter(
      (row) => row.taxYear === totals.year && row.head !== 'derivative' && row.head !== 'business',
    )
    const label = (name: string, value: string) => lines.push({ year: totals.label, label: name, value })
    const amount = (id: string): string => {
      const found = totals.lines.find((line) => line.id === id)
      return formatMoney(found?.amount ?? (0n as Money), 0)
    }
    label('18G', rows.length > 0 ? 'Y' : 'N')
    label('18M', rows.some((row) => row.head === 'personal-use' && !row.taxable) ? 'Y' : 'N')
    label('18A', amount('18A'))
    label('18H', amount('18H'))
    label('18V', amount('18V'))
  }
  return lines
}
