/** A small report with everything that is hard to write: formulas in names, losses, many digits, sheets, open points. */
import type { Report, ReportColumn, ReportRow } from '../../../shared/reports/report.ts'

const columns: readonly ReportColumn[] = [
  {
    key: 'a',
    label: '(a) Description',
    field: 'Description',
    heading: '(a)\nDescription',
    kind: 'text',
    align: 'left',
    width: 40,
  },
  { key: 'b', label: '(b) Date acquired', kind: 'text', align: 'left', width: 15 },
  { key: 'c', label: '(c) Date sold', kind: 'text', align: 'left', width: 15 },
  { key: 'd', label: '(d) Proceeds', kind: 'money', align: 'right', width: 15 },
  { key: 'e', label: '(e) Cost', kind: 'money', align: 'right', width: 15 },
  { key: 'h', label: '(h) Gain or (loss)', kind: 'money', align: 'right', width: 15 },
]

const fileColumns: readonly ReportColumn[] = [{ key: 'wallet', label: 'Wallet', kind: 'text', align: 'left', width: 9 }]

export const madeRow = (id: number, description: string, d: string, e: string, h: string): ReportRow => ({
  id: String(id),
  cells: { a: description, b: '03/10/2024', c: '06/01/2024', d, e, h, wallet: 'Ledger' },
  refs: { d: `form:us-8949:2024:C:${id}:d` },
  behind: [`disposal:${id}`],
})

export const madeReport: Report = {
  id: 'us-8949',
  title: 'Form 8949',
  subtitle: 'Sales and Other Dispositions of Capital Assets',
  year: 2024,
  yearLabel: '2024',
  ledgerName: 'Ada’s “books”',
  taxpayer: 'Ada Example',
  engine: '1.0.0',
  inputHash: `sha256:${'ab'.repeat(32)}`,
  currency: 'USD',
  officialForm: true,
  negative: 'parentheses',
  facts: [
    { label: 'Books', value: 'Ada’s “books”' },
    { label: 'Method', value: 'FIFO' },
    { label: 'Values from', value: '@a source' },
  ],
  sections: [
    {
      id: 'C',
      title: 'Part I. Short-term. Box C',
      about: [],
      columns,
      fileColumns,
      rows: [
        madeRow(1, '0.5 =HYPERLINK("http://x")', '30000.00', '21500.00', '8500.00'),
        madeRow(2, '=1+1', '1000.00', '1234.56', '-234.56'),
        {
          ...madeRow(3, '+cmd|"/C calc"!A0, and\na second line', '1.00', '2.00', '-1.00'),
          mark: 'No purchase is known.',
        },
      ],
      totals: { d: '31001.00', e: '22736.56', h: '8264.44' },
      totalLabel: 'Box C, all sheets',
      pages: [
        { from: 0, count: 2, totals: { d: '31000.00', e: '22734.56', h: '8265.44' } },
        { from: 2, count: 1, totals: { d: '1.00', e: '2.00', h: '-1.00' } },
      ],
    },
    {
      id: 'F',
      title: 'Part II. Long-term. Box F',
      about: [],
      columns,
      fileColumns,
      rows: [madeRow(1, '123456789.123456789012345678 TOK', '123456789012345678.12', '0.00', '123456789012345678.12')],
      totals: { d: '123456789012345678.12', e: '0.00', h: '123456789012345678.12' },
      totalLabel: 'Box F, all sheets',
      pages: [{ from: 0, count: 1, totals: { d: '123456789012345678.12', e: '0.00', h: '123456789012345678.12' } }],
    },
  ],
  open: [
    {
      code: 'missing-acquisition',
      title: 'Sold, but never bought',
      text: '-1 TOK left',
      low: '0.00',
      high: '31.20',
      ref: null,
    },
    { code: 'missing-price', title: 'No value known', text: 'TOK', low: null, high: null, ref: null },
  ],
  notes: ['Rounded to cents.'],
}
