/** Reports as files. The bytes depend on the report alone: no clock, no machine, no network. */

import type { Report, ReportFormat } from '../../shared/reports/report.ts'
import { reportCsv } from './csv.ts'
import { plainFileName } from './file-name.ts'
import { reportPdf } from './pdf.ts'
import { reportSru, reportSruInfo } from './sru.ts'
import { reportTxf } from './txf.ts'
import { reportXlsx } from './xlsx.ts'

export const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  txf: 'text/plain; charset=us-ascii',
  sru: 'text/plain; charset=iso-8859-1',
  'sru-info': 'text/plain; charset=iso-8859-1',
}

/** Names that the receiver of a file asks for. */
const FIXED_NAMES: Partial<Record<ReportFormat, string>> = { sru: 'BLANKETTER.SRU', 'sru-info': 'INFO.SRU' }

/** `us-8949-2025-adas-books.pdf`: safe on every file system. */
export function reportFileName(report: Report, format: ReportFormat): string {
  const fixed = FIXED_NAMES[format]
  if (fixed !== undefined) return fixed
  const ledger = plainFileName(report.ledgerName)
  return `${report.id}-${report.year}${ledger === '' ? '' : `-${ledger}`}.${format}`
}

/** Writes a report in one format. Which formats a report has says its entry in the list of reports. */
export async function renderReport(report: Report, format: ReportFormat): Promise<Uint8Array> {
  switch (format) {
    case 'pdf':
      return reportPdf(report)
    case 'xlsx':
      return reportXlsx(report)
    case 'csv':
      return new TextEncoder().encode(reportCsv(report))
    case 'json':
      return new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`)
    case 'txf':
      return new TextEncoder().encode(reportTxf(report))
    case 'sru':
      return Buffer.from(reportSru(report), 'latin1')
    case 'sru-info':
      return Buffer.from(reportSruInfo(report), 'latin1')
  }
}
