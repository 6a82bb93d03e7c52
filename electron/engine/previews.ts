/** Imports on their way: uploads that come in, files being read, plans that wait for a person. */
import { ORPCError } from '@orpc/server'
import type { ImportPlan } from '../../shared/contract/intake.ts'
import type { SourceId, ZoneName } from '../../shared/events/identifiers.ts'
import type { AccountRef } from '../intake/messages.ts'
import { discardBatch, executeBatch } from '../ledger/batches.ts'
import type { ActScope, Committed } from '../ledger/commit.ts'
import { appendFileChunk, beginBatch, beginFile, CHUNK_BYTES, finishFile } from '../ledger/files.ts'
import type { LedgerWrite, ReadableLedger } from '../ledger/handles.ts'
import { planOf } from '../ledger/plan.ts'
import type { StagedFilePlan } from '../ledger/staged.ts'
import { unstageFile } from '../ledger/unstage.ts'
import { documentChoices, type KeptBooks, takeOver } from './document-choices.ts'
import { person } from './doers.ts'
import { failure } from './failure.ts'
import { filePlan } from './file-plan.ts'
import {
  type FileDetail,
  type FileToRead,
  inSteps,
  leaveOut,
  orDiskFull,
  type ReadingContext,
  readStagedFile,
} from './intake-jobs.ts'
import { Cancelled } from './job-signal.ts'
import type { Jobs } from './jobs.ts'
import { cleared, preparedJoins } from './joining.ts'
import type { OpenLedger } from './open-ledger.ts'

/** How a person wants a file to be read. */
export interface ReadAs {
  readonly source?: SourceId
  readonly account?: AccountRef
  readonly zone?: ZoneName
}

interface PreviewFile {
  readonly file: number
  /** Unique within the import. */
  readonly name: string
  /** As the person's computer names it. */
  readonly givenName: string
  bytes: number
  chunks: number
  isUploaded: boolean
  /** Imports that hold the very same bytes already. */
  seenIn: readonly string[]
  as: ReadAs
}

interface Preview {
  readonly batch: number
  readonly key: string
  readonly files: readonly PreviewFile[]
  /** Everything that was asked of this import so far, one thing after the other. */
  work: Promise<void>
  job: string | null
  /** Why reading ended before its end, in words. */
  problem: string | null
  isDiskFull: boolean
}

/** Finds a file of an import on its way, by the name that the plan gives it. Throws NOT_FOUND. */
export interface StagedFiles {
  fileOf(batch: string, name: string): { readonly file: number; readonly name: string; readonly batch: number }
}

export interface Previews extends StagedFiles {
  begin(files: readonly { name: string; bytes: number }[]): { batch: string; uploads: string[] }
  chunk(upload: string, index: number, bytes: Uint8Array, last: boolean): void
  plan(batch: string): ImportPlan
  replan(batch: string, file: string, as: ReadAs): ImportPlan
  /** @param takeChoicesOf the file whose document's choices are taken over in the same act */
  execute(batch: string, hash: string, takeChoicesOf?: string): Promise<Committed<{ readonly events: number }>>
  discard(batch: string): Promise<void>
  /** The batch row of an import on its way; null where there is none. */
  rowOf(batch: string): number | null
}

