/** The US change to basis by account: what stands, what a plan would give. Runs in a worker. */
import { hash } from 'node:crypto'
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { Amount, Money } from '../../shared/amount/amount.ts'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import type { taxContract } from '../../shared/contract/tax.ts'
import type { ChangeoverAsset, ChangeoverLot } from '../../shared/contract/tax-changeover.ts'
import { dateOfDay, parseCivilDate } from '../../shared/events/civil-date.ts'
import { type CivilClock, civilClock } from '../../shared/events/civil-time.ts'
import { inEngineOrder } from '../../shared/events/engine-order.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import type { CivilDate, Instant } from '../../shared/events/identifiers.ts'
import type { InterchangeDocument } from '../../shared/events/interchange-types.ts'
import { type ChangeoverMemo, changeoverMemo, type MemoAsset } from '../../shared/tax/changeover-memo.ts'
import { deadlineOf } from '../../shared/tax/changeover-plan.ts'
import { type Law, settleLaw } from '../../shared/tax/law.ts'
import type { Refusal } from '../../shared/tax/result.ts'
import { allocationEvents, type RecordedAllocation } from './choices.ts'
import type { JobSignal } from './job-signal.ts'
import type { Names } from './names.ts'
import { refusalView } from './tax-answers.ts'
import { Refused, type TaxBook } from './tax-book.ts'
import { methodCells, type WhatIf } from './what-if.ts'

type Inputs = InferContractRouterInputs<typeof taxContract>
type Outputs = InferContractRouterOutputs<typeof taxContract>
export type ChangeoverAnswer = Omit<Outputs['changeover'], 'job'>
export type ProposalCall = Inputs['proposeAllocation'] & { readonly today: string }
export type ProposalAnswer = Omit<Outputs['proposeAllocation'], 'job'> & {
  /** What would be put on record. */
  readonly allocation: RecordedAllocation
}

const CHANGEOVER_DAY = '2025-01-01' as CivilDate
const AUTHORITY = 'Rev. Proc. 2024-28'

const ORDERS = [
  { id: 'highest-basis-then-earliest', name: 'Highest cost first, then earliest' },
  { id: 'lowest-basis-then-earliest', name: 'Lowest cost first, then earliest' },
  { id: 'earliest', name: 'Earliest first' },
  { id: 'latest', name: 'Latest first' },
] as const

const sha256 = (text: string): string => hash('sha256', text)

/** The memo of the books as they are; null where the law knows no changeover, or nothing was held. Throws `Refused`. */
export function memoOf(books: InterchangeDocument): ChangeoverMemo | null {
  const outcome = changeoverMemo(books, sha256)
  if (outcome.ok) return outcome.memo
  throw new Refused(
    outcome.refusals.map(({ text }) => text),
    outcome.refusals,
  )
}

/** The state of the changeover. `today`: a civil date, for what may still be done. */
export function changeover(book: TaxBook, today: string): ChangeoverAnswer {
  const books = book.document()
  const { names } = book.current()
  const { revision, choices } = book.books()
  const head = {
    revision,
    currency: books.profile.currency as string,
    day: CHANGEOVER_DAY,
    orders: ORDERS.map((order) => ({ ...order })),
    recorded: recorded(books, new Set(choices.allocations.map(({ id }) => id)), names),
  }
  const why = whyNot(books)
  const outcome = why === null ? changeoverMemo(books, sha256) : null
  if (outcome === null || !outcome.ok)
    return {
      ...head,
      applies: why === null,
      why,
      state: 'nothing',
      assets: [],
      plans: [],
      refused: outcome === null || outcome.ok ? [] : outcome.refusals.map(refusalView),
    }
  const { memo } = outcome
  if (memo === null)
    return {
      ...head,
      applies: false,
      why: `Nothing was held on ${CHANGEOVER_DAY}.`,
      state: 'nothing',
      assets: [],
      plans: [],
      refused: [],
    }
  const law = lawOf(books)
  const ordered = inEngineOrder(books.events)
  const assets = memo.assets.map((asset) => assetView(asset, law, ordered, names))
  return {
    ...head,
    applies: true,
    why: null,
    state: memo.assets.some(({ plan }) => plan.kind !== 'residue') ? 'planned' : 'unplanned',
    assets,
    plans: plansOf(assets, today),
    refused: [],
  }
}

function whyNot({ profile }: InterchangeDocument): string | null {
  if (profile.jurisdiction !== 'us')
    return 'Only the law of the United States changed to basis by account on 2025-01-01.'
  if (profile.scope === 'account') return 'These books kept basis by account before 2025, so nothing changed over.'
  return null
}

