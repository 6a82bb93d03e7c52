import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkRecipe, parseRecipe } from '../../../shared/recipes/check-recipe.ts'
import { tryRecipe } from '../../../shared/recipes/preview-recipe.ts'
import { suggestRecipe } from '../../../shared/recipes/suggest-recipe.ts'
import type { SourceRow, TableHeader } from '../../../shared/sources/source-format.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const account = { name: 'My place', kind: 'exchange' as const }

function table(names: readonly string[], ...cells: readonly (readonly string[])[]) {
  const rows: SourceRow[] = cells.map((row, n) => ({ row: n + 2, cells: row }))
  const header: TableHeader = { row: 1, names, fileName: 'mine.csv', sample: rows.slice(0, 20), preamble: [] }
  return { header, rows }
}

const recipe = {
  schema: 'tallystick/recipe@1',
  id: 'mine-1',
  version: 1,
  name: 'Mine',
  venue: 'Mine',
  account,
  header: { columns: ['When', 'What', 'Coin', 'Units'] },
  time: { columns: ['When'], format: 'iso', zone: 'UTC' },
  decimals: '.',
  identity: { columns: ['When', 'What', 'Coin', 'Units'] },
  word: { columns: ['What'], meanings: { got: { kind: 'by-legs', flow: 'in' } } },
  legs: [{ amount: { column: 'Units' }, asset: { column: 'Coin' }, sign: 'with-word' }],
}
/** The recipe as the text of a file, with one piece of it put in place of another. */
const withText = (piece: string, other: string): string => JSON.stringify(recipe).replace(piece, other)

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf', '__defineGetter__']

describe('Words of a file that are names of members', () => {
  const { header, rows } = table(
    ['When', 'What', 'Coin', 'Units'],
    ...NAMES.map((word, n) => [`2024-01-0${n + 1} 10:00:00`, word, 'BTC', '1']),
    ['2024-01-09 10:00:00', 'received', 'BTC', '1'],
  )

  it('are all put to the person, and none of them means anything by itself', () => {
    const named = { ...header, names: ['When', 'Type', 'Coin', 'Amount'] }
    const { questions, recipe } = suggestRecipe(named, rows, 'mine-1', account)
    expect(questions.find(({ about }) => about === 'words')?.choices).toEqual(NAMES)
    expect(Object.entries(recipe?.word?.meanings ?? {})).toEqual([['received', { kind: 'by-legs', flow: 'in' }]])
    const { rows: read } = tryRecipe({ ...recipe, time: { ...recipe?.time, zone: 'UTC' } }, named, rows, sha256)
    expect(read.map(({ outcome }) => outcome)).toEqual([...NAMES.map(() => 'not-understood'), 'event'])
  })

  it.each(NAMES)('can be given a meaning in a recipe, and keep it: %s', (word) => {
    const text = withText('"got":', `${JSON.stringify(word)}:`)
    const checked = parseRecipe(text)
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
    const saved = parseRecipe(JSON.stringify(checked.recipe))
    if (!saved.ok) throw new Error(JSON.stringify(saved.problems))
    const tried = tryRecipe(saved.recipe, header, rows, sha256)
    const row = NAMES.indexOf(word) + 2
    expect(tried.rows.find((one) => one.row === row)?.outcome).toBe('event')
    expect(tried.rows.filter(({ outcome }) => outcome === 'event')).toHaveLength(1)
    expect(tried.words.find((one) => one.word.trim() === word)?.known).toBe(true)
  })
})