/** @param context read anew before each file, so that accounts made meanwhile are known */
export function createPreviews(open: OpenLedger, jobs: Jobs, context: () => ReadingContext): Previews {
  const { ledger, workers } = open
  const previews = new Map<string, Preview>()
  const uploads = new Map<string, { preview: Preview; file: PreviewFile }>()

  const previewOf = (batch: string): Preview => {
    const preview = previews.get(batch)
    if (preview === undefined) throw failure('NOT_FOUND', 'There is no such import waiting. Start it again.')
    return preview
  }
  const fileToRead = (file: PreviewFile): FileToRead => ({
    file: file.file,
    name: file.givenName,
    bytes: file.bytes,
    ...file.as,
  })
  /** A fault in the reading of one file is that file's: the others are read all the same. */
  const readOrLeaveOut = async (file: PreviewFile, signal: SharedArrayBuffer): Promise<void> => {
    try {
      await readStagedFile(ledger, workers, fileToRead(file), context(), signal)
    } catch (error) {
      if (error instanceof Cancelled || error instanceof ORPCError) throw error
      await leaveOut(
        ledger,
        file.file,
        `${file.name} could not be read: ${messageOf(error)}. Nothing of it is taken; the other files are not concerned.`,
      )
    }
  }
  /** Reads files in turn as one job, after whatever this import is still busy with. */
  const read = (preview: Preview, files: () => Promise<readonly PreviewFile[]>) => {
    const before = preview.work
    const run = jobs.start(
      { name: 'read', unit: 'bytes', terminate: () => void workers.intake.terminate() },
      async (signal) => {
        await before
        for (const file of await files()) await readOrLeaveOut(file, signal)
      },
    )
    preview.job = run.id
    preview.problem = null
    preview.isDiskFull = false
    preview.work = run.finished.then(
      () => {},
      (error: unknown) => {
        preview.problem = error instanceof Cancelled ? 'Reading was cancelled.' : messageOf(error)
        preview.isDiskFull = error instanceof ORPCError && error.code === 'DISK_FULL'
      },
    )
    preview.work = preview.work.then(() => {
      if (preview.job === run.id) preview.job = null
    })
  }
  /** Takes files out again, with those that were settled against them, and reads all of them anew. */
  const readAgain = (preview: Preview, wanted: readonly PreviewFile[]) => {
    read(preview, async () => {
      const again = new Set<number>()
      const queue = wanted.map(({ file }) => file)
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
        if (again.has(file)) continue
        again.add(file)
        const { dependents } = await inSteps(unstageFile(ledger, file))
        queue.push(...dependents)
      }
      return preview.files.filter(({ file }) => again.has(file))
    })
  }
  const planNow = (preview: Preview): ImportPlan => {
    const plan = planOf(ledger, preview.batch)
    if (plan === null) throw failure('NOT_FOUND')
    if (preview.isDiskFull) throw failure('DISK_FULL', preview.problem ?? undefined)
    const isReading = preview.job !== null || preview.files.some((file) => !file.isUploaded)
    const failed = !isReading && (preview.problem !== null || plan.hash === null)
    return {
      batch: preview.key,
      hash: isReading ? '' : (plan.hash ?? ''),
      state: isReading ? 'reading' : failed ? 'failed' : 'ready',
      files: plan.files.map((file) => {
        const mine = preview.files.find((one) => one.file === file.file)
        const shown = filePlan(file, {
          name: mine?.name ?? file.name,
          seenBefore: (mine?.seenIn.length ?? 0) > 0,
          problem: failed && file.state !== 'sealed' && file.state !== 'failed' ? preview.problem : null,
        })
        const books = isReading ? null : booksOf(file)
        return books === null ? shown : { ...shown, choices: documentChoices(ledger, books) }
      }),
      job: preview.job,
    }
  }

  return {
    begin(files) {
      workers.intake.calls()
      const title = titleOf(files.map(({ name }) => name))
      const { batch, key } = orDiskFull(beginBatch(ledger, { origin: 'file', title, at: Date.now() }))
      const names = uniqueNames(files.map(({ name }) => name))
      const preview: Preview = {
        batch,
        key,
        files: files.map(({ name, bytes }, at) => ({
          file: orDiskFull(beginFile(ledger, batch, { name, size: bytes })).file,
          name: names[at] ?? name,
          givenName: name,
          bytes: 0,
          chunks: 0,
          isUploaded: false,
          seenIn: [],
          as: {},
        })),
        work: Promise.resolve(),
        job: null,
        problem: null,
        isDiskFull: false,
      }
      previews.set(key, preview)
      for (const [at, file] of preview.files.entries()) uploads.set(`${key}.${at}`, { preview, file })
      return { batch: key, uploads: preview.files.map((_, at) => `${key}.${at}`) }
    },
    chunk(upload, index, bytes, last) {
      const found = uploads.get(upload)
      if (found === undefined) throw failure('NOT_FOUND', 'There is no such upload. Start the import again.')
      const { preview, file } = found
      if (file.isUploaded) throw failure('REFUSED', `${file.name} was uploaded to its end already.`)
      if (index !== file.chunks)
        throw failure('REFUSED', `${file.name}: chunk ${index} came where chunk ${file.chunks} was expected.`)
      if (bytes.length > CHUNK_BYTES)
        throw failure('REFUSED', `${file.name}: a chunk has at most ${CHUNK_BYTES} bytes.`)
      if (bytes.length > 0) orDiskFull(appendFileChunk(ledger, file.file, bytes))
      file.chunks += 1
      file.bytes += bytes.length
      if (!last) return
      file.seenIn = orDiskFull(finishFile(ledger, file.file)).seenIn
      file.isUploaded = true
      read(preview, async () => [file])
    },
    plan: (batch) => planNow(previewOf(batch)),
    replan(batch, name, as) {
      const preview = previewOf(batch)
      const file = preview.files.find((one) => one.name === name)
      if (file === undefined) throw failure('NOT_FOUND', `${name} is not among the files of this import.`)
      file.as = { ...file.as, ...as }
      readAgain(preview, [file])
      return planNow(preview)
    },
    async execute(batch, hash, takeChoicesOf) {
      const preview = previewOf(batch)
      const prepared = preview.work.then(() => preparedJoins(ledger, preview.batch))
      preview.work = prepared.then(
        () => {},
        () => {},
      )
      const joins = await prepared
      const writes = documentWrites(ledger, preview, takeChoicesOf)
      const summary = takeChoicesOf === undefined ? {} : { summary: `import ${takeChoicesOf} with its choices` }
      const also = (write: LedgerWrite, scope: ActScope): void => {
        for (const one of writes) one(write, scope)
      }
      const result = executeBatch(ledger, preview.batch, hash, { ...person(), ...summary }, also, joins)
      void cleared(ledger, joins)
      if (result.status === 'plan-changed') {
        readAgain(preview, preview.files)
        throw failure('PLAN_CHANGED', result.text)
      }
      if (result.status === 'refused') throw failure('REFUSED', result.text)
      const done = orDiskFull(result)
      previews.delete(batch)
      for (const at of preview.files.keys()) uploads.delete(`${batch}.${at}`)
      return done
    },
    async discard(batch) {
      const preview = previewOf(batch)
      if (preview.job !== null) jobs.cancel(preview.job)
      await preview.work
      previews.delete(batch)
      for (const at of preview.files.keys()) uploads.delete(`${batch}.${at}`)
      const gone = discardBatch(ledger, preview.batch)
      for (;;) {
        const step = gone.next()
        if (step.done !== true) {
          await new Promise((resolve) => setImmediate(resolve))
          continue
        }
        if (step.value.status === 'disk-full') throw failure('DISK_FULL', step.value.text)
        return
      }
    },
    rowOf: (batch) => previews.get(batch)?.batch ?? null,
    fileOf(batch, name) {
      const preview = previewOf(batch)
      const file = preview.files.find((one) => one.name === name)
      if (file === undefined) throw failure('NOT_FOUND', `${name} is not among the files of this import.`)
      if (!file.isUploaded) throw failure('NOT_FOUND', `${name} is still on its way.`)
      return { file: file.file, name: file.givenName, batch: preview.batch }
    },
  }
}

