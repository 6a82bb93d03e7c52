/** What symbols stood for, and what an answer would put right. */
import type { AssetMention } from '../../shared/contract/assets.ts'
import { dayOfDate } from '../../shared/events/civil-date.ts'
import type { Decision } from '../../shared/events/decision.ts'
import type { AssetId, EventId } from '../../shared/events/identifiers.ts'
import { SOURCE_FORMATS } from '../../shared/sources/registry.ts'
import { assetDecisionsOf, readAnswers, type StoredAnswer } from '../ledger/asset-answers.ts'
import { readFacts } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { rowsOfJoined } from '../ledger/joins.ts'
import { FILE_EVENTS } from '../ledger/ranges.ts'
import { recordsOfEvent } from '../ledger/raw-rows.ts'
import { visibleWhere } from '../ledger/visibility.ts'
import { failure } from './failure.ts'
import type { SourceMention } from './intake-jobs.ts'
import { rowText } from './raw-row-views.ts'

interface FileMention extends SourceMention {
  readonly file: number
}

/** Mentions of every file in force. */
function fileMentions(ledger: ReadableLedger): FileMention[] {
  const rows = ledger.tuples<[number, string]>(
    `SELECT f.id, json_extract(f.detail, '$.mentions') FROM source_file f JOIN batch b ON b.id = f.batch_id
     WHERE b.state = 'live' AND json_array_length(f.detail, '$.mentions') > 0`,
  )
  return rows.flatMap(([file, text]) => (JSON.parse(text) as SourceMention[]).map((one) => ({ ...one, file })))
}

/** Symbols of imports in force that a person may be asked about, most used first; with `all`, answered ones as well. */
export function symbolMentions(ledger: ReadableLedger, all: boolean): AssetMention[] {
  const names = new Map(SOURCE_FORMATS.map(({ id, name }) => [id as string, name]))
  const answers = readAnswers(ledger)
  const found = new Map<string, AssetMention>()
  for (const mention of fileMentions(ledger)) {
    const { source, symbol, asset, choices, reason, first, last, count } = mention
    const answer = answers.findLast((one) => fits(one, mention))
    const state = answer === undefined ? mention.found : 'answered'
    if (state === 'answered' && !all) continue
    const now = answer?.asset ?? asset
    const key = `${source} ${symbol} ${now}`
    const known = found.get(key)
    if (known === undefined)
      found.set(key, {
        source,
        sourceName: names.get(source) ?? source,
        symbol,
        asset: now,
        found: state,
        choices: [...choices],
        reason: answer === undefined ? reason : 'as you answered',
        first,
        last,
        count,
      })
    else {
      known.count += count
      known.first = Math.min(known.first, first)
      known.last = Math.max(known.last, last)
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.symbol < b.symbol ? -1 : 1))
}

const DAY = 86_400_000
type Span = Pick<StoredAnswer, 'source' | 'symbol' | 'from' | 'to'>

const beginOf = ({ from }: Span): number => (from === null ? Number.NEGATIVE_INFINITY : dayOfDate(from) * DAY)
const endOf = ({ to }: Span): number => (to === null ? Number.POSITIVE_INFINITY : (dayOfDate(to) + 1) * DAY)

const fits = (answer: Span, mention: SourceMention): boolean =>
  answer.symbol === mention.symbol &&
  (answer.source === null || mention.source.startsWith(answer.source)) &&
  mention.last >= beginOf(answer) &&
  mention.first < endOf(answer)

/** Rows that are looked at one by one where two symbols of a file stood for one asset. */
const MOST_ROWS = 5_000

/** Decisions that put events right which were read before the answer. */
export function answerDecisions(ledger: ReadableLedger, answer: Span & { readonly asset: AssetId }): Decision[] {
  const decisions: Decision[] = []
  let looked = 0
  for (const mention of fileMentions(ledger)) {
    if (!fits(answer, mention) || mention.asset === answer.asset) continue
    const rows = ledger.column<number>(
      `WITH told (id) AS (
         SELECT e.id FROM ${FILE_EVENTS} WHERE f.id = ?
         UNION SELECT p.event_id FROM ${FILE_EVENTS} JOIN joined_part p ON p.part = e.stable_id WHERE f.id = ?)
       SELECT e.id FROM told JOIN event e ON e.id = told.id WHERE ${visibleWhere(ledger)}
         AND EXISTS (SELECT 1 FROM leg l JOIN asset s ON s.id = l.asset_id WHERE l.event_id = e.id AND s.key = ?)`,
      mention.file,
      mention.file,
      mention.asset,
    )
    for (const block of readFacts(ledger, { rows })) {
      for (const { row, event } of block) {
        if (event.time < beginOf(answer) || event.time >= endOf(answer)) continue
        if (!mention.alone) {
          if (++looked > MOST_ROWS)
            throw failure(
              'REFUSED',
              `${mention.symbol} and another symbol stand for ${mention.asset} in too many rows to tell apart. Revert that import, answer, and import it again.`,
            )
          if (!names(ledger, row, mention.symbol)) continue
        }
        for (const [leg, one] of event.legs.entries())
          if (one.asset === mention.asset) decisions.push({ what: 'asset', event: event.id, leg, asset: answer.asset })
      }
    }
  }
  return decisions
}

/** Whether the rows of an event have the symbol as a word. */
function names(ledger: ReadableLedger, event: number, symbol: string): boolean {
  const word = new RegExp(`(?<![A-Za-z0-9])${symbol.replace(/[^A-Za-z0-9]/g, '\\$&')}(?![A-Za-z0-9])`, 'i')
  return [event, ...rowsOfJoined(ledger, event)]
    .flatMap((row) => recordsOfEvent(ledger, row))
    .some((record) => word.test(rowText(ledger, record)))
}

/** Decisions that turn events back to what they were read as, where the answer alone had changed them. */
export function forgetDecisions(ledger: ReadableLedger, answer: StoredAnswer): Decision[] {
  const changed = assetDecisionsOf(ledger, answer.act)
  const legs = Map.groupBy(changed, ({ event }) => event)
  return [...readFacts(ledger, { events: [...legs.keys()] })].flat().flatMap(({ event }) =>
    (legs.get(event.id) ?? []).flatMap(({ leg }): Decision[] => {
      const asset = event.legs[leg]?.asset
      return asset === undefined ? [] : [{ what: 'asset', event: event.id as EventId, leg, asset }]
    }),
  )
}
