import type { Money } from '../../shared/amount/amount.ts'
import { ONE_MONEY } from '../../shared/amount/amount.ts'
import { mulDiv } from '../../shared/amount/arithmetic.ts'
import { parseMoney } from '../../shared/amount/decimal.ts'
import { dayOfDate } from '../../shared/events/civil-date.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { AssetId, CivilDate, CurrencyCode, Instant, ZoneName } from '../../shared/events/identifiers.ts'
import { priceBook } from '../../shared/valuation/price-book.ts'
import { readAssets } from './accounts.ts'
import type { ReadableLedger } from './handles.ts'
import { pricesTouchedSince, readPrices } from './prices.ts'
import { readSettings } from './settings.ts'

/** Sums as sources state them, in the currency of the books. */
export interface StatedMoney {
  readonly currency: CurrencyCode
  /** At the rate of the event's own day; null where the books have none. */
  valueAt(sum: StatedSum, time: Instant): Money | null
  /** A cost, at the rate of the day it was paid where that is known. */
  costAt(sum: StatedSum, acquired: CivilDate | undefined, time: Instant): Money | null
}

export interface StatedSum {
  readonly amount: string
  readonly currency: string
}

interface Known {
  readonly revision: number
  readonly money: StatedMoney
}
const known = new WeakMap<ReadableLedger, Known>()

/** How the ledger's profile counts what sources stated, by the books' own exchange rates; kept until these change. */
export function statedMoney(ledger: ReadableLedger): StatedMoney {
  const revision = ledger.revision()
  const last = known.get(ledger)
  const money =
    last !== undefined && (last.revision === revision || !pricesTouchedSince(ledger, last.revision))
      ? last.money
      : makeStatedMoney(ledger)
  known.set(ledger, { revision, money })
  return money
}

/** What sums stated in other currencies are counted by: while it is the same, so are they. */
export function ratesMark(ledger: ReadableLedger): string {
  const { currency, zone } = profileMoney(ledger)
  const rates = ledger.value<string>(
    `SELECT json_array(count(*), max(p.id), total(p.price)) FROM price p JOIN asset a ON a.id = p.asset_id AND a.kind = 'fiat'
     LEFT JOIN batch b ON b.id = p.batch_id LEFT JOIN act t ON t.id = p.act_id WHERE b.state = 'live' OR t.live = 1`,
  )
  return `${currency} ${zone} ${rates}`
}

function makeStatedMoney(ledger: ReadableLedger): StatedMoney {
  const { currency, zone } = profileMoney(ledger)
  let made: ReturnType<typeof ratesOf> | null = null
  const convert = ({ amount, currency: stated }: StatedSum, time: Instant, acquired?: CivilDate): Money | null => {
    const sum = parseMoney(amount)
    if (typeof sum !== 'bigint') throw new Error(`a stated sum in the ledger is not canonical: ${sum.error}`)
    if (stated === currency) return sum
    made ??= ratesOf(ledger, currency, zone)
    const rate = made(stated, time, acquired)
    return rate === null ? null : (mulDiv(sum, rate, ONE_MONEY) as Money)
  }
  return {
    currency,
    valueAt: (sum, time) => convert(sum, time),
    costAt: (sum, acquired, time) => convert(sum, time, acquired),
  }
}

function ratesOf(ledger: ReadableLedger, currency: CurrencyCode, zone: ZoneName) {
  const money = readAssets(ledger).filter(({ kind }) => kind === 'fiat')
  const ids = new Set<AssetId>(money.map(({ id }) => id))
  const assetOf = (code: string): AssetId | null => money.find(({ id, symbol }) => (symbol ?? id) === code)?.id ?? null
  const clock = civilClock(zone)
  const prices = readPrices(ledger).filter(({ asset }) => ids.has(asset))
  const book = priceBook(prices, currency, clock.dayAt, assetOf, (asset) => ids.has(asset))
  const moved = movedAt(ledger)
  return (code: string, time: Instant, acquired?: CivilDate): Money | null => {
    const asset = assetOf(code)
    // After a move the books count in another currency than the profile's; the price of the coin stands there.
    if (asset === null || (moved !== null && time >= moved)) return null
    return book.priceAt(asset, time, acquired === undefined ? clock.dayAt(time) : dayOfDate(acquired))
  }
}

function profileMoney(ledger: ReadableLedger): { currency: CurrencyCode; zone: ZoneName } {
  const settings = new Map(readSettings(ledger, 'profile.').map(({ key, value }) => [key, value]))
  return {
    currency: (settings.get('profile.currency') ?? '') as CurrencyCode,
    zone: (settings.get('profile.zone') ?? 'UTC') as ZoneName,
  }
}

/** When the person first moved to another country, by the records. */
const movedAt = (ledger: ReadableLedger): number | null =>
  ledger.value<number | null>(`SELECT min(time) FROM event WHERE kind = 'residence_change'`) ?? null
