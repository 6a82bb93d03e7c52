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

const FACTS: Readonly<Record<string, string>> = { filingStatus: 'filing status', band: 'rate band' }
const spaced = (name: string): string => name.replaceAll('_', ' ').replaceAll('-', ' ')

/** What the treatment of a kind hangs on, what it counts as meanwhile, and what to record it as. */
const ASKED: Readonly<Record<string, string>> = {
  refund_in:
    'It gives back what you once paid. If the payment was undone, ignore both; if it stands, this is a purchase at its value: record a buy. Until then it has no cost.',
  grant:
    'It is a gift, or pay for what you did: record a gift received, business income or other income. Until then it is no income and has no cost.',
  donation_in:
    'It is a gift, or pay for what you did: record a gift received, business income or other income. Until then it is no income and has no cost.',
  event_contract:
    'A settled bet on an event is a gambling win, the result of a derivative, or income, as your country has it and as the market is licensed: record one of them. Until then a win has no cost and is no income.',
  option_exercise:
    'Coins were delivered for the strike price, and it counts as such a purchase or sale. Whether the premium joins that price, instead of being a result of its own, is for you to settle: state the value if it does.',
  burn: 'Destroyed for something, it is a sale at the value of what you got (record spending); for nothing, it is lost or worthless, and a loss counts only where the law allows one.',
  nft_burn:
    'Destroyed for something, it is a sale at the value of what you got (record a trade); for nothing, it is lost or worthless, and a loss counts only where the law allows one.',
  seized:
    'Taken for a debt of yours, it is a payment at its value (record spending); taken without one, it is lost or stolen.',
  clawback:
    'Taken for a debt of yours, it is a payment at its value (record spending); taken without one, it is lost or stolen.',
  recovery_in:
    'It keeps the cost of what was lost, as far as no loss was claimed for it: record an opening lot with that cost, or a buy for the claim you gave up. Until then it has no cost.',
  slashing:
    'A penalty out of your stake. Whether its cost may count needs a reason in your country’s law; no loss is counted meanwhile.',
  debt_forgiven: 'A debt that need not be paid any more is income, a gift, or nothing, as the reason for it has it.',
  lost: 'No loss is counted meanwhile: one counts only with proof, and only where the law allows it.',
  stolen: 'No loss is counted meanwhile: one counts only with proof, and only where the law allows it.',
  worthless:
    'No loss is counted meanwhile: one counts only with proof of a real end, and only where the law allows it.',
}

