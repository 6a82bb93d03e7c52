/**
 * Words by which other tax tools say what a row is, where most of them mean the same; each tool adds its own. Looked up
 * by the side that the row has: `interest` that comes in is income, `interest` that goes out is paid.
 */
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { detached } from './identity.ts'
import { wordTable } from './word-table.ts'

export type Words = Readonly<Record<string, Kind>>

/** What a tool's words mean. All keys are folded (`foldWord`). */
export interface Vocabulary {
  /** Of a row that only receives. */
  readonly in: Words
  /** Of a row that only sends. */
  readonly out: Words
  /** Of a row that sends and receives. */
  readonly both: Words
  /** Words that say no more than the sides themselves. */
  readonly plain: ReadonlySet<string>
  /** Words that say no more than that something came, or that something went. */
  readonly inward: ReadonlySet<string>
  readonly outward: ReadonlySet<string>
  /** Words of a move between two places of the user. */
  readonly transfer: ReadonlySet<string>
  /** Words that take a row out of the books. */
  readonly ignored: ReadonlySet<string>
  /** What to say about rows with these words. */
  readonly remarks: Readonly<Record<string, string>>
  /** What the words of one row mean together: its labels, which people attach, and the tool's own, most telling first. */
  said(labels: readonly string[], words: readonly string[]): RowWords
}

const folded = new Map<string, string>()

/** A word as it is compared: small letters, one space for any of space, `_` and `-`; none around `/`. Answers are remembered. */
export function foldWord(word: string): string {
  const known = folded.get(word)
  if (known !== undefined) return known
  const found = word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/\s*\/\s*/g, '/')
  if (folded.size < 10_000) folded.set(detached(word), found)
  return found
}

const each = (kind: Kind, ...words: readonly string[]): Words => Object.fromEntries(words.map((word) => [word, kind]))

const IN: Words = {
  ...each('airdrop', 'airdrop'),
  ...each('airdrop_task', 'bounty', 'bounties'),
  ...each('fork', 'fork', 'hard fork', 'hardfork', 'hard fork/fork', 'chain split'),
  ...each('mining', 'mining', 'mined', 'mining (commercial)', 'mining income'),
  ...each('staking_reward', 'staking', 'staked', 'stake reward', 'staking reward', 'staking rewards', 'staking/reward'),
  ...each('staking_reward', 'staking income', 'reward', 'rewards'),
  ...each('validator_reward', 'masternode', 'master node'),
  ...each('lending_interest', 'interest', 'interest received', 'interest income', 'interest payment', 'lending'),
  ...each('lending_interest', 'lending income', 'lending interest', 'loan interest'),
  ...each('lp_reward', 'lp reward', 'lp rewards'),
  ...each('revenue_share', 'dividend', 'dividends', 'dividend received', 'dividends income'),
  ...each('other_income', 'income', 'other income', 'misc income'),
  ...each('salary', 'salary'),
  ...each('royalty', 'royalty', 'royalties'),
  ...each('referral', 'referral', 'referral reward'),
  ...each('cashback', 'cashback'),
  ...each('fee_rebate', 'fee refund', 'fee rebate', 'rebate', 'margin fee rebate'),
  ...each('gift_in', 'gift', 'gift received', 'gift in', 'giftin', 'incoming gift', 'gift/tip', 'received gift'),
  ...each('gambling_win', 'gambling income'),
  ...each('loan_borrow', 'loan', 'borrow', 'receive loan', 'loan received', 'borrow/receive loan'),
  ...each('margin_borrow', 'margin loan'),
  ...each('realised_profit', 'margin gain', 'margin profit', 'realized profit', 'realized gain', 'realized p&l'),
  ...each('realised_profit', 'realized pnl', 'realised pnl', 'derivatives/futures profit', 'derivative profit'),
  ...each('realised_profit', 'margin trading profit', 'futures realized p&l'),
  ...each('funding_in', 'funding fee'),
  ...each('stake_unlock', 'unstake', 'staking withdrawal', 'remove from pool'),
  ...each('lp_remove', 'liquidity out', 'remove liquidity'),
  ...each('lp_add', 'receive lp token'),
  ...each('collateral_return', 'collateral withdrawal'),
  ...each('nft_mint', 'mint'),
  ...each('spam_in', 'spam'),
}

