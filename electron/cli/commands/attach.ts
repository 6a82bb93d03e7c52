import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { LARGEST_ATTACHMENT } from '../../../shared/contract/attachments.ts'
import { CommandFailure } from '../exit.ts'
import { type EngineClient, withLedger } from '../ledger-session.ts'
import { table } from '../output.ts'
import { type LedgerOptions, onLedger, outputOf } from './shared-options.ts'

interface AttachOptions extends LedgerOptions {
  readonly event?: string
  readonly file?: string
  readonly save?: string
  readonly out?: string
  readonly remove?: string
}

const CHUNK = 1_048_576

export function addAttach(program: Command): void {
  onLedger(program.command('attach'))
    .argument('<ledger>')
    .description('list the files attached to events; attach one, save one, take one away')
    .option('--event <id>', 'the event; without --file its attachments are listed')
    .option('--file <file>', 'attach this file to --event')
    .option('--save <id>', 'write an attachment to --out')
    .option('--out <file>', 'where --save writes')
    .option('--remove <id>', 'take an attachment away')
    .action((ledger: string, options: AttachOptions) =>
      withLedger(ledger, options, async (client) => {
        const output = outputOf(options)
        if (options.file !== undefined) {
          if (options.event === undefined) throw new CommandFailure('--file needs --event')
          const attachment = await attachFile(client, options.event, options.file)
          output.document({ attachment }, () => [`Attached ${attachment.name} as ${attachment.id}.`])
          return
        }
        if (options.save !== undefined) {
          if (options.out === undefined) throw new CommandFailure('--save needs --out')
          const bytes = await readAttachment(client, options.save)
          writeFileSync(options.out, bytes)
          output.document({ file: options.out, bytes: bytes.length }, () => [`Wrote ${options.out}.`])
          return
        }
        if (options.remove !== undefined) {
          const { act } = await client.attachments.remove({ id: options.remove })
          output.document({ removed: options.remove, act }, () => [`Took ${options.remove} away.`])
          return
        }
        const { attachments } = await client.attachments.list(
          options.event === undefined ? {} : { event: options.event },
        )
        output.document({ attachments }, () =>
          table(
            ['id', 'event', 'name', 'bytes', 'added'],
            attachments.map(({ id, event, name, bytes, added }) => [
              id,
              event,
              name,
              String(bytes),
              new Date(added).toISOString(),
            ]),
            ['bytes'],
          ),
        )
      }),
    )
}

async function attachFile(client: EngineClient, event: string, path: string) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isFile() !== true) throw new CommandFailure(`${path}: there is no such file`)
  if (found.size > LARGEST_ATTACHMENT) throw new CommandFailure(`${path}: an attachment has at most 100 MB`)
  const bytes = readFileSync(path)
  const { upload } = await client.attachments.begin({ event, name: basename(path), type: '', bytes: bytes.length })
  for (let index = 0; ; index++) {
    const part = bytes.subarray(index * CHUNK, (index + 1) * CHUNK)
    const last = (index + 1) * CHUNK >= bytes.length
    const { attachment } = await client.attachments.chunk({ upload, index, base64: part.toString('base64'), last })
    if (attachment !== null) return attachment
  }
}

async function readAttachment(client: EngineClient, id: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let offset = 0; ; ) {
    const { base64, end } = await client.attachments.read({ id, offset })
    const part = Buffer.from(base64, 'base64')
    parts.push(part)
    offset += part.length
    if (end || part.length === 0) return Buffer.concat(parts)
  }
}
