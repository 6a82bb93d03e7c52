/**
 * Times as people read them, in the taxpayer's zone. Day, month in letters, year: no order that another country reads
 * differently.
 */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string, style: 'day' | 'minute' | 'second'): Intl.DateTimeFormat {
  const key = `${zone} ${style}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
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

/** `12 Mar 2025` */
export function dayText(instant: number, zone: string): string {
  return formatOf(zone, 'day').format(instant)
}

/** `12 Mar 2025, 14:02` */
export function momentText(instant: number, zone: string): string {
  return formatOf(zone, 'minute').format(instant)
}

/** `12 Mar 2025, 14:02:07 EDT`, for the hover. */
export function exactMomentText(instant: number, zone: string): string {
  return `${formatOf(zone, 'second').format(instant)} (${zone})`
}

/** A civil date `2025-03-12` as `12 Mar 2025`; it has no zone and none is applied. */
export function civilText(date: string): string {
  const instant = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(instant) ? date : dayText(instant, 'UTC')
}
