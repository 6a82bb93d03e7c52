const PATHS = {
  check: 'M3 8.5 6.5 12 13 4.5',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.7-1.3L14 14',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6Zm0-4v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  close: 'M4 4l8 8M12 4l-8 8',
  ring: 'M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z',
  dot: 'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Zm0 .7v1.6M7.2 8h1.6',
  back: 'M10 3 5 8l5 5',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  right: 'M6 4l4 4-4 4',
  lock: 'M4 7.5h8V14H4Zm1.5 0V5a2.5 2.5 0 0 1 5 0v2.5',
  undo: 'M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H6',
  pin: 'M6 2h4l-.5 5L12 9H4l2.5-2ZM8 9v5',
  file: 'M4 1.5h5L12.5 5v9.5H4Zm5 0V5h3.5',
  keyboard: 'M1.5 4.5h13v7h-13ZM4 7h.1M6.5 7h.1M9 7h.1M11.5 7h.1M5 9.5h6',
} as const

export type IconName = keyof typeof PATHS

/** A 16 px line drawing. It never stands alone: the control around it has a name. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
