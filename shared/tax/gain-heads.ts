import type { Money } from '../amount/amount.ts'
import type { Law } from './law.ts'
import type { GainHead, LotOrigin } from './result.ts'

/** The head of gain that a row belongs to, under a law that keeps heads apart. */
export class GainHeads {
  private readonly heads: ReadonlySet<GainHead>
  private personal = false

  constructor(law: Law) {
    this.heads = new Set(law.pack.gainHeads?.heads)
  }

  /** The head of a row that `rule` made. */
  of(rule: string, isBusiness: boolean): GainHead | null {
    const { heads } = this
    if (isBusiness && heads.has('business')) return 'business'
    if (rule === 'derivative') return heads.has('derivative') ? 'derivative' : null
    return this.personal && heads.has('personal-use') ? 'personal-use' : null
  }

  /** Runs an exchange of units that were kept for personal items. */
  forPersonalUse(exchange: () => void): void {
    this.personal = true
    exchange()
    this.personal = false
  }
}

/** Losses on what is used for personal items never count, gains only where the lot cost more than the limit. */
export function isDisregarded(law: Law, gain: Money, origin: LotOrigin): boolean {
  const limit = law.pack.personalUse?.costLimit
  let acquired = origin
  while (acquired.parent !== null) acquired = acquired.parent
  return limit !== undefined && (gain < 0n || acquired.unitCost <= limit)
}
