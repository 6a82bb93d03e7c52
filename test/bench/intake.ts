/**
 * Speed of every reader beside papaparse alone on the same text, in this run and on this machine.
 *
 * Three measures are aims, and each source says of all of them whether it meets them: at least 0.4 of the speed at which
 * papaparse cuts the whole text into arrays of cells; of that at which it gives the cells of the whole text by the names
 * of their columns; and of that at which it gives them row after row from the same chunks of bytes, which is what a
 * reader of bounded memory would be built on. A reader does more: it hashes every row, so that it can be known again,
 * finds its place in the file, groups rows, reads times and numbers, resolves accounts and assets, and makes events.
 *
 * The bar that fails a run is a regression bar: read time against papaparse with named cells and a hash of every line.
 * Times are the work of the reading thread, the least of several rounds in turns, so that other programs on the machine
 * count as little as they can.
 */
import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import Papa from 'papaparse'
import { CHUNK_BYTES } from '../../electron/intake/import-stream.ts'
import { SOURCE_FORMATS } from '../../shared/sources/registry.ts'
import { type BenchOptions, type BenchResult, ratio } from './bench.ts'
import { readText, sourceText } from './source-texts.ts'

interface Extent {
  readonly rows: number
  readonly rounds: number
  /** Milliseconds of work of one measurement: clocks of threads go in steps of up to 4 ms. */
  readonly atLeast: number
}
const FULL: Extent = { rows: 20_000, rounds: 7, atLeast: 40 }
const QUICK: Extent = { rows: 3_000, rounds: 1, atLeast: 40 }
/** Of the speed of papaparse alone. */
const AIM = 0.4
/** Times the work of papaparse with named cells and a hash of every line. */
const AT_MOST = 7
/** A document is read as a whole, checked member by member, against JSON.parse. */
const DOCUMENT_AT_MOST = 60

/** How long one run of `work` keeps this thread busy, taken over as many as fill `atLeast` milliseconds. */
async function worked<T>(
  atLeast: number,
  work: () => T | Promise<T>,
): Promise<{ readonly ms: number; readonly value: T }> {
  const before = process.threadCpuUsage()
  for (let runs = 1; ; runs++) {
    const value = await work()
    const { user, system } = process.threadCpuUsage()
    const ms = (user + system - before.user - before.system) / 1000
    if (ms >= atLeast) return { ms: ms / runs, value }
  }
}

/** Reads the chunks row after row by the names of the columns, as papaparse does it by itself. */
const streamed = (chunks: readonly Uint8Array[], delimiter: string): Promise<number> =>
  new Promise((resolve, reject) => {
    let rows = 0
    Papa.parse<Record<string, string>>(Readable.from(chunks), {
      delimiter,
      header: true,
      step: () => {
        rows++
      },
      complete: () => resolve(rows),
      error: reject,
    })
  })

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / CHUNK_BYTES)
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES))
}

const speed = (value: number): string => value.toFixed(2)
const rounded = (value: number): number => Math.round(value * 1000) / 1000

async function measure(source: string, { rows, rounds, atLeast }: Extent): Promise<BenchResult> {
  const made = await sourceText(source, rows)
  const { text, bytes, delimiter } = made
  const lines = text.split('\n')
  const chunks = chunksOf(bytes)
  const best = { read: Infinity, plain: Infinity, named: Infinity, streamed: Infinity, hash: Infinity }
  let counts = { rows: 0, events: 0, understood: 0 }
  const faster = (of: keyof typeof best, ms: number): void => {
    best[of] = Math.min(best[of], ms)
  }
  // The first reading is the compiler's: a real file of some size is mostly read by what it made.
  await readText(source, made)
  for (let round = 0; round < rounds; round++) {
    if (delimiter !== null) {
      faster('plain', (await worked(atLeast, () => Papa.parse(text, { delimiter }).data.length)).ms)
      faster('named', (await worked(atLeast, () => Papa.parse(text, { delimiter, header: true }).data.length)).ms)
      faster('streamed', (await worked(atLeast, () => streamed(chunks, delimiter))).ms)
    } else faster('named', (await worked(atLeast, () => JSON.parse(text))).ms)
    faster('hash', (await worked(atLeast, () => lines.map((line) => hash('sha256', line)).length)).ms)
    const reading = await worked(atLeast, () => readText(source, made))
    faster('read', reading.ms)
    counts = reading.value
  }
  const share = counts.understood / counts.rows
  if (share < made.understood - 0.1) throw new Error(`${source}: only ${share} of the rows made are understood`)
  const result = ratio(
    `read ${source}`,
    best.read,
    best.named + best.hash,
    delimiter !== null ? AT_MOST : DOCUMENT_AT_MOST,
  )
  const measured = {
    ...result.measured,
    rows: counts.rows,
    events: counts.events,
    bytes: bytes.length,
    microsecondsPerRow: rounded((best.read * 1000) / counts.rows),
  }
  if (delimiter === null) return { ...result, measured: { ...measured, jsonParseMilliseconds: rounded(best.named) } }
  const plain = best.plain / best.read
  const named = best.named / best.read
  const inStream = best.streamed / best.read
  return {
    ...result,
    figure: `${speed(plain)} of papaparse’s speed, ${speed(named)} with named cells, ${speed(inStream)} row after row; ${result.figure}`,
    aims: [
      { aim: `≥ ${AIM} of papaparse’s speed`, figure: speed(plain), met: plain >= AIM },
      { aim: `≥ ${AIM} of papaparse’s speed with named cells`, figure: speed(named), met: named >= AIM },
      {
        aim: `≥ ${AIM} of papaparse’s speed with named cells, row after row`,
        figure: speed(inStream),
        met: inStream >= AIM,
      },
    ],
    measured: {
      ...measured,
      sha256Milliseconds: rounded(best.hash),
      papaparseMilliseconds: rounded(best.plain),
      papaparseNamedMilliseconds: rounded(best.named),
      papaparseStreamedMilliseconds: rounded(best.streamed),
      speedOfPapaparse: rounded(plain),
      speedOfPapaparseNamed: rounded(named),
      speedOfPapaparseStreamed: rounded(inStream),
    },
  }
}

/** For each source: the work from bytes to resolved events, against papaparse on the same text. */
export async function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = []
  for (const { id } of SOURCE_FORMATS) {
    const result = await measure(id, quick ? QUICK : FULL)
    results.push(result)
    say(
      `  ${id}: ${result.aims?.map(({ figure, met }) => `${figure}${met ? ' met' : ''}`).join(' · ') ?? result.figure}`,
    )
  }
  for (const [at, form] of ['as arrays', 'with named cells', 'with named cells, row after row'].entries()) {
    const tables = results.filter(({ aims }) => aims !== undefined)
    const met = tables.filter(({ aims }) => aims?.[at]?.met === true).length
    say(`  ${met} of ${tables.length} sources reach ${AIM} of papaparse’s speed ${form}; ${tables.length - met} do not`)
  }
  return results
}
