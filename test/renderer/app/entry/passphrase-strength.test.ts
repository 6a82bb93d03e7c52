import { describe, expect, it } from 'vitest'
import { strengthOf } from '../../../../renderer/app/entry/passphrase-strength.ts'

describe('a passphrase', () => {
  it.each(['', 'short', 'seven77'])('“%s” is not enough', (passphrase) => {
    expect(strengthOf(passphrase).enough).toBe(false)
  })

  it.each(['bitcoin1', 'password2024', 'aaaaaaaaaaaaaaaa', 'hodl hodl hodl hodl', '12345678'])(
    '“%s” is weak',
    (passphrase) => {
      expect(strengthOf(passphrase).word).toBe('weak')
    },
  )

  it.each(['willow anchor copper violin seventeen', 'correct horse battery staple lamp', 'vX9#qLm2!tRw8zKd'])(
    '“%s” is strong',
    (passphrase) => {
      expect(strengthOf(passphrase).word).toBe('strong')
    },
  )

  it('is never made weaker by one more word', () => {
    const order = ['none', 'too short', 'weak', 'fair', 'strong']
    const rank = (passphrase: string): number => order.indexOf(strengthOf(passphrase).word)
    expect(rank('willow anchor copper')).toBeLessThanOrEqual(rank('willow anchor copper violin'))
    expect(rank('willow anchor copper violin')).toBeLessThanOrEqual(rank('willow anchor copper violin seventeen'))
  })
})
