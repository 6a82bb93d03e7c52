import type { Kind } from '../events/kinds.ts'

/** What a swap of these sides is: against fiat a purchase or a sale, between coins a trade, between currencies a conversion. */
export function tradeKind(outIsFiat: boolean, inIsFiat: boolean): Kind {
  if (outIsFiat) return inIsFiat ? 'fiat_fx' : 'buy'
  return inIsFiat ? 'sell' : 'trade'
}

/** What arrives from or leaves for a place that the row does not prove to be the user's own. */
export const depositKind = (isFiat: boolean): Kind => (isFiat ? 'fiat_deposit' : 'unmatched_in')
export const withdrawalKind = (isFiat: boolean): Kind => (isFiat ? 'fiat_withdrawal' : 'unmatched_out')
