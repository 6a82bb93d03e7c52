/**
 * LocalBitcoins' trades (closed in 2023). Facts:
 * - Buyer and seller stand by name; the user is the one who is in every row. `btc_final` is what the user's balance changed by, the fee
 *   (of whoever placed the offer) inside: a buyer gets the amount less the fee, a seller gives the amount and the fee.
 * - The trade happens when the coins are released; without that time it never did. UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { present, trade } from './legs.ts'
import type { TableHeader } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

/** The name that all of the first rows have; null where two do, or none. */
function ownName({ names, sample }: TableHeader): string | null {
  const at = ['buyer', 'seller'].map((wanted) => names.findIndex((name) => name.trim().toLowerCase() === wanted))
  let common: readonly string[] | null = null
  for (const { cells } of sample) {
    const here = at.map((i) => cells[i]?.trim() ?? '').filter((text) => text !== '')
    if (here.length < 2) continue
    common = (common ?? here).filter((name) => here.includes(name))
  }
  return common?.length === 1 ? (common[0] as string) : null
}

function open({ column, context }: OpenTable): RowReader {
  const own = ownName(context.header)
  const at = {
    buyer: column('buyer'),
    seller: column('seller'),
    type: column('trade_type'),
    btc: column('btc_amount'),
    fee: column('fee_btc'),
    final: column('btc_final'),
    fiat: column('fiat_amount'),
    currency: column('currency'),
    released: column('transaction_released_at'),
    reference: column('reference'),
  }
  return {
    read(row) {
      if (row.text(at.released) === '') return { skip: 'its coins were never released: nothing was moved' }
      const buyer = row.text(at.buyer)
      const seller = row.text(at.seller)
      if (own === null || (own !== buyer && own !== seller))
        return {
          reason: 'the file does not show which of the two you are, since both are in every row',
          column: 'buyer',
        }
      const isBuy = own === buyer
      const btc = row.neededSize(at.btc)
      const fee = row.size(at.fee)
      const final = row.size(at.final)
      const isCharged = fee !== 0n && final !== 0n && final === (isBuy ? btc - fee : btc + fee)
      const sides = {
        isBuy,
        base: 'BTC',
        baseAmount: btc,
        quote: row.symbol(at.currency),
        quoteAmount: row.neededSize(at.fiat),
      }
      const charged = isCharged ? { fee, feeSymbol: 'BTC' } : {}
      const made = trade({ ...sides, ...charged }, (one) => row.isFiat(one))
      const facts = present({ counterparty: isBuy ? seller : buyer, note: row.text(at.reference) })
      return { ...made, sourceKind: row.word(at.type), ...facts }
    },
  }
}

export const localbitcoins = tableSource({
  id: 'localbitcoins' as SourceId,
  name: 'LocalBitcoins trades',
  venue: 'LocalBitcoins',
  version: 1,
  account: { name: 'LocalBitcoins', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'LocalBitcoins closed; its trades were a CSV under Dashboard → Released trades. Use the file you kept.',
  layouts: [
    {
      layout: 'trades',
      required: [
        'id',
        'created_at',
        'buyer',
        'seller',
        'trade_type',
        'btc_amount',
        'fee_btc',
        'btc_final',
        'fiat_amount',
        'currency',
        'transaction_released_at',
      ],
      optional: [
        'btc_traded',
        'btc_amount_less_fee',
        'fiat_fee',
        'fiat_per_btc',
        'exchange_rate',
        'online_provider',
        'reference',
      ],
      id: ['id'],
      identity: ['created_at', 'buyer', 'seller', 'btc_amount', 'fiat_amount'],
      time: ['transaction_released_at'],
      record: 'trade',
      open,
    },
  ],
})
