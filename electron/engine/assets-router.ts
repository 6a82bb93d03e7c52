import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { z } from 'zod'
import { ASSET_FAMILIES } from '../../shared/assets/families.ts'
import { spamOfAsset } from '../../shared/assets/spam.ts'
import { engineContract } from '../../shared/contract/contract.ts'
import { parseCivilDate } from '../../shared/events/civil-date.ts'
import type { Decision } from '../../shared/events/decision.ts'
import type { AssetId, CivilDate } from '../../shared/events/identifiers.ts'
import { changeAssets, readAssets } from '../ledger/accounts.ts'
import { forgetAnswer, readAnswers, rememberAnswers, type StoredAnswer } from '../ledger/asset-answers.ts'
import { answerEntry, answerEntryOf } from './answer-entry.ts'
import { answerDecisions, forgetDecisions, symbolMentions } from './asset-questions.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { mustHave } from './rule-views.ts'
import { countOf } from './ruling.ts'

const assets = implement(engineContract).assets

const ANSWERS_SCHEMA = 'tallystick/asset-answers@1'
const answersDocument = z.strictObject({
  schema: z.literal(ANSWERS_SCHEMA),
  answers: z.array(answerEntry).max(5_000),
})

type NewAnswer = Omit<StoredAnswer, 'act'>

/** What symbols stand for, asked where it is ambiguous and remembered. */
export function assetsRouter(engine: Engine) {
  const view = ({ id, source, symbol, from, to, asset, note }: NewAnswer) => ({
    id,
    source,
    symbol,
    from,
    to,
    asset,
    note,
  })
  const dateOf = (text: string | null): CivilDate | null => {
    if (text === null) return null
    const date = parseCivilDate(text)
    if (date === null) throw failure('REFUSED', `${text} is not a date of the calendar.`)
    return date
  }
  const answerOf = (given: z.infer<typeof answersDocument>['answers'][number]): NewAnswer => {
    const from = dateOf(given.from)
    const to = dateOf(given.to)
    if (from !== null && to !== null && from > to)
      throw failure('REFUSED', `The answer on ${given.symbol} begins on ${from}, after its end on ${to}.`)
    return {
      id: randomUUID(),
      source: given.source,
      symbol: given.symbol.trim().toUpperCase(),
      from,
      to,
      asset: given.asset.trim() as AssetId,
      kind: given.kind,
      note: given.note,
    }
  }
  const remember = (answers: readonly NewAnswer[], summary: string) => {
    const { ledger } = engine.opened()
    const decisions: Decision[] = answers.flatMap((answer) => answerDecisions(ledger, answer))
    const done = engine.committed(rememberAnswers(ledger, answers, decisions, { ...person(), summary }))
    const events = new Set(decisions.flatMap((one) => ('event' in one ? [one.event] : []))).size
    return { act: String(done.act), revision: done.revision, events }
  }

  return assets.router({
    list: assets.list.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        assets: readAssets(ledger).map((asset) => ({
          id: asset.id,
          symbol: asset.symbol ?? asset.id,
          name: asset.name ?? null,
          kind: asset.kind,
          chain: asset.chain ?? null,
          contract: asset.contract ?? null,
          family: asset.family === undefined || asset.family === '' ? null : asset.family,
          spam: spamOfAsset(asset),
        })),
      }))
    }),
    mentions: assets.mentions.handler(({ input }) => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({ revision: ledger.revision(), mentions: symbolMentions(ledger, input.all) }))
    }),
    answers: assets.answers.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({ revision: ledger.revision(), answers: readAnswers(ledger).map(view) }))
    }),
    answer: assets.answer.handler(({ input }) => {
      const answer = answerOf({ ...input, kind: input.kind ?? null })
      const done = remember([answer], `say what ${answer.symbol} stands for`)
      return { ...done, answer: view(answer) }
    }),
    forget: assets.forget.handler(({ input }) => {
      const { ledger } = engine.opened()
      const answer = readAnswers(ledger).find(({ id }) => id === input.id)
      if (answer === undefined) throw failure('NOT_FOUND', 'There is no such answer in this ledger.')
      const decisions = forgetDecisions(ledger, answer)
      const summary = `forget what ${answer.symbol} stands for`
      const done = engine.committed(forgetAnswer(ledger, answer, decisions, { ...person(), summary }))
      return { act: String(done.act), revision: done.revision }
    }),
    edit: assets.edit.handler(({ input }) => {
      const { ledger } = engine.opened()
      mustHave(ledger, 'asset', input.id)
      const { id, symbol, kind, family } = input
      const change = {
        id,
        ...(symbol === undefined ? {} : { symbol }),
        ...(kind === undefined ? {} : { kind }),
        ...(family === undefined ? {} : { family }),
      }
      const done = engine.committed(changeAssets(ledger, [change], { ...person(), summary: `change the asset ${id}` }))
      return { act: String(done.act), revision: done.revision }
    }),
    families: assets.families.handler(() =>
      ASSET_FAMILIES.map(({ id, members, reason }) => ({ id, members: [...members], reason })),
    ),
    exportAnswers: assets.exportAnswers.handler(() => {
      const answers = readAnswers(engine.opened().ledger).map(answerEntryOf)
      return {
        fileName: 'asset-answers.json',
        text: `${JSON.stringify({ schema: ANSWERS_SCHEMA, answers }, null, 2)}\n`,
      }
    }),
    importAnswers: assets.importAnswers.handler(({ input }) => {
      const { ledger } = engine.opened()
      const parsed = answersDocument.safeParse(jsonOf(input.text))
      if (!parsed.success) {
        const [issue] = parsed.error.issues
        throw failure(
          'REFUSED',
          `This is no file of answers on assets: ${issue?.path.map(String).join('.') || 'it'}: ${issue?.message ?? ''}. Nothing was taken from it.`,
        )
      }
      const text = (one: Omit<NewAnswer, 'id'>): string =>
        JSON.stringify([one.source, one.symbol, one.from, one.to, one.asset])
      const known = new Set(readAnswers(ledger).map(text))
      const fresh = parsed.data.answers.map(answerOf).filter((answer) => !known.has(text(answer)))
      if (fresh.length === 0) return { added: 0, events: 0, act: null, revision: ledger.revision() }
      const { act, revision, events } = remember(
        fresh,
        `import ${countOf(fresh.length).replace('event', 'answer')} on assets`,
      )
      return { added: fresh.length, events, act, revision }
    }),
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
