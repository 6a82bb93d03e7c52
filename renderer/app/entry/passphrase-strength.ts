/** How good a passphrase is, in words; a sentence that says what would make it better. */
export interface Strength {
  readonly enough: boolean
  readonly word: 'none' | 'too short' | 'weak' | 'fair' | 'strong'
  readonly advice: string
}

const COMMON = [
  'password',
  'passphrase',
  'qwerty',
  '12345',
  'letmein',
  'bitcoin',
  'ethereum',
  'hodl',
  'satoshi',
  'tallystick',
]

/**
 * Judges by length and variety, not by rules about signs: four or five unrelated words beat a short riddle. Estimates the
 * guesses that a list of common words and repeated patterns leaves over.
 */
export function strengthOf(passphrase: string): Strength {
  if (passphrase.length === 0)
    return {
      enough: false,
      word: 'none',
      advice: 'Four or five unrelated words are easy to remember and hard to guess.',
    }
  if (passphrase.length < 8)
    return { enough: false, word: 'too short', advice: 'Too short: at least 8 characters, better four or five words.' }
  const bits = guessBits(passphrase)
  if (bits < 36)
    return { enough: true, word: 'weak', advice: 'Weak: a program would guess this soon. Add a word or two.' }
  if (bits < 56) return { enough: true, word: 'fair', advice: 'Fair: one more unrelated word would make it strong.' }
  return { enough: true, word: 'strong', advice: 'Strong: nobody will guess this.' }
}

function guessBits(passphrase: string): number {
  const lower = passphrase.toLowerCase()
  const plain = COMMON.reduce((text, word) => text.replaceAll(word, '#'), lower)
  const words = plain.split(/[\s\-_.,]+/).filter((word) => word.length > 0)
  const unlike = new Set(words)
  const byWords = [...unlike].reduce((bits, word) => bits + Math.min(13, Math.max(3, word.length * 2.4)), 0)
  const variety = new Set(plain).size
  const alphabet =
    (/[a-z]/.test(plain) ? 26 : 0) +
    (/\d/.test(plain) ? 10 : 0) +
    (/[^a-z\d]/.test(plain) ? 20 : 0) +
    (/[A-Z]/.test(passphrase) ? 10 : 0)
  const bySigns = Math.min(plain.length, variety * 1.4) * Math.log2(Math.max(2, alphabet)) * 0.75
  return words.length >= 3 ? Math.max(byWords, Math.min(bySigns, byWords * 1.2)) : Math.min(bySigns, plain.length * 4)
}
