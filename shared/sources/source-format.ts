/**
 * What a source format is: one file that recognises a layout by its header and turns rows into event drafts.
 * A format is pure: it gets text cells, never bytes, files or a clock. Adding one is a new file and a line in
 * `registry.ts`.
 */
import type { Amount, Money } from '../amount/amount.ts'
import type { DecimalMark } from '../amount/source-number.ts'
import type { Account, AccountKind, Asset } from '../events/account.ts'
import type { LedgerEvent, Role, TimePrecision } from '../events/event.ts'
import type { CivilDate, Instant, SourceId, ZoneName } from '../events/identifiers.ts'
import type { Decided } from '../events/interchange-decided.ts'
import type { BrokerForm, Profile } from '../events/interchange-types.ts'
import type { Kind } from '../events/kinds.ts'

/** One row as the source wrote it: text cells, in order, with its place in the file. */
export interface SourceRow {
  /** 1-based row number as a person counts it in the file (header and preamble lines included). */
  readonly row: number
  readonly cells: readonly string[]
}

/** A header line found in the file, and where. Names are trimmed, without BOM, with no-break spaces folded. */
export interface TableHeader {
  readonly row: number
  readonly names: readonly string[]
  readonly fileName: string
  /** Worksheet name, or member name inside a JSON document. */
  readonly sheet?: string
  /** Up to 20 rows that follow the header. */
  readonly sample: readonly SourceRow[]
  /** Lines above the header. */
  readonly preamble: readonly string[]
}

export interface Recognition {
  /** 0 to 1; the highest wins, an exact tie is put to the user. */
  readonly score: number
  /** Which of the format's layouts this is, for the preview and for messages. */
  readonly layout: string
}

/** An asset as the source names it; resolved to an `AssetId` by `shared/assets` per source and time. */
export interface AssetMention {
  readonly symbol: string
  /** What a token calls itself in full; names nothing. */
  readonly name?: string
  readonly chain?: string
  readonly contract?: string
  readonly fiat?: boolean
}

export interface LegDraft {
  readonly role: Role
  readonly asset: AssetMention
  readonly amount: Amount
  /** A sub-account of the batch's account (`spot`, `earn`), or another account by name (Koinly's wallets). Absent: the batch's account. */
  readonly account?: { readonly name: string; readonly kind: AccountKind }
  /** Value stated by the source, in its own currency. */
  readonly value?: { readonly amount: Money; readonly currency: string }
  /** The value is a person's word, which goes before the other side's fiat amount. */
  readonly valueBy?: 'user'
  readonly for?: 'out' | 'in' | 'fee'
  readonly included?: boolean
  readonly withheld?: boolean
  readonly acquired?: CivilDate
  readonly cost?: { readonly amount: Money; readonly currency: string }
  readonly pool?: boolean
  readonly carry?: { readonly acquired?: CivilDate; readonly cost?: Money; readonly marketValue?: Money }
  /** Of the sums in `carry`; absent: that of the books. */
  readonly carryCurrency?: string
}

/**
 * Members that only a few kinds have (lots named, plans, markers). Accounts, assets and events are named as the document
 * names them; they are resolved together with the legs.
 */
export type SpecialMembers = Partial<
  Omit<LedgerEvent, 'id' | 'time' | 'precision' | 'order' | 'kind' | 'legs' | 'note' | 'hash' | 'protocol'>
>

/** An event as read, before accounts and assets are resolved. */
export interface EventDraft {
  /** Group key inside (source, account): refid, order id, tx hash, otherwise the identity of its first row. Never derived from parsed or zoned values. */
  readonly group: string
  readonly time: Instant
  readonly precision: TimePrecision
  /** The source's own text of the time. */
  readonly timeText: string
  /** Order inside one instant where the source declares its direction. */
  readonly order?: number
  readonly kind: Kind
  readonly legs: readonly LegDraft[]
  readonly note?: string
  /** The source's own word for what happened, kept for mapping and display. */
  readonly sourceKind?: string
  readonly hash?: string
  /** Addresses the source states: where it went, where it came from. */
  readonly toAddress?: string
  readonly fromAddress?: string
  /** Name of the place the source says is on the other side (“to Kraken”). */
  readonly counterparty?: string
  readonly protocol?: string
  /** Rows this event was built from, in file order. */
  readonly rows: readonly number[]
  /** Warnings worth showing in the preview (contradicting value, reversed sign). */
  readonly warnings?: readonly string[]
  readonly special?: SpecialMembers
}

/** Built member by member: copying the rest of an object costs more than reading its row. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** A row whose outcome comes later. It holds its own place in the file, so that nothing else has to be kept of it. */
export interface WaitingRow {
  readonly row: number
  start: number | null
  length: number
  hash: string
  /** Where the file's bytes do not show the row. */
  text: string | null
}

