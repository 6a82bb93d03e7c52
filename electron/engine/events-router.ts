import { implement } from '@orpc/server'
import { parseAmount, parseMoney } from '../../shared/amount/decimal.ts'
import { engineContract } from '../../shared/contract/contract.ts'
import type { EventRow, Decision as WantedDecision } from '../../shared/contract/events.ts'
import { parseCivilDate } from '../../shared/events/civil-date.ts'
import { kindFault } from '../../shared/events/decide-event.ts'
import type { Decision } from '../../shared/events/decision.ts'
import type { EventId, Instant } from '../../shared/events/identifiers.ts'
import { readAccounts, readAssets } from '../ledger/accounts.ts'
import { countAttachments } from '../ledger/attachments.ts'
import { addDecisions, decisionHistory } from '../ledger/decisions.ts'
import { eventRows, rowOfEvent } from '../ledger/event-list.ts'
import { handTies } from '../ledger/hand.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { readRules } from '../ledger/rules.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { decidedFact } from './hand-written.ts'
import type { TaxReads } from './tax-reads.ts'

const events = implement(engineContract).events

/** Every event, filtered, sorted, by position; the facts behind one; decisions upon them. */
export function eventsRouter(engine: Engine, reads: TaxReads) {
  const withOpen = (row: EventRow): EventRow => ({ ...row, open: [...reads.openOn(row.id)] })

  return events.router({
    list: events.list.handler(async ({ input }) => {
      const { workers } = engine.opened()
      const { offset, limit, filter, sort, descending } = input
      const page = await workers.read.calls().call('list', {
        offset,
        limit,
        filter,
        order: { sort, descending },
        attention: filter.attention === true ? reads.openEvents() : [],
      })
      return { ...page, rows: page.rows.map(withOpen) }
    }),
    facets: events.facets.handler(async () => {
      const { ledger, workers } = engine.opened()
      const facets = await workers.read.calls().call('facets', null)
      return {
        ...facets,
        accounts: readAccounts(ledger).map(({ id, name, kind }) => ({ id, name, kind })),
        assets: readAssets(ledger).map(({ id, symbol }) => ({ id, symbol: symbol ?? id })),
      }
    }),
    get: events.get.handler(async ({ input }) => {
      const { ledger, workers } = engine.opened()
      const sources = await workers.read.calls().call('sources', { event: input.event })
      if (sources === null || sources.line === null) throw failure('NOT_FOUND', 'That event is not in the books.')
      const { line, ...rest } = sources
      const ruleNames = new Map(readRules(ledger).map(({ id, name }) => [id, `“${name}”`]))
      return {
        ...rest,
        row: withOpen(line),
        decisions: decisionHistory(ledger, input.event).map(({ act, at, live, rule, decision }) => ({
          act: String(act),
          at,
          what:
            rule === null
              ? decisionText(decision)
              : `${decisionText(decision)} (by rule ${ruleNames.get(rule) ?? rule})`,
          live,
        })),
        ...tiesOf(ledger, input.event),
        figures: await reads.read('figures', { event: input.event }),
      }
    }),
    decide: events.decide.handler(async ({ input }) => {
      const { ledger } = engine.opened()
      const decisions = input.decisions.map((wanted) => decisionOf(ledger, wanted))
      mustHaveEffect(ledger, decisions)
      // Lots that are not there, or a day before the asset existed, would block the year: the law is asked before anything is stored.
      const asked = decisions.filter(({ what }) => what === 'lots' || what === 'cost')
      const [refusal] = asked.length === 0 ? [] : await reads.read('decisionRefusals', { decisions: asked })
      if (refusal !== undefined) throw failure('REFUSED', `${refusal.text} (${refusal.code}) Nothing was stored.`)
      const kinds = [...new Set(decisions.map(({ what }) => what))].join(', ')
      const summary = `decide ${kinds} on ${decisions.length} ${decisions.length === 1 ? 'event' : 'events'}`
      const done = engine.committed(addDecisions(ledger, decisions, { ...person(), summary }))
      return { act: String(done.act), revision: done.revision }
    }),
    balances: events.balances.handler(({ input }) => reads.read('balances', { at: input.at ?? null })),
  })
}

