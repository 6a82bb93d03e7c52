/** Links, merges, rules and attaches without end on the ledger it is given, and says each step once it is done. */
import { writeSync } from 'node:fs'
import { appendContent, attach, beginContent } from '../../../electron/ledger/attachments.ts'
import { handId, workByHand } from '../../../electron/ledger/hand.ts'
import { judgeLinks, linkId, linkRows } from '../../../electron/ledger/links.ts'
import { changeRules } from '../../../electron/ledger/rules.ts'
import type { EventId } from '../../../shared/events/identifiers.ts'
import { BY, buy, day, importExports } from './books.ts'
import { ledgerOfParent } from './child-ledger.ts'

const { ledger, from } = await ledgerOfParent()
const done = (step: string, result: { readonly status: string }): void => {
  if (result.status !== 'done') throw new Error(`${step}: ${JSON.stringify(result)}`)
  writeSync(1, `${step}\n`)
}
writeSync(1, 'ready\n')
for (let n = from; ; n++) {
  importExports(ledger, [[buy(`${n}-a`, 0, '1', '10'), buy(`${n}-b`, 1, '2', '20'), buy(`${n}-c`, 2, '4', '40')]])
  importExports(ledger, [[buy(`${n}-x`, 2, '4', '40')], { source: 'koinly' }])
  const fact = `kraken-ledgers:kraken:${n}-c`
  const other = `koinly:kraken:${n}-x`
  const link = {
    id: linkId([fact], [other]),
    grade: 'likely',
    reason: 'equal',
    facts: [fact],
    corroborating: [other],
  } as const
  done(`linked ${n}`, judgeLinks(ledger, linkRows(link, 'linked'), { summary: 'link 1 record', ...BY }))
  const event = handId('kraken', `${n}-merged`)
  const account = { key: 'kraken', name: 'kraken', kind: 'exchange' } as const
  const work = {
    title: 'Merged by hand',
    summary: 'merge 2 events into one',
    account,
    assets: [],
    events: [
      {
        id: event,
        time: day(0),
        precision: 'second',
        kind: 'buy',
        legs: [
          { role: 'in', account: 'kraken', asset: 'BTC', amount: '3' },
          { role: 'out', account: 'kraken', asset: 'USD', amount: '30' },
        ],
      },
    ],
    origins: ['a', 'b'].map((one) => ({ event, origin: `kraken-ledgers:kraken:${n}-${one}`, replaces: true })),
  } as const
  done(`merged ${n}`, workByHand(ledger, work, BY))
  const decision = { what: 'kind', event: fact as EventId, kind: 'gift_in' } as const
  const rule = {
    id: `r${n}`,
    name: `r${n}`,
    position: n + 1,
    enabled: true,
    builtIn: false,
    when: {},
    effect: { kind: 'gift_in' },
  } as const
  const change = { put: [rule], remove: [], decisions: [{ rule: rule.id, decision }] }
  done(`ruled ${n}`, changeRules(ledger, change, { summary: 'add a rule', ...BY }))
  const content = beginContent(ledger)
  if (content.status !== 'begun') throw new Error('no content')
  for (let part = 0; part < 3; part++) appendContent(ledger, content.content, Buffer.alloc(20_000, n + part))
  const to = { event: fact, name: `${n}.pdf`, type: '' }
  done(`attached ${n}`, attach(ledger, content.content, to, { summary: 'attach a file', ...BY }))
}
