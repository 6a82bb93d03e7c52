/**
 * Rows of Form 1099-DA as brokers give them in a CSV: one sale on each line. Every broker words the columns its own way;
 * they are known by the number of the form's box (“1f Proceeds”), or by one of the usual words for it. Dates are the
 * form's, month first, or ISO. “Various” is no date.
 */
import type { Amount, Money } from '../amount/amount.ts'
import type { DecimalMark } from '../amount/source-number.ts'
import { parseCivilDate } from '../events/civil-date.ts'
import type { CivilDate, SourceId, ZoneName } from '../events/identifiers.ts'
import type { BrokerForm } from '../events/interchange-types.ts'
import { amountNeededIn, type CellProblem, isProblem, moneyIn, symbolIn } from './cells.ts'
import { CutRow, cutRow, TextColumns } from './cut-row.ts'
import { cell, foldName, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, outcomeOfRepeated, RowIdentities } from './identity.ts'
import type {
  ReadContext,
  ReadSink,
  SourceFormat,
  SourceRow,
  TableHeader,
  TableReader,
  Writable,
} from './source-format.ts'

/** Each member with the boxes of the form that hold it and the words it goes by. */
const MEMBERS = {
  account: ['account', 'account name', 'wallet'],
  filer: ['filer', 'filer name', 'filers name', 'payer', 'payer name', 'broker', 'broker name'],
  box: ['box code', 'form 8949 box', 'form 8949 code', 'applicable checkbox on form 8949', 'checkbox', '8949 box'],
  asset: ['1b', 'asset', 'asset name', 'asset symbol', 'symbol', 'digital asset', 'name of digital asset', 'coin'],
  units: ['1c', 'units', 'number of units', 'quantity', 'qty', 'units sold', 'quantity sold'],
  acquired: ['1d', 'acquired', 'date acquired', 'acquisition date', 'acquired date'],
  sold: ['1e', 'sold', 'date sold', 'date sold or disposed', 'sale date', 'disposal date', 'date disposed', 'disposed'],
  proceeds: ['1f', 'proceeds', 'gross proceeds', 'sales proceeds', 'total proceeds'],
  basis: ['1g', 'basis', 'cost basis', 'cost or other basis', 'cost'],
  washLoss: ['1i', 'wash loss', 'wash sale loss disallowed', 'wash sale loss', 'disallowed loss'],
  basisReported: ['2', 'basis reported', 'basis reported to irs', 'reported to irs', 'check if basis reported to irs'],
  grossOrNet: ['3a', 'gross net', 'gross or net', 'gross or net proceeds', 'proceeds reported to irs'],
  withheldTax: ['4', 'withheld', 'federal income tax withheld', 'tax withheld', 'withheld tax'],
  term: ['6', 'term', 'holding period', 'short long', 'short or long term', 'type of gain or loss', 's l o'],
  customerInfo: ['8', 'customer info', 'customer provided information', 'basis based on customer info'],
  noncovered: ['9', 'noncovered', 'noncovered security', 'non covered', 'noncovered digital asset'],
  aggregate: ['11a', 'qs nft', 'aggregate', 'aggregate reporting', 'optional reporting'],
  count: ['11b', 'count', 'number of transactions', 'transactions'],
  unitsIn: ['12a', 'units in', 'units transferred in', 'transferred in units', 'number of units transferred in'],
  dateIn: ['12b', 'date in', 'date transferred in', 'transfer in date', 'transferred in date'],
} as const
type Member = keyof typeof MEMBERS

/** Their source text is a row's identity: what the broker reported, not who sent it. */
const IDENTITY = [
  'account',
  'box',
  'asset',
  'units',
  'acquired',
  'sold',
  'proceeds',
  'basis',
] as const satisfies Member[]
const NEEDED = ['asset', 'units', 'sold', 'proceeds'] as const satisfies Member[]

/** A header as it is compared: words only, the box of the form first where it is named. */
const plainName = (name: string): string =>
  foldName(name)
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/^box (?=\d)/, '')

const BOX_FIRST = /^(1[a-i]|2|3a|4|6|8|9|11[ab]|12[ab])( |$)/

function columnsOf(header: TableHeader): Map<Member, number> {
  const columns = new Map<Member, number>()
  const names = header.names.map((name) => {
    const plain = plainName(name)
    const box = BOX_FIRST.exec(plain)
    return { box: box?.[1] ?? '', word: plain.slice(box?.[0].length ?? 0) }
  })
  for (const [member, words] of Object.entries(MEMBERS) as [Member, readonly string[]][]) {
    const byBox = names.findIndex(({ box }) => words.includes(box))
    const at = byBox >= 0 ? byBox : names.findIndex(({ word }) => words.includes(word))
    if (at >= 0) columns.set(member, at)
  }
  return columns
}

