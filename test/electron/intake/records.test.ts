import { createHash } from 'node:crypto'
import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { cellsOfRecord } from '../../../electron/intake/cells.ts'
import { type CutRecord, LONGEST_RECORD, RecordCutter } from '../../../electron/intake/records.ts'

const COMMA = 44

function cutAll(text: string, chunk: number, delimiter = COMMA): { records: CutRecord[]; strays: number } {
  const bytes = Buffer.from(text)
  const cutter = new RecordCutter(delimiter)
  let records: CutRecord[] = []
  for (let at = 0; at < bytes.length; at += chunk)
    records = records.concat(cutter.push(bytes.subarray(at, at + chunk), false))
  records = records.concat(cutter.push(new Uint8Array(0), true))
  return { records, strays: cutter.strays }
}

const textOf = (record: CutRecord): string => Buffer.from(record.units as Uint8Array).toString()
const sha = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')

const cell = fc.oneof(
  fc.stringMatching(/^[a-z0-9 .;'-]{0,8}$/),
  fc.constantFrom('', '"quoted"', 'a,b', 'two\nlines', 'two\r\nlines', '=1+1', 'ü€🙂', '"'),
)
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 12 })

describe('cutting text into records', () => {
  it('sees the records and cells that papaparse sees, however the bytes are pushed', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 40 }), (rows, newline, chunk) => {
        const text = Papa.unparse(rows, { newline, quotes: false })
        const { records, strays } = cutAll(text, chunk)
        expect(strays).toBe(0)
        const expected = Papa.parse<string[]>(text, { delimiter: ',', newline }).data
        expect(records.map((record) => cellsOfRecord(textOf(record), ','))).toEqual(text === '' ? [] : expected)
      }),
      { numRuns: 200 },
    )
  })

  it('says exactly where each record stands', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 64 }),
        (rows, newline, chunk) => {
          const text = Papa.unparse(rows, { newline })
          const bytes = Buffer.from(text)
          for (const record of cutAll(text, chunk).records) {
            expect(bytes.subarray(record.start, record.start + record.length).toString()).toBe(textOf(record))
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('takes every kind of line end, also mixed', () => {
    const { records } = cutAll('a,1\nb,2\r\nc,3\rd,4', 1)
    expect(records.map((record) => [textOf(record), record.newline])).toEqual([
      ['a,1', '\n'],
      ['b,2', '\r\n'],
      ['c,3', '\r'],
      ['d,4', ''],
    ])
  })

  it('gives up one line for a quotation mark that never closes, and reads on below it', () => {
    for (const chunk of [3, 1000]) {
      const { records, strays } = cutAll('a,1\nb,"2\nc,3\nd,4\n', chunk)
      expect(records.map((record) => `${textOf(record)} ${record.flaw}`)).toEqual([
        'a,1 null',
        'b,"2 stray-quote',
        'c,3 null',
        'd,4 null',
      ])
      expect(strays).toBe(1)
    }
  })

  it('stops looking for ends of quotes after twenty strays, so that a hostile file costs no more than its size', () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `"a${i}`).join('\n')
    const started = performance.now()
    const { records } = cutAll(lines, 1_048_576)
    expect(records).toHaveLength(200_000)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('counts and hashes a line that is longer than it will hold, without holding it', () => {
    const long = 'x'.repeat(20 * 1_048_576)
    const { records } = cutAll(`a,1\nb,${long}\nc,3\n`, 1_048_576)
    expect(records.map((record) => record.flaw)).toEqual([null, 'too-long', null])
    expect(records[1]).toMatchObject({ start: 4, length: long.length + 2, hash: sha(`b,${long}`) })
    expect(records[1]?.units.length).toBeLessThan(LONGEST_RECORD)
    expect(textOf(records[2] as CutRecord)).toBe('c,3')
  })
})
