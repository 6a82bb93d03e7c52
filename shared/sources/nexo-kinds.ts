/** Nexo's words for what happened, without spaces and case (`ExchangeDepositedOn` is `Exchange Deposited On`). An open list. */
import type { Kind } from '../events/kinds.ts'
import { remembered, wordTable } from './word-table.ts'

export type NexoMeaning =
  /** From input to output; one asset alone comes or goes. */
  | { readonly as: 'swap'; readonly kind?: Kind }
  | { readonly as: 'in' | 'out'; readonly counterparty?: string }
  | { readonly as: 'signed'; readonly in: Kind; readonly out: Kind }
  | { readonly as: 'borrow' | 'repay' | 'inside' | 'spend' }

const swap: NexoMeaning = { as: 'swap' }
const comes: NexoMeaning = { as: 'in' }
const leaves: NexoMeaning = { as: 'out' }
const inside: NexoMeaning = { as: 'inside' }
const repay: NexoMeaning = { as: 'repay' }
const interest: NexoMeaning = { as: 'signed', in: 'lending_interest', out: 'loan_interest' }
const income = (kind: Kind): NexoMeaning => ({ as: 'signed', in: kind, out: 'clawback' })
const corrected: NexoMeaning = { as: 'signed', in: 'balance_correction', out: 'balance_correction' }

const MEANINGS: Readonly<Record<string, NexoMeaning>> = wordTable({
  deposit: comes,
  topupcrypto: comes,
  deposittoexchange: comes,
  transferin: comes,
  transferfromprowallet: { as: 'in', counterparty: 'Nexo Pro' },
  exchangedepositedon: swap,
  exchange: swap,
  exchangetowithdraw: swap,
  exchangecollateral: swap,
  exchangecredit: swap,
  exchangeliquidation: { as: 'swap', kind: 'liquidation' },
  liquidation: { as: 'swap', kind: 'liquidation' },
  manualsellorder: swap,
  automaticsellorder: swap,
  'manual/automaticsellorder': swap,
  interest,
  fixedterminterest: interest,
  interestadditional: interest,
  dividend: income('revenue_share'),
  cashback: income('cashback'),
  exchangecashback: income('cashback'),
  referralbonus: income('referral'),
  bonus: income('other_income'),
  withdrawal: leaves,
  withdrawexchanged: leaves,
  transferout: leaves,
  transfertoprowallet: { as: 'out', counterparty: 'Nexo Pro' },
  withdrawalcredit: { as: 'borrow' },
  loanwithdrawal: { as: 'borrow' },
  repayment: repay,
  manualrepayment: repay,
  forcedrepayment: repay,
  nexocardpurchase: { as: 'spend' },
  nexocardcashback: income('cashback'),
  creditcardstatus: inside,
  lockingtermdeposit: inside,
  unlockingtermdeposit: inside,
  assimilation: corrected,
  administrator: corrected,
  administrativededuction: corrected,
})

/** What Nexo's word means; undefined where nobody has told us. */
export const nexoMeaning = remembered((type): NexoMeaning | undefined => {
  const plain = type.toLowerCase().replace(/[\s_-]+/g, '')
  return MEANINGS[plain] ?? (plain.startsWith('creditcardfiatx') ? inside : undefined)
})
