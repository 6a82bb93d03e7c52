const DAY = 86_400_000

/** Days from the first day of a stretch of time to a civil date; negative before it. */
function daysTo(from: string, date: string): number {
  return (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY
}

/**
 * Where civil days lie on a line from `from` to `to`, in percent of its length: both ends inclusive, cut at the ends of
 * the line, and never so thin that it could not be seen.
 */
export function placeOnLine(
  days: { readonly from: string; readonly to: string },
  line: { readonly from: string; readonly to: string },
): { readonly left: number; readonly width: number } {
  const length = daysTo(line.from, line.to) + 1
  const first = Math.min(length, Math.max(0, daysTo(line.from, days.from)))
  const last = Math.min(length, Math.max(first, daysTo(line.from, days.to) + 1))
  const width = Math.min(100, Math.max(THINNEST, ((last - first) / length) * 100))
  return { left: Math.min(100 - width, (first / length) * 100), width }
}

const THINNEST = 0.4

/** The years that begin on a line of time, each with its place in percent; at most `most` of them. */
export function yearMarks(
  line: { readonly from: string; readonly to: string },
  most = 12,
): { readonly year: number; readonly left: number }[] {
  const first = Number.parseInt(line.from.slice(0, 4), 10) + 1
  const last = Number.parseInt(line.to.slice(0, 4), 10)
  const step = Math.max(1, Math.ceil((last - first + 1) / most))
  return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, index) => {
    const year = first + index * step
    return { year, left: placeOnLine({ from: `${year}-01-01`, to: `${year}-01-01` }, line).left }
  })
}
