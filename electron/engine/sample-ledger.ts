import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ContractRouterClient } from '@orpc/contract'
import type { engineContract } from '../../shared/contract/contract.ts'
import type { ImportPlan } from '../../shared/contract/intake.ts'
import type { ProfileSettings } from '../../shared/contract/session.ts'

/** What speaks the contract to an engine. */
export type EngineClient = ContractRouterClient<typeof engineContract>

/** The sample holds nothing of anybody, so its passphrase is no secret; the first screen says it. */
export const SAMPLE_PASSPHRASE = 'try the sample'
export const SAMPLE_PROFILE: ProfileSettings = {
  name: 'Sample',
  jurisdiction: 'us',
  currency: 'USD',
  zone: 'America/New_York',
  method: 'fifo',
  scope: 'pack',
  taxYear: 2025,
  rounding: 'cents',
}

const CHUNK = 1024 * 1024

/** The made-up client's exports that ship with the app: beside the sources, or beside the bundle. */
export function shippedSamples(): string {
  for (const up of ['../../samples', '../samples', '../../../samples']) {
    const folder = fileURLToPath(new URL(up, import.meta.url))
    if (existsSync(folder)) return folder
  }
  return fileURLToPath(new URL('../../samples', import.meta.url))
}

/** The exports in a folder, in the order of their names. */
export function sampleFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(csv|json|xlsx|zip)$/i.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .sort()
}

/** Imports files into the open ledger, as a person would: preview, then exactly that. */
export async function importFiles(client: EngineClient, files: readonly string[]): Promise<ImportPlan> {
  const contents = files.map((file) => ({ name: file.split(/[\\/]/).at(-1) ?? file, bytes: readFileSync(file) }))
  const { batch, uploads } = await client.intake.begin({
    files: contents.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
  })
  for (const [at, { bytes }] of contents.entries()) {
    const chunks = Math.max(1, Math.ceil(bytes.length / CHUNK))
    for (let index = 0; index < chunks; index++) {
      const base64 = bytes.subarray(index * CHUNK, (index + 1) * CHUNK).toString('base64')
      await client.intake.chunk({ upload: uploads[at] ?? '', index, base64, last: index === chunks - 1 })
    }
  }
  let plan = await client.intake.plan({ batch })
  while (plan.state === 'reading') {
    await new Promise((resolve) => setTimeout(resolve, 20))
    plan = await client.intake.plan({ batch })
  }
  await client.intake.execute({ batch, hash: plan.hash })
  return plan
}

/** Imports the made-up client's exports into the open ledger and lets the matcher run to its end. */
export async function fillSample(client: EngineClient, folder: string = shippedSamples()): Promise<void> {
  await importFiles(client, sampleFiles(folder))
  const { job } = await client.transfers.propose()
  for await (const jobs of await client.live.jobs()) {
    const matching = jobs.find(({ id }) => id === job)
    if (matching === undefined || matching.state === 'done') return
    if (matching.state !== 'running') throw new Error(matching.message ?? 'the matcher did not come to its end')
  }
}
