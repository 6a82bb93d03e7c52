/**
 * Skatteverket's file transfer: two texts in ISO 8859-1 with CRLF. BLANKETTER.SRU has the sheets of the form, INFO.SRU says
 * who sends them. Rows are the fields 34n0 to 34n5, sums 3500 to 3504, the sheet's number 7014.
 */
import type { Report, ReportSection } from '../../shared/reports/report.ts'

const END = '\r\n'
/** What the books do not know of a person; Skatteverket refuses it, so that no file goes out with it. */
const IDENTITY = 'ÅÅÅÅMMDDNNNN'

const FIELDS = ['quantity', 'name', 'proceeds', 'cost', 'gain', 'loss'] as const
const SUMS = [
  ['3500', 'proceeds'],
  ['3501', 'cost'],
  ['3503', 'gain'],
  ['3504', 'loss'],
] as const

/** One line of ISO 8859-1; `#` begins a field and cannot be in one. */
const plain = (text: string): string =>
  text
    .replaceAll(/[‘’]/g, "'")
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .replaceAll('#', '?')
    .trim()

const nameOf = ({ taxpayer, ledgerName }: Report): string => plain(taxpayer ?? ledgerName)

function sheetLines(report: Report, section: ReportSection, number: number): string[] {
  const put = (field: string, value: string): string => `#UPPGIFT ${field} ${plain(value)}`
  return [
    `#BLANKETT K4-${report.year}P4`,
    `#IDENTITET ${IDENTITY} ${report.year}1231 000000`,
    `#NAMN ${nameOf(report)}`,
    ...section.rows.flatMap(({ cells }, row) =>
      FIELDS.map((key, column) => {
        const text = cells[key] ?? ''
        return put(`34${row + 1}${column}`, key === 'quantity' ? text.replace('.', ',') : text)
      }),
    ),
    ...SUMS.map(([field, key]) => put(field, section.totals[key] ?? '0')),
    put('7014', String(number)),
    '#BLANKETTSLUT',
  ]
}

/** BLANKETTER.SRU. The date is the last day of the income year, because equal reports are equal bytes. */
export function reportSru(report: Report): string {
  const sheets = report.sections.flatMap((section, at) => sheetLines(report, section, at + 1))
  return `${[...sheets, '#FIL_SLUT'].join(END)}${END}`
}

/** INFO.SRU. */
export function reportSruInfo(report: Report): string {
  const lines = [
    '#DATABESKRIVNING_START',
    '#PRODUKT SRU',
    '#FILNAMN BLANKETTER.SRU',
    '#DATABESKRIVNING_SLUT',
    '#MEDIELEV_START',
    `#ORGNR ${IDENTITY}`,
    `#NAMN ${nameOf(report)}`,
    '#POSTNR 00000',
    '#POSTORT ORT',
    '#MEDIELEV_SLUT',
  ]
  return `${lines.join(END)}${END}`
}
