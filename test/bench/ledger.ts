import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { executeBatch } from '../../electron/ledger/batches.ts'
import { countEvents, eventRowIds, eventRows, firstEventRowIds } from '../../electron/ledger/event-list.ts'
import { readFacts } from '../../electron/ledger/facts.ts'
import { appendFileChunk, beginBatch, beginFile, CHUNK_BYTES, finishFile } from '../../electron/ledger/files.ts'
import { readable, type WritableLedger, writableLedger } from '../../electron/ledger/handles.ts'
import { migrate } from '../../electron/ledger/migrate.ts'
import { planOf } from '../../electron/ledger/plan.ts'
import type { StagedChunk, StagedEvent, StagedRecord } from '../../electron/ledger/staged.ts'
import { openStage } from '../../electron/ledger/staging.ts'
import { type Connection, connect, prepareReader, prepareWriter } from '../../electron/vault/cipher.ts'
import { type KeyMaterial, keyMaterial } from '../../electron/vault/key.ts'
import { closeFile } from '../../electron/vault/vault.ts'
import { type BenchOptions, type BenchResult, ratio } from './bench.ts'

const middle = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number

function timed(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

const ASSETS = Array.from({ length: 20 }, (_, n) => `COIN${n}`)
const START = Date.UTC(2019, 0, 1)

/** Rows as a Kraken ledgers file has them: two or three rows a trade, ids, times to the second. */
function* chunksOf(
  events: number,
  perChunk: number,
): Generator<{ readonly bytes: Buffer; readonly chunk: StagedChunk }> {
  let row = 1
  let at = 0
  for (let n = 0; n < events; n += perChunk) {
    const records: StagedRecord[] = []
    const staged: StagedEvent[] = []
    const lines: string[] = []
    for (let e = n; e < Math.min(n + perChunk, events); e++) {
      const asset = ASSETS[e % ASSETS.length] as string
      const refid = `T${((e * 2_654_435_761) % 4_294_967_296).toString(36).toUpperCase().padStart(7, '0')}-${e}`
      const units = `${1 + (e % 7)}.${String(100_000_000 + e).slice(1)}1`
      const cost = `${100 + (e % 900)}.25`
      const time = START + e * 150_000
      const rows: number[] = []
      for (const [coin, amount, fee] of [
        [asset, units, '0'],
        ['USD', `-${cost}`, '0.26'],
      ]) {
        const text = `"L${row}-${refid}","${refid}","${new Date(time).toISOString()}","trade","","currency","${coin}","spot","${amount}","${fee}","${units}"`
        lines.push(text)
        records.push({
          row,
          start: at,
          length: text.length,
          identity: randomBytes(16),
          hash: randomBytes(16),
          outcome: 'event',
        })
        rows.push(row++)
        at += text.length + 1
      }
      staged.push({
        id: `kraken-ledgers:kraken:${refid}`,
        time,
        precision: 'second',
        kind: 'buy',
        timeText: new Date(time).toISOString(),
        sourceKind: 'trade',
        legs: [
          { role: 'in', account: `account${e % 8}`, asset, amount: units },
          { role: 'out', account: `account${e % 8}`, asset: 'USD', amount: cost },
          { role: 'fee', account: `account${e % 8}`, asset: 'USD', amount: '0.26' },
        ],
        rows,
      })
    }
    yield { bytes: Buffer.from(`${lines.join('\n')}\n`), chunk: { records, events: staged } }
  }
}

interface Steps {
  readonly rows: number
  readonly stageMs: number
  readonly sealMs: number
  readonly executeMs: number
  readonly longestStepMs: number
}

/** Uploads, stages, seals and executes a generated file; times only the ledger's part. */
function fill(ledger: WritableLedger, events: number): Steps {
  let longest = 0
  let spent = 0
  const step = <Result>(run: () => Result): Result => {
    const start = performance.now()
    const result = run()
    const took = performance.now() - start
    spent += took
    longest = Math.max(longest, took)
    return result
  }
  const begun = step(() => beginBatch(ledger, { origin: 'file', title: 'bench', at: START }))
  if (begun.status !== 'begun') throw new Error(begun.text)
  const file = step(() => beginFile(ledger, begun.batch, { name: 'ledgers.csv', size: events * 400 }))
  if (file.status !== 'begun') throw new Error(file.text)
  let pending: Buffer = Buffer.alloc(0)
  const stage = openStage(ledger, file.file, {
    source: 'kraken-ledgers',
    layout: 'bench',
    readerVersion: 1,
    encoding: 'utf-8',
    account: { key: 'kraken', name: 'Kraken', kind: 'exchange' },
    zone: 'UTC',
  })
  if (stage.status !== 'open') throw new Error(stage.text)
  let rows = 0
  let first = true
  for (const { bytes, chunk } of chunksOf(events, 600)) {
    pending = Buffer.concat([pending, bytes])
    while (pending.length >= CHUNK_BYTES) {
      const part = pending.subarray(0, CHUNK_BYTES)
      step(() => appendFileChunk(ledger, file.file, part))
      pending = pending.subarray(CHUNK_BYTES)
    }
    const named = first
      ? {
          ...chunk,
          accounts: Array.from({ length: 8 }, (_, n) => ({
            key: `account${n}`,
            name: `Account ${n}`,
            kind: 'exchange' as const,
          })),
          assets: [...ASSETS.map((key) => ({ key, kind: 'crypto' as const })), { key: 'USD', kind: 'fiat' as const }],
        }
      : chunk
    first = false
    const added = step(() => stage.add(named))
    if (added.status !== 'staged') throw new Error(added.text)
    rows += chunk.records.length
    if (stage.full) drain(stage.flush(), step)
  }
  step(() => appendFileChunk(ledger, file.file, pending))
  step(() => finishFile(ledger, file.file))
  const stageMs = spent
  const sealed = drain(stage.seal(), step)
  if (sealed.status !== 'sealed') throw new Error(sealed.text)
  const sealMs = spent - stageMs
  const hash = planOf(ledger, begun.batch)?.hash ?? ''
  const executed = step(() => executeBatch(ledger, begun.batch, hash, { who: 'bench', at: START }))
  if (executed.status !== 'done') throw new Error('the batch was not executed')
  return { rows, stageMs, sealMs, executeMs: spent - stageMs - sealMs, longestStepMs: longest }
}

function drain<Result>(steps: Generator<void, Result>, step: <R>(run: () => R) => R): Result {
  for (;;) {
    const next = step(() => steps.next())
    if (next.done) return next.value
  }
}

async function newLedger(path: string, key: KeyMaterial): Promise<Connection> {
  const connection = connect(path, key)
  prepareWriter(connection)
  const migrated = await migrate(connection, async () => ({ status: 'done' }))
  if (migrated.status !== 'ready') throw new Error(migrated.text)
  return connection
}

/** As many plain rows in one transaction into the same kind of encrypted file. */
function plainInsert(folder: string, key: KeyMaterial, rows: number): number {
  const connection = connect(join(folder, `plain-${rows}-${Math.trunc(performance.now())}.db`), key)
  prepareWriter(connection)
  connection.exec(
    'CREATE TABLE plain (id INTEGER PRIMARY KEY, txid TEXT, refid TEXT, time TEXT, type TEXT, asset TEXT, amount TEXT, fee TEXT, balance TEXT)',
  )
  const insert = connection.prepare(
    'INSERT INTO plain (txid, refid, time, type, asset, amount, fee, balance) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const ms = timed(() => {
    connection.exec('BEGIN')
    for (let n = 0; n < rows; n++) {
      insert.run(`L${n}-ABCDEFG`, `T${n}-HIJKLMN`, '2024-01-02 03:04:05', 'trade', 'COIN7', `1.${n}`, '0.26', `${n}.5`)
    }
    connection.exec('COMMIT')
  })
  connection.close()
  return ms
}

