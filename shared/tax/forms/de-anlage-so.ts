import type { Money } from '../../amount/amount.ts'
import { roundMoney } from '../../amount/arithmetic.ts'
import { formatAmount, formatMoney, formatMoneyFull } from '../../amount/decimal.ts'
import type { AssetId } from '../../events/identifiers.ts'
import type { DisposalRow, FormLine, TaxResult } from '../result.ts'

/**
 * One line of the list that goes with Anlage SO, “Private Veräußerungsgeschäfte: virtuelle Währungen und andere
 * Kryptowerte”; null for rows of other heads. What was held for more than a year is on it, marked, for the record.
 * Authority: Anlage SO; BMF letter of 6 March 2025 on records.
 */
export function anlageSoLine(
  row: DisposalRow,
  symbolOf: (asset: AssetId) => string,
  rounded: boolean,
): FormLine | null {
  if (row.head !== null) return null
  // In cents each entry is rounded once and the gain follows from them, so that every line adds up.
  const entry = (money: Money): Money => (rounded ? roundMoney(money, 'cents', 'half-up') : money)
  const text = (money: Money): string => (rounded ? formatMoney(money, 2) : formatMoneyFull(money))
  const [proceeds, cost, fees] = [entry(row.proceeds), entry(row.cost), entry(row.fees)]
  const denied = entry((row.gain - row.rawGain) as Money)
  return {
    bezeichnung: symbolOf(row.asset),
    menge: formatAmount(row.amount),
    anschaffung: row.acquired ?? '',
    veraeusserung: row.disposed,
    veraeusserungspreis: text(proceeds),
    anschaffungskosten: text(cost),
    werbungskosten: text(fees),
    gewinn: text((proceeds - cost - fees + denied) as Money),
    haltedauerUeberEinJahr: row.term === 'long' ? 'ja' : 'nein',
    steuerpflichtig: row.taxable ? 'ja' : 'nein',
    wallet: row.account ?? '',
  }
}

const SUMS: readonly (readonly [id: string, text: string])[] = [
  ['section-22-3', 'Leistungen: Einkünfte (§ 22 Nr. 3 EStG)'],
  ['section-22-3-taxable', 'Leistungen: steuerpflichtig nach Freigrenze'],
  ['section-23-net', 'Private Veräußerungsgeschäfte: Gewinn oder Verlust (§ 23 EStG)'],
  ['section-23-losses-used', 'Verrechnete Verluste anderer Jahre'],
  ['section-23-taxable', 'Private Veräußerungsgeschäfte: steuerpflichtig nach Freigrenze und Verlusten'],
  ['section-23-exempt', 'Haltedauer über ein Jahr: nicht steuerbar'],
  ['section-20', 'Termingeschäfte: Ergebnis (Anlage KAP, § 20 EStG)'],
]

/** The sums for the form, by year, in whole euro rounded down: the numbers of the form's lines change every year. */
export function anlageSoSums(result: TaxResult, year?: number): FormLine[] {
  const lines: FormLine[] = []
  for (const totals of result.totals.values()) {
    if (year !== undefined && totals.year !== year) continue
    for (const [id, text] of SUMS) {
      const found = totals.lines.find((line) => line.id === id)
      if (found === undefined) continue
      const euros = roundMoney(found.amount, 'whole', 'down')
      lines.push({ jahr: String(totals.year), zeile: text, betrag: formatMoney(euros, 0) })
    }
  }
  return lines
}
