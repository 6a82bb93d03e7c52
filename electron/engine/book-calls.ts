/** The reads from the computed books, as calls of the compute worker. */
import { birthOf } from '../../shared/assets/asset-births.ts'
import type { TaxEffectView } from '../../shared/contract/primitives.ts'
import type { Decision, Match } from '../../shared/events/decision.ts'
import { openPointWords } from '../../shared/reports/open-point-words.ts'
import type { OpenPoint, Refusal } from '../../shared/tax/result.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import type { Proposal } from '../ledger/matches.ts'
import { changeEffect, MOST_FOR_EFFECT } from './change-effect.ts'
import { changeover, propose } from './changeover-book.ts'
import { balances, documentText, filingDiff, filingDraft, rollForward } from './check-book.ts'
import { exportBooks } from './export-book.ts'
import { eventOf } from './hand-written.ts'
import type { JobSignal } from './job-signal.ts'
import { proposeLinks, stagedLinks } from './link-book.ts'
import { inFiledYear, lotChoices, lotsEffect } from './lot-book.ts'
import { aloneMovements, candidatesFor, matchAll } from './match-book.ts'
import { namesOf } from './names.ts'
import { effects, positions } from './position-book.ts'
import { render, reportList, table } from './report-book.ts'
import { applyRules, bulkChange } from './rule-book.ts'
import { stageOf } from './stage-of.ts'
import { disposals, income, lots, open, years } from './tax-answers.ts'
import { Refused, type TaxBook } from './tax-book.ts'
import { effectOf } from './tax-views.ts'
import type { Tracer } from './trace.ts'
import type { WhatIf } from './what-if.ts'
import type { BookCalls, RefreshAnswer, Stake } from './worker-protocol.ts'

interface Opened {
  readonly ledger: ReadableLedger
  readonly book: TaxBook
  readonly tracer: Tracer
  readonly whatIf: WhatIf
}

type BookHandlers = {
  [N in keyof BookCalls]: (
    input: BookCalls[N]['input'],
    signal: JobSignal,
  ) => BookCalls[N]['output'] | Promise<BookCalls[N]['output']>
}

/** Events with open points that a refresh tells of, at most. */
const MOST_OPEN = 50_000

export function bookCalls(opened: () => Opened): BookHandlers {
  const book = () => opened().book
  const revision = () => book().books().revision
  return {
    refresh(_, signal) {
      book().refresh(signal)
      return refreshAnswer(book())
    },
    years: () => years(book()),
    disposals: (call) => disposals(book(), call),
    income: (call) => income(book(), call),
    lots: (call) => lots(book(), call),
    openPoints: (call) => open(book(), call),
    compareMethods: ({ years }, signal) => opened().whatIf.methods(years, signal),
    compareCountries: ({ countries, years }, signal) => opened().whatIf.countries(countries, years, signal),
    decisionRefusals: ({ decisions }) => [
      ...decisions.flatMap((decision) => [...beforeItExisted(book(), decision), ...inFiledYear(book(), decision)]),
      ...book().refusalsWith(book().resident.withDecisions(decisions)),
    ],
    lotChoices: ({ event }) => lotChoices(book(), event),
    lotsEffect: ({ decision }) => lotsEffect(book(), decision),
    changeover: ({ today }) => changeover(book(), today),
    proposeAllocation: (call, signal) => propose(book(), opened().whatIf, call, signal),
    positions: () => positions(opened().ledger, book()),
    positionEffects: (call, signal) => effects(book(), call, signal),
    document: (call) => ({ revision: revision(), text: documentText(opened().ledger, book(), call) }),
    expand: ({ ref, offset, limit }) => opened().tracer.expand(ref, { offset, limit }),
    figures: ({ event }) => (book().refusal() === null ? opened().tracer.figuresOf(event) : []),
    balances: ({ at }) => ({ revision: revision(), rows: balances(book(), at) }),
    rollForward: ({ year }) => rollForward(book(), year),
    stakes: ({ year }) => ({ revision: revision(), refusal: book().refusal(), stakes: stakes(book(), year) }),
    reportList: () => reportList(book()),
    table: ({ form, year, offset, limit }) => table(book(), form, year, { offset, limit }),
    render: ({ form, year, format }) => render(book(), form, year, format),
    exportBooks: ({ format, fileName }) =>
      opened().ledger.snapshot(() => exportBooks(opened().ledger, book(), format, fileName)),
    filingDraft: ({ year }) => filingDraft(book(), year),
    filingDiff: ({ year, filing }) => filingDiff(opened().ledger, book(), year, filing),
    alone({ offset, limit }) {
      const refs = aloneMovements(opened().ledger, book().resident)
      return { revision: revision(), count: refs.length, refs: refs.slice(offset, offset + limit) }
    },
    candidates: ({ event, leg }) => candidatesFor(opened().ledger, book().resident, event, leg),
    effect: ({ proposals }) => matchEffect(book(), proposals),
    linkEffect: ({ corroborating }) => ({
      revision: revision(),
      tax:
        corroborating.length > MOST_FOR_EFFECT
          ? null
          : changeEffect(book(), () => book().resident.without(corroborating)),
    }),
    workEffect: (call) => ({ revision: revision(), ...workEffect(book(), call) }),
    match(_, signal) {
      book().refresh(signal)
      return matchAll(opened().ledger, book().resident, signal)
    },
    applyRules(call, signal) {
      if (call.withTax) book().refresh(signal)
      return opened().ledger.snapshot(() => applyRules(opened().ledger, book(), call, signal))
    },
    bulkChange(call, signal) {
      if (call.withTax) book().refresh(signal)
      return opened().ledger.snapshot(() => bulkChange(opened().ledger, book(), call, signal))
    },
    stagedLinks: ({ batch }, signal) => opened().ledger.snapshot(() => stagedLinks(opened().ledger, batch, signal)),
    links: (_, signal) => opened().ledger.snapshot(() => proposeLinks(opened().ledger, signal)),
  }
}

