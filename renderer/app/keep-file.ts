import type { Clients } from './client.ts'

export interface FileToKeep {
  readonly fileName: string
  readonly mediaType: string
  readonly base64: string
}

/**
 * Gives a file to the person: through the door's save dialog where it has one, otherwise as a download. Answers the name
 * it was kept under, or null when the dialog was cancelled.
 */
export async function keepFile({ host }: Clients, file: FileToKeep): Promise<string | null> {
  const about = await host.about()
  if (about.canSaveFiles) {
    const { saved, name } = await host.saveFile(file)
    return saved ? (name ?? file.fileName) : null
  }
  const url = URL.createObjectURL(new Blob([bytesOf(file.base64)], { type: file.mediaType }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = file.fileName
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  return file.fileName
}

/** The bytes that base64 stands for. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index)
  return bytes
}

/** Bytes as base64, without a call stack of arguments. */
export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(text)
}