const YES = new Set(['x', 'y', 'yes', 'true', '1', 'checked', 'covered'])
const isYes = (text: string): boolean => YES.has(text.toLowerCase())

const BOXES = ['G', 'H', 'J', 'K', 'Y'] as const
const TERMS = ['S', 'L', 'O'] as const
const AGGREGATES = ['QS', 'NFT'] as const

/** A day as the form writes it (`MM/DD/YYYY`) or ISO; null where there is none (“Various”). */
function dayIn(text: string, column: string): CivilDate | null | CellProblem {
  if (text === '' || /^various$/i.test(text)) return null
  const us = text.charCodeAt(4) === HYPHEN ? null : /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:$|[ T])/.exec(text)
  const iso = us === null ? text.slice(0, 10) : `${us[3]}-${us[1]?.padStart(2, '0')}-${us[2]?.padStart(2, '0')}`
  return parseCivilDate(iso) ?? { reason: `“${text.slice(0, 40)}” is no day (MM/DD/YYYY or YYYY-MM-DD)`, column }
}

const HYPHEN = 45

/** The row at hand by the members of the form. What cannot be read leaves the first `problem` behind. */
class FormRow {
  problem: CellProblem | null = null
  readonly hasTick: boolean
  readonly #at: Readonly<Record<Member, number>>
  readonly #names: readonly string[]
  readonly #mark: DecimalMark
  #cells = new CutRow()

  constructor({ header, mark }: ReadContext) {
    const columns = columnsOf(header)
    const place = (member: Member): readonly [Member, number] => [member, columns.get(member) ?? -1]
    this.#at = Object.fromEntries((Object.keys(MEMBERS) as Member[]).map(place)) as Record<Member, number>
    this.#names = header.names
    this.#mark = mark
    this.hasTick = columns.has('basisReported')
  }

  moveTo(cells: CutRow): void {
    this.#cells = cells
    this.problem = null
  }

  text(member: Member): string {
    return this.#cells.cell(this.#at[member])
  }

  money(member: Member): Money | null {
    const text = this.text(member)
    return text === '' ? null : this.#taken(moneyIn(text, this.nameOf(member), this.#mark))
  }

  day(member: Member): CivilDate | null {
    return this.#taken(dayIn(this.text(member), this.nameOf(member)))
  }

  amount(member: Member): Amount {
    return this.#taken(amountNeededIn(this.text(member), this.nameOf(member), this.#mark)) ?? NOTHING
  }

  symbol(member: Member): string {
    return this.#taken(symbolIn(symbolOf(this.text(member)), this.nameOf(member))) ?? ''
  }

  /** The value; where there is none, `instead` and a problem. */
  needed<T>(member: Member, value: T | null, instead: T): T {
    if (value === null) this.fail('it is needed and not there', this.nameOf(member))
    return value ?? instead
  }

  fail(reason: string, column: string): void {
    this.problem ??= { reason, column }
  }

  /** The number of its column; −1 where the file has none. */
  placeOf(member: Member): number {
    return this.#at[member]
  }

  nameOf(member: Member): string {
    return this.#names[this.#at[member]] ?? member
  }

  #taken<T>(value: T | CellProblem): T | null {
    if (!isProblem(value)) return value
    this.problem ??= value
    return null
  }
}

const NOTHING = 0n as Amount

function open(context: ReadContext, sink: ReadSink): TableReader {
  const form = new FormRow(context)
  const soldName = form.nameOf('sold')
  const own = new CutRow()
  const identifying = new TextColumns(IDENTITY.map((member) => form.placeOf(member)))
  const identities = new RowIdentities(context.sha256)
  return {
    row(source: SourceRow) {
      const { row } = source
      const cells = cutRow(source, own)
      form.moveTo(cells)
      const found = identities.byColumns(cells, identifying)
      const { identity } = found
      if (form.text('sold') === soldName && isHeaderAgain(cells.cells, context.header)) {
        identities.beginStatement()
        sink.row({ row, outcome: 'skipped', identity, reason: HEADER_AGAIN })
        return
      }
      const repeated = outcomeOfRepeated(row, found, 'sale')
      if (repeated !== null) {
        sink.row(repeated)
        return
      }
      if (NEEDED.every((member) => form.text(member) === '')) {
        sink.row({ row, outcome: 'skipped', identity, reason: 'no sale is reported on it' })
        return
      }
      const symbol = detached(form.symbol('asset'))
      const read = formOf(form)
      if (form.problem !== null) {
        sink.row({ row, outcome: 'not-understood', identity, ...form.problem })
        return
      }
      const account = form.text('account')
      sink.row({ row, outcome: 'broker-form', identity })
      sink.brokerForm?.({
        ...(account === '' ? {} : { account: { name: detached(account), kind: 'exchange' } }),
        asset: { symbol },
        form: read,
        row,
      })
    },
    end() {},
  }
}

const NAMED_SYMBOL = /\(([A-Za-z0-9.]{2,20})\)$/