function openFirstPage(path: string, key: KeyMaterial): number {
  return timed(() => {
    const connection = connect(path, key, { readonly: true })
    prepareReader(connection)
    const ledger = readable(connection)
    const ids = firstEventRowIds(ledger, {}, { sort: 'time', descending: true }, 100)
    const total = countEvents(ledger, {})
    if (eventRows(ledger, ids).length !== 100 || total < 100) throw new Error('no first page')
    connection.close()
  })
}

function openHundredRows(path: string, key: KeyMaterial, from: number): number {
  return timed(() => {
    const connection = connect(path, key, { readonly: true })
    const rows = connection.prepare('SELECT * FROM event WHERE id BETWEEN ? AND ?').all(from, from + 99)
    if (rows.length !== 100) throw new Error('no rows')
    connection.close()
  })
}

/** The storage half of the import bar, and the first page of a ledger of a million events. */
export async function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const events = quick ? 100_000 : 1_000_000
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-bench-'))
  const key = keyMaterial(randomBytes(32), randomBytes(16))
  const copy = (): KeyMaterial => keyMaterial(Buffer.from(key.key), Buffer.from(key.salt))
  try {
    const small = await newLedger(join(folder, 'small.tally'), copy())
    const imported = fill(writableLedger(small), 50_000)
    closeFile(small)
    const plain = middle([1, 2, 3].map(() => plainInsert(folder, copy(), imported.rows)))
    const storageMs = imported.stageMs + imported.sealMs + imported.executeMs

    say(`  generating ${events.toLocaleString('en')} events`)
    const path = join(folder, 'large.tally')
    const large = await newLedger(path, copy())
    const generated = fill(writableLedger(large), events)
    closeFile(large)
    const opening = middle(Array.from({ length: 9 }, () => openFirstPage(path, copy())))
    const baseline = middle(Array.from({ length: 9 }, () => openHundredRows(path, copy(), events / 2)))

    const connection = connect(path, copy(), { readonly: true })
    prepareReader(connection)
    const reader = readable(connection)
    let facts = 0
    const factsMs = timed(() => {
      for (const block of readFacts(reader)) facts += block.length
    })
    let positions = 0
    const positionsMs = timed(() => {
      positions = eventRowIds(reader, {}, { sort: 'time', descending: true }).length
    })
    connection.close()
    const name = events.toLocaleString('en')
    const first = ratio('storing 100,000 imported rows (the reader is not in either side)', storageMs, plain, 6)
    const second = ratio(`open a ledger of ${name} events to its first page`, opening, baseline, 25)
    return [
      { ...first, measured: { ...first.measured, ...stepsOf(imported) } },
      {
        ...second,
        measured: {
          ...second.measured,
          events: positions,
          generateMilliseconds: generated.stageMs + generated.sealMs + generated.executeMs,
          generateExecuteMilliseconds: generated.executeMs,
          generateLongestStepMilliseconds: generated.longestStepMs,
          factsRead: facts,
          readFactsMilliseconds: factsMs,
          allPositionsMilliseconds: positionsMs,
        },
      },
    ]
  } finally {
    key.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}

const stepsOf = ({ stageMs, sealMs, executeMs, longestStepMs }: Steps): Record<string, number> => ({
  stageMilliseconds: stageMs,
  sealMilliseconds: sealMs,
  executeMilliseconds: executeMs,
  longestStepMilliseconds: longestStepMs,
})
