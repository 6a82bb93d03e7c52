import { existsSync } from 'node:fs'

/** The entries of the main side that run as worker threads. */
export const WORKERS = ['engine-worker', 'compute-worker', 'read-worker'] as const
export type WorkerName = (typeof WORKERS)[number]

/**
 * Where a worker's entry lies: beside this file while the sources run as they are, and at the root of the main bundle
 * once it is built (each worker is a named input of the build; this file may end up in a folder of shared chunks).
 */
export function workerUrl(name: WorkerName): URL {
  if (import.meta.url.endsWith('.ts')) return new URL(`./${name}.ts`, import.meta.url)
  const beside = new URL(`./${name}.js`, import.meta.url)
  return existsSync(beside) ? beside : new URL(`../${name}.js`, import.meta.url)
}
