import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { FilePlan, ImportPlan } from '../../../shared/contract/intake.ts'
import { CommandFailure, EXIT, type ExitCode } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { oneLine, table } from '../output.ts'
import { givenFiles } from './given-files.ts'
import { everyPage, type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

const CHUNK = 1024 * 1024

interface ImportOptions extends LedgerOptions {
  readonly source?: string
  readonly account?: string
  readonly zone?: string
  readonly dryRun?: boolean
  readonly withProfile?: boolean
}

export function addImport(program: Command): void {
  onLedger(program.command('import'))
    .argument('<ledger>')
    .argument('<file...>', 'exports as the venues write them, ZIP archives or whole folders of them')
    .description('plan and, without --dry-run, execute an import')
    .option('--source <id>', 'read the files as this source, where a header fits several')
    .option('--account <name>', 'the account these files belong to')
    .option('--zone <zone>', 'time zone of times that carry none')
    .option('--dry-run', 'only show the plan')
    .option(
      '--with-profile',
      'take over the choices of a document of books (methods, positions, facts) in the same act',
    )
    .action(async (ledger: string, files: string[], options: ImportOptions) => {
      process.exitCode = await importFiles(ledger, files, options)
    })
}

async function importFiles(ledger: string, paths: readonly string[], options: ImportOptions): Promise<ExitCode> {
  const output = outputOf(options)
  const files = givenFiles(paths)
  return withLedger(ledger, options, async (client) => {
    let plan = await planFiles(client, files, (text) => output.message(text))
    plan = await applyOptions(client, plan, options)
    const bad = plan.files.filter((file) => file.problem !== null)
    if (bad.length === plan.files.length || plan.state === 'failed') {
      await client.intake.discard({ batch: plan.batch }).catch(() => {})
      const rest = plan.files.length > 1 ? ' Nothing was imported.' : ''
      throw new CommandFailure(`${bad.map(problemText).join('\n')}${rest}`)
    }
    for (const file of bad) output.message(problemText(file))
    const takeChoicesOf = options.withProfile === true ? await documentOf(client, plan) : undefined
    const report = await importReport(client, plan)
    const { sample: _, revision: __, ...proposed } = await client.intake.previewLinks({ batch: plan.batch })
    const { revision: ___, ...joins } = await client.intake.previewJoins({ batch: plan.batch })
    if (options.dryRun === true) await client.intake.discard({ batch: plan.batch })
    else await executeOrDiscard(client, plan, takeChoicesOf)
    output.document({ ...report, proposed, joins }, () => [
      ...importLines(plan, leftLines(report), options.dryRun === true, takeChoicesOf),
      ...joinLines(joins),
      ...proposedLines(proposed, options.dryRun === true),
    ])
    if (bad.length > 0) output.message(leftOutText(bad, plan.files.length - bad.length, options.dryRun === true))
    return plan.files.some((file) => file.notUnderstood > 0 || file.problem !== null) ? EXIT.found : EXIT.done
  })
}

const problemText = ({ file, problem }: FilePlan): string => (problem?.includes(file) ? problem : `${file}: ${problem}`)

function leftOutText(bad: readonly FilePlan[], others: number, dryRun: boolean): string {
  const rest = others === 1 ? 'The other file' : `The other ${others} files`
  const done = dryRun ? 'would be imported' : others === 1 ? 'was imported' : 'were imported'
  return `Left out: ${bad.map(({ file }) => file).join(', ')}. ${rest} ${done}.`
}

/** The one file of an import whose choices can be taken over. Discards the import where there is none, or several. */
async function documentOf(client: EngineClient, plan: ImportPlan): Promise<string> {
  const documents = plan.files.filter(({ choices }) => choices !== undefined)
  const [only] = documents
  if (only !== undefined && documents.length === 1 && only.choices?.refused == null) return only.file
  await client.intake.discard({ batch: plan.batch })
  if (only === undefined)
    throw new CommandFailure('--with-profile: none of these files is a document of books; nothing was imported')
  if (documents.length > 1)
    throw new CommandFailure(
      `--with-profile: ${documents.map(({ file }) => file).join(', ')} each bring choices; import them one by one`,
    )
  throw new CommandFailure(`${only.file}: ${only.choices?.refused} Nothing was imported.`)
}

/** Executes a plan; where it is refused nothing of it stays. */
export async function executeOrDiscard(client: EngineClient, plan: ImportPlan, takeChoicesOf?: string): Promise<void> {
  const { batch, hash } = plan
  try {
    await client.intake.execute({ batch, hash, ...(takeChoicesOf === undefined ? {} : { takeChoicesOf }) })
  } catch (error) {
    await client.intake.discard({ batch }).catch(() => {})
    throw error
  }
}

/** Uploads the files chunk by chunk and waits for the plan. */
export async function planFiles(
  client: EngineClient,
  files: readonly string[],
  say: (text: string) => void,
): Promise<ImportPlan> {
  const { batch, uploads } = await client.intake.begin({
    files: files.map((file) => ({ name: basename(file), bytes: statSync(file).size })),
  })
  for (const [at, file] of files.entries()) {
    say(`reading ${file}`)
    await upload(client, uploads[at] ?? '', file)
  }
  return awaitPlan(client, batch)
}

async function upload(client: EngineClient, id: string, file: string): Promise<void> {
  const descriptor = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(CHUNK)
    let index = 0
    let read = readSync(descriptor, buffer, 0, CHUNK, null)
    for (;;) {
      const base64 = buffer.toString('base64', 0, read)
      const next = read < CHUNK ? 0 : readSync(descriptor, buffer, 0, CHUNK, null)
      await client.intake.chunk({ upload: id, index, base64, last: next === 0 })
      if (next === 0) return
      index += 1
      read = next
    }
  } finally {
    closeSync(descriptor)
  }
}

