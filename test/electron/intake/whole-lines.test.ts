import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cellsOfRecord } from '../../../electron/intake/cells.ts'
import { textOf } from '../../../electron/intake/encoding.ts'
import type { Encoding } from '../../../electron/intake/messages.ts'
import { RecordCutter } from '../../../electron/intake/records.ts'
import { WholeLines } from '../../../electron/intake/whole-lines.ts'
import { seeded } from '../../../samples/make/market.ts'
import { CutRow } from '../../../shared/sources/cut-row.ts'
import { collect, fixture } from './collect.ts'

const PARTS = ['a', 'bc', '"', '""', '"d"', '"e,f"', ',', ',', ',', '\n', '\n', '\r\n', '\r', ' ', '\t', 'é', '€']

/** Lines as they are cut quickly, down to the first that is hard. */
function quick(bytes: Uint8Array, encoding: Encoding) {
  const row = new CutRow()
  const lines = WholeLines.of(bytes, encoding, ',', row)
  const found: { start: number; length: number; blanksBefore: number; cells: readonly string[] }[] = []
  let isHard = lines === null
  for (let next = lines?.next(); lines !== null && next !== null; next = lines.next()) {
    isHard = next === 'hard'
    if (isHard) break
    const { start, length, blanksBefore } = lines
    found.push({ start, length, blanksBefore, cells: row.cells })
  }
  return { found, isHard, bytes: lines?.bytes ?? 0 }
}

const slow = (bytes: Uint8Array, encoding: Encoding) =>
  new RecordCutter(','.charCodeAt(0)).push(bytes, true).map(({ start, length, blanksBefore, units }) => ({
    start,
    length,
    blanksBefore,
    cells: cellsOfRecord(textOf(units, encoding), ','),
  }))

describe('lines that are read the quick way', () => {
  it('have the places and cells that the record cutter and papaparse give them', () => {
    const random = seeded(7)
    let easy = 0
    for (let run = 0; run < 3_000; run++) {
      const parts = Array.from(
        { length: 1 + Math.floor(random() * 40) },
        () => PARTS[Math.floor(random() * PARTS.length)],
      )
      const encoding: Encoding = run % 3 === 0 ? 'windows-1252' : 'utf-8'
      const bytes = Buffer.from(parts.join(''), encoding === 'utf-8' ? 'utf8' : 'latin1')
      const { found, isHard, bytes: read } = quick(bytes, encoding)
      const all = slow(bytes, encoding)
      expect(found).toEqual(all.slice(0, found.length))
      if (!isHard) {
        expect(read).toBe(bytes.length)
        expect(found).toHaveLength(all.length)
        easy += found.length
      }
    }
    expect(easy).toBeGreaterThan(500)
  })

  it('are those of well-formed files, quoted or not, with either end of line', () => {
    for (const text of ['a,b\n1,2\n\n3,\n', '"a","b"\r\n"1,5","say ""no"""\r\n', 'a;b,"c"\n,\n']) {
      const bytes = Buffer.from(text)
      expect(quick(bytes, 'utf-8')).toMatchObject({ isHard: false, bytes: bytes.length })
    }
  })

  it.each(['a,"b\nc",d\n', 'a,"b"c,d\n', 'a\rb\n', 'a,b\0\n'])('leave %j to be read record by record', (text) => {
    expect(quick(Buffer.from(text), 'utf-8').isHard).toBe(true)
  })

  it('leave bytes that are not of the encoding to be read record by record', () => {
    expect(quick(Buffer.from([0x61, 0xff, 0x2c, 0x62, 0x0a]), 'utf-8')).toMatchObject({
      found: [],
      isHard: true,
      bytes: 0,
    })
  })

  it('keep rows, hashes and cells where a hard line stands among them, however the file is pushed', async () => {
    const head = fixture('htx-trades.csv').toString('utf8').trimEnd()
    const lines = head.split('\n')
    const text = [...lines, (lines[1] as string).replace(/,[^,]*$/, ',"two\nlines"'), ...lines.slice(1), ''].join('\n')
    const whole = await collect(text)
    expect((await collect(text, {}, { chunk: 64 })).rows).toEqual(whole.rows)
    for (const { start, length, hash: digest } of whole.rows) {
      expect(digest).toBe(hash('sha256', Buffer.from(text).subarray(start ?? 0, (start ?? 0) + length)))
    }
    expect(whole.rows.length).toBe(2 * (lines.length - 1) + 1)
  })
})
