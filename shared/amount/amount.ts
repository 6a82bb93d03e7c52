/**
 * Exact arithmetic. An `Amount` counts units of an asset in steps of 10⁻²⁴, a `Money` counts a currency in
 * steps of 10⁻¹⁸; both are bigints, so `a + b` is exact and fast, and neither ever passes through `number`.
 */
declare const unit: unique symbol
/** Units of an asset × 10²⁴. Signed. */
export type Amount = bigint & { readonly [unit]: 'Amount' }
/** A sum of one currency × 10¹⁸. Signed. */
export type Money = bigint & { readonly [unit]: 'Money' }

export const AMOUNT_DIGITS = 24
export const MONEY_DIGITS = 18
/** One whole unit of an asset. */
export const ONE_UNIT = (10n ** 24n) as Amount
/** One whole unit of a currency. */
export const ONE_MONEY = (10n ** 18n) as Money
export const ZERO_AMOUNT = 0n as Amount
export const ZERO_MONEY = 0n as Money
