/** As many files as the engine takes at once. */
export const MOST_FILES = 500

interface Chosen {
  readonly name: string
  /** Set by the drop zone: the way from the dropped folder to the file. */
  readonly relativePath?: string
  /** Set by the browser's dialog for folders. */
  readonly webkitRelativePath?: string
}

/** What chosen files are called: by their names, and where several have one name, by the way to each in its folder. */
export function namesOf(files: readonly Chosen[]): string[] {
  const counts = new Map<string, number>()
  for (const { name } of files) counts.set(name, (counts.get(name) ?? 0) + 1)
  return files.map((file) => ((counts.get(file.name) ?? 0) > 1 ? pathOf(file) || file.name : file.name))
}

/** Files of a folder that people put there: not those that the system keeps for itself. */
export function withoutHidden<File extends Chosen>(files: readonly File[]): File[] {
  return files.filter((file) => !`/${pathOf(file) || file.name}`.includes('/.'))
}

function pathOf({ relativePath, webkitRelativePath }: Chosen): string {
  return (relativePath || webkitRelativePath || '').replace(/^\.?\//, '')
}
