/** The measure of the matcher: quality on histories it was not tuned on, and time against sorting and scanning them. */
import type { Movement } from '../../shared/matching/movement.ts'
import { proposeMatches } from '../../shared/matching/propose.ts'
import { generateHistory } from '../shared/matching/generate.ts'
import type { Quality } from '../shared/matching/measure.ts'
import { addUp, measure } from '../shared/matching/measure.ts'
import type { BenchOptions, BenchResult } from './bench.ts'
import { ratio, timed } from './bench.ts'

/** The matcher was tuned on seeds 1 to 16 and looked at on 201 to 210; these were drawn afterwards. */
const UNSEEN_SEEDS = [5101, 5102, 5103, 5104, 5105, 5106, 5107, 5108, 5109, 5110]
const DAY = 86_400_000
const BAR = 40
/** Times that each history is matched and scanned, in turn, so that a busy moment falls on both. */
const TURNS = 3

/** Sorts by asset and time and, for each movement, counts the opposite ones of another account within a day and 2 %. */
function sortAndScan(movements: readonly Movement[]): number {
  const sorted = [...movements].sort((a, b) => (a.asset < b.asset ? -1 : a.asset > b.asset ? 1 : a.time - b.time))
  let found = 0
  const near = (one: Movement, other: Movement | undefined): other is Movement =>
    other !== undefined && other.asset === one.asset && Math.abs(other.time - one.time) <= DAY
  const fits = (one: Movement, other: Movement): boolean => {
    if (one.direction === other.direction || one.account === other.account) return false
    const apart = one.amount > other.amount ? one.amount - other.amount : other.amount - one.amount
    return apart * 50n <= one.amount
  }
  for (let i = 0; i < sorted.length; i++) {
    const one = sorted[i] as Movement
    for (let j = i - 1; near(one, sorted[j]); j--) if (fits(one, sorted[j] as Movement)) found++
    for (let j = i + 1; near(one, sorted[j]); j++) if (fits(one, sorted[j] as Movement)) found++
  }
  return found
}

const middle = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] as number

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`

function qualityResults(all: readonly Quality[]): BenchResult[] {
  const { transfers, accepted, certain, certainProposals, certainWrong } = addUp(all)
  return [
    {
      name: 'match: true transfers proposed as certain or likely',
      figure: share(accepted, transfers),
      bar: '≥ 97 %',
      met: accepted * 100 >= transfers * 97,
      measured: { accepted, transfers, histories: all.length },
    },
    {
      name: 'match: true transfers proposed as certain',
      figure: share(certain, transfers),
      bar: '≥ 85 %',
      met: certain * 100 >= transfers * 85,
      measured: { certain, transfers, histories: all.length },
    },
    {
      name: 'match: certain proposals that are wrong',
      figure: `${certainWrong} of ${certainProposals}`,
      bar: '≤ 1 in 2,000',
      met: certainWrong * 2000 <= certainProposals,
      measured: { certainWrong, certainProposals, histories: all.length },
    },
  ]
}

export async function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const quality: Quality[] = []
  const matching: number[] = []
  const scanning: number[] = []
  for (const seed of quick ? UNSEEN_SEEDS.slice(0, 3) : UNSEEN_SEEDS) {
    const history = generateHistory(seed)
    const input = { movements: history.movements, ownAddresses: history.ownAddresses, rejected: new Set<string>() }
    for (let turn = 0; turn < TURNS; turn++) {
      matching.push((await timed(() => proposeMatches(input))).ms)
      scanning.push((await timed(() => sortAndScan(history.movements))).ms)
    }
    const found = measure(history, proposeMatches(input))
    quality.push(found)
    say(`  history ${seed}: ${share(found.certain, found.transfers)} certain, ${found.certainWrong} of them wrong`)
  }
  const time = ratio('match 20,000 movements', middle(matching), middle(scanning), BAR)
  return [time, ...qualityResults(quality)]
}
