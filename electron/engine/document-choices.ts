/** A document of books brings choices of its own. They are shown beside the ledger's, and taken over only when asked. */
import type { FilePlan } from '../../shared/contract/intake.ts'
import type { ProfileSettings } from '../../shared/contract/session.ts'
import type { CarryIn, MethodFrom, PersonYear } from '../../shared/contract/tax-choices.ts'
import type { Account, Asset } from '../../shared/events/account.ts'
import { canonicalJson, type JsonValue } from '../../shared/events/canonical-json.ts'
import type { AssetId } from '../../shared/events/identifiers.ts'
import type { Decided } from '../../shared/events/interchange-decided.ts'
import type { Profile } from '../../shared/events/interchange-types.ts'
import { profileJson } from '../../shared/events/interchange-writer.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import type { DeclaredBooks } from '../intake/messages.ts'
import {
  type AccountChange,
  readAccounts,
  readAssets,
  type StoredAccount,
  writeAccountChanges,
  writeDeclared,
} from '../ledger/accounts.ts'
import type { ActScope } from '../ledger/commit.ts'
import type { LedgerWrite, ReadableLedger } from '../ledger/handles.ts'
import { writeSettings } from '../ledger/settings.ts'
import { choiceProblem, currentProfile, factsProblem } from './choice-acts.ts'
import {
  type ChoiceChange,
  type ChosenPosition,
  choiceSettings,
  FIRST_DAY,
  profileUnder,
  readChoices,
  withChange,
} from './choices.ts'
import { ledgerWideProblem, ledgerWideText, writeDecided } from './document-decided.ts'
import { profileProblem, readProfileSettings, settingsOf } from './profile.ts'
import { plainAccount } from './resident.ts'

/** A profile as the interchange format writes it. */
interface DocumentProfile {
  readonly jurisdiction: string
  readonly currency: string
  readonly zone: string
  readonly method?: string | readonly MethodFrom[]
  readonly scope: ProfileSettings['scope']
  readonly fees?: Readonly<Record<string, string>>
  readonly positions?: Readonly<Record<string, readonly ChosenPosition[]>>
  readonly person?: Readonly<Record<string, PersonYear>>
  readonly carryIn?: CarryIn
  readonly rounding?: ProfileSettings['rounding']
}

/** What a document declares besides its events, as it is kept with its file. */
export interface KeptBooks {
  readonly accounts: readonly Account[]
  readonly assets: readonly string[]
  readonly profile: DocumentProfile
  readonly decided?: Decided
}

export const keptBooks = ({ accounts, assets, profile, decided }: DeclaredBooks): KeptBooks => ({
  accounts,
  assets,
  ...(decided === undefined ? {} : { decided }),
  // JSON of a checked profile has these members; its type knows only that it is JSON.
  profile: profileJson(profile) as unknown as DocumentProfile,
})

interface Wanted {
  readonly settings: ProfileSettings
  readonly change: ChoiceChange
  readonly accounts: readonly AccountChange[]
}

/** What taking over would set. What the ledger chose and the document does not is taken back. */
function wantedBy(ledger: ReadableLedger, { profile, accounts }: KeptBooks): Wanted {
  const {
    jurisdiction,
    currency,
    zone,
    scope,
    rounding = 'cents',
    fees,
    positions = {},
    person = {},
    carryIn,
  } = profile
  const now = readChoices(ledger)
  const gone = <T>(before: object, after: object, value: T): Record<string, T> =>
    Object.fromEntries(
      Object.keys(before)
        .filter((key) => !(key in after))
        .map((key) => [key, value]),
    )
  const { method, methods } = methodsOf(profile)
  return {
    settings: { ...readProfileSettings(ledger), jurisdiction, currency, zone, scope, rounding, method },
    change: {
      person: { ...gone(now.person, person, null), ...person },
      carryIn: carryIn ?? null,
      methods,
      fees: fees ?? null,
      positions: { ...gone<readonly ChosenPosition[]>(now.positions, positions, []), ...positions },
    },
    accounts: accountChanges(readAccounts(ledger), accounts),
  }
}

