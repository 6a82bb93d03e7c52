import { type ActScope, type Committed, commit } from './commit.ts'
import type { LedgerWrite, ReadableLedger, WritableLedger } from './handles.ts'
import { type DiskFull, query } from './sqlite.ts'

export interface EventGroup {
  readonly id: string
  readonly name: string
  readonly events: readonly string[]
}

const NEWEST = `event_group g JOIN act a ON a.id = g.act_id AND a.live = 1
  WHERE NOT EXISTS (SELECT 1 FROM event_group n JOIN act na ON na.id = n.act_id
    WHERE n.event = g.event AND n.id > g.id AND na.live = 1)`

/** Groups in force with their events, by name. */
export function readGroups(ledger: ReadableLedger): EventGroup[] {
  const rows = ledger.tuples<[string, string, string]>(
    `SELECT g.grp, g.name, g.event FROM ${NEWEST} AND g.grp IS NOT NULL ORDER BY g.name, g.grp, g.id`,
  )
  const groups = new Map<string, { id: string; name: string; events: string[] }>()
  for (const [id, name, event] of rows) {
    const group = groups.get(id)
    if (group === undefined) groups.set(id, { id, name, events: [event] })
    else group.events.push(event)
  }
  return [...groups.values()]
}

/** The groups of some events, by event. */
export function groupsOf(
  ledger: ReadableLedger,
  events: readonly string[],
): Map<string, { readonly id: string; readonly name: string }> {
  if (ledger.value<number>('SELECT 1 FROM event_group LIMIT 1') === undefined) return new Map()
  return new Map(
    ledger
      .tuples<[string, string, string]>(
        `SELECT g.event, g.grp, g.name FROM ${NEWEST} AND g.grp IS NOT NULL AND g.event IN (SELECT value FROM json_each(?))`,
        JSON.stringify(events),
      )
      .map(([event, id, name]) => [event, { id, name }] as const),
  )
}

/** Puts events into one group (`null`: into none) as one act. It changes no figure. */
export function groupEvents(
  ledger: WritableLedger,
  events: readonly string[],
  group: { readonly id: string; readonly name: string } | null,
  act: { readonly summary: string; readonly who: string; readonly at: number },
): Committed<null> | DiskFull {
  return commit(ledger, { kind: 'decide', ...act }, (write, scope) => {
    writeGroup(write, scope, events, group)
    return null
  })
}

/** Puts events into one group inside an act; `null`: into none. */
export function writeGroup(
  write: LedgerWrite,
  scope: ActScope,
  events: readonly string[],
  group: { readonly id: string; readonly name: string } | null,
): void {
  for (const event of events) {
    write.run(
      query
        .insertInto('event_group')
        .values({ act_id: scope.id, event, grp: group?.id ?? null, name: group?.name ?? '' }),
    )
    scope.touch('event', event)
  }
}
