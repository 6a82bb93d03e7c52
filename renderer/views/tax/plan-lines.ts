import type { ChangeoverAsset } from '../../../shared/contract/tax-changeover.ts'
import { exactText } from '../../components/decimal-text.ts'

/** One line of a plan lot by lot: a part of a lot, and the account it is given to. */
export interface PlanLine {
  readonly key: string
  readonly lot: string
  readonly acquired: string | null
  readonly account: string
  /** Split off by hand, so that it can be taken out again. */
  readonly added: boolean
  readonly text: string
  /** The amount as it is understood; null where it is not one number. */
  readonly amount: string | null
}

/** The lines a plan starts from: where the lots end up without one. */
export function linesOf(asset: Pick<ChangeoverAsset, 'result'>, locale: string): PlanLine[] {
  return asset.result.map(({ lot, acquired, account, amount }, at) => ({
    key: `${lot} ${at}`,
    lot,
    acquired,
    account,
    added: false,
    text: exactText(amount, locale),
    amount,
  }))
}

/** The lines with one of them twice; the second part has no amount until one is given. */
export function splitAt(lines: readonly PlanLine[], key: string): PlanLine[] {
  const taken = new Set(lines.map((line) => line.key))
  let part = 2
  while (taken.has(`${key}, part ${part}`)) part += 1
  return lines.flatMap((line) =>
    line.key === key ? [line, { ...line, key: `${key}, part ${part}`, added: true, text: '', amount: null }] : [line],
  )
}
