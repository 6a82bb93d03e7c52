import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { EventRow } from '../../shared/contract/events.ts'
import type { LinkView } from '../../shared/contract/links.ts'
import { hiddenReason, newestLive } from '../ledger/link-targets.ts'
import {
  countLinks,
  judgeLinks,
  type Linked,
  type LinkRow,
  linkId,
  linkProblem,
  linkRows,
  readLinked,
  readLinkProposals,
  readRejectedLinks,
  rejectedLinksOf,
  swapRows,
  unlinkRows,
} from '../ledger/links.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import type { Settling } from './settling.ts'
import type { TaxReads } from './tax-reads.ts'

const links = implement(engineContract).links

const SAMPLE = 20

/** Overlap of sources: proposals, verdicts, and which record is the fact. */
export function linksRouter(engine: Engine, settling: Settling, tax: TaxReads) {
  const views = async (list: readonly Linked[], state: LinkView['state']): Promise<LinkView[]> => {
    const { workers } = engine.opened()
    const ids = [...new Set(list.flatMap(({ facts, corroborating }) => [...facts, ...corroborating]))]
    const lines = await workers.read.calls().call('lines', { events: ids })
    const byId = new Map(lines.map((line) => [line.id, line]))
    const rows = (events: readonly string[]): EventRow[] => events.flatMap((id) => byId.get(id) ?? [])
    return list.map(({ id, grade, reason, facts, corroborating, act }) => ({
      id,
      grade,
      state,
      reason,
      facts: rows(facts),
      corroborating: rows(corroborating),
      act: act === null ? null : String(act),
    }))
  }
  const judge = (rows: readonly LinkRow[], summary: string) => {
    const { ledger } = engine.opened()
    const done = engine.committed(judgeLinks(ledger, rows, { ...person(), summary }))
    settling.after({ topics: done.topics.filter((topic) => topic !== 'links') })
    return { act: String(done.act), revision: done.revision }
  }
  const wanted = ({ ids, grade }: { ids?: string[] | undefined; grade?: Linked['grade'] | undefined }) => {
    const { ledger } = engine.opened()
    if (ids === undefined && grade === undefined) throw failure('REFUSED', 'Name links, or a grade.')
    const open = readLinkProposals(ledger, {
      ...(ids === undefined ? {} : { ids }),
      ...(grade === undefined ? {} : { grade }),
    })
    const proposals = [...open, ...(ids === undefined ? [] : rejectedLinksOf(ledger, ids))]
    if (ids !== undefined && proposals.length < new Set(ids).size)
      throw failure('NOT_FOUND', 'Some of these links are not proposed any more. Look at the list again.')
    if (proposals.length === 0) throw failure('NOT_FOUND', 'There is nothing of that grade to link.')
    return proposals
  }
  const counted = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`
  const mustCorroborate = (event: string): void => {
    const { ledger } = engine.opened()
    if (newestLive(ledger, event) === undefined) throw failure('NOT_FOUND', `${event} is not in the books.`)
    if (hiddenReason(ledger, event) !== 'corroborates')
      throw failure('REFUSED', `${event} does not stand behind another record.`)
  }

  return links.router({
    counts: links.counts.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({ revision: ledger.revision(), ...countLinks(ledger) }))
    }),
    list: links.list.handler(async ({ input }) => {
      const { ledger } = engine.opened()
      const { state, offset, limit, account } = input
      const chosen = account === undefined ? {} : { account }
      const { revision, total, found } = ledger.snapshot(() => {
        const revision = ledger.revision()
        if (state === 'linked') {
          const { total, links: found } = readLinked(ledger, { offset, limit, ...chosen })
          return { revision, total, found }
        }
        if (state === 'rejected') {
          const { total, links: found } = readRejectedLinks(ledger, { offset, limit })
          return { revision, total, found }
        }
        const all = readLinkProposals(ledger, chosen)
        const found = all.slice(offset, offset + limit).map((proposal): Linked => ({ ...proposal, act: null }))
        return { revision, total: all.length, found }
      })
      return { revision, total, links: await views(found, state) }
    }),
    propose: links.propose.handler(() => ({ job: settling.link() })),
    effect: links.effect.handler(async ({ input }) => {
      const proposals = wanted(input)
      const records = [...new Set(proposals.flatMap(({ corroborating }) => corroborating))]
      const { revision, tax: effect } = await tax.read('linkEffect', { corroborating: records })
      const sample = await engine
        .opened()
        .workers.read.calls()
        .call('lines', { events: records.slice(0, SAMPLE) })
      return { revision, links: proposals.length, records: records.length, sample, tax: effect }
    }),
    accept: links.accept.handler(({ input }) => {
      const { ledger } = engine.opened()
      const proposals = wanted(input)
      for (const { facts, corroborating } of proposals) {
        const problem = linkProblem(ledger, facts, corroborating)
        if (problem !== null) throw failure('REFUSED', problem)
      }
      const rows = proposals.flatMap((proposal) => linkRows(proposal, 'linked'))
      return { ...judge(rows, `link ${counted(proposals.length)}`), linked: proposals.length }
    }),
    reject: links.reject.handler(({ input }) => {
      const { ledger } = engine.opened()
      const proposals = readLinkProposals(ledger, { ids: input.ids })
      if (proposals.length === 0) throw failure('NOT_FOUND', 'None of these links is proposed any more.')
      const rows = proposals.flatMap((proposal) => linkRows(proposal, 'rejected'))
      return judge(rows, `keep ${counted(proposals.length)} apart`)
    }),
    link: links.link.handler(({ input }) => {
      const { ledger } = engine.opened()
      const { fact, corroborating } = input
      for (const id of [fact, ...corroborating])
        if (newestLive(ledger, id) === undefined) throw failure('NOT_FOUND', `${id} is not in the books.`)
      const problem = linkProblem(ledger, [fact], corroborating)
      if (problem !== null) throw failure('REFUSED', problem)
      const link = {
        id: linkId([fact], corroborating),
        grade: 'likely' as const,
        reason: 'linked by hand',
        facts: [fact],
        corroborating,
      }
      return judge(linkRows(link, 'linked'), `link ${counted(corroborating.length)} by hand`)
    }),
    swap: links.swap.handler(({ input }) => {
      mustCorroborate(input.event)
      return judge(swapRows(engine.opened().ledger, input.event), 'let another source’s record be the fact')
    }),
    unlink: links.unlink.handler(({ input }) => {
      for (const event of input.events) mustCorroborate(event)
      return judge(unlinkRows(engine.opened().ledger, input.events), `unlink ${counted(input.events.length)}`)
    }),
  })
}
