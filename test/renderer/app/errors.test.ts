import { ORPCError } from '@orpc/client'
import { expect, it } from 'vitest'
import { codeOf, wordsOf } from '../../../renderer/app/errors.ts'

it('an error of the contract speaks in the words the engine gave it', () => {
  const error = new ORPCError('WRONG_PASSPHRASE', { defined: true, message: 'The passphrase is wrong.' })
  expect(codeOf(error)).toBe('WRONG_PASSPHRASE')
  expect(wordsOf(error)).toBe('The passphrase is wrong.')
})

it('a fault says what failed, what was kept and what to do, and is no code of the contract', () => {
  const error = new ORPCError('INTERNAL_SERVER_ERROR', { message: 'no such table' })
  expect(codeOf(error)).toBeNull()
  expect(wordsOf(error)).toContain('no such table')
  expect(wordsOf(error)).toContain('Nothing was written')
})

it('an entry that the contract refuses names the field', () => {
  const error = new ORPCError('BAD_REQUEST', {
    message: 'Input validation failed',
    data: { issues: [{ path: ['profile', 'name'], message: 'Too long' }] },
  })
  expect(wordsOf(error)).toContain('profile name: Too long')
})

it('a connection that broke says to reload', () => {
  expect(wordsOf(new Error('closed'))).toContain('reload')
})
