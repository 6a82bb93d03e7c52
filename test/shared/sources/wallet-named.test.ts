import { expect, it } from 'vitest'
import { walletNamed } from '../../../shared/sources/tool-rows.ts'

it('names no wallet where the cell is empty, whatever stood in the row above', () => {
  expect(walletNamed('')).toEqual({})
  expect(walletNamed('Ledger')).toEqual({ account: { name: 'Ledger', kind: 'manual' } })
  expect(walletNamed('')).toEqual({})
  expect(walletNamed('Ledger')).toEqual({ account: { name: 'Ledger', kind: 'manual' } })
})
