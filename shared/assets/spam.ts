/** Tokens that are sent to strangers to be clicked on or mistaken for others. Signs only: a person may say otherwise. */
import { assetOfContract, hasOwnContract } from './contracts.ts'
import { isFiatCode } from './fiat.ts'
import { COINS } from './symbols.ts'

/** What a token says of itself. */
export interface TokenName {
  readonly symbol: string
  readonly name?: string
  readonly chain?: string
  readonly contract?: string
}

const ADDRESS_OF_A_SITE =
  /https?:|www\.|t\.me\/|\.(?:com|org|net|io|xyz|app|site|online|vip|gift|live|click|finance|lol|top|cc)\b/i
const LURE = /\b(?:visit|claim|voucher|giveaway|redeem|bonus|free|swap (?:at|on)|get reward|airdrop (?:at|on))\b/i
const coins: ReadonlySet<string> = new Set(COINS)
/** Letters of other alphabets that look like Latin ones. */
const LOOKALIKE = /[\u0370-\u03ff\u0400-\u04ff\u0530-\u058f\u13a0-\u13ff\uff21-\uff5a]/

/**
 * Why a token looks like spam, as a sentence; null where it does not. Only tokens named by a contract can: at a venue a
 * symbol was listed by somebody.
 */
export function spamReason(token: TokenName): string | null {
  const { symbol, name = '', chain, contract } = token
  if (contract === undefined || chain === undefined) return null
  if (assetOfContract(chain, contract.startsWith('0x') ? contract.toLowerCase() : contract) !== null) return null
  const text = `${symbol} ${name}`
  if (ADDRESS_OF_A_SITE.test(text)) return 'its name is the address of a site'
  if (LURE.test(text)) return 'its name asks to visit or claim something'
  const plain = symbol.trim().toUpperCase()
  if (LOOKALIKE.test(symbol) && /[A-Za-z]/.test(symbol)) return 'its symbol mixes letters of alphabets that look alike'
  if (hasOwnContract(chain, plain))
    return `it calls itself ${plain}, and the contract of ${plain} on ${chain} is another`
  if (coins.has(plain)) return `it calls itself ${plain}, which is a coin of a chain of its own and no token`
  if (isFiatCode(plain)) return `it calls itself ${plain}, which is a national currency`
  return null
}

/** An asset of the books; of an NFT, its symbol and contract end with the number it has. */
export interface SpamSubject {
  readonly id: string
  readonly symbol?: string | null
  readonly name?: string | null
  readonly chain?: string | null
  readonly contract?: string | null
}

/** Why an asset of the books looks like spam, as a sentence; null where it does not. */
export function spamOfAsset({ id, symbol, name, chain, contract }: SpamSubject): string | null {
  if (chain == null || contract == null) return null
  const end = contract.indexOf(':')
  return spamReason({
    symbol: end < 0 ? (symbol ?? id) : (symbol ?? id).replace(/ #[^#]*$/, ''),
    ...(name == null ? {} : { name }),
    chain,
    contract: end < 0 ? contract : contract.slice(0, end),
  })
}
