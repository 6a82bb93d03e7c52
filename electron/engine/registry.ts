import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { LedgerFile } from '../../shared/contract/session.ts'
import { ledgerRef } from './start-engine.ts'

const ENDING = '.tally'
const NOTES_FILE = 'known-ledgers.json'

/** What the app remembers of a ledger file without opening it: no secret, nothing of its content. */
interface LedgerNotes {
  readonly keychain?: boolean
  readonly sample?: boolean
}

/** The ledger files this engine knows: those in the data folder, and those a door has registered. */
export interface Registry {
  readonly dataFolder: string
  register(ref: string, path: string): void
  pathOf(ref: string): string | null
  list(): LedgerFile[]
  describe(path: string): LedgerFile
  note(path: string, notes: LedgerNotes): void
  notesOf(path: string): LedgerNotes
  /** A path in the data folder for a new file of this name; null when it exists already. */
  newPath(name: string): string | null
  /** `name`, or with a number behind it where that exists already. */
  freeName(name: string): string
  /** Where a backup is put back: in the data folder, under the ledger's name, over nothing. */
  restoredPath(backup: string): string
  /** A free path in the folder of `near`, for copies that must not overwrite anything. */
  freePath(near: string, name: string): string
  backups(): { ref: string; fileName: string; made: number; bytes: number }[]
}

export function createRegistry(dataFolder: string, known: readonly { ref: string; path: string }[]): Registry {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const paths = new Map(known.map(({ ref, path }) => [ref, path]))
  const notesPath = join(dataFolder, NOTES_FILE)

  const readNotes = (): Record<string, LedgerNotes> => {
    try {
      const parsed: unknown = JSON.parse(readFileSync(notesPath, 'utf8'))
      return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, LedgerNotes>) : {}
    } catch {
      return {}
    }
  }
  const filesIn = (folder: string): string[] => {
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith(ENDING))
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile())
    } catch {
      return []
    }
  }
  const notesOf = (path: string) => readNotes()[ledgerRef(path)] ?? {}
  const describe = (path: string): LedgerFile => {
    const { mtimeMs, size } = statSync(path)
    const { keychain = false, sample = false } = notesOf(path)
    return {
      ref: ledgerRef(path),
      name: basename(path, ENDING),
      place: placeOf(dataFolder, path),
      modified: Math.round(mtimeMs),
      bytes: size,
      keychain,
      sample,
    }
  }
  const free = (folder: string, name: string): string => {
    for (let n = 1; ; n++) {
      const path = join(folder, `${name}${n === 1 ? '' : ` ${n}`}${ENDING}`)
      if (!existsSync(path)) return path
    }
  }
  const isBackup = (path: string) => / \(backup [^)]*\)\.tally$/.test(basename(path))
  const all = () => {
    for (const path of filesIn(dataFolder)) paths.set(ledgerRef(path), path)
    return [...new Set(paths.values())].filter((path) => existsSync(path))
  }

  return {
    dataFolder,
    register: (ref, path) => paths.set(ref, path),
    pathOf(ref) {
      all()
      return paths.get(ref) ?? null
    },
    list: () =>
      all()
        .filter((path) => !isBackup(path))
        .map(describe)
        .sort((a, b) => b.modified - a.modified),
    describe,
    notesOf,
    note(path, notes) {
      const merged = { ...readNotes(), [ledgerRef(path)]: { ...notesOf(path), ...notes } }
      const draft = `${notesPath}.new`
      writeFileSync(draft, JSON.stringify(merged, null, 2), { mode: 0o600 })
      renameSync(draft, notesPath)
    },
    newPath(name) {
      const path = join(dataFolder, `${fileNameOf(name)}${ENDING}`)
      paths.set(ledgerRef(path), path)
      return existsSync(path) ? null : path
    },
    freeName: (name) => basename(free(dataFolder, fileNameOf(name)), ENDING),
    restoredPath: (backup) =>
      free(dataFolder, `${basename(backup, ENDING).replace(/ \(backup [^)]*\)$/, '')} (restored)`),
    freePath: (near, name) => free(dirname(resolve(near)), name),
    backups: () =>
      all()
        .filter(isBackup)
        .map((path) => {
          const { mtimeMs, size } = statSync(path)
          return { ref: ledgerRef(path), fileName: basename(path), made: Math.round(mtimeMs), bytes: size }
        })
        .sort((a, b) => b.made - a.made),
  }
}

/** What a person sees of where a file lies: never the whole path. */
function placeOf(dataFolder: string, path: string): string {
  const folder = dirname(path)
  return relative(dataFolder, folder) === '' ? 'Tallystick folder' : basename(folder)
}

/** A name as a file name that every system takes. */
export function fileNameOf(name: string): string {
  const clean = name
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a file name must not hold them
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]+/g, '-')
    .replace(/^[.\s-]+|[.\s]+$/g, '')
    .slice(0, 100)
  return clean === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(clean) ? `Ledger ${clean}`.trim() : clean
}
