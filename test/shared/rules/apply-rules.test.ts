import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spamReason } from '../../../shared/assets/spam.ts'
import { applyDecisions } from '../../../shared/events/decide-event.ts'
import type { Decision } from '../../../shared/events/decision.ts'
import type { LedgerEvent } from '../../../shared/events/event.ts'
import { rulesReady, standingsOf } from '../../../shared/rules/apply-rules.ts'
import { type RuleSubject, ruleMatcher } from '../../../shared/rules/match-rule.ts'
import type { Rule, RuleCondition } from '../../../shared/rules/rule.ts'
import { ruleWords } from '../../../shared/rules/rule-words.ts'

const around = { dateOf: () => '2024-03-05' as never, spam: (asset: string) => (asset === 'SCAM' ? 'a lure' : null) }
const subject = (more: Partial<RuleSubject> & { event?: Partial<LedgerEvent> } = {}): RuleSubject => ({
  source: 'koinly',
  sourceKind: 'Reward',
  toAddress: null,
  fromAddress: '0xAbC',
  counterparty: null,
  ...more,
  event: {
    id: 'e' as never,
    time: 0 as never,
    kind: 'unmatched_in',
    note: 'from the pool',
    legs: [{ role: 'in', account: 'a' as never, asset: 'ETH' as never, amount: 5n as never }],
    ...more.event,
  },
})
const fits = (when: RuleCondition, given = subject()) => ruleMatcher(when, around)(given)

describe('a condition', () => {
  it('asks address, words, source, kind, note, direction, bounds and days, and all of them must hold', () => {
    expect(fits({})).toBe(true)
    expect(fits({ address: '0xabc', sourceKinds: ['reward'], source: 'koinly', kinds: ['unmatched_in'] })).toBe(true)
    expect(fits({ address: '0xabd' })).toBe(false)
    expect(fits({ note: 'POOL from' })).toBe(true)
    expect(fits({ note: 'mine' })).toBe(false)
    expect(fits({ asset: 'ETH' as never, direction: 'in', atLeast: 5n as never, atMost: 5n as never })).toBe(true)
    expect(fits({ atLeast: 6n as never })).toBe(false)
    expect(fits({ direction: 'out' })).toBe(false)
    expect(fits({ from: '2024-03-05' as never, to: '2024-03-05' as never })).toBe(true)
    expect(fits({ from: '2024-03-06' as never })).toBe(false)
    expect(fits({ spam: true })).toBe(false)
  })

  it('is said in words, member by member', () => {
    const names = { account: () => 'Kraken', asset: () => 'ETH', source: () => 'Koinly' }
    expect(ruleWords({}, names)).toBe('every event')
    expect(ruleWords({ asset: 'ETH' as never, direction: 'in', source: 'koinly', note: 'x' }, names)).toBe(
      'ETH · arriving · read from Koinly · with a note that says “x”',
    )
  })
})

const rule = fc.record({
  id: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
  position: fc.nat(5),
  enabled: fc.boolean(),
  when: fc.constantFrom<RuleCondition>({}, { direction: 'in' }, { note: 'mine' }, { asset: 'ETH' as never }),
  effect: fc.record(
    {
      kind: fc.constantFrom('mining' as const, 'gift_in' as const),
      note: fc.constantFrom('x', 'y'),
      ignore: fc.constant('dust'),
    },
    { requiredKeys: ['kind'] },
  ),
})
const rules = fc
  .uniqueArray(rule, { selector: ({ id }) => id, maxLength: 4 })
  .map((list) =>
    list.map((one): Rule => ({ name: one.id, builtIn: false, ...one, effect: JSON.parse(JSON.stringify(one.effect)) })),
  )

describe('rules', () => {
  it('applied to what they made change nothing, and taken away leave the fact as it was', () => {
    fc.assert(
      fc.property(rules, rules, (first, second) => {
        const given = subject()
        const done: { rule: string | null; decision: Decision }[] = []
        const run = (list: readonly Rule[]): number => {
          const { decisions } = rulesReady(list, around)(given, standingsOf(done))
          done.push(...decisions)
          return decisions.length
        }
        for (const list of [first, second]) {
          run(list)
          expect(run(list)).toBe(0)
        }
        run([])
        expect(
          applyDecisions(
            given.event,
            done.map(({ decision }) => decision),
          ),
        ).toEqual(given.event)
      }),
    )
  })

  it('leave what a person decided, field by field', () => {
    const person = { rule: null, decision: { what: 'kind', event: 'e' as never, kind: 'salary' } as const }
    fc.assert(
      fc.property(rules, (list) => {
        const { decisions } = rulesReady(list, around)(subject(), standingsOf([person]))
        expect(decisions.some(({ decision }) => decision.what === 'kind')).toBe(false)
      }),
    )
  })

  it('give the same whatever the order in which they are listed: positions and names decide', () => {
    fc.assert(
      fc.property(rules, fc.func(fc.nat()), (list, order) => {
        const shuffled = list.toSorted((a, b) => order(a.id) - order(b.id))
        expect(rulesReady(shuffled, around)(subject(), {})).toEqual(rulesReady(list, around)(subject(), {}))
      }),
    )
  })
})

describe('the other side of a movement', () => {
  it('makes a transfer of what arrives net of the fees that it included, and leaves two-sided events alone', () => {
    const out = subject().event
    const sent: LedgerEvent = {
      ...out,
      kind: 'unmatched_out',
      legs: [
        { role: 'out', account: 'a' as never, asset: 'ETH' as never, amount: 10n as never },
        { role: 'fee', account: 'a' as never, asset: 'ETH' as never, amount: 1n as never, included: true },
      ],
    }
    const given = { what: 'counterparty', event: 'e' as never, account: 'b' as never } as const
    const moved = applyDecisions(sent, [given])
    expect(moved.kind).toBe('transfer')
    expect(moved.legs.at(-1)).toEqual({ role: 'in', account: 'b', asset: 'ETH', amount: 9n })
    const trade = {
      ...sent,
      legs: [...sent.legs, { role: 'in', account: 'a', asset: 'EUR', amount: 3n }],
    } as unknown as LedgerEvent
    expect(applyDecisions(trade, [given])).toEqual(trade)
    expect(applyDecisions(sent, [given, { what: 'withdraw', event: 'e' as never, of: 'counterparty' }])).toEqual(sent)
  })
})

describe('spam', () => {
  const token = (symbol: string, contract = '0x1234', more = {}) =>
    spamReason({ symbol, chain: 'ethereum', contract, ...more })
  it('gives itself away by a site, a lure, a borrowed ticker or letters that look alike, with the reason', () => {
    expect(token('Visit evil.com to claim')).toContain('site')
    expect(token('CLAIM REWARD')).toContain('claim')
    expect(token('USDC')).toContain('the contract of USDC')
    expect(token('BTC')).toContain('coin of a chain of its own')
    expect(token('UЅDT')).toContain('look alike')
    expect(token('EUR')).toContain('national currency')
  })
  it('is not seen in what a venue listed, in the real contract, or in an honest name', () => {
    expect(spamReason({ symbol: 'BTC' })).toBeNull()
    expect(token('USDC', '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48')).toBeNull()
    expect(token('PEPE')).toBeNull()
    expect(token('Wrapped liquid staked Ether 2.0')).toBeNull()
  })
})