/** What became of each row; exactly one per row, so that counts always add up. */
export type RowOutcome = {
  /** The row as it was given to `ReadSink.wait`. */
  readonly waiting?: WaitingRow | undefined
} & (
  | { readonly row: number; readonly outcome: 'event'; readonly identity: string; readonly group: string }
  | { readonly row: number; readonly outcome: 'price'; readonly identity: string }
  | { readonly row: number; readonly outcome: 'broker-form'; readonly identity: string }
  | { readonly row: number; readonly outcome: 'skipped'; readonly identity: string; readonly reason: string }
  | {
      readonly row: number
      readonly outcome: 'not-understood'
      readonly identity: string
      readonly reason: string
      readonly column?: string
    }
)

/** Where a reader puts its results. `price` is for price tables, `brokerForm` for rows of brokers' forms. */
export interface ReadSink {
  event(draft: EventDraft): void
  row(outcome: RowOutcome): void
  /** The row gets its outcome later, together with `waiting`: notes there where it stands. */
  wait?(waiting: WaitingRow): void
  price(draft: PriceDraft): void
  /** Accounts and assets that the file itself declares, before the events that use them. */
  declare?(accounts: readonly Account[], assets: readonly Asset[]): void
  brokerForm?(draft: BrokerFormDraft): void
  /**
   * The choices that the file itself states; after `declare`. They are only offered, never taken over by themselves. What
   * was decided on its events comes with them.
   */
  profile?(profile: Profile, decided?: Decided): void
  /** Something to tell about the file as a whole. */
  warn(text: string): void
}

export interface PriceDraft {
  readonly asset: AssetMention
  readonly currency: string
  /** A civil date `YYYY-MM-DD` (the whole day in the profile's zone) or an instant. */
  readonly time: { readonly day: string } | { readonly instant: Instant }
  readonly price: Money
  readonly row: number
  /** Where the file says it has the price from; absent: the file itself. */
  readonly source?: string
}

/** A row of a broker's form (US: 1099-DA) before account and asset are resolved. */
export interface BrokerFormDraft {
  /** Absent: the batch's account. */
  readonly account?: { readonly name: string; readonly kind: AccountKind }
  readonly asset: AssetMention
  readonly form: Omit<BrokerForm, 'account' | 'asset'>
  readonly row: number
}

export interface ReadContext {
  readonly layout: string
  readonly header: TableHeader
  /** Zone for times that carry none; the format's documented zone unless the user said otherwise. */
  readonly zone: ZoneName
  /** How this file writes decimals, proved over its first rows where the format does not fix it. */
  readonly mark: DecimalMark
  readonly fileName: string
  /** SHA-256 of UTF-8 text, as 64 hex digits. */
  readonly sha256: (text: string) => string
}

/** One pass over the rows of one table. Memory is bounded by open groups, not by rows. */
export interface TableReader {
  row(row: SourceRow): void
  /** After the last row: emits some of what is still open; false where nothing is left but to call `end`. */
  endSome?(): boolean
  /** Called once after the last row; emits what is still open. */
  end(): void
}

/** A document that is read as a whole, because its parts refer to each other. */
export interface SourceDocument {
  /** Parsed JSON. */
  readonly json: unknown
  /** Each element of those lists, in the order in which the document has them; numbered as rows from 1. */
  readonly elements: readonly { readonly row: number; readonly list: string; readonly index: number }[]
}

export interface SourceFormat {
  readonly id: SourceId
  /** As people call it: “Kraken ledgers”. */
  readonly name: string
  readonly venue: string
  /** Raised when the reader changes what it makes of a row; never changes an id. */
  readonly version: number
  /** A group that has the form of a stable event id is that event's: our own books come back under their own names. */
  readonly keepsEventIds?: true
  readonly account: { readonly name: string; readonly kind: AccountKind }
  /** The account that this very file is of, where it tells (the address in the name of an explorer's file); a hint, never identity. */
  accountOf?(header: TableHeader): { readonly name: string; readonly kind: AccountKind } | null
  /** Documented zone of times without one; `ask` where the source does not say. */
  readonly zone: ZoneName | 'ask'
  /** Formats of which one layout has another zone than `zone`: the zone of this layout. */
  zoneOf?(layout: string, header: TableHeader): ZoneName | 'ask'
  /** The mark that this source always writes, or `file` where it follows the user's locale and the file must prove it. */
  readonly decimals: '.' | 'file'
  /**
   * Per layout, the columns whose source text identifies a row that has no provider id. Frozen for ever: changing one
   * would give every old row a new identity. Never a balance, a status, or anything parsed or zoned.
   */
  readonly identityColumns: Readonly<Record<string, readonly string[]>>
  /** Where in the venue to get this file, in the venue's own words. */
  readonly howToGet: string
  recognise(header: TableHeader): Recognition | null
  open(context: ReadContext, sink: ReadSink): TableReader
  /**
   * Formats that are JSON documents: which of the document's lists are rows, and how they are read. `read` gives every
   * element its outcome, or says what is wrong with the document, in which case nothing of it is read. The header of a
   * document is the list of its members.
   */
  readonly document?: {
    readonly lists: readonly string[]
    read(document: SourceDocument, context: ReadContext, sink: ReadSink): readonly string[] | null
  }
}
