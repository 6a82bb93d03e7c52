/** The register of positions for the open ledger: what is asked, what was chosen, what hangs on it. Runs in a worker. */
import { formatMoney } from '../../shared/amount/decimal.ts'
import type { Position, PositionChosen, PositionScope } from '../../shared/contract/tax-choices.ts'
import type { Asset } from '../../shared/events/account.ts'
import { civilClock } from '../../shared/events/civil-time.ts'
import type { LedgerEvent } from '../../shared/events/event.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import { packOf } from '../../shared/tax/packs/pack-list.ts'
import { type PackPosition, packPositions } from '../../shared/tax/positions/pack-positions.ts'
import { concerns, positionEffects } from '../../shared/tax/positions/position-effects.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { type ChosenAt, type ChosenPosition, choiceKey, readChosenAt } from './choices.ts'
import { Cancelled, type JobSignal } from './job-signal.ts'
import type { Names } from './names.ts'
import { refusalView } from './tax-answers.ts'
import { Refused, type TaxBook } from './tax-book.ts'

/** The register without effects in money. */
export function positions(ledger: ReadableLedger, book: TaxBook) {
  const { revision, settings, choices, profile, assets } = book.books()
  const { names } = book.current()
  const pack = packOf(settings.jurisdiction)
  const at = readChosenAt(ledger)
  const done = choices.allocations.some(({ completed }) => completed !== null)
  const { dayAt } = civilClock(profile.zone)
  const ofKind = (kind: Asset['kind']) => new Set(assets.filter((asset) => asset.kind === kind).map(({ id }) => id))
  const held = { fiat: ofKind('fiat'), nfts: ofKind('nft') }
  const asked = pack === null ? [] : packPositions(pack)
  const byKind = eventsByKind(book.resident.events(), new Set(asked.flatMap(({ kinds }) => kinds)))
  return {
    revision,
    jurisdiction: settings.jurisdiction,
    currency: profile.currency as string,
    rows: asked.map((position): Position => {
      const reached = [...new Set(position.kinds)]
        .flatMap((kind) => byKind.get(kind) ?? [])
        .filter((event) => concerns(position.id, event, held))
      const yearOf = (event: LedgerEvent): number => book.yearOf(dayAt(event.time))
      return {
        id: position.id,
        question: position.question,
        about: position.why,
        choices: position.choices.map((choice) => ({
          id: choice.id,
          label: choice.label,
          authority: choice.id === position.standard ? position.authority : '',
          cautious: choice.id === position.cautious,
          isDefault: choice.id === position.standard,
        })),
        default: position.standard,
        alternative: position.alternatives[0]?.id ?? null,
        scopeWords: scopeWords(position),
        scopes: position.scope.filter((part) => part !== 'dates'),
        chosen: (choices.positions[position.id] ?? []).map((one) =>
          chosenView(position, one, names, at.get(position.id)?.get(choiceKey(one))),
        ),
        authority: position.authority,
        events: reached.length,
        years: [...new Set(reached.map(yearOf))].sort((a, b) => b - a),
        found: found(reached, names),
        locked:
          position.id === 'P15'
            ? done
              ? 'The allocation is complete and cannot be changed (allocation-irrevocable: Rev. Proc. 2024-28).'
              : 'This is answered by a plan for the changeover, in its own place.'
            : null,
      }
    }),
  }
}

/** The events of some kinds, in one walk over all of them. */
function eventsByKind(events: readonly LedgerEvent[], kinds: ReadonlySet<Kind>): ReadonlyMap<Kind, LedgerEvent[]> {
  const found = new Map<Kind, LedgerEvent[]>()
  for (const event of events) {
    if (!kinds.has(event.kind)) continue
    const known = found.get(event.kind)
    if (known === undefined) found.set(event.kind, [event])
    else known.push(event)
  }
  return found
}

const SCOPE_WORDS = { asset: 'asset', protocol: 'protocol', account: 'account' } as const

