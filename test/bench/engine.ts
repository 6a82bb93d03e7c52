/**
 * The engine as a page meets it, over its port: importing 100,000 rows of a Kraken ledger with the preview, and the new
 * totals after one decision on a million events.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import papaparse from 'papaparse'
import { startSession } from '../../electron/cli/ledger-session.ts'
import { importFiles } from '../../electron/engine/sample-ledger.ts'
import { createVault } from '../../electron/vault/vault.ts'
import { type BenchOptions, type BenchResult, ratio, timed } from './bench.ts'
import { eventId, makeLargeLedger } from './large-ledger.ts'
import { makeKrakenLedger } from './make-kraken-ledger.ts'

type Client = ReturnType<typeof startSession>['client']

const PASSPHRASE = 'bench passphrase'

export async function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-bench-'))
  try {
    const rows = quick ? 20_000 : 100_000
    const events = quick ? 100_000 : 1_000_000
    return [await importBench(folder, rows, say), ...(await decisionBench(folder, events, say))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function importBench(folder: string, rows: number, say: (text: string) => void): Promise<BenchResult> {
  const file = join(folder, 'kraken.csv')
  writeFileSync(file, makeKrakenLedger(rows))
  const times: number[] = []
  const baselines: number[] = []
  for (let turn = 0; turn < 3; turn++) {
    baselines.push(await plainImport(folder, file, turn))
    times.push(await engineImport(join(folder, `import-${turn}`), file))
    say(
      `  import ${turn + 1} of 3: ${Math.round(times[turn] ?? 0)} ms, baseline ${Math.round(baselines[turn] ?? 0)} ms`,
    )
  }
  return ratio(
    `import a Kraken ledger of ${rows.toLocaleString('en')} rows, preview included`,
    middle(times),
    middle(baselines),
    6,
  )
}

async function engineImport(folder: string, file: string): Promise<number> {
  const session = startSession(folder)
  try {
    await session.client.session.create({
      passphrase: PASSPHRASE,
      profile: {
        name: 'Bench',
        jurisdiction: 'us',
        currency: 'USD',
        zone: 'America/New_York',
        method: 'fifo',
        scope: 'pack',
        taxYear: 2025,
        rounding: 'cents',
      },
    })
    const { ms } = await timed(() => importFiles(session.client, [file]))
    return ms
  } finally {
    await session.end()
  }
}

/** papaparse of the file, and its rows into one plain table in one transaction of the same kind of encrypted file. */
async function plainImport(folder: string, file: string, turn: number): Promise<number> {
  const created = await createVault(join(folder, `plain-${turn}.tally`), PASSPHRASE, {
    holder: { door: 'bench', pid: process.pid, since: 0 },
  })
  if (created.status !== 'open') throw new Error(created.text)
  const { connection } = created.vault
  connection.exec(
    'CREATE TABLE plain (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT, g TEXT, h TEXT, i TEXT, j TEXT, k TEXT, l TEXT)',
  )
  const { ms } = await timed(() => {
    const { data } = papaparse.parse<string[]>(readFileSync(file, 'utf8'), { skipEmptyLines: true })
    const insert = connection.prepare(
      'INSERT INTO plain (a, b, c, d, e, f, g, h, i, j, k, l) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    connection.exec('BEGIN')
    for (const cells of data.slice(1)) insert.run(...cells)
    connection.exec('COMMIT')
  })
  created.vault.close()
  return ms
}

async function decisionBench(
  folder: string,
  events: number,
  say: (text: string) => void,
): Promise<readonly BenchResult[]> {
  const name = events.toLocaleString('en')
  const path = join(folder, 'large.tally')
  say(`  making a ledger of ${name} events`)
  await makeLargeLedger(path, PASSPHRASE, events)
  const session = startSession(folder)
  try {
    const { client } = session
    const ref = session.register(path)
    const opening = await timed(() =>
      client.session.open({ ref, with: { kind: 'passphrase', passphrase: PASSPHRASE } }),
    )
    const firstPage = await timed(() =>
      client.events.list({ offset: 0, limit: 100, filter: {}, sort: 'time', descending: true }),
    )
    const lastPage = await timed(() =>
      client.events.list({ offset: events - 100, limit: 100, filter: {}, sort: 'time', descending: true }),
    )
    const loading = await timed(() => client.tax.years())
    say(`  opened in ${Math.round(opening.ms)} ms, first totals after ${Math.round(loading.ms)} ms`)

    const full: number[] = []
    for (const method of ['hifo', 'fifo', 'hifo', 'fifo']) {
      await client.session.updateProfile({ method })
      full.push((await timed(() => client.tax.years())).ms)
    }
    const one: number[] = []
    let gain = ''
    for (let turn = 0; turn < 9; turn++) {
      const event = eventId(Math.floor(events * (0.1 + turn * 0.1)) | 3)
      const { ms, value } = await timed(async () => {
        await client.events.decide({
          decisions: [{ what: 'value', event, leg: 0, value: `${1_000 + turn}` }],
        })
        return client.tax.years()
      })
      one.push(ms)
      const now = JSON.stringify(value.years.map((year) => year.gain))
      if (now === gain) say(`  decision ${turn + 1} moved nothing`)
      gain = now
    }
    const during = await liveDuringJob(client)
    const idle = await slowestCall(client, new Promise((resolve) => setTimeout(resolve, 2_000)))
    say(`  decisions: ${one.map(Math.round).join(', ')} ms; full: ${full.map(Math.round).join(', ')} ms`)
    const decided = ratio(`one decision on a ledger of ${name} events → new totals`, middle(one), middle(full), 0.08)
    return [
      {
        ...decided,
        measured: {
          ...decided.measured,
          slowestDecisionMilliseconds: Math.max(...one),
          openMilliseconds: opening.ms,
          firstPageMilliseconds: firstPage.ms,
          lastPageMilliseconds: lastPage.ms,
          firstTotalsMilliseconds: loading.ms,
        },
      },
      {
        name: 'a call while a computation runs',
        figure: `slowest ${Math.round(during)} ms, against ${Math.round(idle)} ms while nothing runs`,
        bar: '≤ 50 ms more',
        met: during - idle <= 50,
        measured: { slowestMilliseconds: during, slowestIdleMilliseconds: idle },
      },
    ]
  } finally {
    await session.end()
  }
}

/** Starts a full computation and asks point questions meanwhile. */
async function liveDuringJob(client: Client): Promise<number> {
  await client.session.updateProfile({ method: 'lofo' })
  return slowestCall(client, client.tax.years())
}

/** How long the slowest of many point questions took until `end`. */
async function slowestCall(client: Client, end: Promise<unknown>): Promise<number> {
  let isDone = false
  const ended = end.then(() => {
    isDone = true
  })
  let slowest = 0
  while (!isDone) {
    const { ms } = await timed(() => client.session.state())
    slowest = Math.max(slowest, ms)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await ended
  return slowest
}

const middle = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number
