/** What a change of the books that is only thought of would do to the figures of each year. Runs in the compute worker. */
import { formatMoney } from '../../shared/amount/decimal.ts'
import type { TaxEffectView } from '../../shared/contract/primitives.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import type { TaxResult, YearTotals } from '../../shared/tax/result.ts'
import { Refused, type Source, type TaxBook } from './tax-book.ts'

/** Events of a bulk change, above which its effect is not worked out at once: the whole history is computed a second time. */
export const MOST_FOR_EFFECT = 2_000

/**
 * The figures of the profile's tax year before and after, and of every year that would move. A filed year stays as it was
 * filed: there it is the difference to the filing that would move, and the row says so. Null where there is no result, or
 * would be none.
 * @param after the effective events as they would be
 */
export function changeEffect(book: TaxBook, after: () => readonly LedgerEvent[]): TaxEffectView | null {
  try {
    return effectOrRefused(book, after)
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

/** As `changeEffect`; throws `Refused` with the reason where there would be no result. */
export function effectOrRefused(book: TaxBook, after: () => readonly LedgerEvent[]): TaxEffectView | null {
  if (book.refusal() !== null) return null
  const { taxYear: year } = book.books().settings
  const before = book.current()
  const then = book.withEvents(after())
  const filed = book.filedYears()
  const [now, later] = filed.has(year) ? [book.ofYear(year), book.ofYear(year)] : [before, then]
  const years = [...new Set([...yearsOf(before.result), ...yearsOf(then.result)])].sort((a, b) => a - b)
  return {
    year,
    ...gainAndOpen(now, later, year),
    years: years.flatMap((one) => {
      const [mine, theirs] = [totalsOf(before.result, one), totalsOf(then.result, one)]
      const row = {
        year: one,
        filed: filed.has(one),
        ...gainAndOpen(before, then, one),
        incomeBefore: formatMoney(mine?.income ?? (0n as YearTotals['income'])),
        incomeAfter: formatMoney(theirs?.income ?? (0n as YearTotals['income'])),
        taxableBefore: formatMoney(mine?.taxable ?? (0n as YearTotals['taxable'])),
        taxableAfter: formatMoney(theirs?.taxable ?? (0n as YearTotals['taxable'])),
      }
      const isMoved =
        row.gainBefore !== row.gainAfter ||
        row.incomeBefore !== row.incomeAfter ||
        row.taxableBefore !== row.taxableAfter ||
        row.openBefore !== row.openAfter
      return isMoved ? [row] : []
    }),
  }
}

function gainAndOpen(before: Source, after: Source, year: number) {
  const gain = ({ result }: Source): string => formatMoney(totalsOf(result, year)?.gain ?? (0n as YearTotals['gain']))
  return {
    gainBefore: gain(before),
    gainAfter: gain(after),
    openBefore: openIn(before, year),
    openAfter: openIn(after, year),
  }
}

/** Of a person who moved, the years of every country's part. */
const yearsOf = ({ totals, residence }: TaxResult): number[] => [
  ...totals.keys(),
  ...residence.flatMap(({ result }) => [...result.totals.keys()]),
]

const totalsOf = ({ totals, residence }: TaxResult, year: number): YearTotals | undefined =>
  totals.get(year) ?? residence.find(({ result }) => result.totals.has(year))?.result.totals.get(year)

const openIn = ({ result }: Source, year: number): number =>
  result.open.filter(({ taxYear }) => taxYear === null || taxYear === year).length
