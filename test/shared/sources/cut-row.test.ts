import { describe, expect, it } from 'vitest'
import { WholeLines } from '../../../electron/intake/whole-lines.ts'
import { seeded } from '../../../samples/make/market.ts'
import { CutRow, cutRow, lineOf, TextColumns } from '../../../shared/sources/cut-row.ts'

/** The line as the quick way through a file finds it. */
function rowOf(line: string, delimiter = ','): CutRow {
  const row = new CutRow()
  expect(WholeLines.of(Buffer.from(`${line}\n`), 'utf-8', delimiter, row, true)?.next()).toBe('line')
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

  it('trims spaces of every kind from both ends of a cell, quoted or not', () => {
    for (let code = 0; code < 0x10000; code++) {
      const space = String.fromCharCode(code)
      if (space.trim() !== '' || space === '\n' || space === '\r' || code === 0xfeff) continue
      for (const cell of [`${space}a`, `a${space}`, `${space}é`, `é${space}`, space]) {
        for (const line of [`x,${cell},y`, `x,"${cell}",y`, `x,y,${cell}`]) {
          const row = rowOf(line)
          expect([row.cell(1), row.cell(2)].toSorted()).toEqual([cell.trim(), 'y'].toSorted())
          expect(row.isPlain).toBe(false)
        }
      }
    }
  })

  it.each(['€1', '1 €', 'é', '£5', '5₿', '日本', '😀', 'ß'])('takes no edge of %j for a space', (text) => {
    expect(rowOf(`a,${text},b`).isPlain).toBe(true)
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
    const lines = WholeLines.of(Buffer.from('a,b\n, x\n"","y"\nc,d\n'), 'utf-8', ',', row, true)
    lines?.next()
    row.digest = 'of a,b'
    expect([row.line, row.isPlain, row.isBlank, row.cells]).toEqual(['a,b', true, false, ['a', 'b']])
    lines?.next()
    expect([row.line, row.isPlain, row.isBlank, row.digest]).toEqual([', x', false, false, ''])
    expect([row.cells, row.cell(1)]).toEqual([['', ' x'], 'x'])
    lines?.next()
    expect([row.line, row.isPlain, row.isBlank, row.cells]).toEqual(['"","y"', false, false, ['', 'y']])
    expect(row.isQuoted).toBe(true)
    lines?.next()
    row.digest = 'of c,d'
    row.becomeCells(7, [' e '])
    expect([row.row, row.line, row.isPlain, row.isQuoted, row.digest]).toEqual([7, '', false, false, ''])
    expect([row.cells, row.cell(0)]).toEqual([[' e '], 'e'])
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

  it('is the same of every cell that is written in its own way', () => {
    const random = seeded(17)
    const one = (texts: readonly string[]): string => texts[Math.floor(random() * texts.length)] as string
    const texts = [
      'a',
      '1.5',
      '',
      'x y',
      'é',
      '€1,5',
      'say "no"',
      '"',
      ',',
      'two\nlines',
      '2024-01-01 10:00',
      '😀',
      '10 €',
    ]
    for (let run = 0; run < 4_000; run++) {
      const delimiter = one([',', ',', ';', '\t'])
      const cells = Array.from({ length: 2 + Math.floor(random() * 6) }, () => one(texts))
      const ways = cells.map((cell) => {
        const quotedCell = `"${cell.replaceAll('"', '""')}"`
        if (/^"|\n/.test(cell) || cell.includes(delimiter)) return quotedCell
        return one([cell, cell, quotedCell, ` ${cell}`, `${cell}\u00a0`, `" ${cell.replaceAll('"', '""')}"`])
      })
      const at = Array.from({ length: 1 + Math.floor(random() * 5) }, () => Math.floor(random() * 8) - 1)
      const columns = new TextColumns(at)
      const row = rowOf(ways.join(delimiter), delimiter)
      expect(columns.textOf(row)).toBe(columns.textOf(new CutRow().becomeCells(1, cells)))
      expect(cells.map((_, i) => row.cell(i))).toEqual(cells)
      if (row.isPlain) expect(row.line).toBe(lineOf(cells))
      expect(row.isQuoted).toBe(delimiter === ',' && ways.every((cell) => cell.startsWith('"')))
    }
  })

  it('is cut out of the line where the line quotes just what must be quoted', () => {
    expect(rowOf('a,"1,5",b').isPlain).toBe(true)
    expect(rowOf('a,"say ""no""",b').isPlain).toBe(true)
    for (const other of ['a,"1.5",b', 'a," 1,5",b', '"",b', 'st"ray,b', '"a\nb",c'])
      expect(rowOf(other).isPlain).toBe(false)
    expect(rowOf('a;"1,5";b', ';').isPlain).toBe(false)
    expect(new TextColumns([0, 1, 2]).isWhole(rowOf('a,"1,5",b'))).toBe(true)
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
