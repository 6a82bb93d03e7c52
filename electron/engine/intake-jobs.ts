/** The reading of staged files: workers parse, this thread alone writes, in short steps. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { SourceId, ZoneName } from '../../shared/events/identifiers.ts'
import type { AccountRef, ImportOptions, ImportSummary, ImportTable, SymbolMention } from '../intake/messages.ts'
import { noteFile } from '../ledger/files.ts'
import type { WritableLedger } from '../ledger/handles.ts'
import { rowsLeftBefore } from '../ledger/rereading.ts'
import type { DiskFull } from '../ledger/sqlite.ts'
import type { StagedChunk } from '../ledger/staged.ts'
import { type FileStage, openStage } from '../ledger/staging.ts'
import { unstageFile } from '../ledger/unstage.ts'
import { type KeptBooks, keptBooks } from './document-choices.ts'
import { failure } from './failure.ts'
import type { LedgerWorkers } from './ledger-workers.ts'
import { extendRanges, type RowRanges } from './row-ranges.ts'
import type { ReadFilePart } from './worker-protocol.ts'

/** One file to be read, and as what. */
export interface FileToRead {
  readonly file: number
  readonly name: string
  readonly bytes: number
  readonly source?: SourceId
  readonly account?: AccountRef
  readonly zone?: ZoneName
  /** The file that this one reads again, and how a person asked for that one to be read. */
  readonly again?: { readonly file: number; readonly asked: AskedReading }
}

/** What a reader must know of the ledger: its accounts, the currency that stated values count in, recipes and answers. */
export type ReadingContext = Pick<ImportOptions, 'accounts' | 'currency' | 'zones' | 'recipes' | 'assetAnswers'>

/** What a person asked of the reading of a file; what is absent was found out. */
export interface AskedReading {
  readonly source?: SourceId
  readonly account?: AccountRef
  readonly zone?: ZoneName
}

/** A symbol of one table of the file, with the source that the table was read as. */
export interface SourceMention extends SymbolMention {
  readonly source: string
}

/** What the plan shows of a file beside its counts; kept with the file in the ledger. */
export interface FileDetail {
  readonly sourceName: string | null
  readonly candidates: readonly { readonly source: string; readonly name: string; readonly score: number }[]
  readonly account: { readonly id: string; readonly name: string; readonly isNew: boolean } | null
  /** Every account its tables go into, that of the first first. */
  readonly accounts?: readonly { readonly name: string; readonly isNew: boolean }[]
  readonly zoneAsked: boolean
  readonly warnings: readonly string[]
  readonly problem: string | null
  /** The file is a table whose header no format knows: a recipe can be made of it. */
  readonly mappable: boolean
  /** Symbols that a person may be asked about, or was. */
  readonly mentions: readonly SourceMention[]
  readonly asked: AskedReading
  /** The file's tables as they were found: what a raw row's cells are called. */
  readonly tables: readonly TableShape[]
  /** Rows that the reader left out, by reason, most first. */
  readonly skippedReasons: readonly { readonly reason: string; readonly count: number }[]
  /** Every row of the file's first table, so that rows which the ledger knew already can be named. */
  readonly rowNumbers: RowRanges
  /** The same of its further tables, in their order. */
  readonly moreRowNumbers: readonly RowRanges[]
  /** What a document declares besides its events; null of any other file. */
  readonly books: KeptBooks | null
}

/** How one table of a file is laid out. */
export interface TableShape {
  readonly sheet: string | null
  readonly header: readonly string[]
  readonly delimiter: string | null
  readonly encoding: string
}

const NO_DETAIL: FileDetail = {
  sourceName: null,
  candidates: [],
  account: null,
  zoneAsked: false,
  warnings: [],
  problem: null,
  mappable: false,
  mentions: [],
  asked: {},
  tables: [],
  skippedReasons: [],
  rowNumbers: [],
  moreRowNumbers: [],
  books: null,
}

/**
 * Reads one file into staged rows. Throws DISK_FULL as the contract's error, `Cancelled` when the job was cancelled; a
 * file that cannot be read is no error but a problem noted with it.
 */
