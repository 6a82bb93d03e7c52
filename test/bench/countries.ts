/**
 * The tax engine country by country on a million events: each country's full computation against the United States' of
 * the same run, and one decision against the country's own full computation. Every measurement has a process of its own.
 *
 * `node --expose-gc test/bench/countries.ts COUNTRY [EVENTS] [joined]` measures one country alone.
 */
import { type BenchOptions, type BenchResult, ratio } from './bench.ts'
import { makeInput } from './tax-history.ts'
import { decisionTimes, fullTimes, inOwnProcess, middle, peakBytes } from './tax-measures.ts'

const RUNS = 3
/** Years of the history: a partition of all assets has to give no more than one of them for a decision. */
const YEARS = 5
const ONE_PARTITION = 1 / YEARS
const BY_ASSET = 0.08

/** How often the United States' time a country may take, and the share of its own that a decision may. */
const COUNTRIES = [
  { id: 'us', name: 'United States', times: 1, share: BY_ASSET },
  { id: 'gb', name: 'United Kingdom', times: 2, share: BY_ASSET },
  { id: 'de', name: 'Germany', times: 2, share: BY_ASSET },
  { id: 'ca', name: 'Canada', times: 2, share: BY_ASSET },
  { id: 'fr', name: 'France', times: 4, share: ONE_PARTITION },
] as const

function measure(country: string, count: number, joined: boolean): Record<string, number> {
  const input = makeInput(count, country, joined)
  globalThis.gc?.()
  const { times, rows } = fullTimes(input, RUNS)
  const full = middle(times)
  const decisions = decisionTimes(input)
  const decision = middle(decisions)
  return { full, rows, decision, worst: Math.max(...decisions), share: decision / full, peak: peakBytes() }
}

export function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const count = quick ? 100_000 : 1_000_000
  const name = `${count.toLocaleString('en')} events`
  const results: BenchResult[] = []
  let home = 0
  for (const country of COUNTRIES) {
    say(`  ${country.name}, ${name}`)
    const { full = 0, decision = 0 } = inOwnProcess(import.meta.filename, [country.id, String(count)])
    if (country.id === 'us') home = full
    else results.push(ratio(`${country.name}, ${name}, against the United States`, full, home, country.times))
    results.push(
      ratio(`${country.name}, one decision on ${name}, against the full recompute`, decision, full, country.share),
    )
  }
  for (const { id, name: countryName } of COUNTRIES.filter(({ id }) => id === 'us' || id === 'gb')) {
    say(`  ${countryName}, all coins joined, ${name}`)
    const { full = 0, decision = 0 } = inOwnProcess(import.meta.filename, [id, String(count), 'joined'])
    results.push(
      ratio(
        `${countryName}, all coins joined, one decision on ${name}, against the full recompute`,
        decision,
        full,
        ONE_PARTITION,
      ),
    )
  }
  return Promise.resolve(results)
}

const [country, count, joined] = process.argv.slice(2)
if (import.meta.main && country !== undefined) {
  const measured = measure(country, Number.parseInt(count ?? '200000', 10), joined === 'joined')
  process.stdout.write(`${JSON.stringify(measured)}\n`)
}
