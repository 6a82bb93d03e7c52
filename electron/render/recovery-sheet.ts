/** The recovery sheet: one page with the key of a ledger, to be printed and kept away from the computer. */
import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { preparePdf } from './pdf.ts'
import { INK, LINE, MUTED, TEAL } from './pdf-blocks.ts'

/** What the sheet says. `key`: groups joined by dashes; `checkWord`: typed to prove that the sheet is at hand; `made`: a civil date. */
export interface RecoverySheet {
  readonly name: string
  readonly key: string
  readonly checkWord: string
  readonly made: string
}

/** The sheet's bytes as PDF. They hold the key: they are given to the person and kept nowhere. */
export async function recoverySheetPdf({ name, key, checkWord, made }: RecoverySheet): Promise<Uint8Array> {
  preparePdf()
  const groups = key.split('-')
  const rows = Array.from({ length: Math.ceil(groups.length / 2) }, (_, at) =>
    [at * 2, at * 2 + 1].map((n) => ({
      columns: [
        {
          text: String(n + 1),
          width: 18,
          color: MUTED,
          fontSize: 9,
          margin: [0, 6, 0, 0] as [number, number, number, number],
        },
        { text: groups[n] ?? '', fontSize: 20, characterSpacing: 2, bold: true },
      ],
      margin: [10, 8, 10, 8] as [number, number, number, number],
    })),
  )
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [56, 64, 56, 56],
    defaultStyle: { font: 'Roboto', fontSize: 11, color: INK, lineHeight: 1.3 },
    info: { title: 'Recovery sheet', creator: 'Tallystick', producer: 'Tallystick' },
    content: [
      { text: 'Recovery sheet', fontSize: 24, bold: true, color: TEAL },
      { text: `Ledger “${name}”, printed ${made}`, color: MUTED, margin: [0, 2, 0, 22] },
      {
        text: 'This key opens the ledger without its passphrase. Whoever has this sheet and the file can read everything in it. Keep it where you keep papers that matter, away from the computer.',
        margin: [0, 0, 0, 22],
      },
      {
        table: { widths: ['*', '*'], body: rows },
        layout: { hLineColor: () => LINE, vLineColor: () => LINE },
      },
      {
        margin: [0, 24, 0, 0],
        ul: [
          'To use it: open the ledger, choose “Recovery key”, and type the eight groups in order. Spaces and small letters do not matter.',
          'Each group carries its own check: a slip of the pen is named when you type it.',
          'Changing the passphrase makes this sheet void. Print a new one then, and destroy this one.',
          'Without the passphrase and without this sheet, nobody can open the ledger.',
        ],
      },
      {
        margin: [0, 24, 0, 0],
        text: [
          { text: 'Check word: ', color: MUTED },
          { text: checkWord, bold: true, characterSpacing: 1 },
        ],
      },
    ],
  }
  return new Uint8Array(await pdfmake.createPdf(document).getBuffer())
}
