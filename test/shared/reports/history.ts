/** Small histories, and the report input that the engine makes of them. */
import type { ReportInput } from '../../../shared/reports/report.ts'
import { computed } from '../tax/result-of-document.ts'
import type { JsonObject } from '../tax/scenario-files.ts'

const leg = (role: string, asset: string, amount: string, more: JsonObject = {}): JsonObject => ({
  role,
  account: 'kraken',
  asset,
  amount,
  ...more,
})
const noon = (date: string): string => `${date}T12:00:00Z`

export const bought = (
  id: string,
  date: string,
  amount: string,
  cost: string,
  asset = 'BTC',
  currency = 'USD',
): JsonObject => ({
  id,
  time: noon(date),
  kind: 'buy',
  legs: [leg('in', asset, amount), leg('out', currency, cost)],
})
export const sold = (
  id: string,
  date: string,
  amount: string,
  proceeds: string,
  fee?: string,
  asset = 'BTC',
  currency = 'USD',
): JsonObject => ({
  id,
  time: noon(date),
  kind: 'sell',
  legs: [
    leg('out', asset, amount),
    leg('in', currency, proceeds),
    ...(fee === undefined ? [] : [leg('fee', currency, fee)]),
  ],
})
export const received = (
  id: string,
  date: string,
  amount: string,
  value: string,
  kind = 'staking_reward',
  asset = 'ETH',
): JsonObject => ({
  id,
  time: noon(date),
  kind,
  legs: [leg('in', asset, amount, { value })],
})

/** ETH, and every other coin that the events move. */
const coinsOf = (events: readonly JsonObject[]): JsonObject[] =>
  [
    ...new Set(['ETH', ...events.flatMap(({ legs }) => (legs as { asset: string }[]).map(({ asset }) => asset))]),
  ].flatMap((id) => (id === 'BTC' || /^(USD|EUR|GBP|CHF|SEK|CAD|AUD|JPY)$/.test(id) ? [] : [{ id, kind: 'crypto' }]))

/** The input of a report on a year of a history. The account is called “Kraken”; BTC has the symbol “XBT”. */
export function inputOf(events: readonly JsonObject[], year: number, profile: JsonObject = {}): ReportInput {
  const whole = { jurisdiction: 'us', currency: 'USD', zone: 'UTC', ...profile }
  const { document, result } = computed({
    schema: 'tallystick/events@1',
    profile: whole,
    accounts: [{ id: 'kraken', name: 'Kraken', kind: 'exchange' }],
    assets: [
      { id: 'BTC', symbol: 'XBT', kind: 'crypto' },
      ...coinsOf(events),
      { id: String(whole.currency), kind: 'fiat' },
    ],
    events,
  })
  return {
    result,
    profile: document.profile,
    accounts: document.accounts,
    assets: document.assets,
    year,
    ledgerName: 'Ada’s books',
    priceSources: ['the other side of the trade'],
  }
}
