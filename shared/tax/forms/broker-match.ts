import { dayOfDate } from '../../events/civil-date.ts'
import type { CivilDate } from '../../events/identifiers.ts'
import type { BrokerForm } from '../../events/interchange-types.ts'
import type { Law } from '../law.ts'
import type { DisposalRow } from '../result.ts'

/** Brokers book by their own clock: a day before or after is the same sale. */
const DAYS_APART = 1

interface Candidate {
  readonly row: DisposalRow
  readonly day: number
  taken: boolean
}

/**
 * Finds the disposal rows behind each broker's form, by account, asset, day and units: one row, else the rows of one sale
 * (or those of one term of it), else those of one day. An aggregate form takes all rows of its account, asset and year.
 * Gives the rows by the form's index; none where nothing fits. No row is given twice.
 * Authority: instructions to Forms 1099-DA and 8949.
 */
export function matchBrokerForms(
  law: Law,
  rows: readonly DisposalRow[],
  forms: readonly BrokerForm[],
): readonly (readonly DisposalRow[])[] {
  const byPlace = new Map<string, Candidate[]>()
  for (const row of rows) {
    if (row.account === null) continue
    const key = `${row.account} ${row.asset}`
    const there = byPlace.get(key)
    const candidate = { row, day: dayOfDate(row.disposed), taken: false }
    if (there === undefined) byPlace.set(key, [candidate])
    else there.push(candidate)
  }
  const placeOf = (form: BrokerForm): string => {
    const unit = law.unitOf.get(form.account)
    return `${unit === undefined ? form.account : law.units[unit]} ${form.asset}`
  }
  const found: (readonly DisposalRow[])[] = forms.map(() => [])
  const settle = (index: number, candidates: readonly Candidate[]): void => {
    for (const candidate of candidates) candidate.taken = true
    found[index] = candidates.map(({ row }) => row)
  }
  forms.forEach((form, index) => {
    if (form.aggregate === undefined) return
    const year = yearOf(form.sold)
    const all = form.aggregate === 'NFT' ? nftsOf(law, byPlace, form) : (byPlace.get(placeOf(form)) ?? [])
    settle(
      index,
      all.filter(({ row, taken }) => !taken && yearOf(row.disposed) === year),
    )
  })
  for (const group of GROUPINGS) {
    forms.forEach((form, index) => {
      if (form.aggregate !== undefined || (found[index] as readonly DisposalRow[]).length > 0) return
      const day = dayOfDate(form.sold)
      const near = (byPlace.get(placeOf(form)) ?? []).filter(
        (candidate) => !candidate.taken && Math.abs(candidate.day - day) <= DAYS_APART,
      )
      const fitting = groupsOf(near, group).filter((list) => unitsOf(list) === form.units)
      const best = fitting.sort((a, b) => distance(a, form, day) - distance(b, form, day))[0]
      if (best !== undefined) settle(index, best)
    })
  }
  return found
}

const yearOf = (date: CivilDate): string => date.slice(0, 4)

const nftsOf = (law: Law, byPlace: ReadonlyMap<string, Candidate[]>, form: BrokerForm): Candidate[] => {
  const unit = law.unitOf.get(form.account)
  const account = unit === undefined ? form.account : law.units[unit]
  return [...byPlace.values()]
    .flat()
    .filter(({ row }) => row.account === account && law.assets.get(row.asset)?.kind === 'nft')
}

/** What is tried, in this order: rows that fall into one group are one sale to the broker. */
const GROUPINGS: readonly ((candidate: Candidate, index: number) => string)[] = [
  (_candidate, index) => String(index),
  ({ row }) => row.event,
  ({ row }) => `${row.event} ${row.term}`,
  ({ day }) => String(day),
  ({ row, day }) => `${day} ${row.term}`,
]

function groupsOf(candidates: readonly Candidate[], group: (typeof GROUPINGS)[number]): Candidate[][] {
  const groups = new Map<string, Candidate[]>()
  candidates.forEach((candidate, index) => {
    const key = group(candidate, index)
    const there = groups.get(key)
    if (there === undefined) groups.set(key, [candidate])
    else there.push(candidate)
  })
  return [...groups.values()]
}

const unitsOf = (candidates: readonly Candidate[]): bigint => candidates.reduce((sum, { row }) => sum + row.amount, 0n)

/** The day first, then the term, then the acquisition date, where the form names them. */
function distance(candidates: readonly Candidate[], form: BrokerForm, day: number): number {
  let steps = 0
  for (const { row, day: own } of candidates) {
    steps += Math.abs(own - day) * 8
    if (formTerm(form) !== null && row.term !== formTerm(form)) steps += 4
    if (form.acquired !== undefined && row.acquired !== form.acquired) steps += 2
    const net = row.proceeds - row.fees
    if (net !== form.proceeds && row.proceeds !== form.proceeds) steps += 1
  }
  return steps / candidates.length
}

/** The term that a form states by its box, else in its own field. */
export function formTerm(form: BrokerForm): 'short' | 'long' | null {
  if (form.box === 'G' || form.box === 'H') return 'short'
  if (form.box === 'J' || form.box === 'K') return 'long'
  return form.term === 'L' ? 'long' : form.term === 'S' ? 'short' : null
}
