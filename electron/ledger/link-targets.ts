import type { ReadableLedger } from './handles.ts'

/**
 * Which records corroborate which. A person's verdict stands above what the reading linked by itself; of several verdicts
 * on one event those of the newest act in force count.
 */

/** The newest live version of a stable id, hidden or not. */
export const newestLive = (ledger: ReadableLedger, stableId: string): number | undefined =>
  ledger.value<number>(
    `SELECT i.event_id FROM event_identity i JOIN event e ON e.id = i.event_id
     WHERE i.stable_id = ? AND e.batch_id IN (SELECT id FROM batch WHERE state = 'live') ORDER BY i.version DESC LIMIT 1`,
    stableId,
  )

interface VerdictRow {
  readonly act: number
  readonly fact: string
  readonly verdict: string
}

/** The facts that an event corroborates, live or not: more than one where it is the sum of several. Empty: none. */
export function targetsOf(ledger: ReadableLedger, stableId: string): string[] {
  const verdicts = ledger.rows<VerdictRow>(
    `SELECT v.act_id AS act, v.fact, v.verdict FROM link_verdict v JOIN act a ON a.id = v.act_id
     WHERE v.event = ? AND a.live = 1 AND v.verdict IN ('linked', 'unlinked') ORDER BY v.id DESC`,
    stableId,
  )
  const [newest] = verdicts
  if (newest !== undefined)
    return verdicts.filter(({ act, verdict }) => act === newest.act && verdict === 'linked').map(({ fact }) => fact)
  const fact = ledger.value<string>(
    `SELECT c.fact FROM event_identity i JOIN event e ON e.id = i.event_id LEFT JOIN corroboration c ON c.event_id = i.event_id
     WHERE i.stable_id = ? AND e.batch_id IN (SELECT id FROM batch WHERE state = 'live') ORDER BY i.version DESC LIMIT 1`,
    stableId,
  )
  return fact === undefined || fact === null ? [] : [fact]
}

const FURTHEST = 50

/** Whether an event stands behind a live fact. Where verdicts run in a circle, the first of them by id is the fact. */
function isCorroborating(ledger: ReadableLedger, stableId: string): boolean {
  const live = targetsOf(ledger, stableId).filter((fact) => newestLive(ledger, fact) !== undefined)
  if (live.length === 0) return false
  const circle = circleOf(ledger, stableId)
  return circle === null || [...circle].sort()[0] !== stableId
}

/** The events of the circle that `start` is part of; null where its verdicts come to an end. */
function circleOf(ledger: ReadableLedger, start: string): ReadonlySet<string> | null {
  const path = [start]
  let at: string | undefined = start
  for (let step = 0; step < FURTHEST; step++) {
    at = targetsOf(ledger, at).find((fact) => newestLive(ledger, fact) !== undefined)
    if (at === undefined) return null
    if (at === start) return new Set(path)
    if (path.includes(at)) return null
    path.push(at)
  }
  return null
}

/** The given events with all that verdicts and work by hand tie to them, whichever way. */
export function entangledWith(ledger: ReadableLedger, stableIds: readonly string[]): string[] {
  const found = new Set(stableIds)
  let step: string[] = [...found]
  while (step.length > 0) {
    const ids = JSON.stringify(step)
    const next = ledger.column<string>(
      `WITH wanted (id) AS (SELECT value FROM json_each(?)),
       hands (batch) AS (SELECT batch_id FROM hand_origin WHERE replaces = 1 AND origin IN (SELECT id FROM wanted)
         UNION SELECT batch_id FROM hand_origin WHERE replaces = 1 AND event IN (SELECT id FROM wanted))
       SELECT fact FROM link_verdict WHERE event IN (SELECT id FROM wanted)
       UNION SELECT event FROM link_verdict WHERE fact IN (SELECT id FROM wanted)
       UNION SELECT origin FROM hand_origin WHERE batch_id IN (SELECT batch FROM hands)
       UNION SELECT event FROM hand_origin WHERE batch_id IN (SELECT batch FROM hands) AND event IS NOT NULL`,
      ids,
    )
    step = next.filter((id) => id !== '' && !found.has(id))
    for (const id of step) found.add(id)
  }
  return [...found]
}

/** Whether anything in the ledger was linked by a person or made by hand out of something else. */
export const hasEntanglement = (ledger: ReadableLedger): boolean =>
  ledger.value<number>('SELECT 1 FROM link_verdict LIMIT 1') !== undefined ||
  ledger.value<number>('SELECT 1 FROM hand_origin WHERE replaces = 1 LIMIT 1') !== undefined

/**
 * Whether what was split or merged by hand holds: every origin is live and awake, and no earlier act has replaced it
 * already. Otherwise the events made of it sleep, and the origins that are left stand as they are.
 */
function handHolds(ledger: ReadableLedger, batch: number, depth = 0): boolean {
  if (depth > FURTHEST) return false
  const origins = ledger.column<string>(
    'SELECT DISTINCT origin FROM hand_origin WHERE batch_id = ? AND replaces = 1',
    batch,
  )
  return origins.every((origin) => replacerOf(ledger, origin) === batch && isAwake(ledger, origin, depth + 1))
}

/** The live batch by hand that an event gives way to, whether or not it holds. */
const replacerOf = (ledger: ReadableLedger, stableId: string): number | undefined =>
  ledger.value<number>(
    `SELECT min(h.batch_id) FROM hand_origin h JOIN batch b ON b.id = h.batch_id AND b.state = 'live'
     WHERE h.origin = ? AND h.replaces = 1 HAVING min(h.batch_id) IS NOT NULL`,
    stableId,
  )

function isAwake(ledger: ReadableLedger, stableId: string, depth: number): boolean {
  if (newestLive(ledger, stableId) === undefined) return false
  const made = madeBy(ledger, stableId)
  return made === undefined || handHolds(ledger, made, depth)
}

/** The batch in which an event was made out of others that it replaces. */
const madeBy = (ledger: ReadableLedger, stableId: string): number | undefined =>
  ledger.value<number>('SELECT batch_id FROM hand_origin WHERE event = ? AND replaces = 1 LIMIT 1', stableId)

/** Why the newest live version of an event is not seen; null where it is. */
export function hiddenReason(
  ledger: ReadableLedger,
  stableId: string,
): 'by-hand' | 'asleep' | 'corroborates' | 'joined' | null {
  const made = madeBy(ledger, stableId)
  if (made !== undefined && !handHolds(ledger, made)) return 'asleep'
  const replacer = replacerOf(ledger, stableId)
  if (replacer !== undefined && handHolds(ledger, replacer)) return 'by-hand'
  if (isCorroborating(ledger, stableId)) return 'corroborates'
  return ledger.value<number>('SELECT 1 FROM joined_part WHERE part = ?', stableId) === undefined ? null : 'joined'
}
