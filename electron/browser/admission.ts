import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** At most so many tabs hold a secret; the oldest is forgotten first. */
const SECRETS_KEPT = 64

/** Who may come in: a one-time token is swapped for a secret, and the secret opens channels. */
export type Admission = {
  /** A fresh token, which voids the one before. */
  issueToken(): string
  /** The secret for a token that is the current one and was not used; otherwise null. Either way of success uses it up. */
  swap(token: string): string | null
  /** True for a secret that this process handed out. */
  admits(secret: string): boolean
}

/** Tokens and secrets of 256 random bits, kept as hashes, compared in constant time, gone when the process ends. */
export function createAdmission(): Admission {
  let token: Buffer | null = null
  const secrets: Buffer[] = []
  return {
    issueToken() {
      const fresh = randomBytes(32).toString('base64url')
      token = digest(fresh)
      return fresh
    },
    swap(offered) {
      if (token === null || !timingSafeEqual(token, digest(offered))) return null
      token = null
      const secret = randomBytes(32).toString('base64url')
      secrets.push(digest(secret))
      if (secrets.length > SECRETS_KEPT) secrets.shift()
      return secret
    },
    admits(offered) {
      const wanted = digest(offered)
      return secrets.some((secret) => timingSafeEqual(secret, wanted))
    },
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}