function scopeWords({ scope }: PackPosition): string {
  const parts = scope.flatMap((part) => (part === 'dates' ? [] : [SCOPE_WORDS[part]]))
  const each = parts.length === 0 ? 'once for everything' : `for everything, or by ${parts.join(', ')}`
  return scope.includes('dates') ? `${each}; from a day, up to a day` : each
}

function chosenView(
  position: PackPosition,
  { choice, scope = {}, from, to, reason }: ChosenPosition,
  names: Names,
  at: ChosenAt | undefined,
): PositionChosen {
  return {
    choice,
    label: position.choices.find(({ id }) => id === choice)?.label ?? choice,
    scope,
    scopeLabel: scopeLabel(scope, names),
    from: from ?? null,
    to: to ?? null,
    reason: reason ?? '',
    act: at === undefined ? null : String(at.act),
    at: at?.at ?? null,
    who: at?.who ?? null,
  }
}

/** “everything”, “stETH”, “Aave, stETH in Ledger”. */
function scopeLabel({ asset, protocol, account }: PositionScope, names: Names): string {
  const what = [protocol, asset === undefined ? undefined : names.symbol(asset)].filter((part) => part !== undefined)
  const where = account === undefined ? '' : `${what.length > 0 ? ' ' : ''}in ${names.account(account)}`
  return what.length === 0 && where === '' ? 'everything' : `${what.join(', ')}${where}`
}

function found(events: readonly LedgerEvent[], names: Names): Position['found'] {
  const counts = {
    assets: new Map<string, number>(),
    protocols: new Map<string, number>(),
    accounts: new Map<string, number>(),
  }
  const count = (map: Map<string, number>, ids: Iterable<string>): void => {
    for (const id of new Set(ids)) map.set(id, (map.get(id) ?? 0) + 1)
  }
  for (const { legs, protocol } of events) {
    count(
      counts.assets,
      legs.map(({ asset }) => asset),
    )
    count(
      counts.accounts,
      legs.map(({ account }) => account),
    )
    if (protocol !== undefined) count(counts.protocols, [protocol])
  }
  const list = (map: Map<string, number>, label: (id: string) => string) =>
    [...map]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, MOST_FOUND)
      .map(([id, events]) => ({ id, label: label(id), events }))
  return {
    assets: list(counts.assets, names.symbol),
    protocols: list(counts.protocols, (id) => id),
    accounts: list(counts.accounts, names.account),
  }
}

/** Scopes offered to choose from, those with the most events first. */
const MOST_FOUND = 200

export interface PositionEffectsCall {
  readonly ids?: readonly string[] | undefined
  readonly scope?: PositionScope | undefined
}

/** What every other choice would change in the years that are not filed. Throws `Refused`, and `Cancelled`. */
export function effects(book: TaxBook, { ids, scope }: PositionEffectsCall, signal: JobSignal) {
  const books = book.document()
  const outcome = positionEffects(books, {
    ...(ids === undefined ? {} : { ids }),
    ...(scope === undefined || Object.keys(scope).length === 0
      ? {}
      : { scope: scope as NonNullable<Parameters<typeof positionEffects>[1]>['scope'] & object }),
    isCancelled: () => signal.cancelled,
    onProgress: (done, total) => signal.progress(done, total),
  })
  if (outcome === null) throw new Cancelled()
  if (!outcome.ok)
    throw new Refused(
      outcome.refusals.map(({ text }) => text),
      outcome.refusals,
    )
  const filed = book.filedYears()
  return {
    revision: book.books().revision,
    currency: books.profile.currency as string,
    rows: outcome.positions.map(({ id, choice, label, alternatives }) => ({
      id,
      choice,
      label,
      alternatives: alternatives.map((other) => ({
        choice: other.choice,
        label: other.label,
        cautious: other.cautious,
        refused: other.refusals.map(refusalView),
        years: other.years
          .filter(({ year }) => !filed.has(year))
          .map((one) => ({
            year: one.year,
            label: one.label,
            gain: formatMoney(one.gain),
            income: formatMoney(one.income),
            taxable: formatMoney(one.taxable),
            tax: one.tax === null ? null : formatMoney(one.tax),
          })),
      })),
    })),
  }
}