/** Throws REFUSED where an event cannot be of a kind, or a cost is stated of what came in with an event whose cost follows from itself. */
function mustHaveEffect(ledger: ReadableLedger, decisions: readonly Decision[]): void {
  const byEvent = Map.groupBy(decisions, (one) => ('event' in one ? one.event : ''))
  for (const decision of decisions) {
    if (decision.what !== 'cost' && decision.what !== 'kind') continue
    const own = byEvent.get(decision.event) ?? []
    if (decision.what === 'kind') {
      mustFit(ledger, decision, own)
      continue
    }
    const { event } = decidedFact(ledger, decision.event, own)
    const leg = event.legs[decision.leg]
    if (event.kind === 'ignored' || leg?.cost !== undefined || leg?.carry?.cost !== undefined) continue
    throw failure(
      'REFUSED',
      `What came in as ${event.kind.replaceAll('_', ' ')} has its cost from the event itself. Decide first that it is an opening lot or a gift (cost-follows-from-event). Nothing was stored.`,
    )
  }
}

function mustFit(
  ledger: ReadableLedger,
  { event: id, kind }: Extract<Decision, { what: 'kind' }>,
  own: readonly Decision[],
): void {
  const { event } = decidedFact(ledger, id, own)
  if (event.kind === kind || event.kind === 'ignored') return
  const fault = kindFault(event, kind)
  if (fault === null) return
  throw failure(
    'REFUSED',
    `It cannot be ${kind.replaceAll('_', ' ')}: ${fault} (kind-does-not-fit). Nothing was stored.`,
  )
}

function tiesOf(ledger: ReadableLedger, event: string) {
  const { madeFrom, replacedBy } = handTies(ledger, event)
  return { madeFrom: [...madeFrom], replacedBy: [...replacedBy], attachments: countAttachments(ledger, event) }
}

function decisionText(decision: Decision): string {
  switch (decision.what) {
    case 'kind':
      return `kind: ${decision.kind.replaceAll('_', ' ')}`
    case 'value':
    case 'price':
    case 'cost':
      return `${decision.what} of leg ${decision.leg + 1}`
    case 'ignore':
      return `ignore: ${decision.reason}`
    case 'counterparty':
      return decision.account === null ? 'no own account on the other side' : 'the account on the other side'
    case 'withdraw':
      return `no ${decision.of} any more`
    default:
      return decision.what
  }
}

/** A decision of the contract in the ledger's terms. Throws where its event or leg is not there. */
export function decisionOf(ledger: ReadableLedger, wanted: WantedDecision): Decision {
  const row = rowOfEvent(ledger, wanted.event)
  const [fact] = row === undefined ? [] : eventRows(ledger, [row])
  if (fact === undefined) throw failure('NOT_FOUND', `${wanted.event} is not in the books.`)
  if ('leg' in wanted && fact.legs[wanted.leg] === undefined)
    throw failure('NOT_FOUND', `${wanted.event} has no leg ${wanted.leg}; it has ${fact.legs.length}.`)
  const event = wanted.event as EventId
  switch (wanted.what) {
    case 'value':
      return { what: 'value', event, leg: wanted.leg, value: money(wanted.value) }
    case 'cost': {
      const acquired = parseCivilDate(wanted.acquired)
      if (acquired === null) throw failure('REFUSED', `${wanted.acquired} is not a date of the calendar.`)
      return { what: 'cost', event, leg: wanted.leg, cost: money(wanted.cost), acquired }
    }
    case 'lots': {
      const lots = wanted.lots.map((lot) => {
        const amount = parseAmount(lot.amount)
        if (typeof amount !== 'bigint') throw failure('REFUSED', `The amount of a lot: ${amount.error}`)
        return { event: lot.event as EventId, amount }
      })
      const identifiedAt = wanted.identifiedAt as Instant | undefined
      return { what: 'lots', event, lots, ...(identifiedAt === undefined ? {} : { identifiedAt }) }
    }
    default:
      return { ...wanted, event }
  }
}

function money(text: string) {
  const value = parseMoney(text)
  if (typeof value !== 'bigint') throw failure('REFUSED', value.error)
  if (value < 0n) throw failure('REFUSED', `${text} is below nothing; a value or cost is not.`)
  return value
}
