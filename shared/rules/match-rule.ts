/** Which events a rule's condition fits. */
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { CivilDate } from '../events/identifiers.ts'
import type { RuleCondition } from './rule.ts'

/** What a condition looks at: the fact as imported, and what its source said beside it. */
export interface RuleSubject {
  readonly event: LedgerEvent
  readonly source: string | null
  readonly sourceKind: string | null
  readonly toAddress: string | null
  readonly fromAddress: string | null
  readonly counterparty: string | null
}

/** What the subject's own data does not hold. */
export interface RuleSurroundings {
  /** The civil date of an instant in the taxpayer's zone. */
  dateOf(event: LedgerEvent): CivilDate
  /** Why an asset looks like spam; null where it does not. */
  spam(asset: string): string | null
}

const folded = (text: string): string => text.trim().toLowerCase()

/** A condition made ready to be asked of many events. */
export function ruleMatcher(when: RuleCondition, around: RuleSurroundings): (subject: RuleSubject) => boolean {
  const address = when.address === undefined ? null : folded(when.address)
  const sourceKinds = when.sourceKinds === undefined ? null : new Set(when.sourceKinds.map(folded))
  const kinds = when.kinds === undefined ? null : new Set<string>(when.kinds)
  const words = when.note === undefined ? [] : folded(when.note).split(/\s+/)
  const looksAtLegs =
    when.account !== undefined ||
    when.asset !== undefined ||
    when.direction !== undefined ||
    when.atLeast !== undefined ||
    when.atMost !== undefined

  return ({ event, source, sourceKind, toAddress, fromAddress, counterparty }) => {
    if (kinds !== null && !kinds.has(event.kind)) return false
    if (when.source !== undefined && source !== when.source) return false
    if (sourceKinds !== null && !sourceKinds.has(folded(sourceKind ?? ''))) return false
    if (
      address !== null &&
      ![toAddress, fromAddress, counterparty].some((one) => one !== null && folded(one) === address)
    )
      return false
    if (words.length > 0) {
      const note = folded(event.note ?? '')
      if (!words.every((word) => note.includes(word))) return false
    }
    if (looksAtLegs && !event.legs.some((leg) => fitsLeg(leg, when))) return false
    if (when.from !== undefined || when.to !== undefined) {
      const date = around.dateOf(event)
      if ((when.from !== undefined && date < when.from) || (when.to !== undefined && date > when.to)) return false
    }
    return when.spam === undefined || isSpam(event, around) === when.spam
  }
}

function fitsLeg(leg: Leg, when: RuleCondition): boolean {
  const isSide = leg.role === 'in' || leg.role === 'out'
  return (
    (when.account === undefined || leg.account === when.account) &&
    (when.asset === undefined || leg.asset === when.asset) &&
    (when.direction === undefined
      ? when.atLeast === undefined && when.atMost === undefined
        ? true
        : isSide
      : leg.role === when.direction) &&
    (when.atLeast === undefined || leg.amount >= when.atLeast) &&
    (when.atMost === undefined || leg.amount <= when.atMost)
  )
}

/** Something arrives for nothing, and all that arrives looks like spam. */
function isSpam(event: LedgerEvent, around: RuleSurroundings): boolean {
  const arriving = event.legs.filter(({ role }) => role === 'in')
  return (
    arriving.length > 0 &&
    event.legs.every(({ role }) => role === 'in' || role === 'fee' || role === 'info') &&
    arriving.every(({ asset }) => around.spam(asset) !== null)
  )
}
