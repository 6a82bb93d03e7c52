import type { Command } from 'commander'
import { CommandFailure, EXIT } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { money, type Output, table } from '../output.ts'
import { positionLines } from './positions.ts'
import { type LedgerOptions, onLedger, outputOf, parseYear } from './shared-options.ts'
import { type ShownResult, type YearWords, yearLines } from './tax-year-lines.ts'

interface TaxOptions extends LedgerOptions {
  readonly year: string
  readonly jurisdiction?: string
  readonly method?: string
  readonly compare?: true | string
  readonly all?: true
  readonly lots?: true
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
    .option('--all', 'list every disposal, however many there are')
    .option('--lots', 'what is held at the end, lot by lot or pool by pool, with the event it came in with')
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
        const words = await wordsOf(client, year)
        const law = own ? words.law : null
        const notes = own ? await ownNotes(client, year) : await foreignNotes(client, options.jurisdiction)
        output.document(document, () => [
          ...yearLines(year, shown, { ...words, law, all: options.all === true, lots: options.lots === true }),
          ...notes,
        ])
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

/** What the figures of a year are under, and what its assets are called. */
export async function wordsOf(client: EngineClient, year: number): Promise<YearWords> {
  const { assets } = await client.assets.list()
  const symbols = new Map(assets.map(({ id, symbol }) => [id as string, symbol ?? id]))
  const { years, country } = await client.tax.years()
  const row = years.find((one) => one.year === year)
  if (row === undefined) return { law: null, symbols }
  const { label, jurisdiction, currency, methodName, methodRule } = row
  const lived = (await client.tax.countries()).find(({ code }) => code === jurisdiction)?.name
  return { law: { label, country: lived ?? country, currency, method: methodName, rule: methodRule }, symbols }
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

/** Sums in other currencies have no difference. */
const ABROAD = CELLS.filter((cell) => cell !== 'difference')

async function compareCountries(client: EngineClient, year: number, output: Output): Promise<void> {
  const { rows } = await client.tax.compareCountries({ years: [year] })
  const countries = rows.map(({ cells: [cell], ...row }) => ({ ...row, cell: cell ?? null }))
  output.document({ year, countries }, () => [
    ...table(
      ['', 'country', 'currency', 'method', ...ABROAD, 'to verify'],
      countries
        .filter(({ allowed }) => allowed)
        .map((row) => [
          row.chosen ? '*' : '',
          row.name,
          row.currency,
          row.methodName,
          ...cellTexts(row.cell ?? undefined).filter((_, at) => CELLS[at] !== 'difference'),
          row.toVerify.length > 0 ? 'yes' : '',
        ]),
      [...ABROAD],
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
