import { expect, it } from 'vitest'
import { createAdmission } from '../../../electron/browser/admission.ts'

it('takes a token once, even while no new one was issued', () => {
  const admission = createAdmission()
  const token = admission.issueToken()
  const secret = admission.swap(token)
  expect(secret).not.toBeNull()
  expect(admission.swap(token)).toBeNull()
  expect(admission.admits(secret ?? '')).toBe(true)
})

it('voids a token when it issues the next', () => {
  const admission = createAdmission()
  const first = admission.issueToken()
  const second = admission.issueToken()
  expect(admission.swap(first)).toBeNull()
  expect(admission.swap(second)).not.toBeNull()
})

it('takes nothing before a token was issued, and no token as a secret', () => {
  const admission = createAdmission()
  expect(admission.swap('')).toBeNull()
  expect(admission.admits(admission.issueToken())).toBe(false)
})

it('forgets the oldest of very many tabs', () => {
  const admission = createAdmission()
  const secrets = Array.from({ length: 65 }, () => admission.swap(admission.issueToken()) ?? '')
  expect(admission.admits(secrets[0] ?? '')).toBe(false)
  expect(secrets.slice(1).every((secret) => admission.admits(secret))).toBe(true)
})
