import type { Command } from 'commander'
import { EXIT } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { money, table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf, parseYear } from './shared-options.ts'

interface TaxOptions extends LedgerOptions {
  readonly year: string
  readonly jurisdiction?: string
  readonly method?: string
  readonly compare?: boolean
}

/** The members of a result document that the terminal shows. */
interface ShownResult {
  readonly totals: Record<string, Record<string, unknown>>
  readonly open: readonly unknown[]
}

export function addTax(program: Command): void {
  onLedger(program.command('tax'))
    .argument('<ledger>')
    .description('totals, disposals and income of a tax year')
    .requiredOption('--year <year>')
    .option('--jurisdiction <cc>', 'as another country would have it; changes nothing in the ledger')
    .option('--method <method>', 'under another method; changes nothing in the ledger')
    .option('--compare', 'the methods that the law allows, side by side')
    .action((ledger: string, options: TaxOptions) => {
      const year = parseYear(options.year)
      return withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (options.compare === true) {
          const { rows } = await client.tax.compare({ year })
          output.document({ year, methods: rows }, () =>
            table(
              ['', 'method', 'gain', 'short term', 'long term', 'note'],
              rows.map((row) => [
                row.chosen ? '*' : '',
                row.name,
                money(row.gain),
                row.shortTerm === null ? '' : money(row.shortTerm),
                row.longTerm === null ? '' : money(row.longTerm),
                row.note,
              ]),
              ['gain', 'short term', 'long term'],
            ),
          )
          return
        }
        const { document, shown } = await resultOf(client, {
          year,
          ...(options.jurisdiction === undefined ? {} : { jurisdiction: options.jurisdiction }),
          ...(options.method === undefined ? {} : { method: options.method }),
        })
        const own = options.jurisdiction === undefined && options.method === undefined
        const filed = own && (await client.tax.years()).years.some((one) => one.year === year && one.filed)
        output.document(document, () => [
          ...totalLines(year, shown),
          ...(filed ? [`${year} is filed, and these are the figures that were filed: see tallystick diff.`] : []),
        ])
        process.exitCode = shown.open.length > 0 ? EXIT.found : EXIT.done
      })
    })
}

/** The result document of one year, as it is and as far as the terminal shows it. */
export async function resultOf(
  client: EngineClient,
  input: { year?: number; jurisdiction?: string; method?: string },
): Promise<{ document: unknown; shown: ShownResult }> {
  const { text } = await client.tax.document(input)
  const document: unknown = JSON.parse(text)
  return { document, shown: document as ShownResult }
}

/** The order in which a person reads the totals; any others come last. */
const FIGURES = [
  'disposals',
  'proceeds',
  'fees',
  'cost',
  'gain',
  'gains',
  'losses',
  'shortTerm',
  'longTerm',
  'low',
  'high',
  'income',
  'incomeTaxable',
  'exempt',
  'denied',
  'discount',
  'deduction',
  'allowance',
  'taxable',
  'tax',
]

/** The totals of one year for people. */
export function totalLines(year: number, result: ShownResult): string[] {
  const totals = result.totals[String(year)]
  if (totals === undefined) return [`There is nothing in the tax year ${year}.`]
  const shown = Object.entries(totals).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  const place = (name: string) => (FIGURES.includes(name) ? FIGURES.indexOf(name) : FIGURES.length)
  const lines = shown.sort(([a], [b]) => place(a) - place(b))
  return [
    `Tax year ${year}`,
    ...table(
      ['figure', 'amount'],
      lines.map(([name, value]) => [name, typeof value === 'string' ? money(value) : String(value)]),
      ['amount'],
    ),
    openPointsLine(result.open.length),
  ]
}

function openPointsLine(count: number): string {
  if (count === 0) return 'No open points.'
  return `${count} open ${count === 1 ? 'point' : 'points'}: see tallystick review.`
}
