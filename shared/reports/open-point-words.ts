/** Open points in sentences of people. */
import { formatAmount } from '../amount/decimal.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { OpenPoint } from '../tax/result.ts'

interface Words {
  readonly title: string
  readonly text: string
}

/** `what`: “0.5 BTC”, “some BTC” or “a movement”; `where`: “ in Kraken” or nothing. */
type Sentence = (what: string, where: string, detail: string) => Words

const SENTENCES: Readonly<Record<string, Sentence>> = {
  'missing-acquisition': (what, where) => ({
    title: 'Sold, but never bought',
    text: `${what} left${where} without any record of where it came from. It is counted at a cost of zero until a purchase is found.`,
  }),
  'missing-price': (what, where) => ({
    title: 'No value known',
    text: `${what}${where} has no value for its day. Add a price, or state its value.`,
  }),
  'identification-after-disposal': (what) => ({
    title: 'Lots named too late',
    text: `The lots for ${what} were named after the sale, so they do not count; the standing rule chose instead.`,
  }),
  'identification-not-sent-to-broker': (what, where) => ({
    title: 'Lots not named to the broker',
    text: `The lots for ${what}${where} are named in these books only. From 2027 the broker must have been told.`,
  }),
  'standing-order-assumed': () => ({
    title: 'A standing order is assumed',
    text: 'The method assumes that you had recorded it as a standing order before each sale. Keep that record.',
  }),
  'changeover-unplanned': (what) => ({
    title: 'No allocation for the change of 2025',
    text: `Cost of ${what} was moved between accounts on 2025-01-01 without a recorded plan.`,
  }),
  'fee-rule-overridden': () => ({
    title: 'Fees are counted your way',
    text: 'The profile sets a fee rule that differs from the rule of the country.',
  }),
  'person-fact-missing': (_what, _where, detail) => ({
    title: 'Something about you is missing',
    text:
      detail === ''
        ? 'A fact about the person is not given, so a default is used.'
        : `Not given: ${detail}. A default is used.`,
  }),
}

/** Title and sentence of an open point; a code without words of its own is named as it is. */
export function openPointWords(
  point: OpenPoint,
  symbolOf: (asset: AssetId) => string,
  accountOf: (account: AccountId | null) => string,
): Words {
  const symbol = point.asset === null ? null : symbolOf(point.asset)
  const what =
    symbol === null ? 'a movement' : point.amount === null ? symbol : `${formatAmount(point.amount)} ${symbol}`
  const where = point.account === null ? '' : ` in ${accountOf(point.account)}`
  const known = SENTENCES[point.code]?.(what, where, point.detail ?? '')
  if (known) return known
  const name = point.code.replaceAll('-', ' ')
  const tail = point.detail === null ? '' : ` (${point.detail})`
  return { title: name.charAt(0).toUpperCase() + name.slice(1), text: `${what}${where}: ${name}${tail}.` }
}
