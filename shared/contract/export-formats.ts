/** The forms in which everything can leave. Several files come as one ZIP archive. */
export const EXPORT_FORMATS = ['json', 'csv', 'koinly', 'cointracking', 'rotki', 'hledger', 'beancount'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What each is, in a few words. */
export const EXPORT_FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = {
  json: 'Tallystick interchange (JSON, everything)',
  csv: 'Table with one line for each leg (CSV)',
  koinly: 'Koinly (its template, one file for each account)',
  cointracking: 'CoinTracking (its import table)',
  rotki: 'rotki (its generic events and trades)',
  hledger: 'hledger journal',
  beancount: 'Beancount journal',
}
