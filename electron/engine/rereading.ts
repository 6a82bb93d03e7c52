/** After a revert: files of other imports that held the same rows are read again, so that nothing is lost with it. */
import type { AccountKind } from '../../shared/events/account.ts'
import type { AccountId, CurrencyCode, SourceId, ZoneName } from '../../shared/events/identifiers.ts'
import type { AccountRef } from '../intake/messages.ts'
import { readAccounts } from '../ledger/accounts.ts'
import { answersForReading } from '../ledger/asset-answers.ts'
import { discardBatch, executeBatch } from '../ledger/batches.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { planOf } from '../ledger/plan.ts'
import { everyRecipe, readRecipes } from '../ledger/recipes.ts'
import { beginRereading, type FileToReadAgain, filesToReadAgain, leanOnOthers } from '../ledger/rereading.ts'
import { importCount } from '../ledger/settle-file.ts'
import { answeredZones } from '../ledger/zones.ts'
import { rule } from './doers.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import {
  type AskedReading,
  type FileDetail,
  inSteps,
  orDiskFull,
  type ReadingContext,
  readStagedFile,
} from './intake-jobs.ts'
import { cleared, preparedJoins } from './joining.ts'
import type { OpenLedger } from './open-ledger.ts'
import { readProfileSettings } from './profile.ts'
import type { Settling } from './settling.ts'

export interface Rereading {
  /**
   * To be called after anything that may have taken an import back, and at every open: starts the job that reads again
   * what must be, if any. Gives the names of those files; the rows come back when the job has ended.
   */
  start(): string[]
}

/** What a reader must know of the ledger as it is now. */
export const readingContext = (ledger: ReadableLedger): ReadingContext => ({
  accounts: readAccounts(ledger).map(({ id, name, kind }) => ({ id, name, kind })),
  currency: readProfileSettings(ledger).currency as CurrencyCode,
  zones: answeredZones(ledger),
  recipes: readRecipes(ledger),
  assetAnswers: answersForReading(ledger),
})

export function createRereading(engine: Engine, settling: Settling): Rereading {
  let running: OpenLedger | null = null

  const readAll = async (open: OpenLedger, signal: SharedArrayBuffer): Promise<void> => {
    const problems = new Map<number, string>()
    for (;;) {
      const next = filesToReadAgain(open.ledger).find(({ file }) => !problems.has(file))
      if (next === undefined) break
      const before = importCount(open.ledger)
      const problem = await readAgain(open, next, signal)
      const isLeft = (): boolean => filesToReadAgain(open.ledger).some(({ file }) => file === next.file)
      if (problem !== null) problems.set(next.file, problem)
      else if (importCount(open.ledger) === before && isLeft())
        problems.set(next.file, `${next.name} could not be read again.`)
    }
    if (problems.size > 0)
      throw failure(
        'REFUSED',
        `${[...problems.values()].join(' ')} Its rows that the reverted import had brought stay away until it is imported anew.`,
      )
  }

  /** Null when done, or when the ledger moved meanwhile and the caller must look again; else why it cannot be read. */
  const readAgain = async (
    open: OpenLedger,
    wanted: FileToReadAgain,
    signal: SharedArrayBuffer,
  ): Promise<string | null> => {
    const { ledger, workers } = open
    const before = importCount(ledger)
    const title = `Read again after a revert: ${wanted.name}`
    const { batch, file } = orDiskFull(beginRereading(ledger, wanted.file, { title, at: Date.now() }))
    let isKept = false
    try {
      const { as, asked } = readAs(wanted)
      const { name, size: bytes } = wanted
      const again = { file: wanted.file, asked }
      const context = { ...readingContext(ledger), recipes: everyRecipe(ledger) }
      await readStagedFile(ledger, workers, { file, name, bytes, ...as, again }, context, signal)
      const plan = planOf(ledger, batch)
      if (importCount(ledger) !== before || plan === null || plan.hash === null) return null
      const [read] = plan.files
      if (read === undefined || read.state === 'failed')
        return String(read?.detail.problem ?? `${name} could not be read again.`)
      if (read.rows === read.known) {
        orDiskFull(leanOnOthers(ledger, batch))
        return null
      }
      const joins = await preparedJoins(ledger, batch)
      const result = executeBatch(ledger, batch, plan.hash, rule('rereading'), undefined, joins)
      void cleared(ledger, joins)
      if (result.status === 'plan-changed' || result.status === 'refused') return null
      const { value } = engine.committed(orDiskFull(result))
      isKept = true
      if (value.events > 0) settling.start()
      return null
    } finally {
      // What is left after a lock or a full disk is cleared at the next open.
      if (!isKept) await inSteps(discardBatch(ledger, batch) as Parameters<typeof inSteps>[0]).catch(() => {})
    }
  }

  return {
    start() {
      const open = engine.current()
      if (open === null) return []
      const names = filesToReadAgain(open.ledger).map(({ name }) => name)
      if (names.length === 0 || running === open) return names
      running = open
      const run = engine.jobs.start(
        { name: 'read again', unit: 'bytes', terminate: () => void open.workers.intake.terminate() },
        (signal) =>
          readAll(open, signal).finally(() => {
            if (running === open) running = null
          }),
      )
      run.finished.catch(() => {})
      return names
    },
  }
}

/**
 * A file of one table is read as it was, whatever the profile or the guesses say today; of a file with several, each
 * finds its own reader again, as a person asked.
 */
function readAs({ source, zone, account, detail }: FileToReadAgain): { as: AskedReading; asked: AskedReading } {
  const { asked = {}, tables = [] } = JSON.parse(detail) as Partial<FileDetail>
  if (tables.length > 1) return { as: asked, asked }
  const ref: AccountRef | null =
    account === null ? null : { id: account.id as AccountId, name: account.name, kind: account.kind as AccountKind }
  return {
    asked,
    as: {
      ...(source === null ? {} : { source: source as SourceId }),
      ...(zone === null ? {} : { zone: zone as ZoneName }),
      ...(ref === null ? {} : { account: ref }),
    },
  }
}