describe('A hostile recipe', () => {
  it.each([
    ['a member of its own', withText('"id":', '"__proto__":{"admin":true},"id":')],
    ['a constructor', withText('"id":', '"constructor":{"prototype":{"admin":true}},"id":')],
    ['a member inside a leg', withText('"sign":"with-word"', '"sign":"with-word","__proto__":{"included":true}')],
    ['a meaning that is no kind', withText('"kind":"by-legs"', '"kind":"constructor"')],
    ['a sign that is a member', withText('"sign":"with-word"', '"sign":"toString"')],
    ['a path for its id', withText('"mine-1"', '"../../etc/passwd"')],
    ['a backslash in its id', withText('"mine-1"', String.raw`"..\\..\\x"`)],
    ['a NUL in its id', withText('"mine-1"', String.raw`"mine\u0000.exe"`)],
    ['a zone that is no zone', withText('"zone":"UTC"', '"zone":"../../../etc/localtime"')],
    [
      'too many legs',
      withText(
        '"legs":[',
        `"legs":[${JSON.stringify(recipe.legs[0])},`.repeat(1).concat(`${JSON.stringify(recipe.legs[0])},`.repeat(8)),
      ),
    ],
    ['a list where a table stands', withText('{"got":{"kind":"by-legs","flow":"in"}}', '[["got","in"]]')],
    ['nothing but null', 'null'],
    ['a number', '1e400'],
    ['text that is no JSON', '{"schema": function(){}}'],
  ])('with %s is refused and changes nothing', (_what, text) => {
    const checked = parseRecipe(text)
    expect(checked.ok).toBe(false)
    expect(checked.ok ? [] : checked.problems.every((problem) => problem.text !== '')).toBe(true)
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
    expect(({} as Record<string, unknown>).included).toBeUndefined()
  })

  it('cannot hold anything that runs: functions and getters are not read', () => {
    let ran = false
    const sly = {
      ...recipe,
      name: {
        toString: () => {
          ran = true
          return 'x'
        },
      },
    }
    expect(checkRecipe(sly).ok).toBe(false)
    expect(ran).toBe(false)
  })

  it('takes its quotes and separators as text, not as patterns', () => {
    const market = (asset: object) => ({ ...recipe, legs: [{ amount: { column: 'Units' }, asset, sign: 'with-word' }] })
    const { header, rows } = table(['When', 'What', 'Coin', 'Units'], ['2024-01-01 10:00:00', 'got', 'BTC.*EUR', '1'])
    const byDots = market({ pair: 'Coin', part: 'base', separator: '.*' })
    expect(tryRecipe(byDots, header, rows, sha256).events[0]?.legs[0]?.asset.symbol).toBe('BTC')
    const one = table(['When', 'What', 'Coin', 'Units'], ['2024-01-01 10:00:00', 'got', 'btcusdt', '1'])
    const byQuotes = market({ pair: 'Coin', part: 'base', quotes: ['(a+)+$', 'usdt'] })
    expect(tryRecipe(byQuotes, one.header, one.rows, sha256).events[0]?.legs[0]?.asset.symbol).toBe('btc')
  })

  it('with every member as long as allowed is checked in a moment', () => {
    const long = 'a'.repeat(199)
    const meanings = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, n) => [`${long}`.slice(0, 190) + n, { kind: 'trade' }]),
    )
    const started = performance.now()
    expect(checkRecipe({ ...recipe, word: { columns: ['What'], meanings } }).ok).toBe(true)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('A first mapping of a hostile table', () => {
  it.each([
    ['digits without end', '1'.repeat(200_000)],
    ['digits without end and a letter', `${'1'.repeat(200_000)}x`],
    ['spaces between digits', `1${' '.repeat(100_000)}x`],
    ['separators without end', `${'1,'.repeat(100_000)}x`],
    ['brackets without end', '('.repeat(200_000)],
    ['dashes of dates', '2024-'.repeat(40_000)],
    ['a time without end', `2024-01-01 ${'10:'.repeat(60_000)}`],
    ['month names without end', `${'Jan '.repeat(50_000)}2024`],
  ])('is guessed in a moment: %s', (_what, cell) => {
    const { header, rows } = table(
      ['Date', 'Type', 'Amount', 'Asset', cell.slice(0, 50_000)],
      ['2024-01-01 10:00:00', cell, cell, cell, cell],
      [cell, cell, '1', 'BTC', cell],
    )
    const started = performance.now()
    suggestRecipe(header, rows, 'mine-1', account)
    tryRecipe(
      {
        ...recipe,
        header: { columns: ['Date', 'Type', 'Amount', 'Asset'] },
        time: { columns: ['Date'], format: 'dmy', zone: 'UTC' },
        identity: { columns: ['Date', 'Amount'] },
        word: { columns: ['Type'], meanings: {}, otherwise: { kind: 'by-legs', flow: 'in' } },
        legs: [{ amount: { column: 'Amount' }, asset: { column: 'Asset' }, sign: 'with-word' }],
      },
      header,
      rows,
      sha256,
    )
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
