/** Every screen: its path, its name, the key that leads to it, and the stage of the spine it is. */
export const SCREENS = [
  { path: '/books', name: 'Your books', key: '0', stage: 'books' },
  { path: '/sources', name: 'Sources', key: '1', stage: 'sources' },
  { path: '/read-in', name: 'Read-in', key: '2', stage: 'read-in' },
  { path: '/transfers', name: 'Transfers', key: '3', stage: 'transfers' },
  { path: '/file', name: 'Check and file', key: '4', stage: 'file' },
  { path: '/ledger', name: 'Ledger', key: 'l', stage: null },
  { path: '/tax', name: 'Tax', key: 't', stage: null },
  { path: '/reports', name: 'Reports', key: 'r', stage: null },
  { path: '/settings', name: 'Settings', key: ',', stage: null },
] as const

/** The pages of the Tax view. `asks`: shown only where the country asks that question of the register. */
export const TAX_PAGES = [
  { path: '/tax', name: 'Totals', asks: null },
  { path: '/tax/positions', name: 'Positions', asks: null },
  { path: '/tax/compare', name: 'Compare', asks: null },
  { path: '/tax/you', name: 'About you', asks: null },
  { path: '/tax/changeover', name: 'Change of 2025', asks: 'P15' },
] as const

/** The pages of the Ledger view. */
export const LEDGER_PAGES = [
  { path: '/ledger', name: 'Events' },
  { path: '/ledger/rules', name: 'Rules' },
  { path: '/ledger/told-twice', name: 'Told twice' },
] as const
export type ScreenPath =
  | (typeof SCREENS)[number]['path']
  | (typeof TAX_PAGES)[number]['path']
  | (typeof LEDGER_PAGES)[number]['path']

let navigate: (path: ScreenPath) => void = () => undefined

/** The router says how to get to a screen; screens themselves do not know the router. */
export function onNavigate(how: (path: ScreenPath) => void): void {
  navigate = how
}

/** Goes to a screen by its path. */
export function goTo(path: ScreenPath): void {
  navigate(path)
}
