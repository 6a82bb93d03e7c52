/** An imported file read in another zone: new versions of its events under their ids, in one act. */
import type { AccountKind } from '../../shared/events/account.ts'
import type { AccountId, SourceId, ZoneName } from '../../shared/events/identifiers.ts'
import { discardBatch, executeBatch } from '../ledger/batches.ts'
import { planOf } from '../ledger/plan.ts'
import { everyRecipe } from '../ledger/recipes.ts'
import { beginRereading, shiftableFile } from '../ledger/rereading.ts'
import { person } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { type FileDetail, inSteps, orDiskFull, readStagedFile } from './intake-jobs.ts'
import { cleared, preparedJoins } from './joining.ts'
import { readingContext } from './rereading.ts'
import type { Settling } from './settling.ts'

export interface Shifted {
  readonly changed: number
  readonly act: number | null
}

/** Throws the contract's error where the file cannot be shifted. `file` is its row. */
export async function shiftFile(engine: Engine, settling: Settling, file: number, zone: ZoneName): Promise<Shifted> {
  const open = engine.opened()
  const { ledger, workers } = open
  const wanted = shiftableFile(ledger, file)
  if (wanted === null) throw failure('NOT_FOUND', 'There is no such file among the imports in force.')
  const { name, size: bytes, source, account } = wanted
  if (source === null || account === null) throw failure('REFUSED', `${name} was not read: there is nothing to shift.`)
  if (wanted.zone === zone) throw failure('REFUSED', `${name} is read in ${zone} already.`)
  const title = `${name}, read in ${zone}`
  const begun = orDiskFull(beginRereading(ledger, file, { title, at: Date.now(), origin: 'shift' }))
  let isKept = false
  const run = engine.jobs.start(
    { name: 'shift', unit: 'bytes', terminate: () => void workers.intake.terminate() },
    async (signal): Promise<Shifted> => {
      const { asked = {}, tables = [] } = JSON.parse(wanted.detail) as Partial<FileDetail>
      const one =
        tables.length > 1
          ? asked
          : {
              source: source as SourceId,
              account: { id: account.id as AccountId, name: account.name, kind: account.kind as AccountKind },
            }
      const as = { ...one, zone }
      const context = { ...readingContext(ledger), recipes: everyRecipe(ledger) }
      const again = { file, asked: { ...asked, zone } }
      await readStagedFile(ledger, workers, { file: begun.file, name, bytes, ...as, again }, context, signal)
      const plan = planOf(ledger, begun.batch)
      const [read] = plan?.files ?? []
      if (read === undefined || read.state === 'failed')
        throw failure(
          'REFUSED',
          String(read?.detail.problem ?? `${name} could not be read again. Nothing was changed.`),
        )
      if (read.changed === 0) return { changed: 0, act: null }
      const summary = `read “${name}” in ${zone}`
      const joins = await preparedJoins(ledger, begun.batch)
      const result = executeBatch(ledger, begun.batch, plan?.hash ?? '', { ...person(), summary }, undefined, joins)
      void cleared(ledger, joins)
      if (result.status === 'refused') throw failure('REFUSED', result.text)
      if (result.status === 'plan-changed')
        throw failure('REFUSED', 'The books changed while the file was read again. Nothing was changed; try it again.')
      const done = engine.committed(orDiskFull(result))
      isKept = true
      settling.start()
      return { changed: done.value.events, act: done.act }
    },
  )
  try {
    return await run.finished
  } finally {
    // What is left after a lock or a full disk is cleared at the next open.
    if (!isKept) await inSteps(discardBatch(ledger, begun.batch) as Parameters<typeof inSteps>[0]).catch(() => {})
  }
}
