import type { KrakenRow } from './running-engine.ts'

const LEDGER_LIVE =
  'Operation Date,Status,Currency Ticker,Operation Type,Operation Amount,Operation Fees,Operation Hash,Account Name,Account xpub,Countervalue Ticker,Countervalue at Operation Date,Countervalue at CSV Export'

/** A Ledger Live file of these lines. */
export const ledgerLiveCsv = (...lines: readonly string[]) => `${[LEDGER_LIVE, ...lines].join('\n')}\n`

/** A line of it: an operation on bitcoin, at a second of UTC. */
export const liveOperation = (time: string, type: string, amount: string, hash: string) =>
  `${time}.000Z,Confirmed,BTC,${type},${amount},,${hash},Bitcoin 1,xpub6,USD,1,1`

/** A Ledger Live file: arrivals of so many coins, one on each day of March. */
export const arrivals = (first: number, ...coins: readonly string[]) =>
  ledgerLiveCsv(
    ...coins.map((amount, n) =>
      liveOperation(`2024-03-${String(first + n).padStart(2, '0')}T10:00:00`, 'IN', amount, `hash${first + n}`),
    ),
  )

/** A Kraken trades file of these lines. */
export const krakenTradesCsv = (...lines: readonly string[]) =>
  `${['txid,ordertxid,pair,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers', ...lines].join('\n')}\n`

/** A Kraken trades file: two coins bought in January 2023, and one in February. */
export const TWO_PURCHASES = krakenTradesCsv(
  'T1-CCCCC-DDDDDD,O1,XXBTZUSD,2023-01-02 10:00:00,buy,limit,20000,40000,7.5,2,0,,',
  'T2-CCCCC-DDDDDD,O2,XXBTZUSD,2023-02-03 11:00:00,buy,limit,24000,24000,3.5,1,0,,',
)

/** A row of a Kraken ledgers file: coins that came or went by themselves. */
export const krakenMove = (n: string, time: string, type: string, asset: string, amount: string): KrakenRow => ({
  id: `LM${n}-AAAAA-BBBBBB`,
  ref: `M${n}-CCCCC-DDDDDD`,
  time,
  type,
  asset,
  amount,
})
