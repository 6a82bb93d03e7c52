/**
 * An instant that was read from a clock in zone `from`, as it is when the same clock stood in zone `to`. Around a change
 * of the clocks the hour that the zone's later offset gives.
 */
export function shiftedTime(instant: number, from: string, to: string): number {
  const clock = instant + offsetAt(instant, from)
  const first = clock - offsetAt(clock, to)
  return clock - offsetAt(first, to)
}

/** The clock of a zone at an instant, as a date-and-time field takes it: `2025-03-12T14:02:07`. */
export function clockText(instant: number, zone: string): string {
  return new Date(shiftedTime(instant, zone, 'UTC')).toISOString().slice(0, 19)
}

/** The instant that a date-and-time field says in a zone; null where it says none. */
export function instantOf(text: string, zone: string): number | null {
  const clock = Date.parse(`${text}Z`)
  return Number.isNaN(clock) ? null : shiftedTime(clock, 'UTC', zone)
}

/** `2 hours later`, `30 minutes earlier`, `at the same time`. */
export function shiftText(milliseconds: number): string {
  if (milliseconds === 0) return 'at the same time'
  const minutes = Math.round(Math.abs(milliseconds) / 60_000)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const parts = [
    ...(hours > 0 ? [`${hours} ${hours === 1 ? 'hour' : 'hours'}`] : []),
    ...(rest > 0 ? [`${rest} ${rest === 1 ? 'minute' : 'minutes'}`] : []),
  ]
  return `${parts.join(' ')} ${milliseconds > 0 ? 'later' : 'earlier'}`
}

/** Milliseconds that the clocks of a zone are ahead of UTC at an instant. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Map(
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    })
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number.parseInt(value, 10)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const clock = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return clock - Math.floor(instant / 1000) * 1000
}
