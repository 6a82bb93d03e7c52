/**
 * Ledgers of any kinds in any order, sensible or not: whatever somebody's history holds, every pack gives a result whose
 * figures agree with each other, in any order of import and through any change.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedgerEvent, Leg } from '../../../../shared/events/event.ts'
import type { AssetId, Instant } from '../../../../shared/events/identifiers.ts'
import type { Profile } from '../../../../shared/events/interchange-types.ts'
import { KINDS } from '../../../../shared/events/kinds.ts'
import { createIncremental } from '../../../../shared/tax/incremental.ts'
import { RULING_KINDS } from '../../../../shared/tax/law.ts'
import type { PositionRow, RulePack } from '../../../../shared/tax/pack.ts'
import { PACKS } from '../../../../shared/tax/packs/pack-list.ts'
import { toResultDocument } from '../../../../shared/tax/result-document.ts'
import {
  ACCOUNTS,
  COINS,
  documentOf,
  eventId,
  inputOf,
  leg,
  money,
  pricesFor,
  profileFor,
  resultOf,
  units,
} from './history.ts'

const DAY = 86_400_000
const KINDS_OF_EVENTS = KINDS.filter((kind) => !RULING_KINDS.has(kind))

const anyLeg = (currency: string): fc.Arbitrary<Leg> =>
  fc
    .record({
      role: fc.constantFrom<Leg['role']>('in', 'in', 'out', 'out', 'fee', 'rebate', 'debt', 'collateral', 'info'),
      account: fc.constantFrom(...ACCOUNTS),
      asset: fc.constantFrom(...COINS, currency),
      amount: fc.integer({ min: 1, max: 9999 }),
      value: fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: undefined }),
    })
    .map(({ role, account, asset, amount, value }) =>
      leg(role, account, asset, units(amount, 3), value === undefined ? {} : { value: money(value, 2) }),
    )

const ledgers = (currency: string): fc.Arbitrary<LedgerEvent[]> =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom(...KINDS_OF_EVENTS),
        legs: fc.array(anyLeg(currency), { minLength: 0, maxLength: 4 }),
        days: fc.constantFrom(0, 0, 1, 20, 40, 200),
        parent: fc.constantFrom(...COINS),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((drafts) => {
      let time = Date.UTC(2023, 10, 1, 12)
      return drafts.map(({ kind, legs, days, parent }, index): LedgerEvent => {
        time += days * DAY
        return {
          id: eventId(`e${String(index).padStart(3, '0')}`),
          time: time as Instant,
          kind,
          legs,
          ...(kind === 'fork' ? { parent: parent as string as AssetId } : {}),
        }
      })
    })

/** A profile of a country with any method, any answers to what its law leaves open, and any rules for fees. */
const profilesOf = (pack: RulePack): fc.Arbitrary<Profile> => {
  const questions = new Map<string, Set<string>>()
  for (const { position, choices } of [...pack.treatments, ...(pack.positions ?? []).map(asRow)]) {
    if (position === undefined || choices === undefined) continue
    const known = questions.get(position) ?? new Set<string>()
    for (const choice of Object.keys(choices)) known.add(choice)
    questions.set(position, known)
  }
  const answers = Object.fromEntries(
    [...questions].map(([id, choices]) => [id, fc.option(fc.constantFrom(...choices), { nil: undefined })]),
  )
  return fc
    .record({
      method: fc.constantFrom(...pack.methods.menu),
      answers: fc.record(answers),
      fees: fc.record(
        {
          swap: fc.constantFrom('out' as const, 'in' as const, 'split' as const),
          coin: fc.constantFrom('dispose' as const, 'drop' as const),
          transfer: fc.constantFrom('dispose' as const, 'carry' as const, 'drop' as const, 'cost' as const),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ method, answers: chosen, fees }) => {
      const given = Object.entries(chosen).filter((entry): entry is [string, string] => entry[1] !== undefined)
      const positions = Object.fromEntries(given.map(([id, choice]) => [id, [{ choice }]]))
      return profileFor(pack.id, { method, positions, fees })
    })
}

const asRow = ({ id, choices }: PositionRow): { position: string; choices: Record<string, string> } => ({
  position: id,
  choices: Object.fromEntries(choices.map((choice) => [choice, choice])),
})

describe.each(PACKS.map((pack) => [pack.id, pack] as const))('%s', (id, pack) => {
  const { currency } = profileFor(id)
  const RUNS = { numRuns: 15 }

  test('figures agree with each other, whatever happened', () => {
    fc.assert(
      fc.property(profilesOf(pack), ledgers(currency), (profile, events) => {
        const result = resultOf(inputOf(profile, events, pricesFor(profile.currency, events)))
        for (const row of result.disposals) expect(row.rawGain).toBe(row.proceeds - row.fees - row.cost)
        for (const totals of result.totals.values()) {
          if (profile.jurisdiction !== 'pl') expect(totals.gain).toBe(totals.gains - totals.losses)
          if (totals.low !== null) expect(totals.low <= totals.gain).toBe(true)
          if (totals.high !== null) expect(totals.high >= totals.gain).toBe(true)
        }
      }),
      RUNS,
    )
  })

  test('the order of import changes nothing, and neither does computing step by step', () => {
    const changed = ledgers(currency).chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.array(fc.nat(events.length - 1), { minLength: 1, maxLength: 4 }),
      ),
    )
    fc.assert(
      fc.property(profilesOf(pack), changed, (profile, [events, shuffled, places]) => {
        const input = inputOf(profile, events, pricesFor(profile.currency, events))
        expect(documentOf({ ...input, events: shuffled })).toBe(documentOf(input))
        const created = createIncremental(input)
        if (created === null || !created.ok) throw new Error('refused')
        let now = events
        for (const place of places) {
          const event = events[place] as LedgerEvent
          if (now.includes(event)) {
            created.tax.replaceEvents([event], [])
            now = now.filter((one) => one !== event)
          } else {
            created.tax.replaceEvents([], [event])
            now = [...now, event]
          }
        }
        const outcome = created.tax.result()
        if (!outcome.ok) throw new Error('refused')
        expect(JSON.stringify(toResultDocument(outcome.result))).toBe(documentOf({ ...input, events: now }))
      }),
      RUNS,
    )
  })
})