const booksOf = ({ detail }: StagedFilePlan): KeptBooks | null => (detail as Partial<FileDetail>).books ?? null

/** What the documents of an import write beside their rows. Throws REFUSED, with the rule's name, where choices cannot be. */
function documentWrites(ledger: ReadableLedger, preview: Preview, takeChoicesOf: string | undefined) {
  const nameOf = (row: number) => preview.files.find(({ file }) => file === row)?.name
  const documents = (planOf(ledger, preview.batch)?.files ?? []).flatMap((file) => {
    const books = booksOf(file)
    return books === null ? [] : [{ name: nameOf(file.file), books }]
  })
  if (takeChoicesOf !== undefined && !documents.some(({ name }) => name === takeChoicesOf))
    throw failure('REFUSED', `${takeChoicesOf} brings no choices: only a document of books does. Nothing was imported.`)
  return documents.map(({ name, books }) => {
    const taken = takeOver(ledger, books, preview.batch, name === takeChoicesOf)
    if (!taken.ok) throw failure('REFUSED', `${name}: ${taken.text} Nothing was imported.`)
    return taken.write
  })
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const titleOf = (names: readonly string[]): string =>
  names.length === 1 ? (names[0] ?? '') : `${names[0]} and ${names.length - 1} more`

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return before === 0 ? name : `${name} (${before + 1})`
  })
}
