/** The members that few events have (lots, plans, markers), as our own table carries them: the interchange's JSON in one cell. */
import { formatInstant } from '../events/civil-time.ts'
import type { EventId, Instant } from '../events/identifiers.ts'
import { readInterchange } from '../events/interchange.ts'
import { INTERCHANGE_SCHEMA } from '../events/interchange-types.ts'
import type { Kind } from '../events/kinds.ts'
import type { SpecialMembers } from './source-format.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string): Json | null {
  try {
    const json: unknown = JSON.parse(text)
    return isObject(json) ? json : null
  } catch {
    return null
  }
}

const listed = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const texts = (values: readonly unknown[]): string[] =>
  [...new Set(values.filter((value) => typeof value === 'string' && value !== ''))] as string[]

/** Kinds that members belong to; for all others an event without legs carries them through the same checks. */
const OWN_MEMBERS: ReadonlySet<Kind> = new Set<Kind>(['fork', 'residence_change', 'lot_selection', 'allocation'])

/**
 * Reads the cell by the rules of the interchange. `key` makes group keys of the ids of other events. Nothing for a blank
 * cell; a reason where the cell is not what this program writes.
 */
export function specialMembers(
  cell: string,
  kind: Kind,
  time: Instant,
  key: (id: string) => string,
): { readonly special: SpecialMembers } | { readonly none: true } | { readonly reason: string } {
  if (cell === '') return { none: true }
  const more = parsed(cell)
  if (more === null) return { reason: 'it is no JSON object' }
  const lots = listed(more.lots)
  const allocations = listed(more.allocations)
  const named = texts([...lots.map(({ event }) => event), ...allocations.map(({ lot }) => lot)])
  const accounts = texts([
    more.account,
    ...(Array.isArray(more.accounts) ? more.accounts : []),
    ...allocations.map(({ account }) => account),
  ])
  const assets = texts([more.asset, more.parent, ...lots.map(({ asset }) => asset)])
  const leg = { role: 'info', account: 'any', asset: 'ANY', amount: '1' }
  const at = formatInstant(time)
  const read = readInterchange(
    {
      schema: INTERCHANGE_SCHEMA,
      profile: { jurisdiction: 'none', currency: 'USD', zone: 'UTC' },
      accounts: [...new Set(['any', ...accounts])].map((id) => ({ id, name: id, kind: 'manual' })),
      assets: [...new Set(['ANY', ...assets])].map((id) => ({ id, kind: 'crypto' })),
      events: [
        ...named.map((id) => ({ id, time: at, kind: 'unmatched_in', legs: [leg] })),
        {
          ...more,
          id: ' ',
          time: at,
          kind: OWN_MEMBERS.has(kind) ? kind : 'informational',
          legs: kind === 'fork' ? [leg] : [],
        },
      ],
    },
    'more',
  )
  if (!read.ok) return { reason: `${read.problems[0]?.message ?? 'it is not what this program writes'}` }
  const event = read.document.events.at(-1)
  if (event === undefined) return { none: true }
  const {
    id: _,
    time: __,
    precision: ___,
    order: ____,
    kind: _____,
    legs: ______,
    note: _7,
    hash: _8,
    protocol: _9,
    ...rest
  } = event
  return {
    special: {
      ...rest,
      ...(rest.lots === undefined
        ? {}
        : { lots: rest.lots.map((lot) => ({ ...lot, event: key(lot.event) as EventId })) }),
      ...(rest.allocations === undefined
        ? {}
        : { allocations: rest.allocations.map((part) => ({ ...part, lot: key(part.lot) as EventId })) }),
    },
  }
}
