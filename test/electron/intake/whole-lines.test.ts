import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cellsOf, cellsOfRecord } from '../../../electron/intake/cells.ts'
import { textOf } from '../../../electron/intake/encoding.ts'
import type { Encoding } from '../../../electron/intake/messages.ts'
import { RecordCutter } from '../../../electron/intake/records.ts'
import { WholeLines } from '../../../electron/intake/whole-lines.ts'
import { seeded } from '../../../samples/make/market.ts'
import { CutRow } from '../../../shared/sources/cut-row.ts'
import { collect, fixture } from './collect.ts'

const PARTS = ['a', 'bc', '"', '""', '"d"', '"e,f"', ',', ',', ',', '\n', '\n', '\r\n', '\r', ' ', '\t', 'é', '€']
/** What stands in quotation marks, as a file writes it. */
const INSIDE = ['', 'a', ',', '""', ' ', '\n', '\r\n', '\r', 'é€', '😀', '\u00a0', '1,5']

/** Lines as they are cut quickly, down to the first that is hard. */
function quick(bytes: Uint8Array, encoding: Encoding, delimiter = ',', spansLines = true) {
  const row = new CutRow()
  const lines = WholeLines.of(bytes, encoding, delimiter, row, spansLines)
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

const byPapaparse = (text: string, delimiter: string): string[] => cellsOf(text, delimiter, '\n').flat()

const slow = (bytes: Uint8Array, encoding: Encoding, delimiter = ',') =>
  new RecordCutter(delimiter.charCodeAt(0)).push(bytes, true).map(({ start, length, blanksBefore, units }) => ({
    start,
    length,
    blanksBefore,
    cells: byPapaparse(textOf(units, encoding), delimiter),
  }))

it('cuts a record into the cells that papaparse gives it', () => {
  const random = seeded(5)
  for (let run = 0; run < 5_000; run++) {
    const parts = Array.from({ length: Math.floor(random() * 12) }, () => PARTS[Math.floor(random() * PARTS.length)])
    const text = parts.join('')
    expect(cellsOfRecord(text, ',')).toEqual(byPapaparse(text, ','))
  }
})

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

  it.each([',', ';', '\t'])(
    'are those of any well-formed table parted by %j, over several lines and all',
    (delimiter) => {
      const random = seeded(13)
      const one = (texts: readonly string[]): string => texts[Math.floor(random() * texts.length)] as string
      for (let run = 0; run < 1_000; run++) {
        const ends = random() < 0.5 ? '\n' : '\r\n'
        const isQuoted = random() < 0.2
        let text = ''
        for (let line = 0; line < 6; line++) {
          const cells = Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
            const inside = Array.from({ length: Math.floor(random() * 4) }, () => one(INSIDE)).join('')
            const plain = one(['', 'x', ' y', 'z ', 'é', 'st"ray', '1.5'])
            return isQuoted || random() < 0.4 ? `"${inside}"` : plain
          })
          text += cells.join(delimiter) + ends
        }
        const bytes = Buffer.from(text)
        const { found, isHard } = quick(bytes, 'utf-8', delimiter)
        expect(isHard).toBe(false)
        expect(found).toEqual(slow(bytes, 'utf-8', delimiter))
      }
    },
  )

  it('are those of well-formed files, quoted or not, with either end of line', () => {
    for (const text of ['a,b\n1,2\n\n3,\n', '"a","b"\r\n"1,5","say ""no"""\r\n', 'a;b,"c"\n,\n']) {
      const bytes = Buffer.from(text)
      expect(quick(bytes, 'utf-8')).toMatchObject({ isHard: false, bytes: bytes.length })
    }
  })

  it('hold no ends of lines once a file has too many stray quotation marks', () => {
    const bytes = Buffer.from('a,"b"\na,"b\nc",d\n')
    expect(quick(bytes, 'utf-8')).toMatchObject({ isHard: false, bytes: bytes.length })
    expect(quick(bytes, 'utf-8', ',', false)).toMatchObject({ isHard: true, bytes: 6 })
  })

  it.each(['a,"b\nc,d\n', 'a,"b"c,d\n', 'a,"b" ,d\n', 'a\rb\n', '"a"\rb\n', 'a,b\0\n'])(
    'leave %j to be read record by record',
    (text) => {
      expect(quick(Buffer.from(text), 'utf-8').isHard).toBe(true)
    },
  )

  it('leave bytes that are not of the encoding to be read record by record', () => {
    expect(quick(Buffer.from([0x61, 0xff, 0x2c, 0x62, 0x0a]), 'utf-8')).toMatchObject({
      found: [],
      isHard: true,
      bytes: 0,
    })
  })

  it.each([
    ['of two lines', ',"two\nlines"'],
    ['with a space behind it', ',"hard" '],
  ])('keep rows, hashes and cells where a field %s stands among them, however the file is pushed', async (_, field) => {
    const head = fixture('htx-trades.csv').toString('utf8').trimEnd()
    const lines = head.split('\n')
    const text = [...lines, (lines[1] as string).replace(/,[^,]*$/, field), ...lines.slice(1), ''].join('\n')
    const whole = await collect(text)
    expect((await collect(text, {}, { chunk: 64 })).rows).toEqual(whole.rows)
    for (const { start, length, hash: digest } of whole.rows) {
      expect(digest).toBe(hash('sha256', Buffer.from(text).subarray(start ?? 0, (start ?? 0) + length)))
    }
    expect(whole.rows.length).toBe(2 * (lines.length - 1) + 1)
  })
})
