import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addAccount,
  changeAccounts,
  changeAssets,
  readAccounts,
  readAssets,
} from '../../../electron/ledger/accounts.ts'
import { listActs, redo, redoable, revoke, undo, undoable } from '../../../electron/ledger/acts.ts'
import { changesSince } from '../../../electron/ledger/changes.ts'
import { addDecisions, decisionHistory, readDecisions } from '../../../electron/ledger/decisions.ts'
import { freezeFiling, listFilings, readFiling } from '../../../electron/ledger/filings.ts'
import {
  countProposals,
  countVerdicts,
  judgeMatches,
  type Proposal,
  readAcceptedMatches,
  readProposals,
  rejectedPairs,
  replaceProposals,
} from '../../../electron/ledger/matches.ts'
import { readPrices } from '../../../electron/ledger/prices.ts'
import { putSettings, readSetting, readSettings } from '../../../electron/ledger/settings.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import type { Amount, Money } from '../../../shared/amount/amount.ts'
import { parseAmount, parseMoney } from '../../../shared/amount/decimal.ts'
import type { Decision } from '../../../shared/events/decision.ts'
import type { AssetId, CivilDate, CurrencyCode, EventId } from '../../../shared/events/identifiers.ts'
import { addPrices } from './add-prices.ts'
import { type Books, BY, buy, drain, importExports, newBooks, removeFolder } from './books.ts'

let books: Books
beforeEach(async () => {
  books = await newBooks()
})
afterEach(() => {
  const { findings } = drain(verify(books.ledger))
  books.close()
  removeFolder(books.folder)
  expect(findings).toEqual([])
})

const event = (group: string): EventId => `kraken-ledgers:kraken:${group}` as EventId
const kind = (group: string, to: 'gift_out' | 'spend'): Decision => ({ what: 'kind', event: event(group), kind: to })
const decide = (...decisions: Decision[]) => {
  const done = addDecisions(books.ledger, decisions, { summary: `decide ${decisions.length}`, ...BY })
  if (done.status !== 'done') throw new Error(done.text)
  return done
}

describe('decisions', () => {
  test('come back as they were made, sums and amounts exact', () => {
    const decisions: Decision[] = [
      kind('a', 'gift_out'),
      { what: 'value', event: event('a'), leg: 0, value: parseMoney('12.345678901234567891') as Money },
      {
        what: 'cost',
        event: event('a'),
        leg: 0,
        cost: parseMoney('-0.5') as Money,
        acquired: '2020-02-29' as CivilDate,
      },
      {
        what: 'lots',
        event: event('b'),
        lots: [{ event: event('a'), amount: parseAmount('0.000000000000000000000001') as Amount }],
      },
      { what: 'pair', id: 'p', outs: [{ event: event('a'), leg: 0 }], ins: [{ event: event('b'), leg: 1 }] },
      { what: 'ignore', event: event('b'), reason: 'spam "quoted"' },
    ]
    decide(...decisions)
    expect(readDecisions(books.ledger)).toEqual(decisions)
    expect(readDecisions(books.ledger, [event('b')])).toHaveLength(3)
  })

  test('many at once are one act, undone and redone as one', () => {
    decide(kind('a', 'gift_out'), kind('b', 'gift_out'))
    decide(kind('c', 'spend'))
    expect(undoable(books.ledger)?.summary).toBe('decide 1')
    undo(books.ledger, BY)
    undo(books.ledger, BY)
    expect(readDecisions(books.ledger)).toEqual([])
    expect(redoable(books.ledger)?.summary).toBe('decide 2')
    redo(books.ledger, BY)
    expect(readDecisions(books.ledger)).toHaveLength(2)
    redo(books.ledger, BY)
    expect(readDecisions(books.ledger)).toHaveLength(3)
    expect(redo(books.ledger, BY)).toMatchObject({ status: 'refused' })
  })

  test('something new after an undo ends what could be redone', () => {
    decide(kind('a', 'gift_out'))
    undo(books.ledger, BY)
    decide(kind('b', 'gift_out'))
    expect(redoable(books.ledger)).toBeNull()
  })

  test('undo appends: nothing that was decided leaves the ledger', () => {
    decide(kind('a', 'gift_out'))
    undo(books.ledger, BY)
    expect(decisionHistory(books.ledger, event('a'))).toMatchObject([{ live: false, decision: { kind: 'gift_out' } }])
    expect(books.ledger.value('SELECT count(*) FROM audit')).toBe(3)
  })

  test('revoking an older one first lists what was done on the same event since', () => {
    const first = decide(kind('a', 'gift_out'))
    decide(kind('b', 'spend'))
    const later = decide(kind('a', 'spend'))
    expect(revoke(books.ledger, first.act, false, BY)).toMatchObject({
      status: 'has-dependants',
      dependants: [{ id: later.act }],
    })
    expect(readDecisions(books.ledger)).toHaveLength(3)
    expect(revoke(books.ledger, first.act, true, BY)).toMatchObject({ status: 'done' })
    expect(readDecisions(books.ledger)).toHaveLength(2)
    expect(revoke(books.ledger, first.act, true, BY)).toMatchObject({ status: 'refused' })
  })

  test('survive a revert and wake when the file is imported again', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    const decided = decide(kind('a', 'gift_out'))
    const batchAct = listActs(books.ledger, 0, 10).acts.find((act) => act.kind === 'import')
    expect(revoke(books.ledger, batchAct?.id ?? 0, false, BY)).toMatchObject({ dependants: [{ id: decided.act }] })
    revoke(books.ledger, batchAct?.id ?? 0, true, BY)
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    expect(readDecisions(books.ledger, [event('a')])).toEqual([kind('a', 'gift_out')])
  })

  test('readers learn which events to load again, by revision', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100'), buy('b', 0, '1', '100')]])
    const since = books.ledger.revision()
    expect(changesSince(books.ledger, since)).toMatchObject({ revision: since, all: false, events: [] })
    decide(kind('a', 'gift_out'))
    expect(changesSince(books.ledger, since)).toMatchObject({
      revision: since + 1,
      all: false,
      events: [event('a')],
      prices: false,
    })
    undo(books.ledger, BY)
    expect(changesSince(books.ledger, since + 1).events).toEqual([event('a')])
    importExports(books.ledger, [[buy('c', 0, '1', '100')]])
    expect(changesSince(books.ledger, since + 2)).toMatchObject({ events: [event('c')], accounts: true, prices: true })
    expect(changesSince(books.ledger, since, 1)).toMatchObject({ all: true })
    expect(changesSince(books.ledger, -1)).toMatchObject({ all: true })
  })
})

