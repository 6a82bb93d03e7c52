/** Gives drafts their accounts, assets and ids. */
import { hash } from 'node:crypto'
import type { Money } from '../../shared/amount/amount.ts'
import { type AssetAnswer, resolveWithAnswers } from '../../shared/assets/answers.ts'
import { familyOf } from '../../shared/assets/families.ts'
import { assetResolver, type ResolvedAsset } from '../../shared/assets/resolve.ts'
import type { Account, AccountKind, Asset } from '../../shared/events/account.ts'
import type { AccountId, AssetId, CurrencyCode, EventId, Instant, SourceId } from '../../shared/events/identifiers.ts'
import { type Decided, renamed } from '../../shared/events/interchange-decided.ts'
import type { Profile } from '../../shared/events/interchange-types.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import { detached, isStableEventId } from '../../shared/sources/identity.ts'
import { feesAlone } from '../../shared/sources/legs.ts'
import type {
  AssetMention,
  BrokerFormDraft,
  EventDraft,
  LegDraft,
  PriceDraft,
  SourceFormat,
  SpecialMembers,
  Writable,
} from '../../shared/sources/source-format.ts'
import type {
  AccountRef,
  DeclaredBooks,
  ImportOptions,
  StagedAsset,
  StagedBrokerForm,
  StagedEvent,
  StagedLeg,
  StagedPrice,
  SymbolMention,
} from './messages.ts'

/** Mentions of one table, at most. */
const MOST_MENTIONS = 2_000

export type NewAccount = AccountRef & { readonly isNew: boolean }

/** A key for an account from its name: the same name gives the same key in every import. */
export function accountKey(name: string): AccountId {
  const trimmed = name.trim().toLowerCase()
  const plain = trimmed.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  const isPlain = plain !== '' && /^[a-z0-9 -]*$/.test(trimmed) && plain.length <= 60
  return (isPlain ? plain : `${plain.slice(0, 40) || 'account'}-${hash('sha256', trimmed).slice(0, 8)}`) as AccountId
}

const isCutOff = (text: string): boolean => text.endsWith('...') || text.endsWith('…')

/** What an event is of which some legs were nothing: a transfer with one side left is half of one. */
function kindOfRest(kind: Kind, legs: readonly StagedLeg[]): Kind {
  if (kind !== 'transfer') return kind
  const hasOut = legs.some(({ role }) => role === 'out')
  const hasIn = legs.some(({ role }) => role === 'in')
  if (hasOut && hasIn) return kind
  return hasOut ? 'unmatched_out' : hasIn ? 'unmatched_in' : feesAlone(legs)
}

/** What the events of one table are resolved with; tells which accounts and assets came up for the first time. */
export class DraftResolver {
  readonly #source: SourceId
  readonly #keepsEventIds: boolean
  readonly #account: AccountRef
  readonly #currency: CurrencyCode
  readonly #resolve: ReturnType<typeof assetResolver>
  readonly #answers: readonly AssetAnswer[]
  /** Symbols that are not plainly known, by symbol and asset. */
  readonly #mentions = new Map<string, SymbolMention>()
  /** The symbols that stood for each asset of a mention. */
  readonly #symbols = new Map<AssetId, Set<string>>()
  readonly #firstSymbols = new Map<AssetId, string>()
  readonly #byName = new Map<string, AccountRef>()
  /** By the names as the file writes them. */
  readonly #asWritten = new Map<string, AccountRef>()
  readonly #declaredAssets = new Map<string, Asset>()
  readonly #metAssets = new Set<string>()
  readonly #metAccounts = new Set<string>()
  #newAssets: StagedAsset[] = []
  #newAccounts: NewAccount[] = []
  #declared: Account[] = []
  readonly #allDeclared: Account[] = []
  readonly #knownIds: ReadonlySet<string>
  readonly #idPrefix: string
  #lastGroup: string | null = null
  #lastId = '' as EventId
  #hasOwnAccount = false
  /** The account that a leg named last, and its id: legs of one row mostly name the same object. */
  #lastNamed: object | null = null
  #lastNamedId = '' as AccountId

