/**
 * Our own table of the whole books, a line for each leg (“export --to csv”). It brings back accounts, assets and events as they
 * were; prices are no part of it. Older tables, without the columns after `note`, are read as far as they go.
 */
import type { Amount, Money } from '../amount/amount.ts'
import { ACCOUNT_KINDS, type Account, ASSET_KINDS, type Asset } from '../events/account.ts'
import { parseCivilDate } from '../events/civil-date.ts'
import { type LedgerEvent, type Leg, ROLES, type TimePrecision } from '../events/event.ts'
import { checkEvent } from '../events/event-invariants.ts'
import type { AccountId, AssetId, EventId, SourceId, ZoneName } from '../events/identifiers.ts'
import { KINDS, type Kind } from '../events/kinds.ts'
import type { CellProblem } from './cells.ts'
import { addFact } from './facts.ts'
import { unguarded } from './formula-guard.ts'
import { detached, groupKey, shared } from './identity.ts'
import type { Meaning } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { LegDraft, Writable } from './source-format.ts'
import { type JoinedRow, type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { FIRST_COLUMNS, LATER_COLUMNS } from './tallystick-columns.ts'
import { specialMembers } from './tallystick-more.ts'

const KIND_SET: ReadonlySet<string> = new Set(KINDS)
const ACCOUNT_KIND_SET: ReadonlySet<string> = new Set(ACCOUNT_KINDS)
const ASSET_KIND_SET: ReadonlySet<string> = new Set(ASSET_KINDS)
const ROLE_SET: ReadonlySet<string> = new Set(ROLES)
const PRECISIONS: ReadonlySet<string> = new Set(['day', 'minute', 'second', 'millisecond'])
const FEE_OF: ReadonlySet<string> = new Set(['out', 'in', 'fee'])
const VALUED_BY: ReadonlySet<string> = new Set(['user'])
const OWNERS: ReadonlySet<string> = new Set(['self', 'spouse', 'joint', 'affiliated'])

function open({ column, context, sink }: OpenTable): RowReader {
  const at = {
    event: column('event'),
    kind: column('kind'),
    leg: column('leg'),
    role: column('role'),
    account: column('account'),
    asset: column('asset'),
    amount: column('amount'),
    included: column('included'),
    value: column('value'),
    currency: column('currency'),
    hash: column('hash'),
    note: column('note'),
    precision: column('precision'),
    protocol: column('protocol'),
    for: column('for'),
    withheld: column('withheld'),
    acquired: column('acquired'),
    cost: column('cost'),
    pool: column('pool'),
    carryAcquired: column('carry acquired'),
    carryCost: column('carry cost'),
    carryValue: column('carry value'),
    accountId: column('account id'),
    accountKind: column('account kind'),
    group: column('account group'),
    owner: column('account owner'),
    business: column('business'),
    assetId: column('asset id'),
    assetKind: column('asset kind'),
    chain: column('chain'),
    contract: column('contract'),
    family: column('family'),
    more: column('more'),
    valueBy: column('value by'),
  }
  const accounts = new Map<string, Account>()
  const assets = new Map<string, Asset>()
  let lastEvent = ''
  let lastTime = Number.NaN
  let order = 0

  const oneOf = (row: RowCursor, of: Column, allowed: ReadonlySet<string>): string => {
    const word = row.word(of)
    if (word !== '' && !allowed.has(word)) row.fail(`“${word.slice(0, 40)}” is not one of the words of this column`, of)
    return word
  }
  const isYes = (row: RowCursor, of: Column): boolean => row.text(of) === 'yes'
  const dayIn = (row: RowCursor, of: Column) => {
    const text = row.text(of)
    if (text === '') return null
    const day = parseCivilDate(text)
    if (day === null) row.fail(`“${text.slice(0, 40)}” is no day of the calendar`, of)
    return day
  }
  const accountIn = (row: RowCursor): Account | null => {
    const written = row.text(at.accountId)
    if (written === '') return null
    const id = shared(unguarded(written))
    const known = accounts.get(id)
    if (known !== undefined) return known
    const kind = oneOf(row, at.accountKind, ACCOUNT_KIND_SET) || 'manual'
    const owner = oneOf(row, at.owner, OWNERS)
    const group = unguarded(row.text(at.group))
    return {
      id: id as AccountId,
      name: detached(unguarded(row.text(at.account)) || id),
      kind: kind as Account['kind'],
      ...(group === '' ? {} : { group: detached(group) }),
      ...(owner === '' ? {} : { owner: owner as NonNullable<Account['owner']> }),
      ...(isYes(row, at.business) ? { business: true } : {}),
    }
  }
  const assetIn = (row: RowCursor): Asset | null => {
    const written = row.text(at.assetId)
    if (written === '') return null
    const id = shared(unguarded(written))
    const known = assets.get(id)
    if (known !== undefined) return known
    const kind = oneOf(row, at.assetKind, ASSET_KIND_SET) || 'crypto'
    const [symbol, chain, contract, family] = [at.asset, at.chain, at.contract, at.family].map((of) =>
      unguarded(row.text(of)),
    )
    return {
      id: id as AssetId,
      kind: kind as Asset['kind'],
      ...(symbol === '' || symbol === id ? {} : { symbol: detached(symbol as string) }),
      ...(chain === '' ? {} : { chain: detached(chain as string) }),
      ...(contract === '' ? {} : { contract: detached(contract as string) }),
      ...(family === '' ? {} : { family: detached(family as string) }),
    }
  }
  /** Declares what this row is the first to name, once it is known that the row can be read. */
  const declare = (account: Account | null, asset: Asset | null): void => {
    const isNewAccount = account !== null && !accounts.has(account.id)
    const isNewAsset = asset !== null && !assets.has(asset.id)
    if (isNewAccount) accounts.set(account.id, account)
    if (isNewAsset) assets.set(asset.id, asset)
    if (isNewAccount || isNewAsset) sink.declare?.(isNewAccount ? [account] : [], isNewAsset ? [asset] : [])
  }

  const moneyIn = (row: RowCursor, of: Column): { amount: Money; currency: string } | null => {
    const amount = row.money(of)
    if (amount === null) return null
    const currency = row.symbol(at.currency)
    if (row.problem === null && !row.isFiat(currency))
      row.fail(`“${currency.slice(0, 40)}” is no currency`, at.currency)
    return { amount, currency }
  }

  const carryIn = (row: RowCursor): LegDraft['carry'] => {
    const acquired = dayIn(row, at.carryAcquired)
    const cost = row.money(at.carryCost)
    const marketValue = row.money(at.carryValue)
    if (acquired === null && cost === null && marketValue === null) return undefined
    return {
      ...(acquired === null ? {} : { acquired }),
      ...(cost === null ? {} : { cost }),
      ...(marketValue === null ? {} : { marketValue }),
    }
  }

  /** An account that the row has no id for, by its name. */
  const nameOf = (row: RowCursor): NonNullable<LegDraft['account']> => {
    const name = unguarded(row.text(at.account))
    if (name === '') row.fail('the account is missing', at.account)
    return { name: shared(name), kind: 'manual' }
  }

  const legIn = (row: RowCursor): LegDraft => {
    const role = oneOf(row, at.role, ROLE_SET)
    if (role === '') row.fail('the role is missing', at.role)
    const account = accountIn(row)
    const asset = assetIn(row)
    const value = moneyIn(row, at.value)
    const valueBy = oneOf(row, at.valueBy, VALUED_BY)
    if (valueBy !== '' && value === null) row.fail('says whose word the value is, but there is no value', at.valueBy)
    const cost = moneyIn(row, at.cost)
    const acquired = dayIn(row, at.acquired)
    const fee = oneOf(row, at.for, FEE_OF)
    const leg: Writable<LegDraft> = {
      role: role as LegDraft['role'],
      account: account === null ? nameOf(row) : { name: account.id, kind: account.kind },
      asset: { symbol: asset === null ? row.symbol(at.asset) : asset.id },
      amount: row.needed(at.amount) as Amount,
    }
    if (value !== null) leg.value = value
    if (valueBy !== '') leg.valueBy = 'user'
    if (fee !== '') leg.for = fee as NonNullable<LegDraft['for']>
    if (isYes(row, at.withheld)) leg.withheld = true
    else if (isYes(row, at.included)) leg.included = true
    if (acquired !== null) leg.acquired = acquired
    if (cost !== null) leg.cost = cost
    if (isYes(row, at.pool)) leg.pool = true
    const carry = carryIn(row)
    if (carry !== undefined) {
      leg.carry = carry
      // Older tables name the currency only where the leg has a value or cost of its own.
      const currency = row.symbol(at.currency)
      if (currency !== '') leg.carryCurrency = currency
    }
    if (row.problem === null) declare(account, asset)
    return leg
  }

  return {
    read(row): Verdict {
      const id = unguarded(row.text(at.event))
      if (id === '') return { reason: 'the event is not named', column: 'event' }
      const kind = row.word(at.kind)
      if (!KIND_SET.has(kind)) return { reason: `“${kind.slice(0, 40)}” is not one of the kinds`, column: 'kind' }
      const legs = row.text(at.leg) === '' ? [] : [legIn(row)]
      const precision = oneOf(row, at.precision, PRECISIONS)
      if (row.problem !== null) return row.problem
      const more = specialMembers(row.text(at.more), kind as Kind, row.time, (event) => groupKey(event, context.sha256))
      if ('reason' in more) return { ...more, column: 'more' }
      // The order of the file is that of the books.
      if (id !== lastEvent) {
        order = row.time === lastTime ? order + 1 : 0
        lastEvent = detached(id)
        lastTime = row.time
      }
      const facts: Writable<Partial<Meaning>> = {
        kind: kind as Kind,
        legs,
        order,
        precision: (precision || 'millisecond') as TimePrecision,
      }
      addFact(facts, 'hash', unguarded(row.text(at.hash)))
      addFact(facts, 'note', unguarded(row.text(at.note)))
      addFact(facts, 'protocol', unguarded(row.text(at.protocol)))
      if ('special' in more) facts.special = more.special
      return { join: id, word: '', parts: [], facts }
    },
    together,
  }
}

/** The leg as the books have it: ids and sums alone. */
const legOf = ({ asset, account, value, cost, ...leg }: LegDraft): Leg => ({
  ...leg,
  asset: asset.symbol as AssetId,
  account: (account?.name ?? '') as AccountId,
  ...(value === undefined ? {} : { value: value.amount }),
  ...(cost === undefined ? {} : { cost: cost.amount }),
})

/** An event of its legs, in the order of the table; what no event may be is said of its rows. */
function together(rows: readonly JoinedRow[]): Meaning | CellProblem {
  const kind = rows[0]?.facts.kind ?? 'informational'
  const legs = rows.length === 1 ? (rows[0]?.facts.legs ?? []) : rows.flatMap(({ facts }) => facts.legs ?? [])
  const special = rows[0]?.facts.special ?? {}
  const event: LedgerEvent = {
    ...special,
    id: 'event' as EventId,
    time: 0 as LedgerEvent['time'],
    kind,
    legs: legs.map(legOf),
  }
  const [fault] = checkEvent(event)
  return fault === undefined
    ? { kind, legs }
    : { reason: `the event is not sound: ${fault.message}`, column: fault.member ?? 'leg' }
}

export const tallystickTable = tableSource({
  id: 'tallystick-table' as SourceId,
  name: 'Tallystick table',
  venue: 'Tallystick',
  version: 1,
  account: { name: 'Tallystick table', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Tallystick: Reports → Everything → CSV, or “tallystick export --to csv”. Prices come with the JSON only.',
  layouts: [
    {
      layout: 'legs',
      required: FIRST_COLUMNS,
      optional: LATER_COLUMNS,
      id: ['event', 'leg'],
      identity: ['event', 'leg', 'time', 'kind'],
      time: ['time'],
      record: 'leg',
      open,
    },
  ],
})
