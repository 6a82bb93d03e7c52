import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import type { AccountSummary, Batch } from '../../shared/contract/intake.ts'
import { isZoneName } from '../../shared/events/civil-time.ts'
import type { AccountId, SourceId } from '../../shared/events/identifiers.ts'
import { SOURCE_FORMATS } from '../../shared/sources/registry.ts'
import type { AccountRef } from '../intake/messages.ts'
import { accountKey } from '../intake/resolve-draft.ts'
import { changeAccounts, readAccounts, type StoredAccount } from '../ledger/accounts.ts'
import { actOf } from '../ledger/acts.ts'
import { batchByKey } from '../ledger/files.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { planOf } from '../ledger/plan.ts'
import { importReadAgain, shiftBatchOf } from '../ledger/rereading.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { filePlan } from './file-plan.ts'
import type { OpenLedger } from './open-ledger.ts'
import { createPreviews, type Previews, type ReadAs } from './previews.ts'
import { type Rereading, readingContext } from './rereading.ts'
import type { Revoking } from './revoking.ts'
import { orCancelled } from './rules-router.ts'
import type { Settling } from './settling.ts'

const intake = implement(engineContract).intake

/** The imports on their way of whatever ledger is open. */
export function previewsOf(engine: Engine): () => Previews {
  const known = new WeakMap<OpenLedger, Previews>()
  return () => {
    const open = engine.opened()
    const previews = known.get(open) ?? createPreviews(open, engine.jobs, () => readingContext(open.ledger))
    known.set(open, previews)
    return previews
  }
}

/** Files in: upload, preview, execute, revert. */
export function intakeRouter(
  engine: Engine,
  previews: () => Previews,
  settling: Settling,
  rereading: Rereading,
  revoking: Revoking,
) {
  /** The row of an import, on its way or done. */
  const rowOf = (batch: string): number => {
    const row = previews().rowOf(batch) ?? batchByKey(engine.opened().ledger, batch)
    if (row === undefined) throw failure('NOT_FOUND', 'There is no such import in this ledger.')
    return row
  }

  return intake.router({
    sources: intake.sources.handler(() =>
      SOURCE_FORMATS.map(({ id, name, venue, howToGet }) => ({ id, name, venue, howToGet })),
    ),
    accounts: intake.accounts.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        accounts: readAccounts(ledger).map(accountSummary),
      }))
    }),
    editAccount: intake.editAccount.handler(({ input }) => {
      const { ledger } = engine.opened()
      if (!readAccounts(ledger).some(({ id }) => id === input.id))
        throw failure('NOT_FOUND', 'There is no such account in this ledger.')
      const { id, ...wanted } = input
      const change = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
      const summary = 'name' in change ? 'rename an account' : 'change an account'
      engine.committed(changeAccounts(ledger, [{ id, ...change }], { ...person(), summary }))
      const account = readAccounts(ledger).find((one) => one.id === id)
      if (account === undefined) throw failure('NOT_FOUND')
      return accountSummary(account)
    }),
    begin: intake.begin.handler(({ input }) => previews().begin(input.files)),
    chunk: intake.chunk.handler(({ input }) => {
      previews().chunk(input.upload, input.index, Buffer.from(input.base64, 'base64'), input.last)
      return { ok: true as const }
    }),
    plan: intake.plan.handler(({ input }) => previews().plan(input.batch)),
    replan: intake.replan.handler(({ input }) =>
      previews().replan(input.batch, input.file, readAs(engine.opened().ledger, input)),
    ),
    previewEvents: intake.previewEvents.handler(({ input }) => {
      const { workers } = engine.opened()
      const { batch, offset, limit, file } = input
      return workers.read.calls().call('preview', { batch: rowOf(batch), file: file ?? null, offset, limit })
    }),
    previewLinks: intake.previewLinks.handler(({ input }) => {
      const { workers } = engine.opened()
      return orCancelled(workers.compute.calls().call('stagedLinks', { batch: rowOf(input.batch) }))
    }),
    previewJoins: intake.previewJoins.handler(({ input }) => {
      const { workers } = engine.opened()
      return workers.read.calls().call('stagedJoins', { batch: rowOf(input.batch) })
    }),
    previewRaw: intake.previewRaw.handler(async ({ input }) => {
      const { workers } = engine.opened()
      return {
        rawRows: await workers.read.calls().call('previewRaw', { batch: rowOf(input.batch), event: input.event }),
      }
    }),
    notices: intake.notices.handler(({ input }) => {
      const { workers } = engine.opened()
      const { batch, file, outcome, offset, limit, withoutTexts } = input
      return workers.read
        .calls()
        .call('notices', { batch: rowOf(batch), file: file ?? null, outcome, offset, limit, withoutTexts })
    }),
    execute: intake.execute.handler(async ({ input }) => {
      const open = engine.opened()
      const row = previews().rowOf(input.batch)
      if (row === null) throw failure('NOT_FOUND', 'There is no such import waiting. Start it again.')
      const { revision } = engine.committed(await previews().execute(input.batch, input.hash, input.takeChoicesOf))
      const batch = batchView(open.ledger, row)
      if (batch === null) throw failure('NOT_FOUND')
      if (batch.events > 0) settling.start()
      // An import on which the file leaned may have been reverted while it was read.
      rereading.start()
      return { batch, revision }
    }),
    discard: intake.discard.handler(async ({ input }) => {
      await previews().discard(input.batch)
      return { ok: true as const }
    }),
    batches: intake.batches.handler(() => {
      const { ledger } = engine.opened()
      return ledger.snapshot(() => ({
        revision: ledger.revision(),
        batches: ledger
          .column<number>(
            `SELECT id FROM batch WHERE state IN ('live', 'reverted') AND origin NOT IN ('manual', 'shift') ORDER BY executed_at DESC, id DESC`,
          )
          .flatMap((row) => batchView(ledger, row) ?? []),
      }))
    }),
    revert: intake.revert.handler(async ({ input }) => {
      const { ledger } = engine.opened()
      const row = batchByKey(ledger, input.batch)
      const found = row === undefined ? undefined : batchState(ledger, row)
      if (found === undefined || found.act_id === null)
        throw failure('NOT_FOUND', 'There is no such import in this ledger.')
      if (found.state !== 'live') throw failure('REFUSED', 'This import was reverted already.')
      const belongsTo = importReadAgain(ledger, row as number)
      if (belongsTo !== undefined)
        throw failure('REFUSED', `This was read again for the import “${belongsTo}” and goes with it. Revert that one.`)
      if (actOf(ledger, found.act_id)?.revocable !== true) throw failure('REFUSED', 'This import cannot be reverted.')
      const reverted = await revoking.revoke(found.act_id, true)
      if (reverted.status === 'refused') throw failure('REFUSED', reverted.text)
      if (reverted.status === 'has-dependants') throw failure('REFUSED', 'Later acts stand on this import.')
      const committed = engine.committed(reverted)
      settling.after(committed)
      return { revision: committed.revision, events: found.events, readingAgain: rereading.start() }
    }),
  })
}