  constructor(
    { id: source, keepsEventIds }: Pick<SourceFormat, 'id' | 'keepsEventIds'>,
    account: AccountRef,
    options: ImportOptions,
  ) {
    this.#source = source
    this.#keepsEventIds = keepsEventIds === true
    this.#account = account
    this.#currency = options.currency
    this.#idPrefix = `${source}:${account.id}:`
    this.#resolve = assetResolver(source)
    this.#answers = options.assetAnswers ?? []
    this.#knownIds = new Set(options.accounts.map(({ id }) => id))
    for (const known of options.accounts) {
      this.#byName.set(known.id.toLowerCase(), known)
      this.#byName.set(known.name.trim().toLowerCase(), known)
    }
  }

  /** Accounts and assets named since the last call. */
  takeNew(): { accounts: NewAccount[]; assets: StagedAsset[]; declared: Account[] } {
    const taken = { accounts: this.#newAccounts, assets: this.#newAssets, declared: this.#declared }
    this.#newAccounts = []
    this.#newAssets = []
    this.#declared = []
    return taken
  }

  declare(accounts: readonly Account[], assets: readonly Asset[]): void {
    this.#declared.push(...accounts)
    this.#allDeclared.push(...accounts)
    for (const account of accounts) {
      const ref = { id: account.id, name: account.name, kind: account.kind }
      if (!this.#byName.has(account.id.toLowerCase())) this.#byName.set(account.id.toLowerCase(), ref)
    }
    for (const asset of assets) this.#declaredAssets.set(asset.id, asset)
  }

  eventId(group: string): EventId {
    if (this.#keepsEventIds && isStableEventId(group)) return group as EventId
    // An event asks after its row, and rows of one event ask one after the other.
    if (group === this.#lastGroup) return this.#lastId
    return this.newEventId(group)
  }

  /** As `eventId`, of a group that nothing has asked for before. */
  newEventId(group: string): EventId {
    if (this.#keepsEventIds && isStableEventId(group)) return group as EventId
    this.#lastGroup = group
    this.#lastId = `${this.#idPrefix}${group}` as EventId
    return this.#lastId
  }

  account(named: { readonly name: string; readonly kind: AccountKind } | undefined): AccountId {
    if (named === undefined && this.#hasOwnAccount) return this.#account.id
    if (named !== undefined && named === this.#lastNamed) return this.#lastNamedId
    const ref = named === undefined ? this.#account : this.#accountNamed(named.name, named.kind)
    this.#hasOwnAccount ||= ref === this.#account
    if (!this.#metAccounts.has(ref.id)) {
      this.#metAccounts.add(ref.id)
      this.#newAccounts.push({ ...ref, isNew: !this.#knownIds.has(ref.id) })
    }
    if (named !== undefined) {
      this.#lastNamed = named
      this.#lastNamedId = ref.id
    }
    return ref.id
  }

  #accountNamed(name: string, kind: AccountKind): AccountRef {
    const written = this.#asWritten.get(name)
    if (written !== undefined) return written
    const ref = this.#accountFolded(name, kind)
    this.#asWritten.set(detached(name), ref)
    return ref
  }

  #accountFolded(name: string, kind: AccountKind): AccountRef {
    const folded = name.trim().toLowerCase()
    const known = this.#byName.get(folded)
    if (known !== undefined) return known
    const key = accountKey(name)
    const ref = this.#byName.get(key) ?? { id: key, name: name.trim().slice(0, 120), kind }
    this.#byName.set(folded, ref)
    return ref
  }

  asset(mention: AssetMention, time: Instant): AssetId {
    const declared = this.#declaredAssets.size === 0 ? undefined : this.#declaredAssets.get(mention.symbol)
    if (declared !== undefined) {
      this.#meet({ ...declared, reason: 'declared by the file', certainty: 'known' })
      return declared.id
    }
    const plain = this.#resolve(mention, time)
    const hasAnswers = this.#answers.length > 0
    const found = hasAnswers ? resolveWithAnswers(mention, this.#source, time, this.#answers) : plain
    if (plain.found !== 'known' || (hasAnswers && 'answered' in found)) this.#mention(mention, time, plain, found)
    else if (this.#symbols.size > 0 && this.#symbols.has(found.asset))
      this.#symbols.get(found.asset)?.add(mention.symbol.toUpperCase())
    if (!this.#metAssets.has(found.asset)) {
      this.#firstSymbols.set(found.asset, mention.symbol.toUpperCase())
      const family = familyOf(found.symbol)
      this.#meet({
        id: found.asset,
        symbol: found.symbol,
        kind: found.kind,
        ...(mention.name === undefined ? {} : { name: mention.name }),
        ...(mention.chain === undefined ? {} : { chain: mention.chain }),
        ...(mention.contract === undefined ? {} : { contract: mention.contract }),
        ...(family === undefined ? {} : { family }),
        reason: found.reason,
        certainty: found.found,
      })
    }
    return found.asset
  }

  /** Notes a symbol that a person may be asked about, or was. */
  #mention(name: AssetMention, time: Instant, plain: ResolvedAsset, found: ResolvedAsset): void {
    const symbol = name.symbol.toUpperCase()
    const key = `${symbol} ${found.asset}`
    const known = this.#mentions.get(key)
    if (known !== undefined) {
      known.count++
      if (time < known.first) known.first = time
      if (time > known.last) known.last = time
      return
    }
    if (this.#mentions.size >= MOST_MENTIONS) return
    const first = this.#firstSymbols.get(found.asset)
    const symbols = this.#symbols.get(found.asset) ?? new Set<string>(first === undefined ? [] : [first])
    this.#symbols.set(found.asset, symbols.add(symbol))
    this.#mentions.set(key, {
      symbol,
      asset: found.asset,
      found: 'answered' in found ? 'answered' : found.found,
      choices: plain.found === 'ambiguous' ? [...plain.choices] : [plain.asset],
      reason: found.reason,
      first: time,
      last: time,
      count: 1,
      alone: true,
    })
  }

  /** Symbols that a person may be asked about, or was, in the order they came up. */
  mentions(): SymbolMention[] {
    return [...this.#mentions.values()].map((one) => ({ ...one, alone: (this.#symbols.get(one.asset)?.size ?? 0) < 2 }))
  }

  #meet(asset: StagedAsset): void {
    if (this.#metAssets.has(asset.id)) return
    this.#metAssets.add(asset.id)
    this.#newAssets.push(asset)
  }

  /** Resolves a draft. Legs of nothing are left out; an event of which nothing remains is information only. */
  event(draft: EventDraft): StagedEvent {
    const { special } = draft
    const legs = this.#legs(draft)
    const isEmpty = legs.length === 0 && special === undefined && draft.kind !== 'ignored'
    const event: Writable<StagedEvent> = {
      id: this.eventId(draft.group),
      time: draft.time,
      precision: draft.precision,
      timeText: draft.timeText,
      kind: isEmpty ? 'informational' : legs.length < draft.legs.length ? kindOfRest(draft.kind, legs) : draft.kind,
      legs,
      rows: draft.rows,
    }
    if (draft.order !== undefined) event.order = draft.order
    if (draft.sourceKind !== undefined) event.sourceKind = draft.sourceKind
    if (draft.note !== undefined) event.note = draft.note
    if (draft.toAddress !== undefined) event.toAddress = draft.toAddress
    if (draft.fromAddress !== undefined) event.fromAddress = draft.fromAddress
    if (draft.counterparty !== undefined) event.counterparty = draft.counterparty
    if (draft.protocol !== undefined) event.protocol = draft.protocol
    if (draft.warnings !== undefined) event.warnings = draft.warnings
    if (draft.hash !== undefined) {
      // Cut off by a spreadsheet or a screen: its beginning proves no transaction.
      if (isCutOff(draft.hash))
        event.warnings = [...(event.warnings ?? []), `its hash is cut off (${draft.hash.slice(0, 80)})`]
      else event.hash = draft.hash
    }
    return special === undefined ? event : Object.assign(event, this.#special(special, draft.time))
  }

  #legs({ legs: drafts, time }: EventDraft): StagedLeg[] {
    let count = 0
    for (let i = 0; i < drafts.length; i++) if ((drafts[i] as LegDraft).amount !== 0n) count++
    const legs: StagedLeg[] = new Array(count)
    for (let i = 0, at = 0; i < drafts.length; i++) {
      const leg = drafts[i] as LegDraft
      if (leg.amount !== 0n) legs[at++] = this.#leg(leg, time)
    }
    return legs
  }

  price(draft: PriceDraft): StagedPrice {
    const time = 'day' in draft.time ? draft.time.day : draft.time.instant
    const at = 'day' in draft.time ? Date.parse(`${draft.time.day}T12:00:00Z`) : draft.time.instant
    return {
      asset: this.asset(draft.asset, at as Instant),
      currency: draft.currency as CurrencyCode,
      time,
      price: draft.price,
      row: draft.row,
      ...(draft.source === undefined ? {} : { source: draft.source }),
    }
  }

  brokerForm({ account, asset, form, row }: BrokerFormDraft): StagedBrokerForm {
    const day = Date.parse(`${form.sold}T12:00:00Z`) as Instant
    return { form: { account: this.account(account), asset: this.asset(asset, day), ...form }, row }
  }

  /** What the document declares and chooses, with accounts and assets as the ledger calls them. */
  books(profile: Profile, decided?: Decided): DeclaredBooks {
    const places = <T extends { readonly asset?: AssetId; readonly account?: AccountId }>(scope: T): T => ({
      ...scope,
      ...(scope.asset === undefined ? {} : { asset: this.asset({ symbol: scope.asset }, 0 as Instant) }),
      ...(scope.account === undefined ? {} : { account: this.account({ name: scope.account, kind: 'manual' }) }),
    })
    const { method, positions, ...rest } = profile
    return {
      accounts: this.#allDeclared.map((account) => ({
        ...account,
        id: this.account({ name: account.id, kind: account.kind }),
      })),
      assets: [...this.#declaredAssets.keys()].map((id) => this.asset({ symbol: id }, 0 as Instant)),
      ...(decided === undefined ? {} : { decided: this.#decided(decided) }),
      profile: {
        ...rest,
        ...(method === undefined ? {} : { method: typeof method === 'string' ? method : method.map(places) }),
        positions: Object.fromEntries(
          Object.entries(positions).map(([id, list]) => [
            id,
            list.map(({ scope, ...choice }) => (scope === undefined ? choice : { ...choice, scope: places(scope) })),
          ]),
        ),
      },
    }
  }

  #decided(decided: Decided): Decided {
    const { excuses, ...named } = renamed(decided, (group) => this.eventId(group))
    const placed = excuses?.map((excuse) =>
      typeof excuse.account === 'string'
        ? { ...excuse, account: this.account({ name: excuse.account, kind: 'manual' }) }
        : excuse,
    )
    return placed === undefined ? named : { ...named, excuses: placed }
  }

  #leg(draft: LegDraft, time: Instant): StagedLeg {
    const leg: Writable<StagedLeg> = {
      role: draft.role,
      account: this.account(draft.account),
      asset: this.asset(draft.asset, time),
      amount: draft.amount,
    }
    if (draft.for !== undefined) leg.for = draft.for
    if (draft.included !== undefined) leg.included = draft.included
    if (draft.withheld !== undefined) leg.withheld = draft.withheld
    if (draft.acquired !== undefined) leg.acquired = draft.acquired
    if (draft.pool !== undefined) leg.pool = draft.pool
    if (draft.carry !== undefined) leg.carry = draft.carry
    if (draft.carry !== undefined && draft.carryCurrency !== undefined) leg.carryCurrency = draft.carryCurrency
    if (draft.value !== undefined) Object.assign(leg, this.#stated(draft.value, 'value', 'stated'))
    if (draft.value !== undefined && draft.valueBy !== undefined) leg.valueBy = draft.valueBy
    if (draft.cost !== undefined) Object.assign(leg, this.#stated(draft.cost, 'cost', 'costStated'))
    return leg
  }

  /** A value as the source states it, and as the leg's own where it is in the profile's currency. */
  #stated(given: { amount: Money; currency: string }, own: 'value' | 'cost', stated: 'stated' | 'costStated') {
    return given.currency === this.#currency ? { [own]: given.amount, [stated]: given } : { [stated]: given }
  }

  #special(special: SpecialMembers, time: Instant): SpecialMembers {
    const { lots, account, accounts, asset, parent, allocations, ...rest } = special
    const assetOf = (id: AssetId) => this.asset({ symbol: id }, time)
    const accountOf = (id: AccountId) => this.account({ name: id, kind: 'manual' })
    return {
      ...rest,
      ...(account === undefined ? {} : { account: accountOf(account) }),
      ...(accounts === undefined ? {} : { accounts: accounts.map(accountOf) }),
      ...(asset === undefined ? {} : { asset: assetOf(asset) }),
      ...(parent === undefined ? {} : { parent: assetOf(parent) }),
      ...(lots === undefined
        ? {}
        : {
            lots: lots.map((lot) => ({
              ...lot,
              event: this.eventId(lot.event),
              ...(lot.asset === undefined ? {} : { asset: assetOf(lot.asset) }),
            })),
          }),
      ...(allocations === undefined
        ? {}
        : {
            allocations: allocations.map((part) => ({
              ...part,
              account: accountOf(part.account),
              lot: this.eventId(part.lot),
            })),
          }),
    }
  }
}
