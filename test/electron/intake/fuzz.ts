import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../../samples/make/market.ts'
import { checkEvent } from '../../../shared/events/event-invariants.ts'
import { SOURCE_FORMATS } from '../../../shared/sources/registry.ts'
import { collect, fixture } from './collect.ts'

const NAMES = readdirSync(new URL('../../fixtures/sources/', import.meta.url)).toSorted()
/** How often each example is damaged: `npm run fuzz` asks for more. */
const RUNS = Number.parseInt(process.env.FUZZ_RUNS ?? '1000', 10)
const SNIPPETS = [
  '"',
  '""',
  ',',
  ';',
  '\n',
  '\r',
  '\0',
  '-',
  '1e400',
  '0x',
  '\ufeff',
  '2024-02-31',
  'NaN',
  '=1+1',
  '<b>',
  '\u202e',
  '99999999999999999999999999',
  '{',
  '}',
  '[',
  ']',
  ' ',
  '\ud83d',
]

/** One damage or a few: bytes changed, taken out, doubled, or texts put in. */
function damaged(bytes: Buffer, random: () => number): Buffer {
  let content = Buffer.from(bytes)
  const times = 1 + Math.floor(random() * 4)
  for (let i = 0; i < times; i++) {
    const at = Math.floor(random() * content.length)
    const length = Math.floor(random() ** 3 * 200)
    const what = random()
    if (what < 0.25) content[at] = Math.floor(random() * 256)
    else if (what < 0.45) content = Buffer.concat([content.subarray(0, at), content.subarray(at + length)])
    else if (what < 0.6) content = Buffer.concat([content.subarray(0, at + length), content.subarray(at)])
    else if (what < 0.65) content = content.subarray(0, at)
    else {
      const snippet = SNIPPETS[Math.floor(random() * SNIPPETS.length)] as string
      content = Buffer.concat([content.subarray(0, at), Buffer.from(snippet), content.subarray(at)])
    }
  }
  return content
}

/** Damages every `of`th example from the `part`th on, so that several files can share the work. */
export function damageReaders(part: number, of: number): void {
  const names = NAMES.filter((_, at) => at % of === part)
  describe('readers under damage', () => {
    it.each(names)('%s: no row is lost, no event is unsound, nothing crashes', async (name) => {
      const bytes = fixture(name)
      const random = seeded(name.length * 7919)
      const intact = await collect(bytes)
      const known = new Set(intact.tables.flatMap(({ candidates }) => candidates.map(({ source }) => source)))
      const own = SOURCE_FORMATS.filter(({ id }) => known.has(id))
      let tables = 0
      for (let run = 0; run < RUNS; run++) {
        // The damage goes to the readers that know the file; every tenth time all of them are asked whose it is.
        const formats = run % 10 === 0 ? SOURCE_FORMATS : own
        const read = await collect(damaged(bytes, random), {}, { chunk: 1 + Math.floor(random() * 4000), formats })
        const { rows, understood, skipped, notUnderstood, events } = read.summary.counts
        expect(understood + skipped + notUnderstood).toBe(rows)
        if (read.summary.problem === null) {
          tables += read.summary.tables
          expect(read.rows.length).toBe(rows)
          expect(new Set(read.rows.map((row) => row.row)).size).toBe(rows)
          expect(read.events.length).toBe(events)
          const ofEvents = read.rows.filter((row) => row.outcome === 'event').length
          expect(new Set(read.events.flatMap((event) => event.rows)).size).toBe(ofEvents)
          expect(new Set(read.events.map((event) => event.id)).size).toBe(events)
        }
        for (const event of read.events) expect(checkEvent(event)).toEqual([])
      }
      // Enough of the damaged files are still read as tables for the above to mean something; a short one often loses its header.
      expect(tables).toBeGreaterThan(RUNS * (name.endsWith('.json') ? 0.02 : 0.1))
    })
  })
}
