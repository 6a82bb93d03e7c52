import type { Money } from '../../amount/amount.ts'
import { ZERO_MONEY } from '../../amount/amount.ts'
import type { RoundingStep } from '../../amount/arithmetic.ts'
import { roundMoney } from '../../amount/arithmetic.ts'
import { formatMoney, formatMoneyFull } from '../../amount/decimal.ts'
import { dayNumber, dayOfDate } from '../../events/civil-date.ts'
import type { RulePack } from '../pack.ts'
import type { FormLine, TaxResult } from '../result.ts'

/** Which line of the return takes the income of a head in the tax year that begins on a day; null where the pack names none. */
function lineOfHead(pack: RulePack, head: string, day: number): string | null {
  const row = pack.incomeLines?.find(
    ({ from, to, value }) =>
      (value.heads.length === 0 || value.heads.includes(head)) &&
      (from === undefined || dayOfDate(from) <= day) &&
      (to === undefined || day <= dayOfDate(to)),
  )
  return row?.value.line ?? null
}

/** The income of each tax year by the line of the return that takes it, each with the heads in it. */
export function incomeLines(
  result: TaxResult,
  pack: RulePack,
  year: number | undefined,
  rounding?: RoundingStep,
): FormLine[] {
  const lines: FormLine[] = []
  for (const totals of result.totals.values()) {
    if (year !== undefined && totals.year !== year) continue
    const byLine = new Map<string, { heads: string[]; value: Money }>()
    for (const [head, value] of Object.entries(totals.incomeByHead)) {
      const line = lineOfHead(pack, head, dayNumber(totals.year, pack.yearStart.month, pack.yearStart.day))
      if (line === null) continue
      const known = byLine.get(line) ?? { heads: [], value: ZERO_MONEY }
      byLine.set(line, { heads: [...known.heads, head], value: (known.value + value) as Money })
    }
    for (const [line, { heads, value }] of byLine) {
      lines.push({
        year: totals.label,
        line,
        heads: heads.join(', '),
        value:
          rounding === undefined
            ? formatMoneyFull(value)
            : formatMoney(roundMoney(value, rounding, 'half-up'), rounding === 'whole' ? 0 : 2),
      })
    }
  }
  return lines
}
