import { enableCompileCache } from 'node:module'
import { makePrivateFolder } from './app-folders.ts'

/**
 * Keeps compiled code for the next start, for this thread and all that it starts. It holds nothing of anybody's books, and
 * it is run as it lies there: so it lies in `folder`, which only this user can write to, never in a place for everybody's
 * temporary files. Where there can be no such folder, code is compiled anew. `NODE_COMPILE_CACHE` names another.
 */
export function keepCompiledCode(folder: string): void {
  if (process.env.NODE_COMPILE_CACHE === undefined) {
    try {
      process.env.NODE_COMPILE_CACHE = makePrivateFolder(folder)
    } catch {
      return
    }
  }
  enableCompileCache(process.env.NODE_COMPILE_CACHE)
}