/** `Bitcoin (BTC)` is BTC. */
const symbolOf = (text: string): string => (text.endsWith(')') ? (NAMED_SYMBOL.exec(text)?.[1] ?? text) : text)

/** The one of them that the text is, in capitals. */
const oneOf = <T extends string>(choices: readonly T[], text: string): T | undefined => {
  if (text === '') return undefined
  const capitals = text.toUpperCase()
  return choices.find((one) => one === capitals)
}

const COUNT = /^\d{1,9}$/

function formOf(row: FormRow): Omit<BrokerForm, 'account' | 'asset'> {
  const box = oneOf(BOXES, row.text('box'))
  const term = oneOf(TERMS, row.text('term').slice(0, 1))
  const aggregate = oneOf(AGGREGATES, row.text('aggregate'))
  const proceedsAre = row.text('grossOrNet').toLowerCase()
  const grossOrNet =
    proceedsAre === '' ? undefined : (['gross', 'net'] as const).find((one) => proceedsAre.startsWith(one))
  const noncovered = tick(row.text('noncovered'))
  const unitsIn = row.text('unitsIn') === '' ? undefined : row.amount('unitsIn')
  const count = row.text('count')
  const acquired = row.day('acquired')
  const dateIn = row.day('dateIn')
  const basis = row.money('basis')
  const washLoss = row.money('washLoss')
  const withheldTax = row.money('withheldTax')
  const customerInfo = tick(row.text('customerInfo'))
  const filer = row.text('filer')
  const form: Writable<Omit<BrokerForm, 'account' | 'asset'>> = {
    units: row.amount('units'),
    sold: row.needed('sold', row.day('sold'), '' as CivilDate),
    proceeds: row.needed('proceeds', row.money('proceeds'), 0n as Money),
    basisReported: reported(row, box, noncovered),
  }
  if (box !== undefined) form.box = box
  if (term !== undefined) form.term = term
  if (aggregate !== undefined) form.aggregate = aggregate
  if (grossOrNet !== undefined) form.grossOrNet = grossOrNet
  if (noncovered !== undefined) form.noncovered = noncovered
  if (COUNT.test(count)) form.count = Number.parseInt(count, 10)
  if (acquired !== null) form.acquired = acquired
  if (dateIn !== null) form.dateIn = dateIn
  if (basis !== null) form.basis = basis
  if (washLoss !== null) form.washLoss = washLoss
  if (withheldTax !== null) form.withheldTax = withheldTax
  if (unitsIn !== undefined) form.unitsIn = unitsIn
  if (customerInfo !== undefined) form.customerInfo = customerInfo
  if (filer !== '') form.filer = detached(filer)
  return form
}

/** What a box to be ticked says; undefined where nothing stands in it. */
const tick = (text: string): boolean | undefined => (text === '' ? undefined : isYes(text))

/**
 * Whether the basis went to the tax office: as box 2 says, else as the box of Form 8949 implies (G and J: it did). A box 2
 * without a tick says no.
 */
function reported(row: FormRow, box: BrokerForm['box'], noncovered: boolean | undefined): boolean {
  const text = row.text('basisReported')
  if (text !== '') return isYes(text)
  if (box !== undefined) return box === 'G' || box === 'J'
  if (noncovered !== true && !row.hasTick) {
    const reason = 'it does not say whether the basis was reported (box 2), nor for which box of Form 8949 it is'
    row.fail(reason, 'basis reported')
  }
  return false
}

/** “Coinbase, Inc.” is the account Coinbase. */
const brokerOf = (filer: string): string =>
  filer.replace(/,? (inc|llc|l\.l\.c|ltd|corp|corporation|co|n\.a)\.?$/i, '').trim()

export const brokerForms: SourceFormat = {
  id: 'broker-forms' as SourceId,
  name: 'Form 1099-DA',
  venue: 'your broker',
  version: 1,
  account: { name: 'Broker', kind: 'exchange' },
  accountOf(header) {
    const at = columnsOf(header).get('filer') ?? -1
    const name = brokerOf(cell(header.sample[0]?.cells ?? [], at))
    return name === '' ? null : { name, kind: 'exchange' }
  },
  zone: 'UTC' as ZoneName,
  decimals: '.',
  identityColumns: { '1099-DA': IDENTITY },
  howToGet: 'The CSV of Form 1099-DA that the broker offers beside the PDF: one sale on each line.',
  recognise(header) {
    const columns = columnsOf(header)
    if (!NEEDED.every((member) => columns.has(member))) return null
    // A list of sales without these is somebody's own calculation, no broker's form.
    if (!columns.has('basisReported') && !columns.has('box')) return null
    const all = new Set([...columns.values(), ...header.names.keys()]).size
    return { layout: '1099-DA', score: Math.round((0.5 + (0.5 * columns.size) / all) * 1000) / 1000 }
  },
  open,
}
