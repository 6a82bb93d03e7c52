/**
 * What an import emits, batch by batch. All of it can be structured-cloned, so that a worker can post it as it is.
 */
import type { Money } from '../../shared/amount/amount.ts'
import type { AssetAnswer } from '../../shared/assets/answers.ts'
import type { Account, AccountKind, Asset } from '../../shared/events/account.ts'
import type { LedgerEvent, Leg, TimePrecision } from '../../shared/events/event.ts'
import type { AccountId, AssetId, CurrencyCode, EventId, SourceId, ZoneName } from '../../shared/events/identifiers.ts'
import type { Decided } from '../../shared/events/interchange-decided.ts'
import type { BrokerForm, Profile } from '../../shared/events/interchange-types.ts'
import type { Recipe } from '../../shared/recipes/recipe.ts'

/** An account of the ledger, or the key and name that a new one would get. */
export interface AccountRef {
  readonly id: AccountId
  readonly name: string
  readonly kind: AccountKind
}

export interface ImportOptions {
  /** Name for messages and for the plan; never used to recognise a format. */
  readonly fileName: string
  /** The accounts of the ledger: places that a file names (“Kraken”) are looked up here, ignoring case. */
  readonly accounts: readonly AccountRef[]
  /** Which account the files of a source belong to. Absent: one with the format's own key and name. */
  readonly accountFor?: Readonly<Record<string, AccountRef>>
  /** The account for every table of this file, above `accountFor`. */
  readonly account?: AccountRef
  /** A source chosen by the user; only its layouts are tried. */
  readonly source?: SourceId
  /** A zone chosen by the user for times that carry none. */
  readonly zone?: ZoneName
  /** The profile's currency: values that the source states in it become `Leg.value`. */
  readonly currency: CurrencyCode
  /** Zones that a person gave to sources, by source and account id: `kraken-ledgers kraken`. */
  readonly zones?: Readonly<Record<string, ZoneName>>
  /** Recipes of this ledger, tried beside the formats that the program knows. */
  readonly recipes?: readonly Recipe[]
  /** What a person answered on symbols, above what the program knows. */
  readonly assetAnswers?: readonly AssetAnswer[]
  /** Polled at least every 1,000 rows; `true` ends the import with the problem “cancelled”. */
  readonly cancelled?: () => boolean
}

