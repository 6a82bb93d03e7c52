/** A report as PDF pages of our own layout: every sheet with its heads and totals, then what is open and under what it all holds. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Report, ReportSection } from '../../shared/reports/report.ts'
import { factsBlock, INK, LINE, MUTED, notesBlock, openBlock, sectionTables, TEAL } from './pdf-blocks.ts'

const FONTS = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto')
/** The document's dates; a fixed day, because equal reports are equal bytes. */
const NO_TIME = new Date(Date.UTC(2000, 0, 1))
const MARGIN = 40
/** Room to write by hand what the books do not know. */
const BLANK = '_'.repeat(24)

let prepared = false

/** pdfmake is one shared object: its fonts come from its own package, and it may read nothing else, from disk or network. */
export function preparePdf(): void {
  if (prepared) return
  prepared = true
  pdfmake.setFonts({
    Roboto: {
      normal: join(FONTS, 'Roboto-Regular.ttf'),
      bold: join(FONTS, 'Roboto-Medium.ttf'),
      italics: join(FONTS, 'Roboto-Italic.ttf'),
      bolditalics: join(FONTS, 'Roboto-MediumItalic.ttf'),
    },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path: string) => path.startsWith(FONTS))
}

/** Top of every page: what this is, for which year, whose books. */
function pageHead(report: Report): Content {
  return {
    margin: [MARGIN, 24, MARGIN, 0],
    stack: [
      {
        columns: [
          {
            width: '*',
            text: [
              { text: report.title, bold: true, fontSize: 15, color: INK },
              { text: `   ${report.subtitle}`, fontSize: 10, color: MUTED },
            ],
          },
          { width: 'auto', text: report.yearLabel, bold: true, fontSize: 15, color: TEAL },
        ],
      },
      {
        margin: [0, 3, 0, 0],
        columns: report.officialForm
          ? [
              { width: '*', text: `Name(s) shown on return: ${report.taxpayer ?? BLANK}`, fontSize: 8.5, color: INK },
              {
                width: 'auto',
                text: `Social security or taxpayer number: ${BLANK}`,
                fontSize: 8.5,
                color: INK,
              },
            ]
          : [
              { width: '*', text: report.taxpayer ?? report.ledgerName, fontSize: 8.5, color: INK },
              { width: 'auto', text: `All sums in ${report.currency}`, fontSize: 8, color: MUTED },
            ],
      },
    ],
  }
}

function pageFoot(report: Report): (page: number, pages: number, size: { width: number }) => Content {
  return (page, pages, size) => ({
    margin: [MARGIN, 10, MARGIN, 0],
    stack: [
      {
        canvas: [{ type: 'line', x1: 0, y1: 0, x2: size.width - 2 * MARGIN, y2: 0, lineWidth: 0.5, lineColor: LINE }],
      },
      {
        margin: [0, 5, 0, 0],
        columns: [
          {
            width: '*',
            text: `${report.ledgerName} · Tallystick ${report.engine}${report.officialForm ? ' · own layout, not the official form' : ''}`,
            fontSize: 7,
            color: MUTED,
          },
          { width: 'auto', text: report.inputHash, fontSize: 6, color: MUTED, margin: [0, 1, 16, 0] },
          { width: 'auto', text: `Page ${page} of ${pages}`, fontSize: 7, color: INK },
        ],
      },
    ],
  })
}

const onNewPage = (content: Content, first: boolean): Content =>
  first ? content : { stack: [content], pageBreak: 'before' }

function pagesOf(report: Report): Content[] {
  const tables = report.sections.flatMap((section: ReportSection) => sectionTables(report, section))
  const empty: Content[] =
    report.sections.length === 0 ? [{ text: report.notes[0] ?? '', fontSize: 11, color: INK }] : []
  const body: Content[] = [
    ...tables.map((table, index) => onNewPage(table.content, index === 0 || !table.newPage)),
    ...empty,
  ]
  const closing: Content[] = [openBlock(report), notesBlock(report), factsBlock(report)].filter(
    (block) => block !== null,
  )
  return [
    ...body,
    {
      stack: closing,
      ...(tables.length > 0 ? { pageBreak: 'before' as const } : { margin: [0, 24, 0, 0] as const }),
    } as Content,
  ]
}

/** The document's bytes. Fonts are embedded; nothing is fetched. */
export async function reportPdf(report: Report): Promise<Uint8Array> {
  preparePdf()
  const document: TDocumentDefinitions = {
    pageSize: report.negative === 'parentheses' ? 'LETTER' : 'A4',
    pageOrientation: 'landscape',
    pageMargins: [MARGIN, 68, MARGIN, 46],
    defaultStyle: { font: 'Roboto', fontSize: 8.5, color: INK },
    info: {
      title: `${report.title} ${report.yearLabel}`,
      author: report.ledgerName,
      subject: report.inputHash,
      creator: `Tallystick ${report.engine}`,
      producer: 'Tallystick',
      creationDate: NO_TIME,
      modDate: NO_TIME,
    },
    header: pageHead(report),
    footer: pageFoot(report),
    content: pagesOf(report),
  }
  return new Uint8Array(await pdfmake.createPdf(document).getBuffer())
}
