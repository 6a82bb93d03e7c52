/** Reads a `tallystick/events@1` document: every member checked, unknown ones named, all problems told at once. */
import type { Account, Asset } from './account.ts'
import { ACCOUNT_KINDS, ASSET_KINDS } from './account.ts'
import { civilClock, parseDateOrInstant } from './civil-time.ts'
import type { LedgerEvent } from './event.ts'
import type { AccountId, AssetId, CurrencyCode } from './identifiers.ts'
import { readDecided, readTold } from './interchange-decided.ts'
import { readEvents } from './interchange-events.ts'
import type { InterchangeProblem, JsonObject } from './interchange-problems.ts'
import { inWords, present, Reading } from './interchange-problems.ts'
import { isCurrency, readProfile } from './interchange-profile.ts'
import type { BrokerForm, InterchangeDocument, PriceEntry } from './interchange-types.ts'
import { INTERCHANGE_SCHEMA } from './interchange-types.ts'

const DOCUMENT = new Set([
  'schema',
  'profile',
  'accounts',
  'assets',
  'events',
  'prices',
  'brokerForms',
  'absent',
  'told',
  'decided',
])
const ACCOUNT = new Set(['id', 'name', 'kind', 'group', 'owner', 'business'])
const ASSET = new Set(['id', 'symbol', 'name', 'kind', 'chain', 'contract', 'family'])
const PRICE = new Set(['asset', 'currency', 'time', 'price', 'source'])
const BROKER_FORM = new Set([
  'account',
  'asset',
  'units',
  'sold',
  'proceeds',
  'basisReported',
  'box',
  'acquired',
  'basis',
  'term',
  'grossOrNet',
  'washLoss',
  'withheldTax',
  'noncovered',
  'customerInfo',
  'unitsIn',
  'dateIn',
  'aggregate',
  'count',
  'filer',
])

export type InterchangeResult =
  | { readonly ok: true; readonly document: InterchangeDocument }
  | { readonly ok: false; readonly fileName: string; readonly problems: readonly InterchangeProblem[] }

/** Reads the text of a document. `fileName` is for messages only. */
export function parseInterchange(text: string, fileName: string): InterchangeResult {
  let json: unknown
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, fileName, problems: [{ path: '', message: `is not JSON: ${error.message}` }] }
  }
  return readInterchange(json, fileName)
}

/** Reads a document that has been parsed as JSON, and takes the parsed objects over: the caller must not use them again. */
export function readInterchange(json: unknown, fileName: string): InterchangeResult {
  const reading = new Reading()
  const refused = (): InterchangeResult => ({ ok: false, fileName, problems: reading.problems })
  const object = reading.object(json)
  if (!object) return refused()
  if (object.schema !== INTERCHANGE_SCHEMA) {
    reading.fail(`is ${inWords(object.schema)}; this program reads ${INTERCHANGE_SCHEMA}`, 'schema')
    return refused()
  }
  reading.onlyMembers(object, DOCUMENT, 'the document')
  const accounts = readAccounts(reading, object)
  const assets = readAssets(reading, object)
  const profile = readProfile(reading, object.profile)
  const { events, absent } = readEvents(reading, object, civilClock(profile.zone))
  const document: InterchangeDocument = {
    profile,
    accounts,
    assets,
    events,
    prices: readPrices(reading, object),
    brokerForms: readBrokerForms(reading, object),
    ...besideOf(reading, object, events, absent),
  }
  return reading.problems.length > 0 ? refused() : { ok: true, document }
}

/** What stands beside the events of our own books. */
function besideOf(
  reading: Reading,
  object: JsonObject,
  events: readonly LedgerEvent[],
  absent: ReadonlySet<string>,
): Pick<InterchangeDocument, 'told' | 'decided'> {
  if (object.told === undefined && object.decided === undefined) return {}
  const byId = new Map(events.map((event) => [event.id as string, event]))
  return {
    ...(object.told === undefined ? {} : { told: readTold(reading, object, byId) }),
    ...(object.decided === undefined ? {} : { decided: readDecided(reading, object.decided, byId, absent) }),
  }
}

/** The problems of a refused document as lines for people: file, member, what was wrong. */
export const problemLines = (refused: { fileName: string; problems: readonly InterchangeProblem[] }): string[] =>
  refused.problems.map(({ path, message }) => `${refused.fileName}: ${path === '' ? 'the document' : path} ${message}`)