const OUT: Words = {
  ...each('gift_out', 'gift', 'gift sent', 'outgoing gift', 'gift out', 'sent gift'),
  ...each('gift_spouse', 'gift spouse'),
  ...each('donation', 'donation', 'charity sent', 'donation 501c3', 'charity'),
  ...each('lost', 'lost', 'loss', 'casualty loss', 'investment loss'),
  ...each('stolen', 'stolen', 'theft', 'theft loss', 'theft/hack', 'hack', 'stolen/hacked/fraud'),
  ...each('spend', 'spend', 'spending', 'payment', 'purchase', 'merchant payment', 'personal use', 'tip'),
  ...each('business_expense', 'cost', 'expense', 'other expense', 'business expense'),
  ...each('tax_payment', 'tax', 'tax payment'),
  ...each('network_fee', 'fee', 'other fee', 'network fee', 'transaction fee', 'gas'),
  ...each('approval_fee', 'approval'),
  ...each('burn', 'burn'),
  ...each('derivative_fee', 'margin fee', 'futures fee', 'derivative fee', 'margin trading fee', 'margin trade fee'),
  ...each('realised_loss', 'margin loss', 'realized loss', 'realized gain', 'realized p&l', 'realized pnl'),
  ...each('realised_loss', 'derivatives/futures loss', 'derivative loss', 'margin trading loss', 'realised pnl'),
  ...each('funding_out', 'funding fee', 'margin funding cost'),
  ...each('loan_repay', 'loan repayment', 'repay loan', 'repay', 'loan repay'),
  ...each('margin_repay', 'margin repayment'),
  ...each('loan_interest', 'loan fee', 'loan interest', 'borrowing fee', 'interest', 'interest paid'),
  ...each('loan_interest', 'repay loan/loan fee/borrowing fee'),
  ...each('liquidation', 'liquidate', 'liquidation'),
  ...each('stake_lock', 'stake', 'staking deposit', 'add to pool'),
  ...each('lp_add', 'liquidity in', 'add liquidity', 'provide liquidity'),
  ...each('lp_remove', 'return lp token'),
  ...each('collateral_post', 'collateral', 'collateral deposit'),
}

const BOTH: Words = {
  ...each('lp_add', 'liquidity in', 'add liquidity', 'provide liquidity', 'receive lp token'),
  ...each('lp_remove', 'liquidity out', 'remove liquidity', 'return lp token'),
  ...each('wrap', 'wrap'),
  ...each('unwrap', 'unwrap'),
  ...each('nft_mint', 'mint', 'nft mint'),
  ...each('ico_purchase', 'initial coin offering', 'ico'),
  ...each('liquidation', 'liquidate', 'liquidation'),
}

const PLAIN = [
  ...['', 'trade', 'buy', 'sell', 'exchange', 'swap', 'order', 'convert', 'conversion', 'market buy', 'market sell'],
  ...['fiat buy', 'fiat sell', 'margin trade', 'bridge', 'unknown', 'other'],
]

const INWARD = [
  ...['deposit', 'receive', 'received', 'in', 'incoming', 'fiat deposit', 'crypto deposit', 'transfer in', 'bridge in'],
  ...['add funds', 'unlabeled deposit', 'nontaxablein', 'non taxable in', 'einzahlung', 'deposito'],
  ...['dépôt', 'depósito', 'storting', 'wpłata'],
]
const OUTWARD = [
  ...['withdrawal', 'withdraw', 'send', 'sent', 'out', 'outgoing', 'fiat withdrawal', 'crypto withdrawal'],
  ...['transfer out', 'bridge out', 'remove funds', 'unlabeled withdrawal', 'nontaxableout', 'non taxable out'],
  ...['auszahlung', 'prelievo', 'retrait', 'retiro', 'retirada', 'saque', 'levantamento', 'opname', 'wypłata'],
]

/** Whether the vocabulary has this word at all, for whichever rows. */
export const knowsWord = (words: Vocabulary, word: string): boolean => {
  const folded = foldWord(word)
  return (
    words.in[folded] !== undefined ||
    words.out[folded] !== undefined ||
    words.both[folded] !== undefined ||
    words.plain.has(folded) ||
    words.inward.has(folded) ||
    words.outward.has(folded) ||
    words.transfer.has(folded)
  )
}

/** What sides a row has; `fee`: nothing but one. */
export type RowSides = 'in' | 'out' | 'both' | 'fee'

/** What the words of a row mean where it has these sides. */
export interface SidedWords {
  /** What the first of them that names a kind says it is. */
  readonly kind: Kind | undefined
  /** Why such a row is not understood with these words. */
  readonly refused: string | null
  readonly warnings: readonly string[] | undefined
}

const NOTHING_SAID: readonly string[] = []
const ROWS = { in: 'only receives', out: 'only sends', both: 'sends and receives' } as const

/** The words of a row, read once for all rows that have the same. */
export class RowWords {
  /** As the tool writes them; empty where the row has none. */
  readonly sourceKind: string
  readonly isIgnored: boolean
  readonly isTransfer: boolean
  readonly remarks: readonly string[]
  readonly #vocabulary: Vocabulary
  readonly #labels: readonly string[]
  readonly #words: readonly string[]
  readonly #bySides = new Map<RowSides, SidedWords>()

