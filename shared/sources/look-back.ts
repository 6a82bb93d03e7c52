/**
 * How far back the exports of a source reach, where that can hide records. Asking for a file early is the only cure; what
 * lies before must come from older files.
 */
export interface LookBack {
  /** The id of a source, or the beginning of several. */
  readonly source: string
  /** Months before the export that it holds at most; null where a file holds a period that the person chooses. */
  readonly months: number | null
  readonly text: string
}

export const LOOK_BACKS: readonly LookBack[] = [
  {
    source: 'binance',
    months: null,
    text: 'Binance gives its statements in periods of at most a year, as several files',
  },
  { source: 'bybit', months: null, text: 'Bybit gives its statements in short periods, as several files' },
  {
    source: 'okx',
    months: 3,
    text: 'OKX shows bills of the last three months; older ones come from its archive downloads',
  },
  { source: 'kucoin', months: null, text: 'KuCoin gives its histories in periods, as several files' },
  { source: 'gate', months: null, text: 'Gate limits how far back its bills reach: ask for them early' },
  { source: 'mexc', months: null, text: 'MEXC limits how far back its records reach: ask for them early' },
  { source: 'htx', months: null, text: 'HTX limits how far back its records reach: ask for them early' },
]

/** What may hide records of a source; the most telling entry, or null. */
export const lookBackOf = (source: string): LookBack | null =>
  LOOK_BACKS.filter((one) => source === one.source || source.startsWith(`${one.source}-`)).toSorted(
    (a, b) => b.source.length - a.source.length,
  )[0] ?? null
