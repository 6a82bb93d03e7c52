import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeKrakenLedger } from '../../bench/make-kraken-ledger.ts'
import { answered, tallystick, UNLOCKED } from './run-cli.ts'

const samples = join(import.meta.dirname, '../../../samples')
const folder = mkdtempSync(join(tmpdir(), 'tallystick-cli-'))
const ledger = join(folder, 'Anna.tally')
const kraken = join(samples, 'kraken-ledgers-2022-2024.csv')

beforeAll(async () => {
  const made = await tallystick(
    ['new', ledger, '--jurisdiction', 'us', '--zone', 'America/New_York', '--name', 'Anna', '--json'],
    { env: UNLOCKED },
  )
  if (made.code !== 0) throw new Error(made.err)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const onLedger = (...args: string[]) => tallystick([args[0] as string, ledger, ...args.slice(1)], { env: UNLOCKED })
const jsonOf = (command: string, ...rest: string[]) => answered(command, ledger, ...rest)

test('the demo makes a ledger and Form 8949 as PDF and CSV in the folder it names', async () => {
  const out = join(folder, 'demo')
  const ran = await tallystick(['demo', '--out', out, '--json'])
  expect(ran.code).toBe(0)
  expect(ran.err).toContain(out)
  const result = JSON.parse(ran.out)
  expect(result).toMatchObject({ schema: 'tallystick/result@1' })
  expect(result.disposals.length).toBeGreaterThan(5)
  const files = readdirSync(out).filter((name) => !name.includes('-lock'))
  expect(files.sort()).toEqual(['Sample.tally', 'us-8949-2025-sample.csv', 'us-8949-2025-sample.pdf'])
  expect(readFileSync(join(out, 'us-8949-2025-sample.pdf')).subarray(0, 4).toString()).toBe('%PDF')
  const again = await tallystick(['demo', '--out', out])
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('not empty')])
})

test('an import counts every row once, dry or not, and again adds nothing', async () => {
  const dry = await jsonOf('import', kraken, '--dry-run')
  const [planned] = dry.json.files
  expect(planned).toMatchObject({ file: 'kraken-ledgers-2022-2024.csv', source: 'kraken-ledgers', account: 'Kraken' })
  const sum = planned.added + planned.changed + planned.linked + planned.skipped.length + planned.notUnderstood.length
  expect(sum).toBe(planned.rows)
  expect((await jsonOf('batches')).json.batches).toEqual([])
  const real = await jsonOf('import', kraken)
  expect(real.json.files).toEqual(dry.json.files)
  expect(real.code).toBe(0)
  const [known] = (await jsonOf('import', kraken)).json.files
  expect([known.added, known.skipped.length]).toEqual([0, known.rows])
})

test('decide, undo and redo answer with what they did', async () => {
  const { json } = await jsonOf('export', '--to', 'json', '--out', join(folder, 'books.json'))
  expect(json.bytes).toBe(statSync(join(folder, 'books.json')).size)
  const { events } = JSON.parse(readFileSync(join(folder, 'books.json'), 'utf8'))
  const { id } = events[0]
  expect((await jsonOf('decide', '--event', id, '--note', 'mine')).code).toBe(0)
  expect((await jsonOf('undo')).json.undone).toContain('note')
  expect((await jsonOf('redo')).json.redone).toContain('note')
  const wrong = await onLedger('decide', '--event', id, '--kind', 'no_such_kind')
  expect([wrong.code, wrong.out]).toEqual([2, ''])
})

test('a value, a date or a day that nobody can read is refused in one line before anything is opened', async () => {
  const said = async (...args: string[]) => {
    const { code, out, err } = await onLedger(...args)
    expect([code, out, err.trim().split('\n').length]).toEqual([2, '', 1])
    return err
  }
  expect(await said('decide', '--event', 'x', '--value', '12,5')).toContain('--value 12,5: write a decimal number')
  expect(await said('decide', '--event', 'x', '--cost', '1e3', '--acquired', '2025-01-01')).toContain('--cost 1e3')
  expect(await said('decide', '--event', 'x', '--cost', '1', '--acquired', '2025-02-30')).toContain(
    'day of the calendar',
  )
  expect(await said('balances', '--at', '2025-02-31')).toContain('day of the calendar')
})

