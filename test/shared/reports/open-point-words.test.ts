import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import { ONE_UNIT } from '../../../shared/amount/amount.ts'
import type { AccountId, AssetId } from '../../../shared/events/identifiers.ts'
import { openPointWords } from '../../../shared/reports/open-point-words.ts'
import { us8949 } from '../../../shared/reports/us-8949.ts'
import type { OpenPoint } from '../../../shared/tax/result.ts'
import { inputOf, sold } from './history.ts'

const TAX = fileURLToPath(new URL('../../../shared/tax', import.meta.url))
const pointOf = (code: string, more: Partial<OpenPoint> = {}): OpenPoint => ({
  code,
  event: null,
  account: 'kraken' as AccountId,
  asset: 'BTC' as AssetId,
  amount: (2n * ONE_UNIT) as Amount,
  taxYear: 2025,
  effect: { low: null, high: null },
  counted: 0n as Money,
  of: 'none',
  detail: null,
  ...more,
})
const wordsOf = (point: OpenPoint) =>
  openPointWords(
    point,
    () => 'BTC',
    () => 'Kraken',
  )

/** Every code that the engine's sources raise. */
const raised = (): string[] => {
  const codes = readdirSync(TAX, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const text = readFileSync(`${TAX}/${path}`, 'utf8')
      return [...text.matchAll(/(?:code: |report\(|yearPoint\(|unknownLegs\([^)]*?)'([a-z]+(?:-[a-z]+)+)'/g)].map(
        ([, code]) => code ?? '',
      )
    })
  return [...new Set(codes)].filter((code) => !REFUSALS.has(code)).sort()
}
const REFUSALS = new Set([
  'allocation-basis-reused',
  'allocation-irrevocable',
  'allocation-late',
  'allocation-not-equal',
  'allocation-written-late',
  'before-asset-existed',
  'invalid-event',
  'method-change-not-allowed',
  'method-not-allowed',
  'named-lot-missing',
  'named-lots-exceed',
  'scope-not-allowed',
  'unknown-account',
  'unknown-asset',
  'unknown-jurisdiction',
  'unknown-zone',
])

test('every open point that the engine can raise has words of its own', () => {
  const codes = raised()
  expect(codes).toContain('missing-acquisition')
  expect(codes.length).toBeGreaterThan(10)
  for (const code of codes) {
    const { title, text } = wordsOf(pointOf(code))
    expect(title.toLowerCase(), code).not.toBe(code.replaceAll('-', ' '))
    expect(text, code).not.toContain(code)
  }
})

test('sentences name units, account and fact', () => {
  expect(wordsOf(pointOf('unmatched-out')).text).toMatch(/^2 BTC left in Kraken and nobody/)
  expect(wordsOf(pointOf('person-fact-missing', { detail: 'filingStatus: single' })).text).toBe(
    'Not given: filing status. “single” is used meanwhile.',
  )
  expect(wordsOf(pointOf('needs-decision', { detail: 'gift_out' })).text).toContain('“gift out”')
  expect(wordsOf(pointOf('needs-decision', { detail: 'refund_in' })).text).toMatch(
    /^2 BTC in Kraken is recorded as “refund in”\. It gives back what you once paid\..*record a buy/,
  )
})

test('a code without words of its own is named as it is', () => {
  expect(wordsOf(pointOf('something-new', { detail: 'x' }))).toEqual({
    title: 'Something new',
    text: '2 BTC in Kraken: something new (x).',
  })
})

test('a report lists first what can change the year most', () => {
  const events = [
    sold('s1', '2025-02-01', '1', '10'),
    sold('s2', '2025-02-02', '1', '500'),
    sold('s3', '2025-02-03', '1', '70'),
  ]
  expect(us8949.build(inputOf(events, 2025)).open.map((point) => point.high)).toEqual(['500.00', '70.00', '10.00'])
})

test('where a price is there and only the exchange rate is not, the point says which rate', () => {
  const point = pointOf('missing-price', { detail: 'USD' })
  expect(wordsOf(point)).toEqual({
    title: 'No exchange rate of USD',
    text: '2 BTC in Kraken is priced in USD, and no exchange rate of USD is known for its day. Read in a price table with USD as the asset and your currency as the currency.',
  })
})
