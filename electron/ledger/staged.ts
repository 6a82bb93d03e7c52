import type { AccountKind, AssetKind } from '../../shared/events/account.ts'
import type { LedgerEvent, Role, TimePrecision } from '../../shared/events/event.ts'
import type { Kind } from '../../shared/events/kinds.ts'

/** Row id of a batch, and of a file of it. */
export type BatchRow = number
export type FileRow = number

const BATCH_STATES = ['staged', 'live', 'reverted', 'rejected'] as const
export type BatchState = (typeof BATCH_STATES)[number]
/** `joins`: no import, but where joined events lie that do not count yet, or no more (`prepared-joins.ts`). */
export type BatchOrigin = 'file' | 'sync' | 'manual' | 'sample' | 'shift' | 'joins'

/** An account or asset that staged rows name. Made when its key is new; seen by queries once a batch that uses it is live. */
export interface StagedAccount {
  readonly key: string
  readonly name: string
  readonly kind: AccountKind
}
export interface StagedAsset {
  readonly key: string
  readonly symbol?: string
  readonly name?: string
  readonly kind: AssetKind
  readonly chain?: string
  readonly contract?: string
  readonly family?: string
}

/** What became of one source row; see `RowOutcome` of `shared/sources`. */
export interface StagedRecord {
  /** 1-based row as a person counts it in its sheet. */
  readonly row: number
  /** Position in `StageOptions.sheets`; absent in files of one table. */
  readonly sheet?: number
  /** Byte offset and length in the original file, where rows are byte ranges (CSV, JSON lines). */
  readonly start?: number
  readonly length?: number
  /** First 16 bytes of SHA-256 over the identity text that the reader gave. */
  readonly identity: Uint8Array
  /** First 16 bytes of SHA-256 over the row's own bytes (the cells joined with U+001F where a row is no byte range). */
  readonly hash: Uint8Array
  readonly outcome: 'event' | 'skipped' | 'not-understood'
  readonly reason?: string
  readonly column?: string
}

export interface StagedLeg {
  readonly role: Role
  /** Keys of account and asset. */
  readonly account: string
  readonly asset: string
  /** Canonical decimal (`formatAmount`), not yet a bigint: workers format, the engine thread only binds. */
  readonly amount: string
  /** A fee that left with its gross `out` and moves nothing of its own. */
  readonly included?: boolean
  /** Canonical decimal in the profile's currency. */
  readonly value?: string
  /** The other members of `Leg`, with decimals as canonical text; `stated` is a value in another currency. */
  readonly extra?: StagedLegExtra
}
export interface StagedLegExtra {
  /** A value that a person stated. */
  readonly valueBy?: 'user'
  readonly for?: 'out' | 'in' | 'fee'
  readonly withheld?: boolean
  /** A fee that is part of a gross `in`: it moves its units all the same. */
  readonly includedInGross?: boolean
  readonly acquired?: string
  readonly cost?: string
  readonly pool?: boolean
  readonly carry?: { readonly acquired?: string; readonly cost?: string; readonly marketValue?: string }
  /** Of the sums in `carry`; absent: that of the books. */
  readonly carryCurrency?: string
  readonly stated?: { readonly amount: string; readonly currency: string }
  readonly statedCost?: { readonly amount: string; readonly currency: string }
}

/** Members of `LedgerEvent` that few kinds have, with decimals as canonical text. */
export type StagedEventExtra = {
  readonly lots?: readonly {
    readonly event: string
    readonly asset?: string
    readonly leg?: number
    readonly amount: string
  }[]
  readonly allocations?: readonly { readonly account: string; readonly lot: string; readonly amount: string }[]
  readonly portfolioValue?: string
} & Pick<
  LedgerEvent,
  | 'identifiedAt'
  | 'identifiedTo'
  | 'parent'
  | 'asset'
  | 'account'
  | 'accounts'
  | 'method'
  | 'plan'
  | 'planOrder'
  | 'completed'
  | 'jurisdiction'
  | 'currency'
  | 'zone'
