import type { BalanceSums } from './balance-sums.ts'
import type { LedgerWrite } from './handles.ts'
import { visibleVersions } from './visibility.ts'

/** Runs `change`, which may show or hide versions of the given stable ids, and adds what that does to balances. */
export function resettle(write: LedgerWrite, ids: readonly string[], sums: BalanceSums, change: () => void): void {
  const before = new Set(visibleVersions(write, ids))
  change()
  addDifference(write, sums, before, new Set(visibleVersions(write, ids)))
}

/** Takes the legs of events that are no longer seen and adds those of events that are now. */
export function addDifference(
  write: LedgerWrite,
  sums: BalanceSums,
  before: ReadonlySet<number>,
  after: ReadonlySet<number>,
): void {
  sums.addEvents(
    write,
    [...before].filter((event) => !after.has(event)),
    -1,
  )
  sums.addEvents(
    write,
    [...after].filter((event) => !before.has(event)),
    1,
  )
}

/** Every plan that was made before now is made anew: what it was settled against is no longer so. */
export function outdatePlans(write: LedgerWrite): void {
  write.exec(
    `INSERT INTO meta (key, value) VALUES ('imports', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`,
  )
}
