import { describe, expect, it } from 'vitest'
import { WholeLines } from '../../../electron/intake/whole-lines.ts'
import { seeded } from '../../../samples/make/market.ts'
import { CutRow, lineOf, TextColumns } from '../../../shared/sources/cut-row.ts'

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

  it('has room for any number of cells', () => {
    const row = rowOf(Array.from({ length: 1_000 }, (_, i) => `${i}`).join(','))
    expect(row.count).toBe(1_000)
    expect(row.cell(999)).toBe('999')
  })

  it('is blank where no cell says anything', () => {
    expect(['', ',,', ' ,\t,'].map((line) => rowOf(`${line},`).isBlank)).toEqual([true, true, true])
    expect([',a', ' , b'].map((line) => rowOf(line).isBlank)).toEqual([false, false])
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
  })

  it('tells apart what stands in other cells', () => {
    const texts = [['a', 'b'], ['a,b'], ['"a', 'b"'], ['a', 'b', ''], ['', 'a', 'b'], ['"a"', 'b'], ['"a,b"']]
    expect(new Set(texts.map(lineOf)).size).toBe(texts.length)
  })
})
