import type { RoundingStep } from '../../amount/arithmetic.ts'
import type { Asset } from '../../events/account.ts'
import type { AssetId } from '../../events/identifiers.ts'
import { packOf } from '../packs/pack-list.ts'
import type { DisposalRow, FormLine, TaxResult } from '../result.ts'
import { item18Lines, parcelLine } from './au-item-18.ts'
import { schedule3Line, schedule3Totals } from './ca-schedule-3.ts'
import { anlageSoLine, anlageSoSums } from './de-anlage-so.ts'
import { form2042Lines, form2086Line } from './fr-2086.ts'
import { sa108Lines } from './gb-sa108.ts'
import { incomeLines } from './income-lines.ts'
import { tableForms } from './table-forms.ts'
import { digitalAssetQuestion } from './us-1040-question.ts'
import { form8283Lines } from './us-8283.ts'
import type { RowText } from './us-8949.ts'
import { form8949Lines, form8949Text } from './us-8949.ts'

export interface DocumentOptions {
  /** Rounds each figure as the forms do: halves up, to cents or whole units. Absent: 18 places, half even. */
  readonly rounded?: RoundingStep
  /** For the symbols on forms; an asset without one is named by its id. */
  readonly assets?: readonly Asset[]
  /** Only what belongs to this tax year; lots, pools and open points without a year stay. */
  readonly year?: number
}

export interface RowForm {
  readonly id: string
  /** The line of a disposal, or null where it has none. */
  readonly line: (row: DisposalRow, known?: RowText) => FormLine | null
}

function symbolsOf({ assets = [] }: DocumentOptions): (asset: AssetId) => string {
  const symbols = new Map(assets.map((asset) => [asset.id, asset.symbol ?? asset.id]))
  return (asset) => symbols.get(asset) ?? asset
}

/** The form of a country that has a line for each disposal; null where it has none. */
export function rowFormOf({ jurisdiction }: TaxResult, options: DocumentOptions): RowForm | null {
  const { rounded } = options
  const symbolOf = symbolsOf(options)
  if (jurisdiction === 'us') {
    const line: RowForm['line'] = (row, known) => {
      const [written] = form8949Lines([row], symbolOf, rounded)
      return written === undefined ? null : form8949Text(written, rounded, known)
    }
    return { id: 'us-8949', line }
  }
  if (jurisdiction === 'de')
    return { id: 'de-anlage-so', line: (row) => anlageSoLine(row, symbolOf, rounded !== undefined) }
  if (jurisdiction === 'au') return { id: 'au-parcel-list', line: (row) => parcelLine(row, symbolOf, rounded) }
  if (jurisdiction === 'ca')
    return { id: 'ca-schedule-3', line: (row) => schedule3Line(row, symbolOf(row.asset), rounded) }
  if (jurisdiction === 'fr') return { id: 'fr-2086', line: (row) => form2086Line(row, symbolOf(row.asset)) }
  return null
}

function incomeOf(result: TaxResult, year: number | undefined, rounding: RoundingStep | undefined): FormLine[] {
  const pack = packOf(result.jurisdiction)
  return pack === null ? [] : incomeLines(result, pack, year, rounding)
}

/** The forms of a country that have lines for the year. */
export function yearForms(result: TaxResult, options: DocumentOptions): Record<string, FormLine[]> {
  const { year, rounded } = options
  const symbolOf = symbolsOf(options)
  if (result.jurisdiction === 'de')
    return { 'de-anlage-so-sums': anlageSoSums(result, year), 'de-income': incomeOf(result, year, rounded) }
  if (result.jurisdiction === 'au')
    return { 'au-item-18': item18Lines(result, year), 'au-income': incomeOf(result, year, rounded) }
  if (result.jurisdiction === 'ca') return { 'ca-schedule-3-totals': schedule3Totals(result, year, rounded) }
  if (result.jurisdiction === 'fr') return { 'fr-2042-c': form2042Lines(result, year) }
  if (result.jurisdiction === 'us')
    return {
      'us-income': incomeOf(result, year, rounded),
      'us-1040-question': digitalAssetQuestion(result, year),
      'us-8283': form8283Lines(result, symbolOf, year, rounded),
    }
  if (result.jurisdiction === 'gb')
    return { 'gb-sa108': sa108Lines(result, year, rounded), 'gb-income': incomeOf(result, year, rounded) }
  return tableForms(result, symbolOf, year, rounded)
}
