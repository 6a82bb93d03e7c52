import type { Amount, Money } from '../../amount/amount.ts'
import { shareOf } from '../../amount/arithmetic.ts'
import type { AccountId, AssetId } from '../../events/identifiers.ts'
import { least } from '../least.ts'

/** A reward that was taxed when it accrued and has not been claimed. */
interface Accrual {
  readonly asset: AssetId
  readonly protocol: string | null
  /** Where its units already are in the books; null where they only come with the claim. */
  readonly account: AccountId | null
  amount: bigint
  value: bigint
}

/** What a claim takes over from accruals: units with the value they were taxed at. */
export interface Claimed {
  readonly amount: Amount
  readonly value: Money
  readonly account: AccountId | null
}

interface Debt {
  amount: bigint
  value: bigint
}

/** What earlier events of a partition mean for later ones beyond their lots: accrued rewards, and debts in coins. */
export class Memory {
  private accruals: Accrual[] = []
  private readonly debts = new Map<AssetId, Debt>()
  /** Was there anything to remember: the state at the beginning of a later year then is more than its lots. */
  isUsed = false

  accrue(asset: AssetId, protocol: string | undefined, account: AccountId | null, amount: Amount, value: Money): void {
    this.isUsed = true
    this.accruals.push({ asset, protocol: protocol ?? null, account, amount, value })
  }

  /** Takes up to `amount` accrued units, oldest first; of one protocol only where both sides name one. */
  claim(asset: AssetId, protocol: string | undefined, amount: Amount): Claimed[] {
    if (this.accruals.length === 0) return []
    const claimed: Claimed[] = []
    let left = amount as bigint
    for (const accrual of this.accruals) {
      if (left === 0n || accrual.asset !== asset || accrual.amount === 0n) continue
      if (protocol !== undefined && accrual.protocol !== null && accrual.protocol !== protocol) continue
      claimed.push(takeFrom(accrual, least(left, accrual.amount)))
      left -= (claimed.at(-1) as Claimed).amount
    }
    this.forgetSpent()
    return claimed
  }

  /** Accrued units left the place they were in by a move of their own: no claim brings them any more. */
  release(account: AccountId, asset: AssetId, amount: bigint): void {
    if (this.accruals.length === 0) return
    let left = amount
    for (const accrual of this.accruals) {
      if (accrual.account !== account || accrual.asset !== asset || left === 0n) continue
      left -= takeFrom(accrual, least(left, accrual.amount)).amount
    }
    this.forgetSpent()
  }

  private forgetSpent(): void {
    this.accruals = this.accruals.filter(({ amount }) => amount > 0n)
  }

  borrow(asset: AssetId, amount: Amount, value: Money): void {
    this.isUsed = true
    const debt = this.debts.get(asset) ?? { amount: 0n, value: 0n }
    debt.amount += amount
    debt.value += value
    this.debts.set(asset, debt)
  }

  /** Settles up to `amount` units of a debt; gives how many, and what they were worth when they were borrowed. */
  repay(asset: AssetId, amount: Amount): { readonly amount: Amount; readonly value: Money } {
    const debt = this.debts.get(asset)
    if (debt === undefined || debt.amount === 0n) return { amount: 0n as Amount, value: 0n as Money }
    return takeFrom({ ...NO_PLACE, asset, ...debt }, least(amount, debt.amount), debt)
  }
}

const NO_PLACE = { protocol: null, account: null }

/** Takes units with their share of the value, the last of them with all that is left of it. */
function takeFrom(from: Accrual, amount: bigint, held: { amount: bigint; value: bigint } = from): Claimed {
  const value = shareOf(held.value, amount, held.amount)
  held.amount -= amount
  held.value -= value
  return { amount: amount as Amount, value: value as Money, account: from.account }
}
