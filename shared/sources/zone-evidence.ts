/**
 * What speaks for the zone of a file whose times name none: the same movements in other records of the account, and the
 * other halves of transfers, which arrive after they left.
 */
import { civilClock } from '../events/civil-time.ts'
import type { ZoneName } from '../events/identifiers.ts'

/** A movement of the file. `wall` is what its clock showed, as the milliseconds that would be in UTC. */
export interface ClockedMovement {
  readonly wall: number
  readonly others: readonly OtherRecord[]
}

/** The same movement elsewhere, or its other half. */
export interface OtherRecord {
  readonly time: number
  /** `same`: told by another source; `arrives`: it came in after this left; `left`: it left before this came in. */
  readonly as: 'same' | 'arrives' | 'left'
  /** What tells it: “Kraken ledgers”. */
  readonly source: string
}

export interface ZoneFit {
  readonly zone: ZoneName
  /** Movements that lie where their other record says, of `pairs` that have one within half a day. */
  readonly agree: number
  readonly pairs: number
  readonly text: string
}

const MINUTE = 60_000
const HOUR = 3_600_000
/** Clocks of two records of one movement. */
const SAME = 2 * MINUTE
/** How long a transfer is usually on its way. */
const ON_ITS_WAY = 90 * MINUTE
/** No zone is further from UTC. */
const FARTHEST = 15 * HOUR

/** Zones that places write in, beside UTC and the person's own. */
const COMMON_ZONES = [
  'Europe/London',
  'Europe/Berlin',
  'Europe/Helsinki',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
] as readonly string[] as readonly ZoneName[]

/** The instant that a wall clock of a zone shows; of two readings the earlier. */
export function instantAt(wall: number, zone: ZoneName): number {
  const found = civilClock(zone).resolve(wall)
  if (found.kind === 'exact') return found.instant
  return found.kind === 'ambiguous' ? found.earlier : found.after
}

const agrees = (time: number, other: OtherRecord): boolean => {
  const gap = other.time - time
  if (other.as === 'same') return Math.abs(gap) <= SAME
  const way = other.as === 'arrives' ? gap : -gap
  return way >= -SAME && way <= ON_ITS_WAY
}

/** Zones by how many movements agree, best first; of equals the one in `preferred` that comes first. Empty where nothing speaks. */
export function zoneEvidence(
  movements: readonly ClockedMovement[],
  preferred: readonly ZoneName[],
  most = 6,
): ZoneFit[] {
  const told = movements
    .map(({ wall, others }) => ({ wall, others: others.filter(({ time }) => Math.abs(time - wall) <= FARTHEST) }))
    .filter(({ others }) => others.length > 0)
  if (told.length === 0) return []
  const zones = [...new Set([...preferred, ...COMMON_ZONES])]
  const fits = zones.map((zone) => fitOf(zone, told))
  const first = fits.filter(({ zone, agree }) => agree > 0 || zone === preferred[0])
  return first.sort((a, b) => b.agree - a.agree || zones.indexOf(a.zone) - zones.indexOf(b.zone)).slice(0, most)
}

function fitOf(zone: ZoneName, told: readonly ClockedMovement[]): ZoneFit {
  const gaps = new Map<number, { count: number; source: string }>()
  let agree = 0
  let source = ''
  for (const { wall, others } of told) {
    const time = instantAt(wall, zone)
    const fitting = others.find((other) => agrees(time, other))
    if (fitting !== undefined) {
      agree++
      source ||= fitting.source
      continue
    }
    const nearest = others.toSorted((a, b) => Math.abs(a.time - time) - Math.abs(b.time - time))[0] as OtherRecord
    const gap = Math.round((time - nearest.time) / (15 * MINUTE)) * 15 * MINUTE
    const known = gaps.get(gap)
    gaps.set(gap, { count: (known?.count ?? 0) + 1, source: known?.source ?? nearest.source })
  }
  const pairs = told.length
  return { zone, agree, pairs, text: fitText(agree, pairs, source, gaps) }
}

function fitText(
  agree: number,
  pairs: number,
  source: string,
  gaps: ReadonlyMap<number, { readonly count: number; readonly source: string }>,
): string {
  const rows = (count: number): string => `${count} of ${pairs} ${pairs === 1 ? 'movement' : 'movements'} of this file`
  if (agree === pairs) return `${rows(agree)} would lie where ${source} has them`
  const [gap, worst] = [...gaps].sort((a, b) => b[1].count - a[1].count)[0] as [
    number,
    { count: number; source: string },
  ]
  const apart = `${rows(worst.count)} would lie ${spanText(Math.abs(gap))} ${gap < 0 ? 'before' : 'after'} the same in ${worst.source}`
  return agree === 0 ? apart : `${rows(agree)} would lie where ${source} has them; ${apart}`
}

/** “2 hours”, “45 minutes”. */
function spanText(gap: number): string {
  if (gap % HOUR === 0) return gap === HOUR ? '1 hour' : `${gap / HOUR} hours`
  if (gap > HOUR) return `${Math.floor(gap / HOUR)} h ${(gap % HOUR) / MINUTE} min`
  return `${gap / MINUTE} minutes`
}

/** Whether a written time says its zone itself, so that no zone chosen for the file moves it. */
export const namesItsZone = (text: string): boolean =>
  /^\d{9,13}(?:\.\d+)?$/.test(text.trim()) ||
  /(?:\d\s*(?:Z|UTC|GMT|CET|CEST|BST|E[SD]T|C[SD]T|M[SD]T|P[SD]T)\b.*|[+-]\d{2}:?\d{2}|(?:GMT|UTC)[+-]\d{1,4})$/i.test(
    text.trim(),
  )