function lawOf(books: InterchangeDocument): Law {
  const ruling = books.events.filter(({ kind }) => kind === 'allocation' || kind === 'lot_selection')
  const settled = settleLaw({ ...books, ruling })
  if (settled.ok) return settled.law
  throw new Refused(
    settled.refusals.map(({ text }) => text),
    settled.refusals,
  )
}

function recorded(books: InterchangeDocument, own: ReadonlySet<string>, names: Names): ChangeoverAnswer['recorded'] {
  const { dateAt } = civilClock(books.profile.zone)
  return books.events.flatMap(({ id, kind, time, completed, plan, asset, planOrder }) =>
    kind !== 'allocation' || plan === undefined
      ? []
      : [
          {
            id,
            plan,
            asset: asset ?? null,
            symbol: asset === undefined ? null : names.symbol(asset),
            order: plan === 'global' ? (planOrder ?? 'earliest') : null,
            written: dateAt(time),
            completed: dateAt(completed ?? time),
            imported: !own.has(id),
          },
        ],
  )
}

function assetView(memo: MemoAsset, law: Law, events: readonly LedgerEvent[], names: Names): ChangeoverAsset {
  const { asset, plan, wallets, unused, lines, totals } = memo
  const inAccount = (account: string): bigint =>
    unused.reduce((sum, lot) => (lot.account === account ? sum + lot.amount : sum), 0n)
  const accounts = [...new Set([...wallets.map(({ account }) => account), ...unused.map(({ account }) => account)])]
  const day = (kind: 'specific' | 'global'): CivilDate => dateOfDay(deadlineOf(kind, asset, law, events).day)
  return {
    asset,
    symbol: names.symbol(asset),
    accounts: accounts.map((account) => ({
      account,
      accountName: names.account(account),
      units: formatAmount(wallets.find((wallet) => wallet.account === account)?.units ?? (0n as Amount)),
      basisUnits: formatAmount(inAccount(account) as Amount),
    })),
    lots: unused.map((lot) => lotView(lot, names)),
    units: formatAmount(totals.units),
    basisUnits: formatAmount(unused.reduce((sum, { amount }) => sum + amount, 0n) as Amount),
    cost: formatMoney(totals.basis),
    result: lines.map((line) => lotView(line, names)),
    plan: plan.kind === 'residue' ? 'none' : plan.kind,
    firstUse: plan.firstUse === null ? null : { ...plan.firstUse },
    deadlines: { specific: day('specific'), global: day('global') },
    locked: lockedWhy(memo),
    withoutBasis: formatAmount(totals.withoutBasis),
  }
}

function lockedWhy({ plan }: MemoAsset): string | null {
  if (plan.kind !== 'residue')
    return `The allocation is complete and cannot be changed (allocation-irrevocable: ${AUTHORITY} sec. 5).`
  if (!plan.locked) return null
  return `It was sold, spent or moved on ${plan.firstUse?.date ?? plan.deadline} already; a plan lot by lot had to be complete before (allocation-late: ${AUTHORITY} sec. 5.02).`
}

const lotView = (
  lot: {
    readonly lot: string
    readonly acquired: CivilDate | null
    readonly amount: Amount
    readonly cost: Money
    readonly account: string
  },
  names: Names,
): ChangeoverLot => ({
  lot: lot.lot,
  acquired: lot.acquired,
  amount: formatAmount(lot.amount),
  cost: formatMoney(lot.cost),
  account: lot.account,
  accountName: names.account(lot.account),
  ref: `event:${lot.lot}`,
})

function plansOf(assets: readonly ChangeoverAsset[], today: string): ChangeoverAnswer['plans'] {
  const plan = (kind: 'specific' | 'global', name: string, about: string, section: string) => {
    const free = assets.filter((asset) => asset.plan === 'none')
    const open = free.filter(({ deadlines }) => today <= deadlines[kind])
    const latest = free.map(({ deadlines }) => deadlines[kind]).sort()
    const until =
      latest.length === 0
        ? 'every asset has its plan'
        : latest[0] === latest.at(-1)
          ? (latest[0] ?? '')
          : `${latest[0]} to ${latest.at(-1)}, by asset`
    const closed =
      free.length === 0
        ? `Every asset has its plan, and none can be changed (allocation-irrevocable: ${AUTHORITY} sec. 5).`
        : `Its time is over (allocation-late: ${AUTHORITY} ${section}). A plan that was complete in time can still be put on record with its days.`
    return {
      plan: kind,
      name,
      about,
      possible: open.length > 0,
      why: open.length > 0 ? null : closed,
      until,
      authority: `${AUTHORITY} ${section}`,
    }
  }
  return [
    plan(
      'specific',
      'Lot by lot',
      'Each unused lot is given to an account, before the first sale or move of the asset from 2025 on, or before the return of 2025 is due, whichever is earlier.',
      'sec. 5.02(4)',
    ),
    plan(
      'global',
      'By a rule',
      'A rule written down before 2025 says in which order lots and accounts are taken, and is carried out before the later of the two days.',
      'sec. 5.02(5)',
    ),
  ]
}