export async function readStagedFile(
  ledger: WritableLedger,
  workers: LedgerWorkers,
  file: FileToRead,
  context: ReadingContext,
  signal: SharedArrayBuffer,
): Promise<void> {
  let stage: FileStage | null = null
  let tables: readonly ImportTable[] = []
  const warnings: string[] = []
  const mentions: SourceMention[] = []
  const rowNumbers: [number, number][][] = [[]]
  let books: KeptBooks | null = null
  const reasons = new Map<string, number>()
  const leftBefore = file.again === undefined ? null : rowsLeftBefore(ledger, file.again.file)

  const take = async (part: ReadFilePart): Promise<void> => {
    switch (part.type) {
      case 'tables':
        tables = part.tables
        stage = startStage(ledger, file.file, part.tables)
        return
      case 'chunk': {
        if (stage === null) throw new Error('rows came before their table')
        const chunk = leftBefore === null ? part.chunk : withoutRows(part.chunk, leftBefore)
        orDiskFull(stage.add(chunk))
        for (const { row, sheet, outcome, reason = '' } of chunk.records) {
          const ranges = rowNumbers[sheet ?? 0] ?? []
          rowNumbers[sheet ?? 0] = ranges
          extendRanges(ranges, row)
          if (outcome === 'skipped') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
        }
        if (stage.full) await inSteps(stage.flush())
        return
      }
      case 'table-end': {
        warnings.push(...part.warnings)
        if (part.books !== null) books = keptBooks(part.books)
        const { source } = tables.find(({ table }) => table === part.table) ?? { source: '' }
        mentions.push(...part.mentions.map((mention) => ({ ...mention, source })))
        return
      }
      case 'left-out':
        warnings.push(part.reason.startsWith(part.member) ? part.reason : `${part.member}: ${part.reason}`)
        return
    }
  }

  const asked = askedOf(file)
  const summary: ImportSummary = await workers.intake.calls().call(
    'readFile',
    {
      file: file.file,
      bytes: file.bytes,
      options: {
        fileName: file.name,
        ...context,
        ...asked,
      },
    },
    { signal, onPart: take },
  )
  const sealing = stage as FileStage | null
  if (sealing !== null) await inSteps(sealing.seal())
  // What could be read of a damaged file is not the file: it is taken whole, or not at all.
  const isWhole = sealing !== null && (summary.problem === null || file.again !== undefined)
  if (sealing !== null && !isWhole) await inSteps(unstageFile(ledger, file.file))
  const detail: FileDetail = {
    ...NO_DETAIL,
    ...detailOf(tables),
    warnings: unique(warnings),
    problem: summary.problem,
    mappable: summary.unknownTables > 0,
    asked: file.again?.asked ?? asked,
    ...(isWhole
      ? {
          mentions,
          skippedReasons: [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
          rowNumbers: rowNumbers[0] ?? [],
          moreRowNumbers: Array.from(rowNumbers.slice(1), (ranges) => ranges ?? []),
          books,
        }
      : {}),
  }
  orDiskFull(noteFile(ledger, file.file, { ...detail }, isWhole ? undefined : 'failed'))
}

/** Takes what was staged of a file out again, and notes why nothing of it is taken. */
export async function leaveOut(ledger: WritableLedger, file: number, problem: string): Promise<void> {
  await inSteps(unstageFile(ledger, file))
  orDiskFull(noteFile(ledger, file, { ...NO_DETAIL, problem }, 'failed'))
}

const askedOf = ({ source, account, zone }: FileToRead): AskedReading => ({
  ...(source === undefined ? {} : { source }),
  ...(account === undefined ? {} : { account }),
  ...(zone === undefined ? {} : { zone }),
})

/** Without rows that became no event the last time either: the file that is read again holds those already. */
function withoutRows(chunk: StagedChunk, left: ReadonlySet<string>): StagedChunk {
  const used = new Set(chunk.events.flatMap(({ rows, sheet = 0 }) => rows.map((row) => `${sheet} ${row}`)))
  const records = chunk.records.filter(
    ({ row, sheet = 0, identity, outcome }) =>
      used.has(`${sheet} ${row}`) || !left.has(`${Buffer.from(identity).toString('hex')} ${outcome}`),
  )
  return { ...chunk, records }
}

function startStage(ledger: WritableLedger, file: number, tables: readonly ImportTable[]): FileStage {
  const first = tables[0]
  if (first === undefined) throw new Error('a stage needs a table')
  const stage = openStage(ledger, file, {
    source: first.source,
    layout: first.layout,
    readerVersion: first.version,
    encoding: first.encoding,
    account: { key: first.account.id, name: first.account.name, kind: first.account.kind },
    zone: first.zone,
    ...(tables.length > 1 ? { sheets: tables.map((table) => sheetName(table)) } : {}),
  })
  return orDiskFull(stage)
}

const sheetName = ({ member, sheet, table }: ImportTable): string =>
  [member, sheet].filter((part) => part !== null).join(' › ') || `table ${table + 1}`

function detailOf(tables: readonly ImportTable[]): Partial<FileDetail> {
  const first = tables[0]
  if (first === undefined) return {}
  const { id, name, isNew } = first.account
  const names = unique(tables.map((table) => table.sourceName))
  return {
    sourceName: names.join(', '),
    candidates: first.candidates,
    account: { id, name, isNew },
    accounts: [
      ...new Map(tables.map(({ account }) => [account.id, { name: account.name, isNew: account.isNew }])).values(),
    ],
    zoneAsked: tables.some((table) => table.zoneAsked),
    tables: tables.map((table) => ({
      sheet: tables.length > 1 ? sheetName(table) : null,
      header: table.header,
      delimiter: table.delimiter,
      encoding: table.encoding,
    })),
  }
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]

/** Hands a result on; a full disk is thrown as the contract's error. */
export function orDiskFull<T extends { readonly status: string }>(result: T | DiskFull): T {
  if (result.status === 'disk-full') throw failure('DISK_FULL', (result as DiskFull).text)
  return result as T
}

/** Drains a long write step by step; other calls are served in between. */
export async function inSteps<T extends { readonly status: string }>(steps: Generator<void, T | DiskFull>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return orDiskFull(step.value)
    await nextTurn()
  }
}