  constructor(vocabulary: Vocabulary, labels: readonly string[], words: readonly string[]) {
    const all = [...labels, ...words]
    const folded = all.map(foldWord)
    this.#vocabulary = vocabulary
    this.#labels = labels
    this.#words = words
    this.sourceKind = detached(all.filter((word) => word !== '').join(' / '))
    this.isIgnored = folded.some((word) => vocabulary.ignored.has(word))
    this.isTransfer = folded.some((word) => vocabulary.transfer.has(word))
    const remarks = folded.map((word) => vocabulary.remarks[word]).filter((remark) => remark !== undefined)
    this.remarks = remarks.length === 0 ? NOTHING_SAID : remarks
  }

  of(sides: RowSides): SidedWords {
    const known = this.#bySides.get(sides)
    if (known !== undefined) return known
    const made = this.#read(sides)
    this.#bySides.set(sides, made)
    return made
  }

  /** A type nobody knows, or one that is known for rows with other sides, leaves the row not understood; a label does not. */
  #read(sides: RowSides): SidedWords {
    const vocabulary = this.#vocabulary
    const side = sides === 'fee' ? 'out' : sides
    const isKnown = (word: string): boolean => {
      const folded = foldWord(word)
      return (
        vocabulary[side][folded] !== undefined ||
        vocabulary.plain.has(folded) ||
        vocabulary.transfer.has(folded) ||
        (vocabulary.inward.has(folded) && sides !== 'out' && sides !== 'both') ||
        (vocabulary.outward.has(folded) && side === 'out')
      )
    }
    const all = [...this.#labels, ...this.#words]
    const kind = all.map((word) => vocabulary[side][foldWord(word)]).find((one) => one !== undefined)
    const strange = this.#words.find((word) => !isKnown(word))
    if (strange !== undefined) {
      const refused = knowsWord(vocabulary, strange)
        ? `the type “${strange.slice(0, 40)}” does not fit a row that ${ROWS[side]}`
        : unknownType(strange, '').reason
      return { kind, refused, warnings: undefined }
    }
    const unknown = this.#labels.filter((word) => !isKnown(word))
    const told = unknown.map((word) => `“${word.slice(0, 40)}”`).join(' and ')
    const warning = `the label ${told} is not known to this reader for such a row; it was read without it`
    const warnings = unknown.length === 0 ? this.remarks : [warning, ...this.remarks]
    return { kind, refused: null, warnings: warnings.length === 0 ? undefined : warnings }
  }
}

const MOST_MET = 10_000

/** Remembers what the words of rows mean, found word by word, so that nothing is joined to look it up. */
class MetWords {
  readonly #next = new Map<string, MetWords>()
  #afterLabels: MetWords | undefined
  row: RowWords | undefined

  /** Those after one more word. `room`: how many more may be remembered. */
  after(word: string, room: { left: number }): MetWords {
    const known = this.#next.get(word)
    if (known !== undefined) return known
    const made = new MetWords()
    if (room.left > 0) {
      room.left--
      this.#next.set(detached(word), made)
    }
    return made
  }

  /** Those whose labels end here. */
  afterLabels(): MetWords {
    this.#afterLabels ??= new MetWords()
    return this.#afterLabels
  }
}

/** A tool's own words on top of the common ones. */
export interface OwnWords {
  readonly in?: Words
  readonly out?: Words
  readonly both?: Words
  readonly plain?: readonly string[]
  readonly transfer?: readonly string[]
  readonly ignored?: readonly string[]
  readonly remarks?: Readonly<Record<string, string>>
}

/** The common words with a tool's own, which go before them. */
export function vocabulary(own: OwnWords = {}): Vocabulary {
  const met = new MetWords()
  const room = { left: MOST_MET }
  const made: Vocabulary = {
    in: wordTable({ ...IN, ...own.in }),
    out: wordTable({ ...OUT, ...own.out }),
    both: wordTable({ ...BOTH, ...own.both }),
    plain: new Set([...PLAIN, ...(own.plain ?? [])]),
    inward: new Set(INWARD),
    outward: new Set(OUTWARD),
    transfer: new Set(['transfer', 'internal', 'internal transfer', ...(own.transfer ?? [])]),
    ignored: new Set(['ignored', 'ignore', ...(own.ignored ?? [])]),
    remarks: wordTable(own.remarks ?? {}),
    said(labels, words) {
      let at = met
      for (let i = 0; i < labels.length; i++) at = at.after(labels[i] as string, room)
      if (labels.length > 0) at = at.afterLabels()
      for (let i = 0; i < words.length; i++) at = at.after(words[i] as string, room)
      at.row ??= new RowWords(made, labels.map(detached), words.map(detached))
      return at.row
    },
  }
  return made
}
