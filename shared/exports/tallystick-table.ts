/**
 * The books as one table, a line for each leg, with everything that an event, its accounts and its assets have: read back
 * into a new ledger it gives the same books. Prices are no part of it; they leave with the interchange.
 */
import { formatAmount, formatMoney } from '../amount/decimal.ts'
import type { Account, Asset } from '../events/account.ts'
import { canonicalJson, type JsonValue } from '../events/canonical-json.ts'
import { formatInstant } from '../events/civil-time.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import { eventMembers } from '../events/interchange-writer.ts'
import { guarded } from '../sources/formula-guard.ts'
import { TALLYSTICK_COLUMNS } from '../sources/tallystick-columns.ts'
import type { Books, ExportedBooks } from './books.ts'
import { field } from './csv-text.ts'

/** Members of an event that have columns of their own, or are said by the legs. */
const IN_COLUMNS = new Set(['id', 'time', 'kind', 'legs', 'note', 'hash', 'precision', 'protocol'])

const safe = (text: string): string => field(guarded(text))

const yes = (is: boolean | undefined): string => (is === true ? 'yes' : '')

/** What lots, plans and markers say about an event, as JSON; empty for nearly all. */
function moreOf(event: LedgerEvent): string {
  const members = Object.entries(eventMembers(event)).filter(
    ([name, value]) => !IN_COLUMNS.has(name) && value !== undefined,
  )
  return members.length === 0 ? '' : canonicalJson(Object.fromEntries(members) as { [name: string]: JsonValue })
}

function legCells(leg: Leg, at: number, account: Account | undefined, asset: Asset | undefined, currency: string) {
  const { carry } = leg
  const hasMoney =
    leg.value !== undefined || leg.cost !== undefined || carry?.cost !== undefined || carry?.marketValue !== undefined
  return {
    leg: String(at),
    role: leg.role,
    account: safe(account?.name ?? leg.account),
    asset: safe(asset?.symbol ?? leg.asset),
    amount: formatAmount(leg.amount),
    included: yes(leg.included === true || leg.withheld === true),
    value: leg.value === undefined ? '' : formatMoney(leg.value),
    'value by': leg.valueBy ?? '',
    currency: hasMoney ? currency : '',
    for: leg.for ?? '',
    withheld: yes(leg.withheld),
    acquired: leg.acquired ?? '',
    cost: leg.cost === undefined ? '' : formatMoney(leg.cost),
    pool: yes(leg.pool),
    'carry acquired': carry?.acquired ?? '',
    'carry cost': carry?.cost === undefined ? '' : formatMoney(carry.cost),
    'carry value': carry?.marketValue === undefined ? '' : formatMoney(carry.marketValue),
    'account id': safe(leg.account),
    'account kind': account?.kind ?? '',
    'account group': safe(account?.group ?? ''),
    'account owner': account?.owner ?? '',
    business: yes(account?.business),
    'asset id': safe(leg.asset),
    'asset kind': asset?.kind ?? '',
    chain: safe(asset?.chain ?? ''),
    contract: safe(asset?.contract ?? ''),
    family: safe(asset?.family ?? ''),
  }
}

type Cells = Partial<Record<(typeof TALLYSTICK_COLUMNS)[number], string>>

/** The whole books; events in the order given, which is the engine's. */
export function tallystickTable(books: Books, fileName: string): ExportedBooks {
  const accounts = new Map(books.accounts.map((account) => [account.id, account]))
  const assets = new Map(books.assets.map((asset) => [asset.id, asset]))
  const lines: string[] = [TALLYSTICK_COLUMNS.join(',')]
  const line = (cells: Cells): void => void lines.push(TALLYSTICK_COLUMNS.map((name) => cells[name] ?? '').join(','))
  for (const event of books.events) {
    const common: Cells = {
      event: safe(event.id),
      time: formatInstant(event.time),
      kind: event.kind,
      hash: safe(event.hash ?? ''),
      note: safe(event.note ?? ''),
      precision: event.precision ?? '',
      protocol: safe(event.protocol ?? ''),
      more: field(moreOf(event)),
    }
    if (event.legs.length === 0) line(common)
    for (const [at, leg] of event.legs.entries()) {
      line({ ...common, ...legCells(leg, at, accounts.get(leg.account), assets.get(leg.asset), books.currency) })
    }
  }
  return { files: [{ name: `${fileName}.csv`, text: `${lines.join('\r\n')}\r\n` }], leftOut: [] }
}
