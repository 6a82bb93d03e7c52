/** The app's mark, drawn in the page: it is there even when the program behind the page has ended. */
export function Mark({ size = 32 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#1f6f65" />
      <g stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
        <path d="M9 9v14M14 9v14M19 9v14M24 9v14" />
        <path d="M5.5 20.5 27 11.5" stroke="#b3d7d1" />
      </g>
    </svg>
  )
}
