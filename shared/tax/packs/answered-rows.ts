import type { Kind } from '../../events/kinds.ts'
import { LENDING_MOVES, POOL_MOVES } from '../kind-groups.ts'
import type { RuledTreatment, RulePack, TreatmentRule } from '../pack.ts'

/*
 * Questions whose answers mean the same under every law that leaves them open. A pack says which answer is its own and on
 * what authority; where a law gives an answer another meaning, the pack has a row of its own.
 */

/** Questions of the register that ask whether one form of a coin is exchanged for another. */
const FORMS = {
  wrapping: { position: 'P1', kinds: ['wrap', 'unwrap'] },
  'liquid-staking': { position: 'P2', kinds: ['liquid_stake', 'liquid_unstake'] },
  pools: { position: 'P3', kinds: POOL_MOVES },
  lending: { position: 'P4', kinds: LENDING_MOVES },
  bridges: { position: 'P10', kinds: ['bridge'] },
} satisfies Record<string, { readonly position: string; readonly kinds: readonly Kind[] }>

/** The new form is an exchange (`swap`); or cost and date stay with it (`none`). `standard` is the pack's own answer. */
export function formRow(
  form: keyof typeof FORMS,
  standard: 'swap' | 'none',
  authority: string,
  kinds: readonly Kind[] = FORMS[form].kinds,
): TreatmentRule {
  const { position } = FORMS[form]
  const stays: Record<string, RuledTreatment> = { none: 'carry', ...(form === 'pools' && { deferred: 'carry' }) }
  return standard === 'swap'
    ? { kinds, treatment: 'exchange', position, choices: { swap: 'exchange', ...stays }, authority }
    : { kinds, treatment: 'carry', position, choices: { ...stays, swap: 'exchange' }, authority }
}

/** The units of a rebase are income; or the old cost covers more units. */
export const rebaseRow = (authority: string): TreatmentRule => ({
  kinds: ['rebase'],
  treatment: 'income',
  head: 'rebase',
  position: 'P8',
  choices: { income: 'income', spread: 'acquire-nil' },
  authority,
})

/** A reward is income once it could be claimed; or not before it is. */
export const accrualRow = (authority: string): TreatmentRule => ({
  kinds: ['reward_accrual'],
  treatment: 'income',
  head: 'staking',
  position: 'P5',
  choices: { control: 'income', claim: 'nothing' },
  authority,
})

/** Funding is part of a perpetual's result; or income when received, and coins disposed of when paid. */
export const fundingRows = (authority: string): readonly TreatmentRule[] => [
  {
    kinds: ['funding_in'],
    treatment: 'derivative',
    head: 'funding',
    position: 'P9',
    choices: { result: 'derivative', separate: 'income' },
    authority,
  },
  {
    kinds: ['funding_out'],
    treatment: 'derivative',
    position: 'P9',
    choices: { result: 'derivative', separate: 'exchange' },
    authority,
  },
]

/** Cashback reduces what was paid, and its units cost what they are worth; or it is income. */
export const cashbackRow = (authority: string): TreatmentRule => ({
  kinds: ['cashback'],
  treatment: 'exchange',
  position: 'P11',
  choices: { 'price-reduction': 'exchange', income: 'income' },
  authority,
})

/** Mining and the like are other income; or that of a business. */
export const minedRow = (kinds: readonly Kind[], head: string, authority: string): TreatmentRule => ({
  kinds,
  treatment: 'income',
  head,
  position: 'P12',
  choices: { other: 'income', business: 'income' },
  heads: { business: 'business' },
  authority,
})

/** Borrowed coins are bought, and disposed of when given back; or only the difference in worth between the two counts. */
export const loanRow = (kinds: readonly Kind[], authority: string): TreatmentRule => ({
  kinds,
  treatment: 'exchange',
  position: 'P13',
  choices: { repay: 'exchange', difference: 'debt' },
  authority,
})

/** What each answer on the fee of an own transfer does, where the law rules none of them out. */
export const TRANSFER_FEE_ANSWERS: RulePack['transferFeeChoices'] = {
  dispose: 'dispose',
  'dispose-capitalise': 'dispose-capitalise',
  'add-to-basis': 'dispose-capitalise',
  ignore: 'drop',
  drop: 'drop',
  carry: 'carry',
  cost: 'cost',
}
