/**
 * How far one export of a source reaches, where that can hide records: what lies outside must come from further files.
 * Seen in 2026; venues change their menus, so the sentence says what to look for.
 */
export interface LookBack {
  /** The id of a source, or the beginning of several. */
  readonly source: string
  /** Days that one file holds at most, or before today where the venue keeps no more; null where it does not say. */
  readonly days: number | null
  readonly text: string
}

/** Block explorers of Etherscan's family. */
const EXPLORER_IDS = [
  'etherscan',
  'arbiscan',
  'basescan',
  'optimism',
  'lineascan',
  'polygonscan',
  'bscscan',
  'snowtrace',
  'ftmscan',
  'gnosisscan',
  'cronoscan',
]

export const LOOK_BACKS: readonly LookBack[] = [
  { source: 'binance', days: 366, text: 'One Binance file holds at most a year, and files per month are limited' },
  { source: 'binance-us', days: 366, text: 'Binance.US gives its history year by year' },
  { source: 'bybit', days: 366, text: 'One Bybit file holds at most a year, and each kind of account has its own' },
  { source: 'kucoin', days: 366, text: 'One KuCoin file holds at most a year, older ones 100 days' },
  { source: 'okx', days: null, text: 'One OKX file reaches back only a short time' },
  { source: 'gate', days: null, text: 'Gate limits how far back its records reach: ask for them early' },
  { source: 'mexc', days: null, text: 'MEXC limits how far back its records reach: ask for them early' },
  { source: 'htx', days: null, text: 'HTX limits how far back its records reach: ask for them early' },
  ...EXPLORER_IDS.map((source) => ({
    source,
    days: null,
    text: 'One file of a block explorer holds at most 5,000 rows',
  })),
  { source: 'solscan', days: null, text: 'One file of Solscan holds at most some thousands of rows' },
]

/** What may hide records of a source; the most telling entry, or null. */
export const lookBackOf = (source: string): LookBack | null =>
  LOOK_BACKS.filter((one) => source === one.source || source.startsWith(`${one.source}-`)).toSorted(
    (a, b) => b.source.length - a.source.length,
  )[0] ?? null