/** One method, or several by their days; the one that holds from the beginning is the profile's own. */
function methodsOf({ jurisdiction, method }: DocumentProfile): {
  method: string
  methods: readonly MethodFrom[] | null
} {
  const standard = packOf(jurisdiction)?.methods.standard ?? 'fifo'
  if (method === undefined || typeof method === 'string') return { method: method ?? standard, methods: null }
  const [first, second] = method
  if (first === undefined) return { method: standard, methods: null }
  const isWhole = first.from <= FIRST_DAY && first.asset === undefined && first.account === undefined
  if (!isWhole) return { method: standard, methods: method }
  const isPlain = first.from === FIRST_DAY && second !== undefined && second.from > FIRST_DAY
  return { method: first.method, methods: isPlain ? method.slice(1) : method }
}

/** Groups, owners and business of accounts that the ledger has and keeps otherwise. */
function accountChanges(known: readonly StoredAccount[], declared: readonly Account[]): AccountChange[] {
  return declared.flatMap((account) => {
    const here = known.find(({ id }) => id === account.id)
    if (here === undefined) return []
    const change: AccountChange = {
      id: account.id,
      ...(here.group === account.group ? {} : { group: account.group ?? null }),
      ...(here.owner === account.owner ? {} : { owner: account.owner ?? null }),
      ...((here.business ?? false) === (account.business ?? false) ? {} : { business: account.business ?? false }),
    }
    return Object.keys(change).length > 1 ? [change] : []
  })
}

/** Why the choices of a document cannot stand in this ledger, with the rule's name; null where they can. */
function problemOf(ledger: ReadableLedger, books: KeptBooks, { settings, change }: Wanted): string | null {
  const { currency } = readProfileSettings(ledger)
  if (settings.currency !== currency)
    return `The document counts in ${settings.currency} and this ledger in ${currency} (currency-differs). Make a new ledger of the document, or set the ledger's currency first.`
  const problem = ledgerWideProblem(books.decided) ?? profileProblem(settings) ?? factsProblem(ledger, settings, change)
  if (problem !== null) return problem
  const assets = books.assets.map((id): Asset => ({ id: id as AssetId, kind: 'crypto' }))
  return choiceProblem(ledger, settings, withChange(readChoices(ledger), change), { accounts: books.accounts, assets })
}

/** Which choices of a document differ from the ledger's, and why they could not be taken over; nothing is changed. */
export function documentChoices(ledger: ReadableLedger, books: KeptBooks): NonNullable<FilePlan['choices']> {
  const wanted = wantedBy(ledger, books)
  const known = readAccounts(ledger)
  const accounts = [...known.map(plainAccount), ...books.accounts]
  const assets = [...readAssets(ledger), ...books.assets.map((id): Asset => ({ id: id as AssetId, kind: 'crypto' }))]
  const read = profileUnder(
    wanted.settings,
    withChange(readChoices(ledger), wanted.change),
    unique(accounts),
    unique(assets),
  )
  const here = partsOf(currentProfile(ledger))
  const there = read.ok ? partsOf(read.profile) : new Map<string, JsonValue>()
  const differ = [...new Set([...there.keys(), ...here.keys()])].flatMap((what) => {
    const [mine, theirs] = [here.get(what) ?? null, there.get(what) ?? null]
    return canonicalJson(mine) === canonicalJson(theirs) ? [] : [{ what, here: inWords(mine), there: inWords(theirs) }]
  })
  const ofAccounts = wanted.accounts.map(({ id, ...change }) => {
    const { name = id, group = null, owner = null, business = false } = known.find((one) => one.id === id) ?? {}
    const mine = Object.fromEntries(Object.entries({ group, owner, business }).filter(([key]) => key in change))
    return { what: `account ${name}`, here: inWords(mine), there: inWords(change as JsonValue) }
  })
  const refused = problemOf(ledger, books, wanted)
  const wide = ledgerWideText(books.decided)
  const ofLedger = wide === null ? [] : [{ what: 'for the whole ledger', here: 'as it is', there: wide }]
  return { differ: read.ok ? [...differ, ...ofAccounts, ...ofLedger] : [], refused }
}