const proposal = (out: string, into: string, grade: Proposal['grade'], score: number): Proposal => {
  const outs = [{ event: event(out), leg: 0 }]
  const ins = [{ event: event(into), leg: 0 }]
  return {
    id: `${out}>${into}`,
    outs,
    ins,
    kind: 'transfer',
    grade,
    score,
    parts: [{ name: 'amount', score, why: 'equal' }],
    reason: 'equal amounts, 3 minutes apart',
  }
}

describe('matches', () => {
  test('proposals are replaced, verdicts stay, and a rejected pair is not proposed again', () => {
    const [one, two, three] = [
      proposal('a', 'b', 'certain', 0.99),
      proposal('c', 'd', 'likely', 0.8),
      proposal('e', 'f', 'unclear', 0.4),
    ]
    expect(drain(replaceProposals(books.ledger, [one, two, three])).status).toBe('done')
    expect(countProposals(books.ledger)).toEqual({ certain: 1, likely: 1, unclear: 1, none: 0 })
    expect(readProposals(books.ledger)).toEqual([one, two, three])
    expect(readProposals(books.ledger, { event: event('d') })).toEqual([two])

    judgeMatches(books.ledger, [one], 'accepted', 'default', { summary: 'accept 1', ...BY })
    judgeMatches(books.ledger, [two], 'rejected', 'user', { summary: 'reject 1', ...BY })
    expect(drain(replaceProposals(books.ledger, [one, two, three])).status).toBe('done')
    expect(readProposals(books.ledger)).toEqual([three])
    expect(readAcceptedMatches(books.ledger)).toEqual([{ id: one.id, outs: one.outs, ins: one.ins, kind: 'transfer' }])
    expect(readAcceptedMatches(books.ledger, [event('b')])).toHaveLength(1)
    expect(readAcceptedMatches(books.ledger, [event('d')])).toEqual([])
    expect(rejectedPairs(books.ledger)).toEqual([two.id])
    expect(countVerdicts(books.ledger)).toEqual({ accepted: 1, rejected: 1 })

    undo(books.ledger, BY)
    drain(replaceProposals(books.ledger, [one, two, three]))
    expect(readProposals(books.ledger)).toEqual([two, three])
  })

  test('taking a verdict back shows its proposal again at once', () => {
    const [one, two] = [proposal('a', 'b', 'certain', 0.99), proposal('c', 'd', 'likely', 0.8)]
    drain(replaceProposals(books.ledger, [one, two]))
    judgeMatches(books.ledger, [one, two], 'accepted', 'user', { summary: 'accept 2', ...BY })
    expect(readProposals(books.ledger)).toEqual([])
    expect(countProposals(books.ledger)).toEqual({ certain: 0, likely: 0, unclear: 0, none: 0 })
    undo(books.ledger, BY)
    expect(readProposals(books.ledger)).toEqual([one, two])
    expect(countProposals(books.ledger)).toEqual({ certain: 1, likely: 1, unclear: 0, none: 0 })
  })

  test('of two verdicts on one pair the newer counts', () => {
    const one = proposal('a', 'b', 'certain', 0.99)
    judgeMatches(books.ledger, [one], 'accepted', 'default', { summary: 'accept', ...BY })
    judgeMatches(books.ledger, [one], 'rejected', 'user', { summary: 'reject', ...BY })
    expect(readAcceptedMatches(books.ledger)).toEqual([])
    undo(books.ledger, BY)
    expect(readAcceptedMatches(books.ledger)).toHaveLength(1)
  })
})