const SENTENCES: Readonly<Record<string, Sentence>> = {
  'missing-acquisition': (what, where) => ({
    title: 'Sold, but never bought',
    text: `${what} left${where} without any record of where it came from. It is counted at a cost of zero until a purchase is found.`,
  }),
  'missing-price': (what, where, detail) =>
    detail === ''
      ? {
          title: 'No value known',
          text: `${what}${where} has no value for its day. Add a price, or state its value.`,
        }
      : {
          title: `No exchange rate of ${detail}`,
          text: `${what}${where} is priced in ${detail}, and no exchange rate of ${detail} is known for its day. Read in a price table with ${detail} as the asset and your currency as the currency.`,
        },
  'unmatched-out': (what, where) => ({
    title: 'Sent, but to whom?',
    text: `${what} left${where} and nobody received it in these books. Until you pair it or say what it was, it counts as a sale, though a loss from it does not count.`,
  }),
  'unmatched-in': (what, where) => ({
    title: 'Received, but from whom?',
    text: `${what} came in${where} and nobody sent it in these books. It is taken in at a cost of zero; pair it with its sender, or say what it was.`,
  }),
  'transfer-difference': (what, where) => ({
    title: 'A transfer does not add up',
    text: `What was sent and what arrived differ by ${what}${where}, and no fee explains it.`,
  }),
  'needs-decision': (what, where, detail) => ({
    title: 'Yours to decide',
    text: `${what}${where} is recorded as “${spaced(detail)}”. ${ASKED[detail] ?? 'The rules leave its treatment open, or it hangs on facts that only you know.'}`,
  }),
  'balance-correction': (what, where) => ({
    title: 'A balance was set by hand',
    text: `${what}${where} was put in or taken out to make the balance agree, without cost and without loss.`,
  }),
  'gift-basis-missing': (what) => ({
    title: 'The giver’s cost is not known',
    text: `What the giver paid for ${what}, and when, is not recorded.`,
  }),
  'value-contradicts-money': (what) => ({
    title: 'Value and money disagree',
    text: `The value stated for ${what} is not what was paid. The money counts.`,
  }),
  'foreign-money': (what) => ({
    title: 'Foreign money held',
    text: `Gains and losses on ${what} itself, as foreign money, are not computed.`,
  }),
  'identification-after-disposal': (what) => ({
    title: 'Lots named too late',
    text: `The lots for ${what} were named after the sale, so they do not count; the standing rule chose instead.`,
  }),
  'identification-not-sent-to-broker': (what, where) => ({
    title: 'Lots not named to the broker',
    text: `The lots for ${what}${where} are named in these books only. From 2027 the broker must have been told.`,
  }),
  'standing-order-assumed': (_what, _where, detail) => ({
    title: 'A standing order is assumed',
    text: `${detail === '' ? 'The method' : detail.toUpperCase()} takes for granted that you had recorded it as a standing order before each sale. Keep that record.`,
  }),
  'changeover-unplanned': (what) => ({
    title: 'No allocation for the change of 2025',
    text: `Cost of ${what} had to move between accounts on 2025-01-01, and no plan is recorded.`,
  }),
  'fee-rule-overridden': (_what, _where, detail) => ({
    title: 'Fees are counted your way',
    text: `The profile sets a fee rule${detail === '' ? '' : ` (${detail})`} that differs from the rule of the country.`,
  }),
  'person-fact-missing': (_what, _where, detail) => {
    const [fact = '', assumed = ''] = detail.split(': ')
    const name = FACTS[fact] ?? (fact === '' ? 'a fact about the person' : fact)
    return {
      title: 'Something about you is missing',
      text: `Not given: ${name}. ${assumed === '' ? 'A default' : `“${assumed}”`} is used meanwhile.`,
    }
  },
  'identification-not-allowed': (what) => ({
    title: 'Lots cannot be named here',
    text: `Lots were named for ${what}, and the law does not let them be chosen; its own order counts.`,
  }),
  'identification-before-allocation': (what) => ({
    title: 'Lots named before the plan was complete',
    text: `The lots for ${what} were named while the plan for the change of 2025 was not complete, so only a standing order counts.`,
  }),
  'allocation-without-effect': () => ({
    title: 'A plan that has no effect here',
    text: 'A plan for the US change to basis by account is recorded. The law these books are under has no such change, so the plan moves no cost; it is kept.',
  }),
  'business-transfer': (what, where) => ({
    title: 'Moved between business and private',
    text: `${what} moved${where} between business and private holdings. What that makes of it depends on your business; it is carried over meanwhile.`,
  }),
  'spouse-attribution': (what, where) => ({
    title: 'Sold by the spouse who had it from you',
    text: `${what} was sold${where}, and the coins came from you. Unless they were bought at market value, the gain or loss is yours.`,
  }),
  'portfolio-below-price': (what) => ({
    title: 'The portfolio is worth less than the sale',
    text: `The value of the whole portfolio just before ${what} was sold is below the price of the sale. A price is missing or wrong.`,
  }),
  'step-up-value-missing': (what, _where, detail) => ({
    title: 'The value on a day of law is missing',
    text: `${what} may take its value of ${detail === '' ? 'a fixed day' : detail} as its cost, and no price of that day is known. The real cost counts meanwhile.`,
  }),
  'holding-unpriced': (what) => ({
    title: 'A holding without a value',
    text: `${what} was held on the day whose value the law asks for, and no price of that day is known.`,
  }),
  'snapshot-differs': (what) => ({
    title: 'A recorded holding is not that of the books',
    text: `The books hold ${what} on the day of a recorded holding, which says otherwise.`,
  }),
  'broker-form-unmatched': (what, where) => ({
    title: 'A broker’s form without a sale',
    text: `A broker reports a sale of ${what}${where} that these books do not have.`,
  }),
  'broker-proceeds-differ': (what, where) => ({
    title: 'A broker reports other proceeds',
    text: `The broker’s form states other proceeds for ${what}${where} than these books. The form’s figure is on the return.`,
  }),
  'broker-wash-loss': (what, where) => ({
    title: 'A broker reports a wash sale',
    text: `The broker’s form denies a loss on ${what}${where}. Whether that rule reaches it has to be looked at.`,
  }),
  'basis-stated': (what, where) => ({
    title: 'A cost was stated by hand',
    text: `The cost of ${what}${where} is the one that was stated, in place of what the records give. Keep its proof.`,
  }),
  'basis-stated-for-missing-units': (what, where) => ({
    title: 'A cost was stated for units nobody bought',
    text: `A cost was stated for ${what}${where} that no record shows to be there.`,
  }),
  'connected-person-loss': (what) => ({
    title: 'A loss on a sale to somebody close',
    text: `A loss on ${what} given to a connected person counts only against gains from the same person. It is not in the sums of other gains.`,
  }),
  'year-outside-tables': () => ({
    title: 'Amounts of this year are not known',
    text: 'The allowances and rates of this tax year are not in this version; figures that need them are provisional.',
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
  const name = spaced(point.code)
  const tail = point.detail === null ? '' : ` (${point.detail})`
  return { title: name.charAt(0).toUpperCase() + name.slice(1), text: `${what}${where}: ${name}${tail}.` }
}
