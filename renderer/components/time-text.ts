/**
 * Times as people read them, in the taxpayer's zone. Day, month in letters, year: no order that another country reads
 * differently.
 */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string, style: 'day' | 'minute' | 'second'): Intl.DateTimeFormat {
  const key = `${zone} ${style}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(style === 'day' ? {} : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' as const }),
    ...(style === 'second' ? { second: '2-digit', timeZoneName: 'short' as const } : {}),
  })
  formats.set(key, made)
  return made
}

function text(instant: number, zone: string, style: 'day' | 'minute' | 'second'): string {
  const parts = new Map(
    formatOf(zone, style)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  const day = `${part('day')} ${part('month')} ${part('year')}`
  if (style === 'day') return day
  const minute = `${day}, ${part('hour')}:${part('minute')}`
  return style === 'minute' ? minute : `${minute}:${part('second')} ${part('timeZoneName')}`
}

/** `12 Mar 2025` */
export function dayText(instant: number, zone: string): string {
  return text(instant, zone, 'day')
}

/** `12 Mar 2025, 14:02` */
export function momentText(instant: number, zone: string): string {
  return text(instant, zone, 'minute')
}

/** `12 Mar 2025, 14:02:07 EDT`, for the hover. */
export function exactMomentText(instant: number, zone: string): string {
  return `${text(instant, zone, 'second')} (${zone})`
}

/** A civil date `2025-03-12` as `12 Mar 2025`; it has no zone and none is applied. */
export function civilText(date: string): string {
  const instant = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(instant) ? date : dayText(instant, 'UTC')
}

/** Two civil dates, both included, as one phrase: `always`, `from 1 Jan 2024 on`, `up to …`, `1 Jan 2024 – 3 Feb 2024`. */
export function spanText(from: string | null, to: string | null): string {
  if (from === null) return to === null ? 'always' : `up to ${civilText(to)}`
  if (to === null) return `from ${civilText(from)} on`
  return from === to ? civilText(from) : `${civilText(from)} – ${civilText(to)}`
}