>

export interface StagedEvent {
  /** Stable event id: (source, account, group). */
  readonly id: string
  readonly time: number
  readonly precision: TimePrecision
  readonly order?: number
  readonly kind: Kind
  readonly legs: readonly StagedLeg[]
  readonly timeText?: string
  readonly note?: string
  readonly hash?: string
  readonly sourceKind?: string
  readonly toAddress?: string
  readonly fromAddress?: string
  readonly counterparty?: string
  readonly protocol?: string
  readonly warnings?: readonly string[]
  readonly extra?: StagedEventExtra
  /** Rows it was built from; each is staged in this chunk or an earlier one of the file. */
  readonly rows: readonly number[]
  readonly sheet?: number
}

export interface StagedPrice {
  readonly asset: string
  readonly currency: string
  /** A civil date, or an instant in milliseconds. */
  readonly time: string | number
  /** Canonical decimal. */
  readonly price: string
  readonly row: number
  readonly sheet?: number
  /** Where the file says it has the price from. */
  readonly source?: string
}

/** A row of a broker's form. */
export interface StagedBrokerForm {
  /** Keys of account and asset. */
  readonly account: string
  readonly asset: string
  /** The other members as canonical JSON, as the interchange format writes them. */
  readonly body: string
  /** That of the row. */
  readonly identity: Uint8Array
  readonly row: number
  readonly sheet?: number
}

/** One message of the parse worker: at most some 2,000 rows. Everything in it can be structurally cloned. */
export interface StagedChunk {
  readonly accounts?: readonly StagedAccount[]
  readonly assets?: readonly StagedAsset[]
  readonly records: readonly StagedRecord[]
  readonly events: readonly StagedEvent[]
  readonly prices?: readonly StagedPrice[]
  readonly brokerForms?: readonly StagedBrokerForm[]
}

/** What is known of a file once its format is. */
export interface StageOptions {
  readonly source: string
  readonly layout: string
  readonly readerVersion: number
  readonly encoding: string
  /** The batch's account in this file. */
  readonly account: StagedAccount
  readonly zone: string
  /** Its events are not linked to others by their hashes: a person said that they happened besides. */
  readonly countsByItself?: boolean
  /** Worksheet (or member) names where the file has several tables. */
  readonly sheets?: readonly string[]
}

/** `rows = added + changed + linked + skipped + notUnderstood`; `skipped` contains `known`, rows that the ledger has already. */
export interface FileCounts {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly linked: number
  readonly known: number
  readonly skipped: number
  readonly notUnderstood: number
  /** Events this file adds or changes. */
  readonly events: number
  readonly prices: number
  /** Rows of brokers' forms. */
  readonly brokerForms: number
  readonly first: number | null
  readonly last: number | null
}

/** What sealing a file found. */
export interface Sealed {
  readonly status: 'sealed'
  readonly counts: FileCounts
}

export interface StagedFilePlan extends FileCounts {
  readonly file: FileRow
  readonly name: string
  readonly source: string | null
  readonly layout: string | null
  readonly account: string | null
  readonly zone: string | null
  readonly state: 'uploading' | 'uploaded' | 'staging' | 'sealed' | 'failed'
  /** What the engine noted about this file (`noteFile`): candidates, warnings, a problem. */
  readonly detail: Readonly<Record<string, unknown>>
}

/** The preview. `hash` covers every staged row and its classification; `executeBatch` takes it back. */
export interface BatchPlan {
  readonly batch: BatchRow
  readonly key: string
  readonly state: BatchState
  readonly hash: string | null
  readonly files: readonly StagedFilePlan[]
}

/** Fields of an event that a new version changes, with the old and the new text. */
export interface ChangedField {
  readonly field: string
  readonly from: string
  readonly to: string
}
