/** Reports as files. The bytes depend on the report alone: no clock, no machine, no network. */

import type { Report, ReportFormat } from '../../shared/reports/report.ts'
import { reportCsv } from './csv.ts'
import { plainFileName } from './file-name.ts'
import { reportPdf } from './pdf.ts'
import { reportTxf } from './txf.ts'
import { reportXlsx } from './xlsx.ts'

export const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  txf: 'text/plain; charset=us-ascii',
}

/** `us-8949-2025-adas-books.pdf`: safe on every file system. */
export function reportFileName(report: Report, format: ReportFormat): string {
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
  }
}
