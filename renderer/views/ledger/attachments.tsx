import { Button, Text } from '@mantine/core'
import { useFileDialog } from '@mantine/hooks'
import { useState } from 'react'
import type { Attachment } from '../../../shared/contract/attachments.ts'
import { say, sayFailure, useAct } from '../../app/acts.tsx'
import { type Clients, useClients } from '../../app/client.ts'
import { base64Of, bytesOf, keepFile } from '../../app/keep-file.ts'
import { useRead } from '../../app/queries.ts'
import { LOCALE, useSession } from '../../app/session.ts'
import { Loaded } from '../../components/page.tsx'
import { sizeText } from '../../components/size-text.ts'
import { dayText } from '../../components/time-text.ts'
import styles from './by-hand.module.css'

const CHUNK_BYTES = 1 << 20
/** Pictures that a page can show as they are, and how large one may be to be shown. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const LARGEST_SHOWN = 8 * CHUNK_BYTES

/** Files attached to an event, kept inside the ledger byte for byte: add, look, save, remove. */
export function Attachments({ event }: { readonly event: string }) {
  const clients = useClients()
  const [sending, setSending] = useState<string | null>(null)
  const list = useRead({
    topics: ['attachments', 'events', 'batches'],
    name: 'attachments.list',
    input: event,
    read: ({ engine }, signal) => engine.attachments.list({ event }, { signal }),
  })
  const add = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      setSending(file.name)
      try {
        await send(clients, event, file)
        say(`${file.name} is attached, inside the ledger.`)
      } catch (error) {
        sayFailure(error)
      }
    }
    setSending(null)
  }
  const dialog = useFileDialog({ resetOnOpen: true, onChange: (files) => void add([...(files ?? [])]) })
  return (
    <section className={styles.attachments} aria-label="Attachments">
      <div className={styles.attachment}>
        <h3>Attachments</h3>
        <Button variant="default" size="compact-xs" onClick={dialog.open} loading={sending !== null}>
          Attach a file…
        </Button>
        {sending ? (
          <Text size="xs" c="dimmed" role="status">
            Taking in {sending}…
          </Text>
        ) : null}
      </div>
      <Loaded of={list}>
        {(data) =>
          data.attachments.length === 0 ? (
            <Text size="xs" c="dimmed">
              Receipts, letters, pictures: kept inside the ledger, up to 100 MB each.
            </Text>
          ) : (
            data.attachments.map((each) => <AttachmentLine key={each.id} attachment={each} />)
          )
        }
      </Loaded>
    </section>
  )
}

async function send({ engine }: Clients, event: string, file: File): Promise<void> {
  const { upload } = await engine.attachments.begin({ event, name: file.name, type: file.type, bytes: file.size })
  const chunks = Math.max(1, Math.ceil(file.size / CHUNK_BYTES))
  for (let index = 0; index < chunks; index += 1) {
    const bytes = new Uint8Array(await file.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES).arrayBuffer())
    await engine.attachments.chunk({ upload, index, base64: base64Of(bytes), last: index === chunks - 1 })
  }
}

/** The whole file as base64, read in pieces. */
async function wholeOf({ engine }: Clients, id: string): Promise<string> {
  const pieces: Uint8Array[] = []
  let offset = 0
  for (;;) {
    const piece = await engine.attachments.read({ id, offset })
    const bytes = bytesOf(piece.base64)
    pieces.push(bytes)
    offset += bytes.length
    if (piece.end || bytes.length === 0) break
  }
  const whole = new Uint8Array(offset)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return base64Of(whole)
}

function AttachmentLine({ attachment }: { readonly attachment: Attachment }) {
  const clients = useClients()
  const act = useAct()
  const { profile } = useSession()
  const [picture, setPicture] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { id, name, type, bytes } = attachment
  const fetched = async (use: (base64: string) => Promise<void> | void): Promise<void> => {
    setBusy(true)
    try {
      await use(await wholeOf(clients, id))
    } catch (error) {
      sayFailure(error)
    }
    setBusy(false)
  }
  const save = (): Promise<void> =>
    fetched(async (base64) => {
      const kept = await keepFile(clients, { fileName: name, mediaType: type || 'application/octet-stream', base64 })
      if (kept !== null) say(`Saved as ${kept}. What you save is no longer encrypted.`)
    })
  return (
    <>
      <div className={styles.attachment}>
        <span className={styles.name}>{name}</span>
        <Text size="xs" c="dimmed" title={`SHA-256 ${attachment.sha256}`}>
          {sizeText(bytes, LOCALE)}, {dayText(attachment.added, profile.zone)}
        </Text>
        {PICTURES.includes(type) && bytes <= LARGEST_SHOWN ? (
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={picture !== null}
            onClick={() =>
              picture === null
                ? void fetched((base64) => setPicture(`data:${type};base64,${base64}`))
                : setPicture(null)
            }
          >
            {picture === null ? 'Look' : 'Put away'}
          </Button>
        ) : null}
        <Button
          variant="default"
          size="compact-xs"
          aria-label={`Save ${name}`}
          onClick={() => void save()}
          loading={busy}
        >
          Save
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          aria-label={`Remove ${name}`}
          onClick={() =>
            void act(
              ({ engine }) => engine.attachments.remove({ id }),
              () => `${name} was removed from the event.`,
            )
          }
        >
          Remove
        </Button>
      </div>
      {picture === null ? null : <img className={styles.picture} src={picture} alt={name} />}
    </>
  )
}