test('people read money to the cent, and a count with what it counts', async () => {
  const totals = (await onLedger('tax', '--year', '2023')).out
  expect(totals).toMatch(/^Proceeds +[\d,]+\.\d\d$/m)
  expect(totals.split('\n').filter((line) => /^[A-Z].*\.\d{3}/.test(line) && !line.startsWith('Method'))).toEqual([])
  expect((await onLedger('review')).out).toMatch(/^ +\d+ {2}The recovery sheet is not confirmed yet$/m)
})

test('a file that cannot be read is named once and left out; the others are imported', async () => {
  const poem = join(folder, 'poem.csv')
  writeFileSync(poem, 'roses,are\nred,violets\n')
  const damaged = join(folder, 'exports.zip')
  writeFileSync(damaged, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100, 1)]))
  const more = join(folder, 'more.csv')
  writeFileSync(more, 'UTC_Time,Account,Operation,Coin,Change,Remark\n2021-03-05 10:11:20,Spot,Deposit,BTC,0.5,\n')
  const before = (await jsonOf('batches')).json.batches.length
  const ran = await onLedger('import', poem, more, damaged, '--json')
  expect(ran.code).toBe(1)
  expect(ran.err.match(/poem\.csv: /g)).toHaveLength(1)
  expect(ran.err).toContain('exports.zip is damaged or cut short')
  expect(ran.err).toContain('Left out: poem.csv, exports.zip. The other file was imported.')
  const { files } = JSON.parse(ran.out)
  expect(
    files.map(({ file, rows, problem }: { file: string; rows: number; problem?: string }) => [
      file,
      rows,
      problem === undefined,
    ]),
  ).toEqual([
    ['poem.csv', 0, false],
    ['more.csv', 1, true],
    ['exports.zip', 0, false],
  ])
  expect((await jsonOf('batches')).json.batches).toHaveLength(before + 1)
  expect((await jsonOf('undo')).code).toBe(0)
})

test('files of which none can be read are each named, and nothing is imported', async () => {
  const poem = join(folder, 'poem.csv')
  const song = join(folder, 'song.csv')
  writeFileSync(song, 'la,la\nla,li\n')
  const before = (await jsonOf('batches')).json.batches
  const ran = await onLedger('import', poem, song)
  expect([ran.code, ran.out]).toEqual([2, ''])
  expect(ran.err).toContain('poem.csv: ')
  expect(ran.err).toContain('song.csv: ')
  expect(ran.err).toContain('Nothing was imported.')
  expect((await jsonOf('batches')).json.batches).toEqual(before)
})

test('what a command was to find makes it end with 1', async () => {
  expect((await jsonOf('match')).code).toBe(1)
  expect((await jsonOf('review')).code).toBe(1)
  expect((await jsonOf('verify')).code).toBe(0)
  const stated = join(folder, 'stated.csv')
  const { json } = await jsonOf('balances')
  const [first] = json.balances
  writeFileSync(stated, `account,asset,amount\n${first.accountName},${first.symbol},${first.amount}\n`)
  expect((await jsonOf('balances', '--against', stated)).code).toBe(0)
  writeFileSync(stated, `account,asset,amount\n${first.accountName},${first.symbol},0.001\n`)
  const differs = await jsonOf('balances', '--against', stated)
  expect([differs.code, differs.json.differences.length]).toEqual([1, 1])
})

test('totals, forms, a trace and a filing come out as documents', async () => {
  const tax = await jsonOf('tax', '--year', '2024')
  expect(Object.keys(tax.json.totals)).toEqual(['2024'])
  const form = join(folder, 'form.csv')
  expect((await jsonOf('report', '--year', '2024', '--form', 'us-8949', '--format', 'csv', '--out', form)).code).toBe(0)
  expect(readFileSync(form, 'utf8')).toContain('Proceeds')
  const trace = await jsonOf('explain', 'total:2024:gain')
  expect(trace.json.children.length).toBe(tax.json.disposals.length)
  const filed = await jsonOf('file', '--year', '2024')
  expect(filed.json.filing).toMatchObject({ year: 2024 })
  expect((await jsonOf('diff', '--year', '2024')).json.same).toBe(true)
})

