import { describe, expect, it } from 'vitest'
import { bothWords, remembered, rememberedPair, wordTable } from '../../../shared/sources/word-table.ts'

describe('words of a file', () => {
  it('means nothing by words that every object has', () => {
    const words = wordTable({ buy: 1 })
    expect(words.buy).toBe(1)
    expect(words.constructor).toBeUndefined()
    expect(words.toString).toBeUndefined()
  })

  it('asks once about a word that comes again', () => {
    const asked: string[] = []
    const length = remembered((word) => {
      asked.push(word)
      return word.length
    })
    expect([length('buy'), length('sell'), length('buy'), length('constructor')]).toEqual([3, 4, 3, 11])
    expect(asked).toEqual(['buy', 'sell', 'constructor'])
  })

  it('remembers an answer of null', () => {
    let asked = 0
    const none = remembered(() => {
      asked++
      return null
    })
    expect([none('a'), none('a')]).toEqual([null, null])
    expect(asked).toBe(1)
  })

  it('still answers, but remembers no more, where a column of words turns out to be one of texts', () => {
    let asked = 0
    const length = remembered((word) => {
      asked++
      return word.length
    })
    for (let i = 0; i < 3000; i++) length(`text ${i}`)
    const before = asked
    expect([length('text 1'), length('text 2999')]).toEqual([6, 9])
    expect(asked).toBe(before + 1)
  })

  it('keeps two words apart by both of them', () => {
    const joined = rememberedPair((one, other) => `${one}+${other}`)
    expect([joined('a', 'b'), joined('a', 'c'), joined('b', 'b'), joined('a', 'b')]).toEqual([
      'a+b',
      'a+c',
      'b+b',
      'a+b',
    ])
    expect(bothWords('trade', 'spot')).toBe('trade / spot')
  })
})