function readAccounts(reading: Reading, object: JsonObject): Account[] {
  const accounts: Account[] = []
  reading.each(object, 'accounts', true, (item) => {
    const entry = reading.object(item)
    if (!entry) return
    reading.onlyMembers(entry, ACCOUNT, 'an account')
    const id = reading.required(entry, 'id') as AccountId
    if (reading.accounts.has(id)) reading.fail(`${inWords(id)} is the id of an earlier account`, 'id')
    reading.accounts.set(id, id)
    const optional = present({
      group: reading.text(entry, 'group'),
      owner: reading.oneOf(entry, 'owner', ['self', 'spouse', 'joint', 'affiliated']),
      business: reading.flag(entry, 'business'),
    })
    const kind = reading.oneOf(entry, 'kind', ACCOUNT_KINDS) ?? 'manual'
    accounts.push({ id, name: reading.text(entry, 'name') ?? id, kind, ...optional })
  })
  return accounts
}

function readAssets(reading: Reading, object: JsonObject): Asset[] {
  const assets: Asset[] = []
  reading.each(object, 'assets', true, (item) => {
    const entry = reading.object(item)
    if (!entry) return
    reading.onlyMembers(entry, ASSET, 'an asset')
    const id = reading.required(entry, 'id') as AssetId
    if (reading.assets.has(id)) reading.fail(`${inWords(id)} is the id of an earlier asset`, 'id')
    reading.assets.set(id, id)
    reading.demand(entry, 'kind')
    const optional = present({
      symbol: reading.text(entry, 'symbol'),
      name: reading.text(entry, 'name'),
      chain: reading.text(entry, 'chain'),
      contract: reading.text(entry, 'contract'),
      family: reading.text(entry, 'family'),
    })
    assets.push({ id, kind: reading.oneOf(entry, 'kind', ASSET_KINDS) ?? 'crypto', ...optional })
  })
  return assets
}

function readPrices(reading: Reading, object: JsonObject): PriceEntry[] {
  const prices: PriceEntry[] = []
  reading.each(object, 'prices', false, (item) => {
    const entry = reading.object(item)
    if (!entry) return
    reading.onlyMembers(entry, PRICE, 'a price')
    reading.demand(entry, 'asset', 'price')
    const asset = reading.asset(entry, 'asset')
    const currency = reading.required(entry, 'currency')
    if (currency !== '' && !isCurrency(currency))
      reading.fail(`is ${inWords(currency)}; it must be a code like USD`, 'currency')
    const text = reading.required(entry, 'time')
    const time = text === '' ? undefined : parseDateOrInstant(text)
    if (typeof time === 'object') reading.fail(time.error, 'time')
    const price = reading.money(entry, 'price')
    if (price !== undefined && price <= 0n) reading.fail('must be positive', 'price')
    const source = reading.text(entry, 'source')
    if (asset === undefined || price === undefined || time === undefined || typeof time === 'object') return
    prices.push({ asset, currency: currency as CurrencyCode, time, price, ...present({ source }) })
  })
  return prices
}

function readBrokerForms(reading: Reading, object: JsonObject): BrokerForm[] {
  const forms: BrokerForm[] = []
  reading.each(object, 'brokerForms', false, (item) => {
    const entry = reading.object(item)
    if (!entry) return
    reading.onlyMembers(entry, BROKER_FORM, "a broker's form")
    reading.demand(entry, 'account', 'asset', 'units', 'sold', 'proceeds', 'basisReported')
    const account = reading.account(entry, 'account')
    const asset = reading.asset(entry, 'asset')
    const units = reading.amount(entry, 'units')
    const sold = reading.date(entry, 'sold')
    const proceeds = reading.money(entry, 'proceeds')
    const basisReported = reading.flag(entry, 'basisReported')
    const count = entry.count
    if (count !== undefined && !(typeof count === 'number' && Number.isInteger(count) && count >= 0)) {
      reading.fail(`must be a whole number, not ${inWords(count)}`, 'count')
    }
    const optional = present({
      box: reading.oneOf(entry, 'box', ['G', 'H', 'J', 'K', 'Y']),
      acquired: reading.date(entry, 'acquired'),
      basis: reading.money(entry, 'basis'),
      term: reading.oneOf(entry, 'term', ['S', 'L', 'O']),
      grossOrNet: reading.oneOf(entry, 'grossOrNet', ['gross', 'net']),
      washLoss: reading.money(entry, 'washLoss'),
      withheldTax: reading.money(entry, 'withheldTax'),
      noncovered: reading.flag(entry, 'noncovered'),
      customerInfo: reading.flag(entry, 'customerInfo'),
      unitsIn: reading.amount(entry, 'unitsIn'),
      dateIn: reading.date(entry, 'dateIn'),
      aggregate: reading.oneOf(entry, 'aggregate', ['QS', 'NFT']),
      count: count as number | undefined,
      filer: reading.text(entry, 'filer'),
    })
    if (account === undefined || asset === undefined || units === undefined || sold === undefined) return
    if (proceeds === undefined || basisReported === undefined) return
    forms.push({ account, asset, units, sold, proceeds, basisReported, ...optional })
  })
  return forms
}
