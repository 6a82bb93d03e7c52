declare const brand: unique symbol
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name }

/** The stable identity of an event: source, account and group key, the same at every re-reading. */
export type EventId = Branded<string, 'EventId'>
/** An account's stable key, given when it is made and never changed by renaming. */
export type AccountId = Branded<string, 'AccountId'>
/** An asset's stable key: a symbol for fiat and coins, chain and contract for tokens. */
export type AssetId = Branded<string, 'AssetId'>
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Branded<number, 'Instant'>
/** A calendar date `YYYY-MM-DD` in the taxpayer's zone. */
export type CivilDate = Branded<string, 'CivilDate'>
/** An IANA time zone name. */
export type ZoneName = Branded<string, 'ZoneName'>
/** An ISO 4217 code. */
export type CurrencyCode = Branded<string, 'CurrencyCode'>
/** A source format's id, for example `kraken-ledgers`. */
export type SourceId = Branded<string, 'SourceId'>
