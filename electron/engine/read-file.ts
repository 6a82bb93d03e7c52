/** Reads a staged file out of the ledger, with the formats that Tallystick knows. Runs in a worker. */
import { openImport } from '../intake/import-stream.ts'
import type { ImportMessage, ImportSummary, ImportTable } from '../intake/messages.ts'
import { readFileChunks } from '../ledger/files.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import type { JobSignal } from './job-signal.ts'
import { stagedChunks } from './staged-chunks.ts'
import type { ReadFileCall, ReadFilePart } from './worker-protocol.ts'

/**
 * Streams the file through its reader and emits what the ledger stages. A file of several tables (an archive, a
 * workbook) is read twice, because the ledger wants to know its tables before the first row.
 */
export async function readFile(
  ledger: ReadableLedger,
  call: ReadFileCall,
  signal: JobSignal,
  emit: (part: ReadFilePart) => void,
): Promise<ImportSummary> {
  const tables: ImportTable[] = []
  if (hasSeveralTables(ledger, call.file)) {
    await run(ledger, call, signal, (message) => {
      if (message.type === 'table') tables.push(message.table)
    })
    if (tables.length > 0) emit({ type: 'tables', tables })
  }
  const announced = tables.length > 0
  const summary = await run(ledger, call, signal, (message) => {
    switch (message.type) {
      case 'table':
        if (announced) return
        tables.push(message.table)
        emit({ type: 'tables', tables: [message.table] })
        return
      case 'batch': {
        const table = tables.find((one) => one.table === message.table)
        if (table === undefined) throw new Error('rows came before their table')
        const sheet = tables.length > 1 ? tables.indexOf(table) : null
        for (const chunk of stagedChunks(message, `${table.source}\n${table.account.id}`, sheet))
          emit({ type: 'chunk', chunk })
        return
      }
      case 'table-end':
      case 'left-out':
        emit(message)
        return
    }
  })
  signal.check()
  return summary
}

async function run(
  ledger: ReadableLedger,
  call: ReadFileCall,
  signal: JobSignal,
  take: (message: ImportMessage) => void,
): Promise<ImportSummary> {
  const stream = openImport({ ...call.options, cancelled: () => signal.cancelled }, take)
  let read = 0
  for (const chunk of readFileChunks(ledger, call.file)) {
    signal.check()
    await stream.push(chunk)
    read += chunk.length
    signal.progress(read, call.bytes)
  }
  return stream.end()
}

/** ZIP and XLSX begin alike. */
function hasSeveralTables(ledger: ReadableLedger, file: number): boolean {
  const first = readFileChunks(ledger, file).next()
  return first.done !== true && first.value.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))
}
