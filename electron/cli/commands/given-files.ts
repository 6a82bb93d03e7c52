import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CommandFailure } from '../exit.ts'

/** What one import takes at a time. */
const MOST = 500

/**
 * The files that were given, in order; of a folder every file in it and below it, by name, without hidden ones and without what
 * links lead to. Throws `CommandFailure` where nothing is there, or too much.
 */
export function givenFiles(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => {
    if (!existsSync(path)) throw new CommandFailure(`${path}: there is no such file`)
    if (!statSync(path).isDirectory()) return [path]
    const inside = filesIn(path)
    if (inside.length === 0) throw new CommandFailure(`${path}: there is no file in this folder`)
    return inside
  })
  if (files.length > MOST)
    throw new CommandFailure(
      `${files.length} files are more than one import takes (${MOST}). Import them folder by folder.`,
    )
  return files
}

function filesIn(folder: string): string[] {
  const found: string[] = []
  const waiting = [folder]
  for (let at = waiting.shift(); at !== undefined && found.length <= MOST; at = waiting.shift()) {
    const entries = readdirSync(at, { withFileTypes: true })
      .filter(({ name }) => !isHidden(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      if (entry.isDirectory()) waiting.push(join(at, entry.name))
      else if (entry.isFile()) found.push(join(at, entry.name))
    }
  }
  return found
}

/** Hidden files, what macOS puts beside others, and what a spreadsheet keeps while a file is open. */
const isHidden = (name: string): boolean => name.startsWith('.') || name.startsWith('~$') || name === '__MACOSX'
