import type { Command } from 'commander'
import { CommandFailure, EXIT } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { money, type Output, table } from '../output.ts'
import { positionLines } from './positions.ts'
import { type LedgerOptions, onLedger, outputOf, parseYear } from './shared-options.ts'

interface TaxOptions extends LedgerOptions {
  readonly year: string
  readonly jurisdiction?: string
  readonly method?: string
  readonly compare?: true | string
}

/** The members of a result document that the terminal shows. */
interface ShownResult {
  readonly totals: Record<string, Record<string, unknown>>
  readonly open: readonly unknown[]
  readonly brokerForms?: readonly { readonly status: string }[]
}

const COMPARED = ['methods', 'countries', 'positions'] as const
type Compared = (typeof COMPARED)[number]

export function addTax(program: Command): void {
  onLedger(program.command('tax'))
    .argument('<ledger>')
    .description('totals, disposals and income of a tax year')
    .requiredOption('--year <year>')
    .option('--jurisdiction <cc>', 'as another country would have it; changes nothing in the ledger')
    .option('--method <method>', 'under another method; changes nothing in the ledger')
    .option('--compare [what]', 'methods (as also without a word), countries or positions, side by side')
    .action((ledger: string, options: TaxOptions) => {
      const year = parseYear(options.year)
      const compared = comparedOf(options.compare)
      return withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (compared !== null) return compare(client, compared, year, output)
        const { document, shown } = await resultOf(client, {
          year,
          ...(options.jurisdiction === undefined ? {} : { jurisdiction: options.jurisdiction }),
          ...(options.method === undefined ? {} : { method: options.method }),
        })
        const own = options.jurisdiction === undefined && options.method === undefined
        const notes = own ? await ownNotes(client, year) : await foreignNotes(client, options.jurisdiction)
        output.document(document, () => [...totalLines(year, shown), ...notes])
        process.exitCode = shown.open.length > 0 ? EXIT.found : EXIT.done
      })
    })
}

function comparedOf(option: true | string | undefined): Compared | null {
  if (option === undefined) return null
  if (option === true) return 'methods'
  const known = COMPARED.find((one) => one === option)
  if (known === undefined) throw new CommandFailure(`--compare ${option}: write ${COMPARED.join(', ')}`)
  return known
}

async function ownNotes(client: EngineClient, year: number): Promise<string[]> {
  const { years, toVerify, country } = await client.tax.years()
  const filed = years.some((one) => one.year === year && one.filed)
  return [
    ...toVerify.map((note) => `To verify (${country}): ${note}`),
    ...(filed ? [`${year} is filed, and these are the figures that were filed: see tallystick diff.`] : []),
  ]
}

async function foreignNotes(client: EngineClient, code: string | undefined): Promise<string[]> {
  const country = (await client.tax.countries()).find((one) => one.code === code?.toLowerCase())
  return (country?.toVerify ?? []).map((note) => `To verify (${country?.name}): ${note}`)
}

async function compare(client: EngineClient, compared: Compared, year: number, output: Output): Promise<void> {
  if (compared === 'methods') return compareMethods(client, year, output)
  if (compared === 'countries') return compareCountries(client, year, output)
  const { rows } = await client.tax.positions()
  const effects = await client.tax.positionEffects({})
  output.document({ year, positions: rows, effects: effects.rows }, () => positionLines(rows, effects.rows, year))
}

const CELLS = ['gain', 'short term', 'long term', 'income', 'taxable', 'difference', 'tax'] as const

function cellTexts(cell: Cell | undefined): string[] {
  if (cell === undefined) return CELLS.map(() => '')
  const { gain, shortTerm, longTerm, income, taxable, difference, tax } = cell
  return [gain, shortTerm, longTerm, income, taxable, difference, tax].map((sum) => (sum === null ? '' : money(sum)))
}

interface Cell {
  readonly gain: string
  readonly shortTerm: string | null
  readonly longTerm: string | null
  readonly income: string
  readonly taxable: string
  readonly difference: string
  readonly tax: string | null
}

