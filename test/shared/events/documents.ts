import type { Amount } from '../../../shared/amount/amount.ts'
import { parseAmount } from '../../../shared/amount/decimal.ts'
import { parseInterchange, problemLines } from '../../../shared/events/interchange.ts'
import type { InterchangeDocument } from '../../../shared/events/interchange-types.ts'

export type Json = { [name: string]: unknown }

/** A sound document: a buy, an own transfer with its fee, a sale with a named lot. */
export const soundDocument = (): Json => ({
  schema: 'tallystick/events@1',
  profile: {
    jurisdiction: 'us',
    currency: 'USD',
    zone: 'America/New_York',
    method: 'fifo',
    scope: 'pack',
    positions: {},
  },
  accounts: [
    { id: 'kraken', name: 'Kraken', kind: 'exchange' },
    { id: 'ledger', name: 'Ledger', kind: 'wallet' },
  ],
  assets: [
    { id: 'BTC', kind: 'crypto' },
    { id: 'USD', kind: 'fiat' },
  ],
  events: [
    {
      id: 'e1',
      time: '2024-01-02T03:04:05.000Z',
      kind: 'buy',
      legs: [
        { role: 'in', account: 'kraken', asset: 'BTC', amount: '1.0' },
        { role: 'out', account: 'kraken', asset: 'USD', amount: '42000.00' },
        { role: 'fee', account: 'kraken', asset: 'USD', amount: '10.00' },
      ],
      note: '',
    },
    {
      id: 'e2',
      time: '2024-03-01T00:00:00Z',
      kind: 'transfer',
      legs: [
        { role: 'out', account: 'kraken', asset: 'BTC', amount: '1.0' },
        { role: 'in', account: 'ledger', asset: 'BTC', amount: '0.9995' },
        { role: 'fee', account: 'kraken', asset: 'BTC', amount: '0.0005', included: true },
      ],
    },
    {
      id: 'e3',
      time: '2025-02-01T12:00:00Z',
      kind: 'sell',
      legs: [
        { role: 'out', account: 'ledger', asset: 'BTC', amount: '0.5' },
        { role: 'in', account: 'ledger', asset: 'USD', amount: '50000.00' },
      ],
      lots: [{ event: 'e1', amount: '0.5' }],
      identifiedAt: '2025-02-01T11:00:00Z',
      identifiedTo: 'books',
    },
  ],
  prices: [{ asset: 'BTC', currency: 'USD', time: '2024-03-01', price: '61000.00' }],
})

/** A sound document with one place changed: `at` is a path like `events.0.legs.1.amount`; undefined removes it. */
export function changed(at: string, value: unknown): Json {
  const document = soundDocument()
  const steps = at.split('.')
  const last = steps.pop() as string
  let place: Json = document
  for (const step of steps) place = place[step] as Json
  if (value === undefined) delete place[last]
  else place[last] = value
  return document
}

export const problemsOf = (document: unknown): readonly string[] => {
  const read = parseInterchange(JSON.stringify(document), 'books.json')
  return read.ok ? [] : problemLines(read)
}

export function read(document: unknown): InterchangeDocument {
  const result = parseInterchange(JSON.stringify(document), 'books.json')
  if (!result.ok) throw new Error(problemLines(result).join('\n'))
  return result.document
}

export const amount = (text: string): Amount => {
  const parsed = parseAmount(text)
  if (typeof parsed !== 'bigint') throw new Error(parsed.error)
  return parsed
}
