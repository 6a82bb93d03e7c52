import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import { isZoneName } from '../../shared/events/civil-time.ts'
import { batchByKey } from '../ledger/files.ts'
import { shiftableFile } from '../ledger/rereading.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import type { StagedFiles } from './previews.ts'
import { orCancelled } from './rules-router.ts'
import type { Settling } from './settling.ts'
import { shiftFile } from './shifting.ts'

const zones = implement(engineContract).zones

/** What speaks for a zone, and shifting an import to another. */
export function zonesRouter(engine: Engine, staged: StagedFiles, settling: Settling) {
  /** The row of a file of an import that was executed; undefined where there is none. */
  const importedFile = (batch: string, name: string): number | undefined => {
    const { ledger } = engine.opened()
    const row = batchByKey(ledger, batch)
    return row === undefined
      ? undefined
      : ledger.value<number>(
          `SELECT f.id FROM source_file f JOIN batch b ON b.id = f.batch_id
           WHERE f.batch_id = ? AND f.name = ? AND b.state = 'live' ORDER BY f.id LIMIT 1`,
          row,
          name,
        )
  }
  return zones.router({
    evidence: zones.evidence.handler(async ({ input }) => {
      const { ledger, workers } = engine.opened()
      const imported = importedFile(input.batch, input.file)
      const file = imported ?? staged.fileOf(input.batch, input.file).file
      const { evidence, ...answer } = await orCancelled(workers.read.calls().call('zoneEvidence', { file }))
      const shifted = imported === undefined ? undefined : shiftableFile(ledger, imported)?.zone
      const zone = shifted ?? answer.zone
      const asked = answer.asked || zone !== answer.zone
      return { ...answer, zone, asked, evidence: evidence.map((fit) => ({ ...fit })) }
    }),
    shift: zones.shift.handler(async ({ input }) => {
      const file = importedFile(input.batch, input.file)
      if (file === undefined)
        throw failure(
          'NOT_FOUND',
          `${input.file} is not among the files of an import in force. A preview is read again under its zone.`,
        )
      if (!isZoneName(input.zone))
        throw failure('REFUSED', `“${input.zone}” is not a time zone. Write one like Europe/Berlin.`)
      const { changed, act } = await orCancelled(shiftFile(engine, settling, file, input.zone))
      const { ledger } = engine.opened()
      return { changed, act: act === null ? null : String(act), revision: ledger.revision() }
    }),
  })
}
