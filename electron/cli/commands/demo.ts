import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import {
  importFiles,
  SAMPLE_PASSPHRASE,
  SAMPLE_PROFILE,
  sampleFiles,
  shippedSamples,
} from '../../engine/sample-ledger.ts'
import { CommandFailure } from '../exit.ts'
import { startSession } from '../ledger-session.ts'
import { bound, table } from '../output.ts'
import { matchAll } from './match.ts'
import { writeOut } from './report.ts'
import { outputOf } from './shared-options.ts'
import { resultOf, wordsOf } from './tax.ts'
import { yearLines } from './tax-year-lines.ts'

const YEAR = 2025

interface DemoOptions {
  readonly out?: string
  readonly json?: boolean
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('do the main job on made-up exports: ledger, import, match, tax, Form 8949')
    .option('--out <folder>', 'where to write; default: a fresh folder among the temporary files')
    .option('--json', 'one JSON document on standard output')
    .action(demo)
}

async function demo(options: DemoOptions): Promise<void> {
  const output = outputOf(options)
  const folder = options.out === undefined ? mkdtempSync(join(tmpdir(), 'tallystick-demo-')) : resolve(options.out)
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CommandFailure(`${folder}: is not empty; name another folder`)
  mkdirSync(folder, { recursive: true })
  output.message(`The demo writes to ${folder}`)
  const session = startSession(folder)
  try {
    const { client } = session
    await client.session.create({ passphrase: SAMPLE_PASSPHRASE, profile: SAMPLE_PROFILE })
    output.message(`Made the encrypted ledger ${SAMPLE_PROFILE.name}.tally (passphrase “${SAMPLE_PASSPHRASE}”)`)
    const plan = await importFiles(client, sampleFiles(shippedSamples()))
    for (const file of plan.files)
      output.message(
        `Read ${file.file}: ${file.sourceName ?? 'not recognised'}, ${file.rows} rows, ${file.events} events, ${file.skipped} skipped, ${file.notUnderstood} not understood`,
      )
    await matchAll(client)
    const proved = await client.transfers.counts()
    for (const grade of ['certain', 'likely'] as const) if (proved[grade] > 0) await client.transfers.accept({ grade })
    const counts = await client.transfers.counts()
    output.message(
      `Transfers: ${proved.accepted} paired by proof, ${proved.certain + proved.likely} more accepted as certain or likely (tallystick undo takes that back), ${counts.unclear} unclear, ${counts.alone} without a partner`,
    )
    const { document, shown } = await resultOf(client, { year: YEAR })
    const files: string[] = []
    for (const format of ['pdf', 'csv'] as const) {
      const rendered = await client.reports.render({ form: 'us-8949', year: YEAR, format })
      const path = join(folder, rendered.fileName)
      writeOut(path, Buffer.from(rendered.base64, 'base64'))
      files.push(path)
    }
    const { rows } = await client.tax.open({ offset: 0, limit: 10, year: YEAR })
    const words = await wordsOf(client, YEAR)
    output.document(document, () => [
      '',
      ...yearLines(YEAR, shown, words),
      ...(rows.length === 0
        ? []
        : [
            '',
            ...table(
              ['open point', 'low', 'high', 'what'],
              rows.map((point) => [point.title, bound(point.effect.low), bound(point.effect.high), point.text]),
              ['low', 'high'],
            ),
          ]),
      '',
      ...files.map((file) => `Wrote ${file}`),
    ])
  } finally {
    await session.end()
  }
}
