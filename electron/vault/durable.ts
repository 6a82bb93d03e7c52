import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './cipher.ts'

/** Waits until a file's bytes are on the disk. Not for a file that this process has open as a ledger. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a file that is free, empty and for this user alone, so that what is then written into it never stood open to others. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'wx', 0o600))
}

/** Waits until a rename in a file's folder is on the disk. Windows opens no folders and orders renames itself. */
export function syncFolderOf(path: string): void {
  let folder: number
  try {
    folder = openSync(dirname(path), 'r')
  } catch (error) {
    if (codeOf(error) === 'EPERM' || codeOf(error) === 'EISDIR' || codeOf(error) === 'EACCES') return
    throw error
  }
  try {
    fsyncSync(folder)
  } catch (error) {
    if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'EINVAL') throw error
  } finally {
    closeSync(folder)
  }
}