const batchState = (ledger: ReadableLedger, row: number) =>
  ledger.rows<{ act_id: number | null; state: string; events: number; made_at: number; title: string; key: string }>(
    'SELECT act_id, state, events, coalesce(executed_at, made_at) AS made_at, title, key FROM batch WHERE id = ?',
    row,
  )[0]

function batchView(ledger: ReadableLedger, row: number): Batch | null {
  const plan = planOf(ledger, row)
  const state = batchState(ledger, row)
  if (plan === null || state === undefined) return null
  return {
    id: state.key,
    made: state.made_at,
    state: state.state === 'reverted' ? 'reverted' : 'live',
    title: state.title,
    files: plan.files.map((file) => {
      const told = filePlan(file, { name: file.name, seenBefore: false, problem: null })
      const shift = shiftBatchOf(ledger, file.file)
      const now = shift === null ? undefined : planOf(ledger, shift)?.files[0]
      return now === undefined ? told : { ...told, zone: now.zone, first: now.first, last: now.last }
    }),
    events: state.events,
    notUnderstood: plan.files.reduce((sum, file) => sum + file.notUnderstood, 0),
  }
}

const accountSummary = (account: StoredAccount): AccountSummary => ({
  id: account.id,
  name: account.name,
  kind: account.kind,
  group: account.group ?? null,
  business: account.business ?? false,
  events: account.events,
  first: account.first,
  last: account.last,
  batches: account.batches,
  sources: [...account.sources],
})

interface WantedReading {
  readonly source?: string | undefined
  readonly account?: string | undefined
  readonly newAccountName?: string | undefined
  readonly zone?: string | undefined
}

/** How a file is to be read again. Throws where the source, the account or the zone is not known. */
function readAs(ledger: ReadableLedger, wanted: WantedReading): ReadAs {
  const { source, zone } = wanted
  if (source !== undefined && !SOURCE_FORMATS.some(({ id }) => id === source))
    throw failure(
      'REFUSED',
      `There is no source “${source}”. There are ${SOURCE_FORMATS.map(({ id }) => id).join(', ')}.`,
    )
  if (zone !== undefined && !isZoneName(zone))
    throw failure('REFUSED', `“${zone}” is not a time zone. Write one like Europe/London.`)
  const account = accountFor(ledger, wanted)
  return {
    ...(source === undefined ? {} : { source: source as SourceId }),
    ...(zone === undefined ? {} : { zone }),
    ...(account === null ? {} : { account }),
  }
}

function accountFor(ledger: ReadableLedger, { account, newAccountName }: WantedReading): AccountRef | null {
  const accounts = readAccounts(ledger)
  if (account !== undefined) {
    const known = accounts.find(({ id }) => id === account)
    if (known === undefined) throw failure('REFUSED', 'There is no such account in this ledger.')
    return { id: known.id, name: known.name, kind: known.kind }
  }
  if (newAccountName === undefined) return null
  const base = accountKey(newAccountName)
  let id = base
  for (let n = 2; accounts.some((one) => one.id === id); n++) id = `${base}-${n}` as AccountId
  return { id, name: newAccountName, kind: 'exchange' }
}
