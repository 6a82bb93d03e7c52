/**
 * Who may import whom: the lines of the house plan as data. A place is a folder of the first or second level
 * (`shared/tax`, `electron/engine`, `renderer`); everything in it may import everything else in it.
 */

const ROOMS = [
  'amount',
  'assets',
  'events',
  'sources',
  'recipes',
  'rules',
  'matching',
  'valuation',
  'tax',
  'reports',
  'exports',
  'contract',
] as const
const shared = (...rooms: readonly string[]): string[] => rooms.map((room) => `shared/${room}`)
const ALL_SHARED = shared(...ROOMS)

/** Each room sees the rooms to its left. */
const roomsToTheLeft = Object.fromEntries(
  ROOMS.map((room, index) => [`shared/${room}`, shared(...ROOMS.slice(0, index))]),
)

/** The joints of the main side: they touch the world, and the engine joins them. */
const JOINTS = ['vault', 'ledger', 'intake', 'sync', 'prices', 'render'] as const
const joint = [...ALL_SHARED, 'electron/egress']
const DOORS = ['electron/desktop', 'electron/browser', 'electron/cli']
/** What speaks to people reads and writes amounts, assets and kinds as the domain does. */
const pureHelpers = shared('contract', 'amount', 'assets', 'events')
const door = ['electron/engine', 'electron/page', 'electron', 'shared/contract']

/** For each place, the other places it may import from. A place that is not named here may not exist. */
export const MAY_IMPORT: Record<string, readonly string[]> = {
  ...roomsToTheLeft,
  renderer: pureHelpers,
  'electron/desktop': door,
  'electron/browser': door,
  'electron/cli': [...door, ...pureHelpers],
  'electron/page': ['shared/contract'],
  // The files beside the rooms: where data lives, the idle clock, the sample; each for more than one door.
  electron: ['electron/engine', 'shared/contract'],
  'electron/engine': [...JOINTS.map((name) => `electron/${name}`), ...ALL_SHARED],
  ...Object.fromEntries(JOINTS.map((name) => [`electron/${name}`, joint])),
  'electron/ledger': [...joint, 'migrations'],
  'electron/egress': ALL_SHARED,
  migrations: [],
  scripts: [...DOORS, 'electron/engine', 'electron/page', 'electron', ...ALL_SHARED],
  config: ['scripts', 'electron/engine', 'electron/page'],
  test: ['*'],
}

/** Files that may import more than their place may, each for a reason of the plan. */
export const EXCEPTIONS: readonly { file: RegExp; may: readonly string[]; typesOnly: boolean; why: string }[] = [
  {
    file: /^shared\/assets\//,
    may: ['shared/events'],
    typesOnly: true,
    why: 'the branded ids and the list of asset kinds are words of the domain, and gone when the program runs',
  },
  {
    file: /^electron\/cli\/(commands\/)?calc(-[\w-]+)?\.ts$/,
    may: ALL_SHARED,
    typesOnly: false,
    why: '`calc` has no ledger: it alone calls the domain directly',
  },
]

/** Where `fetch`, `WebSocket` and their kin, and Node's network modules, may be used. */
export const NETWORK_PLACES: readonly { file: RegExp; why: string }[] = [
  { file: /^electron\/egress\//, why: 'the one way out' },
  { file: /^electron\/browser\//, why: 'serves the page on the loopback address' },
  { file: /^renderer\/app\/door\.ts$/, why: 'the page asks the door it came from' },
  { file: /^test\//, why: 'tests attack the loopback server' },
]
export const NETWORK_MODULES = [
  'net',
  'http',
  'http2',
  'https',
  'tls',
  'dgram',
  'dns',
  'dns/promises',
  'inspector',
  'quic',
]
export const NETWORK_GLOBALS = [
  'fetch',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'XMLHttpRequest',
  'RTCPeerConnection',
  'sendBeacon',
]

/** Where programs may be started. */
export const PROGRAM_PLACES: readonly RegExp[] = [/^electron\/browser\/open-in-browser\.ts$/, /^scripts\//, /^test\//]

/** Places that see no Node at all. */
export const WITHOUT_NODE: readonly RegExp[] = [/^shared\//, /^renderer\//]

const PAGE = ['renderer', 'test']
const MAIN = ['electron/ledger', 'migrations', 'electron/engine', 'electron/vault', 'test']
const TOOLS = ['scripts', 'config', 'test']
const COMMAND = ['run by npm scripts, imported by nobody']

/**
 * Every dependency of package.json, with the places that may import it. One that is missing here fails the check, and
 * so does one that is here and not in package.json.
 */
export const DEPENDENCIES: Record<string, readonly string[]> = {
  '@axe-core/playwright': ['test'],
  '@biomejs/biome': COMMAND,
  '@cantoo/pdf-lib': ['test'],
  '@mantine/core': PAGE,
  '@mantine/dropzone': PAGE,
  '@mantine/hooks': PAGE,
  '@mantine/notifications': PAGE,
  '@mantine/spotlight': PAGE,
  '@node-rs/argon2': ['electron/vault', 'test'],
  '@orpc/client': ['renderer', 'electron', 'electron/cli', 'electron/engine', 'test'],
  '@orpc/contract': ['shared/contract', 'renderer', 'electron', 'electron/cli', 'electron/engine', 'test'],
  '@orpc/server': ['electron/engine', 'electron/page', 'electron/browser', 'electron/desktop', 'test'],
  '@playwright/test': ['test', 'config'],
  '@sparticuz/chromium': ['test'],
  '@tanstack/react-query': PAGE,
  '@tanstack/react-router': PAGE,
  '@tanstack/react-table': PAGE,
  '@tanstack/react-virtual': PAGE,
  '@types/better-sqlite3': COMMAND,
  '@types/node': COMMAND,
  '@types/papaparse': COMMAND,
  '@types/pdfmake': COMMAND,
  '@types/react': COMMAND,
  '@types/react-dom': COMMAND,
  '@types/ws': COMMAND,
  '@vitejs/plugin-react': ['config'],
  'better-sqlite3': MAIN,
  commander: ['electron/cli', 'test'],
  'decimal.js': ['shared/amount', 'electron/prices', 'electron/cli', 'test'],
  electron: ['electron/desktop', 'test'],
  'electron-builder': COMMAND,
  'electron-vite': TOOLS,
  'fast-check': ['test'],
  fflate: ['electron/intake', 'electron/ledger', 'electron/engine', 'electron/render', 'test'],
  'get-nonce': PAGE,
  keytar: ['electron/vault', 'test'],
  kysely: MAIN,
  node: COMMAND,
  papaparse: ['electron/intake', 'electron/engine', 'electron/cli', 'test'],
  pdfmake: ['electron/render', 'test'],
  postcss: COMMAND,
  'postcss-preset-mantine': ['config'],
  react: PAGE,
  'react-dom': PAGE,
  'read-excel-file': ['electron/intake', 'test'],
  'temporal-polyfill': ['shared/events', 'test'],
  typescript: COMMAND,
  vite: TOOLS,
  vitest: TOOLS,
  'write-excel-file': ['electron/render', 'test'],
  ws: ['electron/browser', 'test'],
  zod: [
    'electron',
    'shared/contract',
    'shared/events',
    'shared/recipes',
    'renderer',
    'electron/engine',
    'electron/cli',
    'test',
  ],
}