async function compareMethods(client: EngineClient, year: number, output: Output): Promise<void> {
  const { rows, years, currency } = await client.tax.compareMethods({ years: [year] })
  const [about] = years
  const methods = rows.map(({ cells: [cell], ...row }) => ({
    ...row,
    gain: cell?.gain ?? null,
    shortTerm: cell?.shortTerm ?? null,
    longTerm: cell?.longTerm ?? null,
    cell: cell ?? null,
  }))
  output.document({ year, currency, mayChoose: about?.mayChoose ?? true, why: about?.why ?? null, methods }, () => [
    ...table(
      ['', 'method', ...CELLS, 'note'],
      methods
        .filter(({ allowed, chosen }) => allowed || chosen)
        .map((row) => [row.chosen ? '*' : '', row.name, ...cellTexts(row.cell ?? undefined), row.note]),
      [...CELLS],
    ),
    ...methods.filter(({ why }) => why !== null).map((row) => `Not ${row.name}: ${row.why}`),
    ...(about?.why ? [about.why] : []),
  ])
}

async function compareCountries(client: EngineClient, year: number, output: Output): Promise<void> {
  const { rows } = await client.tax.compareCountries({ years: [year] })
  const countries = rows.map(({ cells: [cell], ...row }) => ({ ...row, cell: cell ?? null }))
  output.document({ year, countries }, () => [
    ...table(
      ['', 'country', 'currency', 'method', ...CELLS, 'to verify'],
      countries
        .filter(({ allowed }) => allowed)
        .map((row) => [
          row.chosen ? '*' : '',
          row.name,
          row.currency,
          row.methodName,
          ...cellTexts(row.cell ?? undefined),
          row.toVerify.length > 0 ? 'yes' : '',
        ]),
      [...CELLS],
    ),
    ...countries.filter(({ why }) => why !== null).map((row) => `Not ${row.name}: ${row.why}`),
  ])
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

/** Bounds that an open point may leave without a limit. */
const UNBOUNDED: ReadonlySet<string> = new Set(['low', 'high', 'incomeLow', 'incomeHigh'])

/** The totals of one year for people. */
export function totalLines(year: number, result: ShownResult): string[] {
  const totals = result.totals[String(year)]
  if (totals === undefined) return [`There is nothing in the tax year ${year}.`]
  const shown = Object.entries(totals)
    .map(([name, value]): [string, unknown] => [name, value === null && UNBOUNDED.has(name) ? 'no limit known' : value])
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  const place = (name: string) => (FIGURES.includes(name) ? FIGURES.indexOf(name) : FIGURES.length)
  const lines = shown.sort(([a], [b]) => place(a) - place(b))
  const own = (totals.lines as readonly { label: string; amount: string }[] | undefined) ?? []
  const carried = Object.entries((totals.carryOut as Record<string, string> | undefined) ?? {})
  const without = totals.withoutOpen as { gain: string; income: string } | undefined
  return [
    `Tax year ${year}`,
    ...table(
      ['figure', 'amount'],
      [
        ...lines.map(([name, value]) => [
          name,
          typeof value === 'string' && value !== 'no limit known' ? money(value) : String(value),
        ]),
        ...own.map(({ label, amount }) => [label, money(amount)]),
        ...carried.map(([name, amount]) => [`carried on: ${name}`, money(amount)]),
        ...(result.open.length === 0 || without === undefined
          ? []
          : [
              ['gain without open points', money(without.gain)],
              ['income without open points', money(without.income)],
            ]),
      ],
      ['amount'],
    ),
    ...brokerFormsLine(result.brokerForms ?? []),
    openPointsLine(result.open.length),
  ]
}

/** How the rows of brokers' forms stand to the books: “Brokers' forms: 3 matched, 1 unmatched”. */
function brokerFormsLine(forms: NonNullable<ShownResult['brokerForms']>): string[] {
  if (forms.length === 0) return []
  const counts = new Map<string, number>()
  for (const { status } of forms) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [`Brokers' forms: ${[...counts].map(([status, n]) => `${n} ${status.replaceAll('-', ' ')}`).join(', ')}`]
}

function openPointsLine(count: number): string {
  if (count === 0) return 'No open points.'
  return `${count} open ${count === 1 ? 'point' : 'points'}: see tallystick review.`
}