const unique = <T extends { readonly id: string }>(list: readonly T[]): T[] => [
  ...new Map(list.toReversed().map((one) => [one.id, one])).values(),
]

/** The members of a profile, positions and the facts of the person one by one. */
function partsOf(profile: Profile): Map<string, JsonValue> {
  const { positions = {}, person = {}, ...rest } = profileJson(profile)
  const parts = new Map<string, JsonValue>()
  const add = (name: string, value: JsonValue | undefined): void => {
    if (value !== undefined) parts.set(name, value)
  }
  for (const [name, value] of Object.entries(rest)) add(NAMES[name] ?? name, value)
  for (const [id, value] of Object.entries(positions as Readonly<Record<string, JsonValue>>))
    if (!Array.isArray(value) || value.length > 0) add(`position ${id}`, value)
  for (const [year, value] of Object.entries(person as Readonly<Record<string, JsonValue>>))
    add(`facts of ${year}`, value)
  return parts
}

const NAMES: Readonly<Record<string, string>> = {
  jurisdiction: 'country',
  zone: 'time zone',
  scope: 'unit of basis',
  fees: 'fee rules',
  carryIn: 'carried in',
}

/** A value of a profile for people: `method fifo, from 2024-01-01; method hifo, from 2025-01-01`. */
function inWords(value: JsonValue): string {
  if (value === null) return 'none'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((item) => inWords(item as JsonValue)).join('; ')
  return Object.entries(value)
    .flatMap(([name, part]) => (part === undefined ? [] : [`${name} ${inWords(part)}`]))
    .join(', ')
}

export type TakeOver =
  | { readonly ok: true; readonly write: (write: LedgerWrite, scope: ActScope) => void }
  | { readonly ok: false; readonly text: string }

/**
 * What an import of the document writes in its own act: the accounts and assets it declares with their groups and
 * owners, what was decided on its events, and with `choices` what the document chooses. Refused with the rule's name where the law does not allow it.
 */
export function takeOver(ledger: ReadableLedger, books: KeptBooks, batch: number, choices: boolean): TakeOver {
  const wanted = wantedBy(ledger, books)
  const problem = choices ? problemOf(ledger, books, wanted) : null
  if (problem !== null) return { ok: false, text: problem }
  const known = new Set<string>(readAccounts(ledger).map(({ id }) => id))
  const knownAssets = new Set<string>(readAssets(ledger).map(({ id }) => id))
  const fresh = books.accounts.filter(({ id }) => !known.has(id))
  const details = fresh.flatMap(({ id, group, owner, business }): AccountChange[] =>
    group === undefined && owner === undefined && business === undefined
      ? []
      : [
          {
            id,
            ...(group === undefined ? {} : { group }),
            ...(owner === undefined ? {} : { owner }),
            ...(business === undefined ? {} : { business }),
          },
        ],
  )
  const decided = books.decided === undefined ? null : writeDecided(ledger, books.decided, batch, choices)
  const { settings, change } = wanted
  const { name: _name, taxYear: _taxYear, ...profile } = settings
  return {
    ok: true,
    write(write, scope) {
      writeDeclared(write, scope, {
        accounts: fresh.map(({ id }) => id),
        assets: books.assets.filter((id) => !knownAssets.has(id)),
      })
      const accounts = choices ? [...details, ...wanted.accounts] : details
      if (accounts.length > 0) writeAccountChanges(write, scope, accounts)
      decided?.(write, scope)
      if (choices) writeSettings(write, scope, [...settingsOf(profile), ...choiceSettings(change)])
    },
  }
}
