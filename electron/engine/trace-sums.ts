/** What stands behind figures that no disposal makes: payments of the year, and what is held on a day. */
import { dayNumber } from '../../shared/events/civil-date.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import { disposalId } from '../../shared/tax/result.ts'
import { type Figure, lineId } from '../../shared/tax/years/table-rules.ts'
import type { Source } from './tax-book.ts'

const OF_HOLDINGS: ReadonlySet<Figure> = new Set<Figure>([
  'wealth',
  'wealth-declared',
  'wealth-levy',
  'deemed-return',
  'taxable-base',
  'benefit',
])
const OF_COSTS: ReadonlySet<string> = new Set(['cost', 'costs-of-year', 'costs-before', 'carried-costs'])
const OF_BOTH: ReadonlySet<string> = new Set(['gain', 'taxable', 'tax', 'chargeable'])

/** References below such a figure of a tax year; null where disposals alone are behind it. */
export function sumsBehind(source: Source, year: number, field: string): string[] | null {
  const { result } = source
  const rules = packOf(result.jurisdiction)?.year
  if (rules?.rule !== 'table') return null
  const figure =
    rules.form.lines.find(({ id }) => lineId(rules.form, id) === field)?.figure ??
    field.replace('carryOut.costs', 'carried-costs')
  const deemed = rules.wealth?.some(({ value }) => value.deemed !== undefined) === true
  if (OF_HOLDINGS.has(figure as Figure) || (deemed && (OF_BOTH.has(figure) || figure === 'allowance')))
    return holdingsBehind(source, year)
  if (result.costs === undefined || !(OF_COSTS.has(figure) || OF_BOTH.has(figure))) return null
  const first = figure === 'cost' || figure === 'costs-of-year' || figure === 'gain' ? year : 0
  const last = figure === 'costs-before' ? year - 1 : year
  const paid = result.costs.filter(({ taxYear }) => first <= taxYear && taxYear <= last).map(({ event }) => event)
  const sold = OF_BOTH.has(figure) || figure === 'carried-costs'
  const rows = result.disposals.filter((row) => sold && row.taxYear === year)
  return [...rows.map((row) => `disposal:${disposalId(row)}`), ...new Set(paid.map((event) => `event:${event}`))]
}

/** Snapshots of the day of what was held; where there is none, everything that touched the coins before. */
function holdingsBehind({ result, books }: Source, year: number): string[] {
  const pack = packOf(result.jurisdiction)
  const rules = pack?.year
  if (pack === null || rules?.rule !== 'table') return []
  const { month, day: first } = pack.yearStart
  const atEnd = rules.wealth?.at(-1)?.value.at === 'end'
  const day = atEnd ? dayNumber(year + 1, month, first) - 1 : dayNumber(year, month, first)
  const wealth = result.totals.get(year)?.wealth ?? []
  const stated = new Set(wealth.filter((held) => held.stated).map(({ asset }) => asset))
  const booked = new Set(wealth.filter((held) => !held.stated).map(({ asset }) => asset))
  const { dayAt } = civilClock(books.profile.zone)
  return books.events
    .filter(({ kind, time, legs }) => {
      const on = dayAt(time)
      if (kind === 'snapshot') return on === day && legs.some(({ asset }) => stated.has(asset))
      return (atEnd ? on <= day : on < day) && legs.some(({ asset }) => booked.has(asset))
    })
    .map((event) => `event:${event.id}`)
}
