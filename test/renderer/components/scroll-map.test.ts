import { describe, expect, it } from 'vitest'
import {
  contentAt,
  SCROLL_CAP,
  scrolled,
  scrollRange,
  trackAt,
  trackHeight,
} from '../../../renderer/components/scroll-map.ts'

const ROW = 32
const VIEWPORT = 700
const million = scrollRange(1_000_000 * ROW, VIEWPORT)

describe('a list of a million rows', () => {
  it('is scrolled by a bar no browser clamps', () => {
    expect(trackHeight(1_000_000 * ROW)).toBe(SCROLL_CAP)
    expect(trackHeight(100 * ROW)).toBe(3_200)
  })

  it('reaches its first and its last row exactly', () => {
    expect(contentAt(0, million)).toBe(0)
    expect(contentAt(million.track, million)).toBe(1_000_000 * ROW - VIEWPORT)
  })

  it('maps every place there and back', () => {
    for (const share of [0, 0.001, 0.01, 0.2, 0.5, 0.77, 0.99, 0.9999, 1]) {
      const content = share * million.content
      expect(contentAt(trackAt(content, million), million)).toBeCloseTo(content, 3)
    }
  })

  it('never runs backwards as the bar goes down', () => {
    let last = -1
    for (let track = 0; track <= million.track; track += 9_973) {
      const content = contentAt(track, million)
      expect(content).toBeGreaterThan(last)
      last = content
    }
  })

  it('moves by as many pixels as the wheel turned, wherever it stands', () => {
    const track = 3_000_000
    const content = contentAt(track, million)
    expect(scrolled(track, track + 120, content, million).content).toBe(content + 120)
    expect(scrolled(track, track - 120, content, million).content).toBe(content - 120)
  })

  it('jumps in proportion when the bar is dragged', () => {
    expect(scrolled(0, million.track / 2, 0, million).content).toBeCloseTo(million.content / 2, 0)
  })

  it('comes to the top by the wheel alone, row by row, and no row is jumped over', () => {
    let track = 900_000
    let content = contentAt(track, million)
    let steps = 0
    while (content > 0 && steps < 1_000_000) {
      const now = Math.max(0, track - 100)
      const step = scrolled(track, now, content, million)
      expect(content - step.content).toBeLessThanOrEqual(100)
      content = step.content
      track = step.track ?? now
      steps += 1
    }
    expect(content).toBe(0)
    expect(track).toBe(0)
  })

  it('comes to the last row by the wheel alone', () => {
    let track = million.track - 900_000
    let content = contentAt(track, million)
    for (let steps = 0; content < million.content && steps < 1_000_000; steps += 1) {
      const now = Math.min(million.track, track + 100)
      const step = scrolled(track, now, content, million)
      expect(step.content - content).toBeLessThanOrEqual(100)
      content = step.content
      track = step.track ?? now
    }
    expect(content).toBe(million.content)
  })
})

describe('a list that a browser can scroll', () => {
  it('is not mapped at all', () => {
    const range = scrollRange(5_000 * ROW, VIEWPORT)
    expect(range.content).toBe(range.track)
    expect(scrolled(10, 60_000, 10, range)).toEqual({ content: 60_000, track: null })
  })
})