test('a backup is a ledger, is restored beside nothing else, and nothing is overwritten', async () => {
  const backup = join(folder, 'backup.tally')
  expect((await onLedger('backup', '--out', backup)).code).toBe(0)
  expect((await onLedger('backup', '--out', backup)).code).toBe(2)
  const restored = join(folder, 'restored.tally')
  expect((await tallystick(['restore', backup, '--out', restored])).code).toBe(0)
  expect((await tallystick(['verify', restored], { env: UNLOCKED })).code).toBe(0)
})

test('rekey changes the passphrase', async () => {
  const copy = join(folder, 'rekeyed.tally')
  writeFileSync(copy, readFileSync(ledger))
  const next = 'a better passphrase'
  const rekeyed = await tallystick(['rekey', copy], { env: { ...UNLOCKED, TALLYSTICK_NEW_PASSPHRASE: next } })
  expect([rekeyed.code, rekeyed.out]).toEqual([0, expect.stringContaining('recovery sheet')])
  expect((await tallystick(['batches', copy], { env: UNLOCKED })).code).toBe(3)
  expect((await tallystick(['batches', copy], { env: { TALLYSTICK_PASSPHRASE: next } })).code).toBe(0)
})

test('the passphrase comes from a file’s first line as well, and never from nowhere', async () => {
  const file = join(folder, 'passphrase.txt')
  writeFileSync(file, `${UNLOCKED.TALLYSTICK_PASSPHRASE}\nnot this\n`)
  expect((await tallystick(['batches', ledger, '--passphrase-file', file])).code).toBe(0)
  const none = await tallystick(['batches', ledger])
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('TALLYSTICK_PASSPHRASE')])
})

test('a ledger that stays shut ends with 3, bad use with 2, each with one line', async () => {
  const wrong = await tallystick(['batches', ledger], { env: { TALLYSTICK_PASSPHRASE: 'not this one' } })
  expect([wrong.code, wrong.out, wrong.err.trim().split('\n').length]).toEqual([3, '', 1])
  expect(wrong.err).toContain('wrong passphrase')
  const other = join(folder, 'other.tally')
  writeFileSync(other, 'date,asset\n')
  expect((await tallystick(['batches', other], { env: UNLOCKED })).code).toBe(2)
  expect((await tallystick(['batches', join(folder, 'absent.tally')], { env: UNLOCKED })).code).toBe(2)
  expect((await tallystick(['tax', ledger], { env: UNLOCKED })).code).toBe(2)
  expect((await tallystick(['tax', ledger, '--year', 'soon'], { env: UNLOCKED })).code).toBe(2)
  expect((await tallystick(['no-such-command'])).code).toBe(2)
  const unknown = join(folder, 'unknown.csv')
  writeFileSync(unknown, 'roses,are\nred,violets\n')
  const refused = await onLedger('import', unknown)
  expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/unknown\.csv: none of its first 30 lines/)])
})

test('two processes on one ledger: the second is told who holds it and ends with 3', async () => {
  const [a, b] = await Promise.all([onLedger('verify'), onLedger('verify')])
  const codes = [a.code, b.code].sort()
  if (codes[1] === 0) return
  expect(codes).toEqual([0, 3])
  const loser = a.code === 3 ? a : b
  expect(loser.err).toMatch(/the terminal \(process \d+\)/)
})

test('a disk that is full during an import is said so, and the ledger is as it was', async () => {
  const books = join(folder, 'full.tally')
  const made = await tallystick(['new', books, '--jurisdiction', 'us', '--zone', 'UTC'], { env: UNLOCKED })
  expect(made.code).toBe(0)
  const large = join(folder, 'large.csv')
  writeFileSync(large, makeKrakenLedger(6_000))
  const blocks = Math.ceil(statSync(books).size / 512) + 400
  const ran = await tallystick([books, large], {
    env: UNLOCKED,
    shell: `ulimit -f ${blocks}; exec "$NODE" "$CLI" import "$1" "$2"`,
  })
  expect(ran.code).toBe(3)
  expect(ran.err).toContain('disk is full')
  expect((await tallystick(['verify', books], { env: UNLOCKED })).code).toBe(0)
  expect(JSON.parse((await tallystick(['batches', books, '--json'], { env: UNLOCKED })).out).batches).toEqual([])
  expect(existsSync(books)).toBe(true)
})
