/* biome-ignore-all lint/a11y/useSemanticElements: a list of which only the rows in view exist is laid out by position */
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import styles from './long-list.module.css'
import { scrolled, scrollRange, trackAt, trackHeight } from './scroll-map.ts'

/** A quiet time after which a scroll counts as ended, in milliseconds. */
const SETTLED_AFTER = 120
const OVERSCAN = 12

export interface LongListHandle {
  /** Brings a row into view. */
  reveal(index: number): void
  focus(): void
}

interface LongListProps {
  readonly label: string
  readonly count: number
  readonly rowHeight: number
  readonly columns: number
  readonly head?: ReactNode
  readonly row: (index: number, measure: (element: HTMLElement | null) => void) => ReactNode
  /** First and last row in view, overscan included. */
  readonly onRange?: (first: number, last: number) => void
  readonly handle?: Ref<LongListHandle>
  /** The one row that is opened and therefore taller; it is measured while it is open. */
  readonly openRow?: number | null
  /** Changes when the rows are others than before: the list starts at its top again. */
  readonly resetKey?: string
}

/**
 * A list of any length, of which only the rows in view exist. Its scroll range is capped and mapped onto row positions
 * (`scroll-map.ts`), because browsers clamp taller elements. Rows lie in one block that moves as a whole, so a wheel step
 * scrolls what is there and only adds rows at the edge.
 */
export function LongList({
  label,
  count,
  rowHeight,
  columns,
  head,
  row,
  onRange,
  handle,
  openRow = null,
  resetKey,
}: LongListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef(0)
  const track = useRef(0)

  const observe = useCallback(
    (instance: Virtualizer<HTMLDivElement, HTMLElement>, report: (offset: number, scrolling: boolean) => void) => {
      const element = instance.scrollElement
      if (!element) return
      let quiet: ReturnType<typeof setTimeout> | undefined
      const onScroll = (): void => {
        const range = scrollRange(instance.getTotalSize(), element.clientHeight)
        const step = scrolled(track.current, element.scrollTop, content.current, range)
        content.current = step.content
        if (step.track !== null) element.scrollTop = step.track
        track.current = element.scrollTop
        report(content.current, true)
        clearTimeout(quiet)
        quiet = setTimeout(() => report(content.current, false), SETTLED_AFTER)
      }
      element.addEventListener('scroll', onScroll, { passive: true })
      report(content.current, false)
      return () => {
        clearTimeout(quiet)
        element.removeEventListener('scroll', onScroll)
      }
    },
    [],
  )

  const scrollTo = useCallback(
    (
      offset: number,
      { adjustments = 0 }: { adjustments?: number },
      instance: Virtualizer<HTMLDivElement, HTMLElement>,
    ) => {
      const element = instance.scrollElement
      if (!element) return
      const range = scrollRange(instance.getTotalSize(), element.clientHeight)
      content.current = Math.min(Math.max(0, offset + adjustments), range.content)
      element.scrollTop = trackAt(content.current, range)
      track.current = element.scrollTop
      element.dispatchEvent(new Event('scroll'))
    },
    [],
  )

  const virtual = useVirtualizer<HTMLDivElement, HTMLElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollPaddingStart: rowHeight,
    observeElementOffset: observe,
    scrollToFn: scrollTo,
  })

  useEffect(() => {
    if (openRow === null) return
    return () => virtual.resizeItem(openRow, rowHeight)
  }, [openRow, rowHeight, virtual])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top, whatever this one showed
  useEffect(() => {
    virtual.measure()
    virtual.scrollToOffset(0)
  }, [resetKey, virtual])

  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onRange?.(first, last), [first, last, onRange])
  useImperativeHandle(
    handle,
    () => ({
      reveal: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
      focus: () => scroller.current?.focus({ preventScroll: true }),
    }),
    [virtual],
  )

  const shift = track.current - content.current
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {head ? <div className={styles.head}>{head}</div> : null}
      <div className={styles.track} style={{ height: trackHeight(virtual.getTotalSize()) }} role="rowgroup">
        <div className={styles.window} style={{ top: (items[0]?.start ?? 0) + shift }} role="presentation">
          {items.map((item) => row(item.index, virtual.measureElement))}
        </div>
      </div>
    </div>
  )
}
