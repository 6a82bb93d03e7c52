import type { FormLine, TaxResult } from '../result.ts'

/**
 * The digital-asset question of Form 1040 for each tax year: yes where anything was received as a reward, award or payment,
 * or sold, exchanged or otherwise disposed of; in 2022 the question named gifts as well. Holding, buying with dollars and
 * moving between own wallets are no.
 * Authority: Form 1040, page 1, and its instructions, 2022 to 2025.
 */
export function digitalAssetQuestion(result: TaxResult, year: number | undefined): FormLine[] {
  const answered = new Set<number>()
  for (const { taxYear } of result.disposals) answered.add(taxYear)
  for (const { taxYear } of result.income) answered.add(taxYear)
  for (const { taxYear } of result.transfersOut) answered.add(taxYear)
  return [...result.totals.values()]
    .filter((totals) => year === undefined || totals.year === year)
    .map((totals) => ({ year: totals.label, answer: answered.has(totals.year) ? 'Yes' : 'No' }))
}
