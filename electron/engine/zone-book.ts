/** Other records of a file's movements, for its zone. Runs in the read worker. */
import { civilClock } from '../../shared/events/civil-time.ts'
import type { LedgerEvent, Leg } from '../../shared/events/event.ts'
import type { Instant, ZoneName } from '../../shared/events/identifiers.ts'
import { directionOf } from '../../shared/events/leg-direction.ts'
import { SOURCE_FORMATS } from '../../shared/sources/registry.ts'
import {
  type ClockedMovement,
  namesItsZone,
  type OtherRecord,
  type ZoneFit,
  zoneEvidence,
} from '../../shared/sources/zone-evidence.ts'
import { readFacts, type StoredFact } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { FILE_EVENTS } from '../ledger/ranges.ts'
import { visibleWhere } from '../ledger/visibility.ts'
import { readProfileSettings } from './profile.ts'

export interface ZoneAnswer {
  readonly zone: string | null
  readonly asked: boolean
  readonly matters: boolean
  readonly evidence: readonly ZoneFit[]
}

/** Movements of a file that are compared. */
const MOST = 2_000
const HALF_DAY = 16 * 3_600_000
/** A transfer arrives with at least this share, in percent, of what left. */
const LEAST_ARRIVING = 97n

export function zoneAnswer(ledger: ReadableLedger, file: number): ZoneAnswer {
  const row = ledger.rows<{ zone: string | null; detail: string }>(
    'SELECT zone, detail FROM source_file WHERE id = ?',
    file,
  )[0]
  const zone = row?.zone ?? null
  const { asked = {} } = JSON.parse(row?.detail ?? '{}') as { asked?: { zone?: string } }
  const own = ledger.column<number>(
    `SELECT e.id FROM ${FILE_EVENTS} WHERE f.id = ? ORDER BY e.time LIMIT ?`,
    file,
    MOST,
  )
  const facts = [...readFacts(ledger, { rows: own })].flat()
  const open = facts.filter(({ timeText }) => timeText !== null && !namesItsZone(timeText))
  const answer = { zone, asked: asked.zone !== undefined, matters: open.length > 0 }
  if (zone === null || open.length === 0) return { ...answer, evidence: [] }
  const clock = civilClock(zone as ZoneName)
  const others = otherFacts(ledger, file, open)
  const movements = open.map((fact): ClockedMovement => {
    const { time } = fact.event
    return { wall: time + clock.offsetAt(time as Instant), others: othersOf(fact, others) }
  })
  const profile = readProfileSettings(ledger).zone as ZoneName
  const preferred = [zone as ZoneName, 'UTC' as ZoneName, profile]
  return { ...answer, evidence: zoneEvidence(movements, preferred) }
}

interface Others {
  /** By what they do to balances. */
  readonly same: ReadonlyMap<string, readonly StoredFact[]>
  /** One-sided movements by asset and direction. */
  readonly halves: ReadonlyMap<string, readonly StoredFact[]>
  readonly names: ReadonlyMap<string, string>
}

function otherFacts(ledger: ReadableLedger, file: number, open: readonly StoredFact[]): Others {
  const times = open.map(({ event }) => event.time as number)
  const assets = [...new Set(open.flatMap(({ event }) => event.legs.map(({ asset }) => asset)))]
  const rows = ledger.column<number>(
    `SELECT e.id FROM event e WHERE e.time BETWEEN ? AND ? AND (e.file_id IS NULL OR e.file_id <> ?) AND ${visibleWhere(ledger)}
       AND EXISTS (SELECT 1 FROM leg l JOIN asset s ON s.id = l.asset_id WHERE l.event_id = e.id AND s.key IN (SELECT value FROM json_each(?)))
       ORDER BY e.id`,
    Math.min(...times) - HALF_DAY,
    Math.max(...times) + HALF_DAY,
    file,
    JSON.stringify(assets),
  )
  const facts = [...readFacts(ledger, { rows })].flat()
  return {
    same: Map.groupBy(facts, ({ event }) => changeText(event)),
    halves: Map.groupBy(facts, ({ event }) => halfText(event)),
    names: new Map(SOURCE_FORMATS.map(({ id, name }) => [id as string, name])),
  }
}

function othersOf(fact: StoredFact, { same, halves, names }: Others): OtherRecord[] {
  const nameOf = (other: StoredFact): string => names.get(other.source ?? '') ?? other.source ?? 'another record'
  const near = (other: StoredFact): boolean => Math.abs(other.event.time - fact.event.time) <= HALF_DAY * 2
  const change = changeText(fact.event)
  const twins = change === '' ? [] : (same.get(change) ?? []).filter(near)
  const records = twins.map((other): OtherRecord => ({ time: other.event.time, as: 'same', source: nameOf(other) }))
  if (records.length > 0) return records
  const half = halfOf(fact.event)
  if (half === null) return []
  const way = half.role === 'out' ? 'in' : 'out'
  return (halves.get(`${way} ${half.asset}`) ?? []).filter(near).flatMap((other): OtherRecord[] => {
    const partner = halfOf(other.event)
    if (partner === null || partner.account === half.account) return []
    const [out, into] = half.role === 'out' ? [half, partner] : [partner, half]
    if (into.amount > out.amount || into.amount * 100n < out.amount * LEAST_ARRIVING) return []
    return [{ time: other.event.time, as: half.role === 'out' ? 'arrives' : 'left', source: nameOf(other) }]
  })
}

/** By how much each asset of each account changes. */
function changeText(event: LedgerEvent): string {
  const sums = new Map<string, bigint>()
  for (const leg of event.legs) {
    const way = directionOf(leg, event.legs)
    const place = `${leg.account} ${leg.asset}`
    if (way !== 0) sums.set(place, (sums.get(place) ?? 0n) + BigInt(way) * leg.amount)
  }
  return [...sums]
    .filter(([, sum]) => sum !== 0n)
    .map(([place, sum]) => `${place} ${sum}`)
    .sort()
    .join('|')
}

/** The one leg of a movement one way; null of anything else. */
function halfOf(event: LedgerEvent): Leg | null {
  const sides = event.legs.filter(({ role }) => role === 'in' || role === 'out')
  return sides.length === 1 ? (sides[0] as Leg) : null
}

function halfText(event: LedgerEvent): string {
  const half = halfOf(event)
  return half === null ? '' : `${half.role} ${half.asset}`
}