/** The plan once it has been read to its end. */
async function awaitPlan(client: EngineClient, batch: string): Promise<ImportPlan> {
  for (let pause = 10; ; pause = Math.min(250, pause * 2)) {
    const plan = await client.intake.plan({ batch })
    if (plan.state !== 'reading') return plan
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

async function applyOptions(client: EngineClient, plan: ImportPlan, options: ImportOptions): Promise<ImportPlan> {
  const { source, account, zone } = options
  if (source === undefined && account === undefined && zone === undefined) return plan
  const { accounts } = await client.intake.accounts()
  let current = plan
  for (const { file } of plan.files) {
    const known = accounts.find((entry) => entry.name === account || entry.id === account)
    current = await client.intake.replan({
      batch: plan.batch,
      file,
      ...(source === undefined ? {} : { source }),
      ...(zone === undefined ? {} : { zone }),
      ...(account === undefined ? {} : known === undefined ? { newAccountName: account } : { account: known.id }),
    })
    if (current.state === 'reading') current = await awaitPlan(client, plan.batch)
  }
  return current
}

/** Of a file with several tables, the one that a row is of. */
const inTable = (table: string | null): { readonly table?: string } => (table === null ? {} : { table })

async function importReport(client: EngineClient, plan: ImportPlan) {
  const notices = (file: FilePlan, outcome: 'skipped' | 'not-understood') =>
    everyPage((page) =>
      client.intake.notices({ ...page, batch: plan.batch, file: file.file, outcome, withoutTexts: true }),
    )
  const files = []
  for (const file of plan.files) {
    const skipped = file.skipped > 0 ? await notices(file, 'skipped') : []
    const notUnderstood = file.notUnderstood > 0 ? await notices(file, 'not-understood') : []
    files.push({
      file: file.file,
      source: file.source,
      account: file.account?.name ?? null,
      rows: file.rows,
      added: file.added,
      changed: file.changed,
      linked: file.linked,
      skipped: skipped.map(({ table, row, reason }) => ({ ...inTable(table), row, reason })),
      notUnderstood: notUnderstood.map(({ table, row, reason, column }) => ({
        ...inTable(table),
        row,
        reason,
        ...(column === null ? {} : { column }),
      })),
      events: file.events,
      prices: file.prices,
      ...(file.problem === null ? {} : { problem: file.problem }),
      ...(file.brokerForms === undefined ? {} : { brokerForms: file.brokerForms }),
      ...(file.choices === undefined ? {} : { choices: file.choices }),
    })
  }
  return { batch: plan.batch, files }
}

function importLines(
  plan: ImportPlan,
  left: readonly string[],
  dryRun: boolean,
  takeChoicesOf: string | undefined,
): string[] {
  const numbers = ['rows', 'added', 'changed', 'linked', 'skipped', 'not understood', 'events', 'prices']
  const rows = plan.files.map((file) => [
    file.file,
    file.problem !== null ? '(left out)' : (file.sourceName ?? '(not recognised)'),
    file.account?.name ?? '',
    ...[
      file.rows,
      file.added,
      file.changed,
      file.linked,
      file.skipped,
      file.notUnderstood,
      file.events,
      file.prices,
    ].map(String),
  ])
  const reasons = plan.files.flatMap((file) =>
    file.skippedReasons.map(({ reason, count }) => `  ${file.file}: ${count} skipped: ${oneLine(reason)}`),
  )
  const warnings = plan.files.flatMap((file) => file.warnings.map((text) => `  ${file.file}: ${oneLine(text)}`))
  const forms = plan.files.flatMap(({ file, brokerForms }) =>
    brokerForms === undefined ? [] : [`  ${file}: ${brokerForms} rows of brokers' forms`],
  )
  return [
    ...table(['file', 'source', 'account', ...numbers], rows, numbers),
    ...forms,
    ...reasons,
    ...left,
    ...warnings,
    ...plan.files.flatMap((file) => choiceLines(file, file.file === takeChoicesOf)),
    dryRun ? 'This was a plan: nothing was imported.' : `Imported as batch ${plan.batch}.`,
  ]
}

/** Rows shown of each file that were not understood; `--json` has all. */
const SHOWN = 5

/** Which rows of each file were not understood, and why. */
function leftLines({ files }: Awaited<ReturnType<typeof importReport>>): string[] {
  return files.flatMap(({ file, notUnderstood }) => {
    if (notUnderstood.length === 0) return []
    const rows = notUnderstood.slice(0, SHOWN).map(({ table: of, row, reason, column }) => {
      const where = of === undefined ? `row ${row}` : `${of}, row ${row}`
      return `  ${file}: ${where} not understood: ${oneLine(reason)}${column === undefined ? '' : ` (column ${oneLine(column)})`}`
    })
    const more = notUnderstood.length - rows.length
    return more === 0 ? rows : [...rows, `  ${file}: ${more} more not understood (--json lists every row)`]
  })
}

interface StagedJoins {
  readonly transactions: number
  readonly before: number
  readonly filed: readonly { readonly year: number; readonly count: number }[]
  readonly waiting: number
}

/** Transactions that several files tell of, and what of the books changes by that. */
function joinLines({ transactions, before, filed, waiting }: StagedJoins): string[] {
  const lines: string[] = []
  if (transactions > 0)
    lines.push(
      `Told by several records of one transaction, and one event each: ${transactions} (tallystick join)${before === 0 ? '.' : `; ${before} of them take up records that are in the books already.`}`,
    )
  for (const { year, count } of filed)
    lines.push(`  ${count} of those in the filed year ${year}: its filing stays as it is, and shows the difference.`)
  if (waiting > 0)
    lines.push(
      `  ${waiting} more wait for you, because you have spoken of one of their records (tallystick join --waiting).`,
    )
  return lines
}

/** What is not linked by itself: likeness is only ever proposed, unless the evidence proves it. */
function proposedLines(found: Readonly<Record<'proved' | 'likely' | 'unclear', number>>, dryRun: boolean): string[] {
  const { proved, likely, unclear } = found
  if (proved + likely + unclear === 0) return []
  const grades = [`${proved} proved by evidence`, `${likely} likely`, `${unclear} unclear`]
  return [
    `Records that other sources tell of too${dryRun ? ', once it is imported' : ''}: ${grades.join(', ')} (tallystick link).`,
  ]
}

/** What a document chooses otherwise than the ledger. */
function choiceLines({ file, choices }: FilePlan, taken: boolean): string[] {
  if (choices === undefined || choices.differ.length === 0) return []
  return [
    `${file} was made with other choices; ${taken ? 'they are taken over' : 'the ledger keeps its own (--with-profile takes them over)'}:`,
    ...choices.differ.map(
      ({ what, here, there }) => `  ${oneLine(what)}: ${oneLine(there)} in the document, ${oneLine(here)} here`,
    ),
  ]
}
