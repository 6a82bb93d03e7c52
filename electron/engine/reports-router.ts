import { implement } from '@orpc/server'
import { engineContract } from '../../shared/contract/contract.ts'
import { plainFileName } from '../render/file-name.ts'
import type { Engine } from './engine.ts'
import { failure } from './failure.ts'
import { readProfileSettings } from './profile.ts'
import type { Rendered } from './report-book.ts'
import type { TaxReads } from './tax-reads.ts'

const reports = implement(engineContract).reports

/** The forms: as tables for the screen, as files to keep. */
export function reportsRouter(engine: Engine, reads: TaxReads) {
  const noForm = (form: string) => failure('NOT_FOUND', `There is no report “${form}” for this country.`)
  const asFile = ({ fileName, mediaType, bytes }: Rendered) => ({
    fileName,
    mediaType,
    base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  })
  return reports.router({
    list: reports.list.handler(() => reads.read('reportList', null)),
    table: reports.table.handler(async ({ input }) => {
      const table = await reads.read('table', input)
      if (table === null) throw noForm(input.form)
      return { ...table, job: engine.jobs.running('compute') }
    }),
    render: reports.render.handler(async ({ input }) => {
      const rendered = await reads.readAsJob('render', input, { name: 'render', unit: 'pages' })
      if (rendered === null) throw noForm(input.form)
      return asFile(rendered)
    }),
    exportAll: reports.exportAll.handler(async ({ input }) => {
      const { name } = readProfileSettings(engine.opened().ledger)
      const call = { format: input?.format ?? 'json', fileName: plainFileName(name) || 'ledger' } as const
      return asFile(await reads.readAsJob('exportBooks', call, { name: 'export', unit: 'events' }))
    }),
  })
}
