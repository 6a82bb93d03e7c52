/**
 * Ireland's four weeks by the book (TCA 1997 ss. 580, 581): units of the last four weeks are sold first, the newest of them
 * before the others. A loss on units that are bought again within four weeks after it only reduces gains on those units:
 * it waits for them, the earlier loss for the earlier purchase.
 */
import type { Fraction } from './fraction.ts'
import { add, compare, decimal, divided, isZero, least, minus, times, ZERO } from './fraction.ts'
import type { PlainDocument } from './plain-history.ts'
import { civilDateOf, inOrder } from './plain-history.ts'
import type { PlainRow } from './plain-lots.ts'
import { plainLots } from './plain-lots.ts'

const FOUR_WEEKS = 28
const DAY = 86_400_000

interface OpenLoss {
  readonly row: number
  readonly asset: string
  readonly day: number
  units: Fraction
  loss: Fraction
}

/** The rows of a history, and each row's gain as it counts. */
export function plainFourWeeks(document: PlainDocument): {
  readonly lots: ReturnType<typeof plainLots>
  readonly gains: readonly Fraction[]
} {
  const { currency, zone } = document.profile
  const lots = plainLots(document, 'universal', {
    isLong: () => false,
    swapCost: 'received',
    recentDays: FOUR_WEEKS,
  })
  const gains = lots.rows.map((row) => minus(minus(row.proceeds, row.fees), row.cost))
  const losses: OpenLoss[] = []
  const waiting = new Map<string, { units: Fraction; loss: Fraction }>()

  const settle = (row: PlainRow, index: number, day: number): void => {
    if (row.lot === null) return
    const gain = gains[index] ?? ZERO
    if (compare(gain, ZERO) < 0) {
      losses.push({ row: index, asset: row.asset, day, units: row.amount, loss: minus(ZERO, gain) })
      return
    }
    const bound = waiting.get(`${row.asset} ${row.lot}`)
    if (bound === undefined || isZero(bound.units)) return
    const units = least(row.amount, bound.units)
    const used = least(divided(times(gain, units), row.amount), bound.loss)
    bound.units = minus(bound.units, units)
    bound.loss = minus(bound.loss, used)
    gains[index] = minus(gain, used)
  }

  for (const event of inOrder(document)) {
    const day = Date.parse(civilDateOf(event.time, zone)) / DAY
    const settleAll = (part: PlainRow['part']): void => {
      lots.rows.forEach((row, index) => {
        if (row.event === event.id && row.part === part) settle(row, index, day)
      })
    }
    settleAll('trade')
    const bought =
      event.kind === 'transfer' ? undefined : event.legs.find((leg) => leg.role === 'in' && leg.asset !== currency)
    let free = bought === undefined ? ZERO : decimal(bought.amount)
    for (const loss of losses) {
      if (loss.asset !== bought?.asset || day - loss.day > FOUR_WEEKS || isZero(loss.units) || isZero(free)) continue
      const units = least(loss.units, free)
      const denied = divided(times(loss.loss, units), loss.units)
      loss.units = minus(loss.units, units)
      loss.loss = minus(loss.loss, denied)
      free = minus(free, units)
      gains[loss.row] = add(gains[loss.row] ?? ZERO, denied)
      const key = `${bought.asset} ${event.id}`
      const known = waiting.get(key) ?? { units: ZERO, loss: ZERO }
      waiting.set(key, { units: add(known.units, units), loss: add(known.loss, denied) })
    }
    settleAll('fee')
  }
  return { lots, gains }
}
