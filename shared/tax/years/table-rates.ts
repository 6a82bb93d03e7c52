import type { Money } from '../../amount/amount.ts'
import { ONE_MONEY } from '../../amount/amount.ts'
import { mulDiv } from '../../amount/arithmetic.ts'
import { least, positive } from '../least.ts'
import type { Rates } from './table-rules.ts'

/** A share of a sum; all of it where none is named. */
export const share = (sum: bigint, part: Money | undefined): bigint =>
  part === undefined ? sum : mulDiv(sum, part, ONE_MONEY)

/**
 * Tax on a sum that lies on top of `base`, and what is added to the tax itself. Null where the person's own scale decides,
 * unless there is nothing to tax.
 */
export function taxAt(
  rates: Rates,
  taxable: bigint,
  base: bigint,
): { readonly tax: bigint | null; readonly surcharge: bigint } {
  if (taxable <= 0n) return { tax: 0n, surcharge: 0n }
  switch (rates.kind) {
    case 'none':
      return { tax: 0n, surcharge: 0n }
    case 'own-scale':
      return { tax: null, surcharge: 0n }
    case 'flat': {
      const tax = mulDiv(taxable, rates.rate, ONE_MONEY)
      return { tax, surcharge: rates.surcharge === undefined ? 0n : mulDiv(tax, rates.surcharge, ONE_MONEY) }
    }
    case 'slices': {
      let tax = 0n
      rates.slices.forEach(({ over, rate }, i) => {
        const end = rates.slices[i + 1]?.over
        const from = positive(base - over)
        const to = positive(base + taxable - over)
        const width = end === undefined ? null : end - over
        const inside = width === null ? to - from : least(to, width) - least(from, width)
        tax += mulDiv(inside, rate, ONE_MONEY)
      })
      return { tax, surcharge: 0n }
    }
  }
}