/** A table that was found in the file: a CSV, one sheet of a workbook, one member of an archive. */
export interface ImportTable {
  readonly table: number
  /** Path inside an archive, and sheet name, where there are such. */
  readonly member: string | null
  readonly sheet: string | null
  /** `bytes`: a row is `length` bytes at `start` of the file as it was given; `text`: rows carry their text. */
  readonly rowsAre: 'bytes' | 'text'
  readonly encoding: Encoding
  readonly delimiter: string | null
  readonly header: readonly string[]
  readonly headerRow: number
  readonly source: SourceId
  readonly sourceName: string
  readonly layout: string
  readonly version: number
  /** Formats that recognise the header, best first. Several with the best score: the user has to say. */
  readonly candidates: readonly { readonly source: SourceId; readonly name: string; readonly score: number }[]
  readonly tied: boolean
  readonly account: AccountRef & { readonly isNew: boolean }
  readonly zone: ZoneName
  /** The source writes times without a zone and does not say which: `zone` is only an assumption. */
  readonly zoneAsked: boolean
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** A row of a source file, and what became of it. */
export interface StagedRow {
  /** 1-based, counting records from the top of its table, header and preamble included. */
  readonly row: number
  /** Byte offset and length in the file as given, or null where the row does not lie there as bytes (archives, workbooks). */
  readonly start: number | null
  readonly length: number
  /** SHA-256 of the row's bytes (or of its text as UTF-8), as hex. */
  readonly hash: string
  /** Identity within (source, account): `id:…` from the provider, or `row:…:ordinal` from the text. */
  readonly identity: string
  readonly outcome: 'event' | 'price' | 'broker-form' | 'skipped' | 'not-understood'
  /** The event it became part of. */
  readonly event?: EventId
  readonly reason?: string
  readonly column?: string
  /**
   * The beginning of the row's text, at most 2,000 characters: for rows that do not lie in the file as bytes, and for most
   * of those that became no event. Otherwise `start` and `length` lead to it.
   */
  readonly text?: string
}

/** A leg with its account and asset resolved. */
export interface StagedLeg extends Leg {
  /** Value stated by the source, in a currency that need not be the profile's. */
  readonly stated?: { readonly amount: Money; readonly currency: string }
  readonly costStated?: { readonly amount: Money; readonly currency: string }
  /** Of the sums in `carry`, where the source says it. */
  readonly carryCurrency?: string
}

export interface StagedEvent extends Omit<LedgerEvent, 'legs'> {
  readonly legs: readonly StagedLeg[]
  readonly precision: TimePrecision
  readonly timeText: string
  readonly sourceKind?: string
  readonly toAddress?: string
  readonly fromAddress?: string
  readonly counterparty?: string
  readonly protocol?: string
  readonly warnings?: readonly string[]
  /** Rows it was built from, in file order. */
  readonly rows: readonly number[]
}

export interface StagedPrice {
  readonly asset: AssetId
  readonly currency: CurrencyCode
  /** A civil date `YYYY-MM-DD`, or an instant in milliseconds. */
  readonly time: string | number
  readonly price: Money
  readonly row: number
  readonly source?: string
}

/** A row of a broker's form with its account and asset resolved. */
export interface StagedBrokerForm {
  readonly form: BrokerForm
  readonly row: number
}

/** What a document says of its books besides events: the accounts and assets it declares, and the choices behind its figures. */
export interface DeclaredBooks {
  readonly accounts: readonly Account[]
  readonly assets: readonly AssetId[]
  readonly profile: Profile
  /** What people decided in the ledger that the document left. */
  readonly decided?: Decided
}

export interface StagedAsset extends Asset {
  /** Why the symbol was taken for this asset. */
  readonly reason: string
  /** `known`: in the table or declared; `unknown`: never heard of, an asset of its own; `ambiguous`: the likeliest of several. */
  readonly certainty: 'known' | 'unknown' | 'ambiguous'
}

/** A symbol that a person may be asked about, or was, and what it was taken for. */
export interface SymbolMention {
  readonly symbol: string
  readonly asset: AssetId
  readonly found: 'ambiguous' | 'unknown' | 'known' | 'answered'
  readonly choices: readonly AssetId[]
  readonly reason: string
  first: number
  last: number
  count: number
  /** No other symbol of the table stood for the same asset. */
  readonly alone: boolean
}

export type ImportMessage =
  | { readonly type: 'table'; readonly table: ImportTable }
  /** At most 1,000 rows. Events and prices come with the last of their rows, never before it. */
  | {
      readonly type: 'batch'
      readonly table: number
      /** Accounts and assets that no earlier batch of this import has named. */
      readonly accounts: readonly (AccountRef & { readonly isNew: boolean })[]
      readonly declared: readonly Account[]
      readonly assets: readonly StagedAsset[]
      readonly rows: readonly StagedRow[]
      readonly events: readonly StagedEvent[]
      readonly prices: readonly StagedPrice[]
      readonly brokerForms: readonly StagedBrokerForm[]
    }
  | {
      readonly type: 'table-end'
      readonly table: number
      readonly counts: TableCounts
      readonly warnings: readonly string[]
      readonly mentions: readonly SymbolMention[]
      /** Null of every table that is no document with books of its own. */
      readonly books: DeclaredBooks | null
    }
  /** A part of the file that could not be read as a whole (an archive member, a sheet); the rest goes on. */
  | { readonly type: 'left-out'; readonly member: string; readonly reason: string }

export interface TableCounts {
  /** Rows after the header; always `understood` (events, prices, brokers' forms) `+ skipped + notUnderstood`. */
  readonly rows: number
  readonly understood: number
  readonly skipped: number
  readonly notUnderstood: number
  readonly events: number
  readonly prices: number
}

export interface ImportSummary {
  readonly tables: number
  readonly counts: TableCounts
  /** SHA-256 and size of the file as given. */
  readonly sha256: string
  readonly bytes: number
  /** The file, or what was left of it, could not be read: which, where, what was kept, what to do. */
  readonly problem: string | null
  readonly leftOut: readonly { readonly member: string; readonly reason: string }[]
  /** Texts and sheets whose header no format knows: a recipe can be made of them. */
  readonly unknownTables: number
}
