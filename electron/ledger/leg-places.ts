import { BulkInsert } from './bulk-insert.ts'
import { stageWrite } from './files.ts'
import { gateOf, type WritableLedger } from './handles.ts'
import type { DiskFull } from './sqlite.ts'

const STEP = 6000

/** Which events touch which account and asset, gathered while rows come in and written in the order of the table. */
export class LegPlaces {
  #places = new Map<number, Map<number, number[]>>()

  /** Events come in ascending order of their row ids. */
  add(account: number, asset: number, event: number): void {
    let assets = this.#places.get(account)
    if (!assets) {
      assets = new Map()
      this.#places.set(account, assets)
    }
    const events = assets.get(asset)
    if (!events) assets.set(asset, [event])
    else if (events.at(-1) !== event) events.push(event)
  }

  /** Writes what was gathered, without events that were taken out again, and forgets it. */
  *write(ledger: WritableLedger, gone: ReadonlySet<number>): Generator<void, DiskFull | { readonly status: 'staged' }> {
    const insert = new BulkInsert(gateOf(ledger).connection, 'leg_place', ['account_id', 'asset_id', 'event_id'])
    const rows = sortedRows(this.#places, gone)
    this.#places = new Map()
    for (let next = rows.next(); !next.done; ) {
      const done = stageWrite(ledger, () => {
        for (let n = 0; n < STEP && !next.done; n++) {
          insert.add(...next.value)
          next = rows.next()
        }
        insert.flush()
        return { status: 'staged' } as const
      })
      if (done.status !== 'staged') return done
      yield
    }
    return { status: 'staged' }
  }
}

function* sortedRows(
  places: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>,
  gone: ReadonlySet<number>,
): Generator<[number, number, number]> {
  for (const [account, assets] of [...places].sort(byKey)) {
    for (const [asset, events] of [...assets].sort(byKey)) {
      for (const event of events) if (!gone.has(event)) yield [account, asset, event]
    }
  }
}

const byKey = (a: readonly [number, unknown], b: readonly [number, unknown]): number => a[0] - b[0]
