import type { AssetId } from '../events/identifiers.ts'
import type { Revalue } from './basis.ts'
import type { LotBooks } from './lot-books.ts'

/** Gives every lot of an asset the cost that `decide` says; dates stay. */
export function revalueLots({ books }: LotBooks, asset: AssetId, decide: Revalue): void {
  const book = books.get(asset)
  book?.queues.forEach((queue, place) => {
    if (queue === undefined) return
    const kept = queue.emptied()
    for (const { origin, amount, cost } of queue.held()) {
      const now = decide(amount, cost, origin.note?.missing ? null : origin.day)
      const changed = now === cost ? origin : { ...origin, unitCost: now, perUnits: amount }
      kept.insert({ origin: changed, amount, cost: now })
    }
    book.queues[place] = kept
  })
}