/** What a plan would give, checked by every rule. Throws `Refused` only where the books themselves cannot be computed. */
export function propose(book: TaxBook, whatIf: WhatIf, call: ProposalCall, signal: JobSignal): ProposalAnswer {
  const books = book.document()
  const { names } = book.current()
  const { revision } = book.books()
  const clock = civilClock(books.profile.zone)
  const plans = books.events.filter(({ kind }) => kind === 'allocation').length
  const allocation = allocationOf(call, clock, plans + 1, call.today)
  const none = { revision, ok: false, rows: [], years: [], allocation }
  const why = whyNot(books)
  const problems = why === null ? planProblems(call, books) : [refusal('allocation-not-for-these-books', why)]
  if (problems.length > 0) return { ...none, refused: problems.map(refusalView) }
  const candidate = { ...books, events: inEngineOrder([...books.events, ...allocationEvents([allocation])]) }
  const outcome = changeoverMemo(candidate, sha256)
  if (!outcome.ok) return { ...none, refused: outcome.refusals.map(refusalView) }
  signal.check()
  const variant = whatIf.variant(candidate, `allocation ${JSON.stringify(allocation)}`, signal)
  if (!variant.ok) return { ...none, refused: variant.refusals.map(refusalView) }
  const rows = (outcome.memo?.assets ?? []).flatMap((asset) =>
    asset.plan.event !== allocation.id
      ? []
      : asset.lines.map((line) => {
          const before = line.from ?? line.account
          return {
            ...lotView(line, names),
            asset: asset.asset as string,
            symbol: names.symbol(asset.asset),
            from: before as string,
            fromName: names.account(before),
          }
        }),
  )
  return { revision, ok: true, refused: [], rows, years: methodCells(book, variant), allocation }
}

const refusal = (code: string, text: string): Refusal => ({
  code: code as Refusal['code'],
  event: null,
  text,
  rule: AUTHORITY,
})

/** What is wrong with a plan before any lot is looked at: names that the books do not have, days that cannot be. */
function planProblems({ plan, written, completed, today }: ProposalCall, books: InterchangeDocument): Refusal[] {
  const problems: Refusal[] = []
  const accounts = new Set<string>(books.accounts.map(({ id }) => id))
  const events = new Set<string>(books.events.map(({ id }) => id))
  const unknown = (what: string, id: string): void => {
    problems.push(refusal(`unknown-${what}`, `These books have no ${what} “${id}”.`))
  }
  if (plan.asset !== undefined && !books.assets.some(({ id }) => id === plan.asset)) unknown('asset', plan.asset)
  const named = plan.plan === 'specific' ? plan.allocations.map(({ account }) => account) : plan.accounts
  for (const account of new Set(named)) if (!accounts.has(account)) unknown('account', account)
  const lots = plan.plan === 'specific' ? plan.allocations.map(({ lot }) => lot) : []
  for (const lot of new Set(lots)) if (!events.has(lot)) unknown('lot', lot)
  if (plan.plan === 'specific' && plan.allocations.some(({ amount }) => amount.startsWith('-') || amount === '0'))
    problems.push(refusal('allocation-not-equal', 'Every line of a plan gives units away; one of them gives none.'))
  for (const day of [written, completed])
    if (day !== undefined && parseCivilDate(day) === null)
      problems.push(refusal('plan-days', `${day} is not a day of the calendar.`))
  const [begun, done] = [written ?? today, completed ?? written ?? today]
  if (done < begun)
    problems.push(refusal('plan-days', `The plan is complete (${done}) before it was written (${begun}).`))
  if (done > today)
    problems.push(refusal('plan-days', `${done} has not come yet; a plan is recorded once it is complete.`))
  return problems.slice(0, 20)
}

function allocationOf(
  { plan, written, completed }: ProposalCall,
  clock: CivilClock,
  number: number,
  today: string,
): RecordedAllocation {
  const begun = (written ?? today) as CivilDate
  const start = (day: CivilDate): Instant => (parseCivilDate(day) === null ? (0 as Instant) : clock.startOfDay(day))
  return {
    id: `tallystick:changeover:allocation-${number}`,
    time: start(begun),
    completed: start((completed ?? begun) as CivilDate),
    plan: plan.plan,
    ...(plan.asset === undefined ? {} : { asset: plan.asset }),
    ...(plan.plan === 'specific'
      ? { allocations: plan.allocations.map((line) => ({ ...line })) }
      : { order: plan.order, accounts: [...plan.accounts] }),
  }
}
