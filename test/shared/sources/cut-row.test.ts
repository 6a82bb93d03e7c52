import { describe, expect, it } from 'vitest'
import { WholeLines } from '../../../electron/intake/whole-lines.ts'
import { seeded } from '../../../samples/make/market.ts'
import { CutRow, cutRow, lineOf, TextColumns } from '../../../shared/sources/cut-row.ts'

/** The line as the quick way through a file finds it. */
function rowOf(line: string, delimiter = ','): CutRow {
  const row = new CutRow()
  expect(WholeLines.of(Buffer.from(`${line}\n`), 'utf-8', delimiter, row)?.next()).toBe('line')
  return row
}

const quoted = (texts: readonly string[]): string => texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')

describe('a row that is a line', () => {
  it('gives each cell trimmed, and nothing where there is none', () => {
    const row = rowOf('a, b ,,é x')
    expect([0, 1, 2, 3, 4, -1].map((at) => row.cell(at))).toEqual(['a', 'b', '', 'é x', '', ''])
    expect(row.cells).toEqual(['a', ' b ', '', 'é x'])
  })

  it('finds cells behind characters of two, three and four bytes', () => {
    const row = rowOf('é€,😀😀,end')
    expect(row.cells).toEqual(['é€', '😀😀', 'end'])
  })

  it.each(['a ,b', 'a,b ', ' a,b', 'a, b', 'a\u00a0,b', 'a,b\u00a0', '\ta,b'])('trims the cells of %j', (line) => {
    const row = rowOf(line)
    expect([row.cell(0), row.cell(1)]).toEqual(['a', 'b'])
    expect(row.isPlain).toBe(false)
    expect(new TextColumns([0, 1]).textOf(row)).toBe('a,b')
  })

  it('has room for any number of cells', () => {
    for (let count = 60; count < 70; count++) {
      const texts = Array.from({ length: count }, (_, i) => `${i}`)
      expect(rowOf(texts.join(',')).cells).toEqual(texts)
    }
    const row = rowOf(Array.from({ length: 1_000 }, (_, i) => `${i}`).join(','))
    expect(row.count).toBe(1_000)
    expect(row.cell(999)).toBe('999')
  })

  it('is blank where no cell says anything', () => {
    expect(['', ',,', ' ,\t,'].map((line) => rowOf(`${line},`).isBlank)).toEqual([true, true, true])
    expect([',a', ' , b'].map((line) => rowOf(line).isBlank)).toEqual([false, false])
  })
})

describe('one row for all lines of a file', () => {
  const row = new CutRow()

  it('keeps nothing of the line before', () => {
    const lines = WholeLines.of(Buffer.from('a,b\n, x\n"","y"\nc,d\n'), 'utf-8', ',', row)
    lines?.next()
    row.digest = 'of a,b'
    expect([row.line, row.isPlain, row.isBlank, row.cells]).toEqual(['a,b', true, false, ['a', 'b']])
    lines?.next()
    expect([row.line, row.isPlain, row.isBlank, row.digest]).toEqual([', x', false, false, ''])
    expect([row.cells, row.cell(1)]).toEqual([['', ' x'], 'x'])
    lines?.next()
    expect([row.line, row.isPlain, row.isBlank, row.cells]).toEqual(['', false, false, ['', 'y']])
    lines?.next()
    row.digest = 'of c,d'
    row.becomeCells(7, [' e '])
    expect([row.row, row.line, row.isPlain, row.digest, row.cell(0)]).toEqual([7, '', false, '', 'e'])
  })

  it('is taken as it is where a row gives single cells already', () => {
    const own = new CutRow()
    expect(cutRow(row, own)).toBe(row)
    expect(cutRow({ row: 3, cells: ['a '] }, own)).toBe(own)
    expect([own.row, own.cell(0)]).toEqual([3, 'a'])
  })
})

describe('the text that identifies a row', () => {
  it('is the same however the file quotes, parts and spaces its cells', () => {
    const random = seeded(11)
    const texts = ['a', '1.5', '', 'x y', 'é', 'say "no"', '1,5', '2024-01-01 10:00', '😀']
    for (let run = 0; run < 2_000; run++) {
      const cells = Array.from(
        { length: 1 + Math.floor(random() * 6) },
        () => texts[Math.floor(random() * 9)] as string,
      )
      const at = Array.from({ length: 1 + Math.floor(random() * 5) }, () => Math.floor(random() * 8) - 1)
      const columns = new TextColumns(at, random() < 0.3 ? 'tag' : undefined)
      const expected = columns.textOf(new CutRow().becomeCells(1, cells))
      const isSimple = cells.every((cell) => !/[",]/.test(cell)) && cells.some((cell) => cell !== '')
      expect(columns.textOf(rowOf(`${quoted(cells)}`))).toBe(expected)
      if (!isSimple) continue
      expect(columns.textOf(rowOf(cells.join(',')))).toBe(expected)
      expect(columns.textOf(rowOf(cells.join(' , ')))).toBe(expected)
      expect(columns.textOf(rowOf(`${cells.join(';')};`, ';'))).toBe(expected)
    }
  })

  it('is the line itself where the columns are all of it', () => {
    const whole = new TextColumns([0, 1, 2])
    expect(whole.isWhole(rowOf('a,b,c'))).toBe(true)
    expect(whole.textOf(rowOf('a,b,c'))).toBe('a,b,c')
    for (const other of ['a,b,c,d', 'a,b', 'a, b,c', '"a",b,c']) expect(whole.isWhole(rowOf(other))).toBe(false)
    expect(new TextColumns([1, 0, 2]).isWhole(rowOf('a,b,c'))).toBe(false)
    expect(new TextColumns([0, 1, 2], 'tag').isWhole(rowOf('a,b,c'))).toBe(false)
    expect(new TextColumns([0, 2]).isWhole(rowOf('a,b,c'))).toBe(false)
  })

  it('begins with the tag, whatever the tag says', () => {
    const columns = new TextColumns([0, 1], 'a,b')
    expect(columns.textOf(rowOf('c,d'))).toBe('"a,b",c,d')
    expect(columns.textOf(rowOf('"c","d"'))).toBe('"a,b",c,d')
  })

  it('tells apart what stands in other cells', () => {
    const texts = [['a', 'b'], ['a,b'], ['"a', 'b"'], ['a', 'b', ''], ['', 'a', 'b'], ['"a"', 'b'], ['"a,b"']]
    expect(new Set(texts.map(lineOf)).size).toBe(texts.length)
    const more = [['a', 'b,c'], ['a', 'b', 'c'], ['a,b', 'c,d'], ['a,b","c,d'], ['a', '"b'], ['a', 'b'], ['a"b', 'c']]
    expect(new Set(more.map(lineOf)).size).toBe(more.length)
    expect(lineOf([])).toBe('')
  })
})
