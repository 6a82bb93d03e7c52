/** `tallystick calc` as a whole process, JSON in and out, against a bare process that only parses the same file. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchOptions, type BenchResult, ratio } from './bench.ts'

const MAIN = join(import.meta.dirname, '../../electron/cli/main.ts')
const COINS = Array.from({ length: 20 }, (_, n) => `COIN${n}`)
const ACCOUNTS = Array.from({ length: 8 }, (_, n) => `account${n}`)
const START = Date.UTC(2021, 0, 1)
const SPAN = 5 * 365 * 86_400_000
const TURNS = 5

export async function run({ quick, say }: BenchOptions): Promise<readonly BenchResult[]> {
  const events = quick ? 20_000 : 100_000
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-bench-'))
  try {
    const file = join(folder, 'books.json')
    writeFileSync(file, interchange(events))
    say(`  ${events.toLocaleString('en')} events, ${statSync(file).size.toLocaleString('en')} bytes`)
    const out = join(folder, 'out.json')
    const bare: number[] = []
    const whole: number[] = []
    for (let turn = 0; turn < TURNS; turn++) {
      bare.push(timeOf([process.execPath, '-e', PARSE, file], out))
      whole.push(timeOf([process.execPath, MAIN, 'calc', file], out))
    }
    const name = `tallystick calc as a whole process on ${events.toLocaleString('en')} events`
    const result = ratio(name, middle(whole), middle(bare), 8)
    return [
      { ...result, measured: { ...result.measured, inputBytes: statSync(file).size, outputBytes: statSync(out).size } },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const PARSE = `JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'))`

/** How long a process takes from its start to its end, its output going to a file. */
function timeOf([command = '', ...args]: readonly string[], out: string): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', openSync(out, 'w'), 'pipe'] })
  if (status !== 0) throw new Error(`a process of the bench ended with ${status}: ${stderr.toString().slice(0, 500)}`)
  return performance.now() - start
}

/** Three purchases of a coin, then a sale of part of them, account by account. */
function interchange(count: number): string {
  const events = Array.from({ length: count }, (_, n) => {
    const round = Math.floor(n / 4)
    const account = ACCOUNTS[round % ACCOUNTS.length]
    const asset = COINS[Math.floor(round / ACCOUNTS.length) % COINS.length]
    const isSale = n % 4 === 3
    const coin = {
      role: isSale ? 'out' : 'in',
      account,
      asset,
      amount: isSale ? '2.5' : `${1 + (n % 3)}.${100_000 + n}1`,
    }
    const cash = { role: isSale ? 'in' : 'out', account, asset: 'USD', amount: `${100 + (n % 900)}.25` }
    const fee = { role: 'fee', account, asset: 'USD', amount: '0.26' }
    return {
      id: `event-${n}`,
      time: new Date(START + Math.floor((n / count) * SPAN)).toISOString(),
      kind: isSale ? 'sell' : 'buy',
      legs: [coin, cash, fee],
    }
  })
  return JSON.stringify({
    schema: 'tallystick/events@1',
    profile: { jurisdiction: 'us', currency: 'USD', zone: 'America/New_York', method: 'fifo', scope: 'account' },
    accounts: ACCOUNTS.map((id) => ({ id, name: id, kind: 'exchange' })),
    assets: [...COINS.map((id) => ({ id, kind: 'crypto' })), { id: 'USD', kind: 'fiat' }],
    events,
  })
}

const middle = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number
