/**
 * Rows of Form 1099-DA as brokers give them in a CSV: one sale on each line. Every broker words the columns its own way;
 * they are known by the number of the form's box (“1f Proceeds”), or by one of the usual words for it. Dates are the
 * form's, month first, or ISO. “Various” is no date.
 */
import type { Amount, Money } from '../amount/amount.ts'
import { parseCivilDate } from '../events/civil-date.ts'
import type { CivilDate, SourceId, ZoneName } from '../events/identifiers.ts'
import type { BrokerForm } from '../events/interchange-types.ts'
import { amountNeededIn, type CellProblem, isProblem, moneyIn, symbolIn } from './cells.ts'
import { cell, foldName } from './header.ts'
import { detached, RowIdentities } from './identity.ts'
import type { ReadContext, ReadSink, SourceFormat, SourceRow, TableHeader, TableReader } from './source-format.ts'

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

/** A day as the form writes it (`MM/DD/YYYY`) or ISO; null where there is none (“Various”). */
function dayIn(text: string, column: string): CivilDate | null | CellProblem {
  if (text === '' || /^various$/i.test(text)) return null
  const us = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:$|[ T])/.exec(text)
  const iso = us === null ? text.slice(0, 10) : `${us[3]}-${us[1]?.padStart(2, '0')}-${us[2]?.padStart(2, '0')}`
  return parseCivilDate(iso) ?? { reason: `“${text.slice(0, 40)}” is no day (MM/DD/YYYY or YYYY-MM-DD)`, column }
}

/** A row cannot be read; thrown inside one row only. */
class Unread extends Error {
  readonly problem: CellProblem

  constructor(problem: CellProblem) {
    super(problem.reason)
    this.problem = problem
  }
}
function read<T>(value: T | CellProblem): T {
  if (isProblem(value)) throw new Unread(value)
  return value
}

function open(context: ReadContext, sink: ReadSink): TableReader {
  const columns = columnsOf(context.header)
  const identities = new RowIdentities(context.sha256)
  const nameOf = (member: Member): string => context.header.names[columns.get(member) ?? -1] ?? member
  return {
    row({ row, cells }: SourceRow) {
      const text = (member: Member): string => cell(cells, columns.get(member) ?? -1)
      const { identity } = identities.byText(IDENTITY.map(text))
      if (NEEDED.every((member) => text(member) === '')) {
        sink.row({ row, outcome: 'skipped', identity, reason: 'no sale is reported on it' })
        return
      }
      try {
        const asset = read(symbolIn(symbolOf(text('asset')), nameOf('asset')))
        const form = formOf(text, nameOf, context, columns.has('basisReported'))
        const account = text('account')
        sink.row({ row, outcome: 'broker-form', identity })
        sink.brokerForm?.({
          ...(account === '' ? {} : { account: { name: detached(account), kind: 'exchange' } }),
          asset: { symbol: detached(asset) },
          form,
          row,
        })
      } catch (error) {
        if (!(error instanceof Unread)) throw error
        sink.row({ row, outcome: 'not-understood', identity, ...error.problem })
      }
    },
    end() {},
  }
}

/** `Bitcoin (BTC)` is BTC. */
const symbolOf = (text: string): string => /\(([A-Za-z0-9.]{2,20})\)\s*$/.exec(text)?.[1] ?? text

function formOf(
  text: (member: Member) => string,
  nameOf: (member: Member) => string,
  { mark }: ReadContext,
  hasTick: boolean,
): Omit<BrokerForm, 'account' | 'asset'> {
  const money = (member: Member): Money | null => read(moneyIn(text(member), nameOf(member), mark))
  const day = (member: Member): CivilDate | null => read(dayIn(text(member), nameOf(member)))
  const needed = <T>(member: Member, value: T | null): T => {
    if (value === null) throw new Unread({ reason: 'it is needed and not there', column: nameOf(member) })
    return value
  }
  const box = BOXES.find((one) => one === text('box').toUpperCase())
  const term = (['S', 'L', 'O'] as const).find((one) => one === text('term').slice(0, 1).toUpperCase())
  const aggregate = (['QS', 'NFT'] as const).find((one) => one === text('aggregate').toUpperCase())
  const grossOrNet = (['gross', 'net'] as const).find((one) => text('grossOrNet').toLowerCase().startsWith(one))
  const noncovered = text('noncovered') === '' ? undefined : isYes(text('noncovered'))
  const unitsIn: Amount | null =
    text('unitsIn') === '' ? null : read(amountNeededIn(text('unitsIn'), nameOf('unitsIn'), mark))
  const count = /^\d{1,9}$/.test(text('count')) ? Number.parseInt(text('count'), 10) : undefined
  const optional = {
    box,
    term,
    aggregate,
    grossOrNet,
    noncovered,
    count,
    acquired: day('acquired') ?? undefined,
    dateIn: day('dateIn') ?? undefined,
    basis: money('basis') ?? undefined,
    washLoss: money('washLoss') ?? undefined,
    withheldTax: money('withheldTax') ?? undefined,
    unitsIn: unitsIn ?? undefined,
    customerInfo: text('customerInfo') === '' ? undefined : isYes(text('customerInfo')),
    filer: text('filer') === '' ? undefined : detached(text('filer')),
  }
  return {
    units: read(amountNeededIn(text('units'), nameOf('units'), mark)),
    sold: needed('sold', day('sold')),
    proceeds: needed('proceeds', money('proceeds')),
    basisReported: reported(hasTick ? text('basisReported') : null, box, noncovered),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as object),
  }
}

/**
 * Whether the basis went to the tax office: as box 2 says, else as the box of Form 8949 implies (G and J: it did). A box 2
 * without a tick says no; `null`: the file has none.
 */
function reported(text: string | null, box: BrokerForm['box'], noncovered: boolean | undefined): boolean {
  if (text !== null && text !== '') return isYes(text)
  if (box !== undefined) return box === 'G' || box === 'J'
  if (noncovered === true || text !== null) return false
  const reason = 'it does not say whether the basis was reported (box 2), nor for which box of Form 8949 it is'
  throw new Unread({ reason, column: 'basis reported' })
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