describe('settings, accounts, prices and filings', () => {
  test('a setting holds from its date on, and undo brings the one before back', () => {
    const act = { summary: 'profile', ...BY }
    putSettings(
      books.ledger,
      [
        { key: 'profile.zone', value: 'Europe/Berlin' },
        { key: 'profile.zone', validFrom: '2023-06-01', value: 'America/New_York' },
      ],
      act,
    )
    putSettings(
      books.ledger,
      [
        { key: 'profile.zone', value: 'Europe/Vienna' },
        { key: 'sample', value: true },
      ],
      act,
    )
    expect(readSetting(books.ledger, 'profile.zone', '2020-01-01')).toBe('Europe/Vienna')
    expect(readSetting(books.ledger, 'profile.zone', '2023-06-01')).toBe('America/New_York')
    expect(readSettings(books.ledger, 'profile')).toHaveLength(2)
    undo(books.ledger, BY)
    expect(readSetting(books.ledger, 'profile.zone')).toBe('Europe/Berlin')
    expect(readSetting(books.ledger, 'sample')).toBeUndefined()
  })

  test('accounts are seen once a live batch uses them, renamed and grouped by acts, and gone with their batch', () => {
    expect(readAccounts(books.ledger)).toEqual([])
    importExports(books.ledger, [[buy('a', 0, '1', '100'), buy('b', 5, '1', '100')]])
    changeAccounts(books.ledger, [{ id: 'kraken', name: 'Kraken Pro', group: 'exchanges', business: true }], {
      summary: 'rename',
      ...BY,
    })
    expect(readAccounts(books.ledger)).toMatchObject([
      {
        id: 'kraken',
        name: 'Kraken Pro',
        group: 'exchanges',
        business: true,
        events: 2,
        batches: 1,
        sources: ['kraken-ledgers'],
      },
    ])
    changeAccounts(books.ledger, [{ id: 'kraken', group: null }], { summary: 'ungroup', ...BY })
    expect(readAccounts(books.ledger)[0]).not.toHaveProperty('group')
    undo(books.ledger, BY)
    undo(books.ledger, BY)
    expect(readAccounts(books.ledger)[0]).toMatchObject({ name: 'kraken' })
    undo(books.ledger, BY)
    expect(readAccounts(books.ledger)).toEqual([])
    addAccount(books.ledger, { key: 'paper', name: 'Paper wallet', kind: 'wallet' }, { summary: 'add', ...BY })
    expect(readAccounts(books.ledger)).toMatchObject([{ id: 'paper', name: 'Paper wallet', events: 0 }])
  })

  test('an asset can be put into a family, and taken out again', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    changeAssets(books.ledger, [{ id: 'BTC', family: 'bitcoin' }], { summary: 'family', ...BY })
    expect(readAssets(books.ledger)).toContainEqual({ id: 'BTC', kind: 'crypto', family: 'bitcoin' })
    undo(books.ledger, BY)
    expect(readAssets(books.ledger)).toContainEqual({ id: 'BTC', kind: 'crypto' })
  })

  test('of two prices for one time the newer counts, and undo brings the older back', () => {
    const price = (value: string) => ({
      asset: 'BTC' as AssetId,
      currency: 'USD' as CurrencyCode,
      time: '2024-01-01' as CivilDate,
      price: parseMoney(value) as Money,
      source: 'hand',
    })
    addPrices(books.ledger, [price('42000.5')], { summary: 'price', ...BY })
    addPrices(books.ledger, [price('43000')], { summary: 'price', ...BY })
    expect(readPrices(books.ledger)).toEqual([price('43000')])
    undo(books.ledger, BY)
    expect(readPrices(books.ledger)).toEqual([price('42000.5')])
  })

  test('a filing keeps inputs, result and rows byte for byte and cannot be undone', () => {
    const filing = {
      taxYear: 2025,
      jurisdiction: 'us',
      engineVersion: '0.1.0',
      zoneData: '2026b',
      settings: { method: 'fifo' },
      inputs: Buffer.from('{"events":[]}'),
      pricesHash: 'none',
      result: Buffer.from('{"totals":{}}'),
      rows: Buffer.from('{"rows":[]}'),
    }
    const frozen = freezeFiling(books.ledger, filing, { summary: 'file 2025', ...BY })
    if (frozen.status !== 'done') throw new Error(frozen.text)
    expect(listFilings(books.ledger, 2025)).toMatchObject([{ taxYear: 2025, settings: { method: 'fifo' } }])
    expect(readFiling(books.ledger, frozen.value.id)).toEqual({
      inputs: filing.inputs,
      result: filing.result,
      rows: filing.rows,
    })
    expect(undoable(books.ledger)).toBeNull()
    expect(revoke(books.ledger, frozen.act, true, BY)).toMatchObject({ status: 'refused' })
  })
})
