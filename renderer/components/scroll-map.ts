/**
 * A list taller than a browser can scroll, mapped onto a scroll range of at most `SCROLL_CAP` pixels. *Track* positions
 * are the scroll bar's, *content* positions are those of the rows laid end to end. Near both ends one track pixel is one
 * content pixel, so the first and the last row are reached exactly; in between the track is proportional.
 */
export const SCROLL_CAP = 8_000_000
/** Track at each end that maps one to one. */
const EXACT_END = 500_000
/** A scroll of less than this moves the content by as many pixels as the track. */
export const NEAR = 4_000
/** How far the track may lag behind the content's true place before it is put right. */
const DRIFT = 100_000

/** Greatest scroll positions of content and track for a viewport. */
export interface ScrollRange {
  readonly content: number
  readonly track: number
}

/** Height of the scrolled element that stands for `contentHeight`. */
export function trackHeight(contentHeight: number): number {
  return Math.min(contentHeight, SCROLL_CAP)
}

/** The greatest scroll positions for a content and a viewport of these heights. */
export function scrollRange(contentHeight: number, viewport: number): ScrollRange {
  return { content: Math.max(0, contentHeight - viewport), track: Math.max(0, trackHeight(contentHeight) - viewport) }
}

function ends(range: ScrollRange): number {
  return Math.min(EXACT_END, range.track / 4)
}

/** Content position under a track position. */
export function contentAt(track: number, range: ScrollRange): number {
  if (range.content <= range.track) return clamp(track, range.content)
  const exact = ends(range)
  if (track <= exact) return Math.max(0, track)
  if (track >= range.track - exact) return Math.min(range.content, range.content - (range.track - track))
  const share = (track - exact) / (range.track - 2 * exact)
  return exact + share * (range.content - 2 * exact)
}

/** Track position for a content position; the inverse of `contentAt`. */
export function trackAt(content: number, range: ScrollRange): number {
  if (range.content <= range.track) return clamp(content, range.track)
  const exact = ends(range)
  if (content <= exact) return Math.max(0, content)
  if (content >= range.content - exact) return Math.min(range.track, range.track - (range.content - content))
  const share = (content - exact) / (range.content - 2 * exact)
  return exact + share * (range.track - 2 * exact)
}

export interface ScrollStep {
  /** Where the content stands now. */
  readonly content: number
  /** Where the track must be put, or null where it is right as it is. */
  readonly track: number | null
}

/**
 * One scroll of the track from `before` to `now` while the content stood at `content`: a short one moves the content by as
 * many pixels, a long one (the bar was dragged, End was pressed) to the mapped place. Touching an end is exact.
 */
export function scrolled(before: number, now: number, content: number, range: ScrollRange): ScrollStep {
  if (range.content <= range.track) return { content: clamp(now, range.content), track: null }
  const moved = now - before
  if (Math.abs(moved) > NEAR) return { content: contentAt(now, range), track: null }
  const next = clamp(content + moved, range.content)
  const right = trackAt(next, range)
  const exact = ends(range)
  const atEnd = now <= exact || now >= range.track - exact
  const tolerated = atEnd ? 1 : DRIFT
  return { content: next, track: Math.abs(right - now) > tolerated ? right : null }
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, value), most)
}