/** A stated day of acquisition that lies before the first day of a known coin. */
function beforeItExisted(book: TaxBook, decision: Decision): Refusal[] {
  if (decision.what !== 'cost') return []
  const leg = book.resident.find(decision.event)?.legs[decision.leg]
  const asset = leg === undefined ? undefined : book.books().assets.find(({ id }) => id === leg.asset)
  const birth = asset === undefined ? null : birthOf(asset)
  if (asset === undefined || birth === null || decision.acquired >= birth) return []
  const text = `${asset.symbol ?? asset.id} cannot have been acquired on ${decision.acquired}: it exists since ${birth}. Correct the date.`
  return [{ code: 'before-asset-existed', event: decision.event, text }]
}

function refreshAnswer(book: TaxBook): RefreshAnswer {
  const refusal = book.refusal()
  const codes = new Map<string, string[]>()
  for (const { event, code } of refusal === null ? book.totals().open : []) {
    if (event === null) continue
    const known = codes.get(event)
    if (known === undefined) codes.set(event, [code])
    else if (!known.includes(code)) known.push(code)
    if (codes.size >= MOST_OPEN) break
  }
  return { revision: book.books().revision, refusal, open: [...codes] }
}

/** What is open in a tax year, by the stage that settles it, in sentences of people. */
function stakes(book: TaxBook, year: number): Stake[] {
  if (book.refusal() !== null) return []
  const { accounts, assets } = book.books()
  const names = namesOf(accounts, assets)
  const byStage = new Map<string, OpenPoint[]>()
  const blocked = book.filedYears().has(year) ? [] : book.totals().blocked.filter((one) => one.year === year)
  const points = book.filedYears().has(year) ? book.ofYear(year).result.open : book.totals().open
  for (const point of points) {
    if (point.taxYear !== null && point.taxYear !== year) continue
    const stage = stageOf(point.code)
    const known = byStage.get(stage)
    if (known === undefined) byStage.set(stage, [point])
    else known.push(point)
  }
  const open = [...byStage].map(([stage, points]): Stake => {
    const counts = new Map<string, number>()
    for (const point of points) {
      const { title } = openPointWords(point, names.symbol, (account) => account ?? '')
      counts.set(title, (counts.get(title) ?? 0) + 1)
    }
    return {
      stage,
      points: [...counts].map(([title, count]) => ({ title, count })),
      effect: effectOf(points),
    }
  })
  const reasons = blocked.flatMap(({ refusals }) => refusals.map(({ text }) => ({ title: text, count: 1 })))
  if (reasons.length === 0) return open
  const last = open.find(({ stage }) => stage === 'file')
  const file: Stake = {
    stage: 'file',
    points: [...reasons, ...(last?.points ?? [])],
    effect: { low: null, high: null },
  }
  return [...open.filter((one) => one !== last), file]
}

/** Work by hand, in thought. An asset that the books do not have yet has no price and no place in the law. */
function workEffect(
  book: TaxBook,
  { makes, replaces }: BookCalls['workEffect']['input'],
): { tax: TaxEffectView | null; refusal: string | null } {
  const known = new Set<string>(book.books().assets.map(({ id }) => id))
  if (makes.some(({ legs }) => legs.some(({ asset }) => !known.has(asset)))) return { tax: null, refusal: null }
  try {
    const events = makes.map(({ id, ...event }) => eventOf(id, event))
    return { tax: changeEffect(book, () => book.resident.withWork(events, replaces)), refusal: book.refusal() }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { tax: null, refusal: error.message }
  }
}

/** Totals before and after accepting some pairs. Throws `Refused` where there is no result. */
function matchEffect(book: TaxBook, proposals: readonly Proposal[]): TaxEffectView & { pairs: number } {
  const matches: Match[] = proposals.map(({ id, outs, ins, kind }) => ({ id, outs, ins, kind }))
  const effect = changeEffect(book, () => book.resident.withMatches(matches))
  if (effect === null) throw new Refused([book.refusal() ?? 'There is no result.'])
  return { pairs: proposals.length, ...effect }
}
